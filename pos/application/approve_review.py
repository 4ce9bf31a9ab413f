"""Acts on the ledgers that only somebody who may review does, or approves by PIN."""

from __future__ import annotations

from pos.application.approve_act import approver_of
from pos.domain.staff import Approval, Person

REVIEW = "review"


def check_review(person: Person, approval: Approval | None, key: str) -> Person | None:
    """Whoever had to approve the act with this key; None where `person` may do it himself. As `approver_of` raises."""
    return approver_of(REVIEW, person, approval, key)
