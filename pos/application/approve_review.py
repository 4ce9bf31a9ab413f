"""Acts on the ledgers that only somebody who may review does, or approves by PIN."""

from __future__ import annotations

from pos.domain.staff import Approval, ApprovalNotAllowed, NotAllowed, Person

REVIEW = "review"


def check_review(person: Person, approval: Approval | None, key: str) -> Person | None:
    """Whoever had to approve the act with this key; None where `person` may do it himself.

    Raises NotAllowed without an approval of this very act, ApprovalNotAllowed for one by somebody who may not.
    """
    if person.may(REVIEW):
        return None
    if approval is None or approval.key != key or (approval.acts is not None and REVIEW not in approval.acts):
        raise NotAllowed(REVIEW, person.name)
    if not approval.by.may(REVIEW):
        raise ApprovalNotAllowed(REVIEW, approval.by.name)
    return approval.by
