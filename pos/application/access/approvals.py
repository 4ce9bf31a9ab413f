"""Approval, at the till, of something beyond a person's role."""

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
    permissions_of,
)

REVIEW = "review"
"""The permission to change ledgers, and to sell goods for customs review."""


def approver_of(
    work: UnitOfWork, need: ApprovalRequirement, person: Person, approval: Approval | None, key: str, at: datetime
) -> Person | None:
    """The approver of the act with this key and these figures; None if `person` may do it alone.

    Raises the refusal of the need without an approval of exactly this, ApprovalNotAllowed if the approver may not
    approve it, ApprovesHimself.
    """
    if person.may(need.permission):
        return None
    if approval is None or not approval.covers(need, key, at):
        raise need.refusal(person.name)
    approver = authorize(work, approval.by)
    if approver.name == person.name:
        raise ApprovesHimself(need.permission, person.name)
    if not approver.may(need.permission):
        raise ApprovalNotAllowed(need.permission, approver.name)
    return approver


def usable(work: UnitOfWork, approval: Approval | None, at: datetime) -> Approval | None:
    """The approval with the approver's current role; None if it has expired. Raises PersonDisabled, MustChoosePin."""
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
    """Record the approver, the act and the person it was for, and use up the approval; without an approver do nothing.

    Raises NotAllowed for an approval that was used before.
    """
    if approver is None or approval is None:
        return
    permissions = sorted(permissions_of(needs))
    if approval.id and not work.people.spend(approval.id, at):
        raise NotAllowed(permissions[0], of.name)
    details: dict[str, object] = {**about, "acts": permissions, "for": of.name}
    figures = sorted(need.text() for need in needs if need.text())
    if figures:
        details["figures"] = figures
    work.journal.write(at, till, approver.name, "approve", details)
