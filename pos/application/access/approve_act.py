"""An act that not everybody may do, approved in place by somebody who may."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from pos.application.access.authorize import authorize
from pos.application.ports.store import UnitOfWork
from pos.domain.staff.staff import (
    Approval,
    ApprovalNotAllowed,
    ApprovalRequirement,
    ApprovesHimself,
    NotAllowed,
    Person,
    acts_of,
)

REVIEW = "review"
"""The right to act on ledgers, and to sell what customs reviews."""


def approver_of(
    work: UnitOfWork, need: ApprovalRequirement, person: Person, approval: Approval | None, key: str, at: datetime
) -> Person | None:
    """Whoever had to approve the act with this key and these figures; None where `person` may do it himself.

    Raises NotAllowed without an approval of just this, ApprovalNotAllowed for one by somebody who may not,
    ApprovesHimself.
    """
    if person.may(need.act):
        return None
    if approval is None or not approval.covers(need, key, at):
        raise NotAllowed(need.act, person.name)
    approver = authorize(work, approval.by)
    if approver.name == person.name:
        raise ApprovesHimself(need.act, person.name)
    if not approver.may(need.act):
        raise ApprovalNotAllowed(need.act, approver.name)
    return approver


def usable(work: UnitOfWork, approval: Approval | None, at: datetime) -> Approval | None:
    """The approval with its approver as he is now; None where it has lapsed. Raises PersonDisabled, MustChoosePin."""
    if approval is None or not approval.holds(at):
        return None
    return replace(approval, by=authorize(work, approval.by))


def record_approval(
    work: UnitOfWork,
    approver: Person | None,
    approval: Approval | None,
    needs: Collection[ApprovalRequirement],
    *,
    of: Person,
    at: datetime,
    till: str,
    **about: object,
) -> None:
    """Write down who approved what for whom, and use the approval up; nothing where nobody had to.

    Raises NotAllowed for an approval that was used before.
    """
    if approver is None or approval is None:
        return
    acts = sorted(acts_of(needs))
    if approval.id and not work.people.spend(approval.id, at):
        raise NotAllowed(acts[0], of.name)
    details: dict[str, object] = {**about, "acts": acts, "for": of.name}
    figures = sorted(need.text() for need in needs if need.text())
    if figures:
        details["figures"] = figures
    work.journal.write(at, till, approver.name, "approve", details)
