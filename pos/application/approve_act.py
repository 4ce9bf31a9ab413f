"""An act that not everybody may do, approved in place by somebody who may."""

from __future__ import annotations

from pos.domain.staff import Approval, ApprovalNotAllowed, NotAllowed, Person


def approver_of(act: str, person: Person, approval: Approval | None, key: str) -> Person | None:
    """Whoever had to approve the act with this key; None where `person` may do it himself.

    Raises NotAllowed without an approval of this very act, ApprovalNotAllowed for one by somebody who may not.
    """
    if person.may(act):
        return None
    if approval is None or approval.key != key or (approval.acts is not None and act not in approval.acts):
        raise NotAllowed(act, person.name)
    if not approval.by.may(act):
        raise ApprovalNotAllowed(act, approval.by.name)
    return approval.by
