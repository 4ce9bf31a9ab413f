"""Write a return with the till's chain, its journal entry and its approval: the last step of every kind of return."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from pos.application.access.approvals import record_approval
from pos.application.fiscal.queue_documents import queue_return
from pos.application.outside_partners.counted_charges import owe_refunds
from pos.application.ports.sale_ports import RegisterEntry
from pos.application.ports.store import UnitOfWork
from pos.application.settings.settings import Settings
from pos.domain.returns.goods_return import GoodsReturn, RefundByProvider
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person


def book_return(
    work: UnitOfWork,
    back: GoodsReturn,
    entry: RegisterEntry,
    settings: Settings,
    event: str,
    details: Mapping[str, object],
    *,
    cashier: Person,
    by: str,
    need: ApprovalRequirement,
    approval: tuple[Person | None, Approval | None],
) -> GoodsReturn:
    """Write `back` with the number of `entry`; return it with its MAC.

    The journal gets `event` with the receipt, the total, the MAC and `details`; `by` is the person who booked it for
    the cashier, if another person did. `approval` is the approver and their approval of `need`, if one was needed.
    What was paid by a payment provider goes back through it, asked for after the commit.
    """
    back = work.returns.record(back, entry.chain, back.at.astimezone(settings.zone).date())
    queue_return(work, settings, back)
    work.register.close_chain(back.till, back.mac)
    owed = owe_refunds(work, back, back.at)
    back = replace(back, by_provider=tuple(RefundByProvider(one.partner, one.method, one.amount) for one in owed))
    written = {"receipt": back.receipt, "total": str(back.total), "mac": back.mac, **details}
    if back.reverses is not None:
        written["reverses"] = back.reverses
    if by:
        written["by"] = by
    work.journal.write(back.at, back.till, back.cashier, event, written)
    approver, given = approval
    record_approval(work, approver, given, {need}, of=cashier, at=back.at, till=back.till, receipt=back.receipt)
    return back
