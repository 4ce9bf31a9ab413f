"""Move cash without a sale, and open the drawer without one."""

from __future__ import annotations

from functools import partial

from pos.application.access.approvals import approver_of, record_approval
from pos.application.access.authorize import authorized_write, brought_in
from pos.application.access.retry import retry_on_rollback
from pos.application.access.shift_at_till import shift_for
from pos.application.fiscal.queue_documents import queue_cash
from pos.application.ports.shift_ports import CashMove
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.payment.banknotes import Notes
from pos.domain.payment.cash_amount import check_coins
from pos.domain.payment.tender import notes_total
from pos.domain.sales.approval_requirements import CashRequirement
from pos.domain.shifts.shift import KINDS, DrawerShort, check_notes, check_reason
from pos.domain.staff.staff import Approval, ApprovalRequirement, Person

_RIGHTS = {"in": "move_cash", "out": "pay_out", "drop": "move_cash"}
NO_SALE = "no_sale"
"""The act of opening the drawer without a sale."""

DRAWER_SHORT = "drawer_short"
"""Entry of a request for more cash than expected: repeated requests would reveal the expected cash."""


def cash_requirement(kind: str, amount: Money) -> CashRequirement:
    """The approval needed to move this amount."""
    return CashRequirement(_RIGHTS[kind], amount)


class MoveCash(UseCase):
    """Pay cash in or out, or drop it into the safe."""

    @retry_on_rollback
    def __call__(
        self,
        person: Person,
        kind: str,
        amount: Money,
        reason: str,
        notes: Notes | None = None,
        approval: Approval | None = None,
        *,
        by: str = "",
    ) -> CashMove:
        """Record the move: `kind` is in, out or drop; an approval of `out` carries the key of the shift.

        Raises BadField, NotAllowed, NoOpenShift, ShiftOfAnother, DrawerShort for more than the drawer should hold; the
        journal records that.
        """
        if kind not in KINDS:
            raise BadField("kind", "unknown", kind[:40])
        if amount.minor <= 0:
            raise BadField("amount", "not_positive", str(amount))
        check_coins(amount, "amount")
        reason = check_reason(reason)
        if notes is not None:
            check_notes(notes, amount.currency, "notes")
            if notes_total(notes, amount.currency) != amount:
                raise BadField("notes", "notes_do_not_add_up", str(amount))
        need, at = cash_requirement(kind, amount), self.now()
        with authorized_write(self.store, person) as (work, person):
            shift = shift_for(work, self.till, person)
            approver = approver_of(work, need, person, approval, shift.key, at)
            is_short = kind != "in" and work.shifts.expected(shift, amount.currency) < amount
            details = {
                "shift": shift.number,
                "kind": kind,
                "currency": amount.currency.code,
                "amount": str(amount),
                "notes": None if notes is None else {str(value): count for value, count in notes.items()},
                "reason": reason,
                **brought_in(by),
            }
            move = CashMove(kind, amount, reason, notes, person.name, at)
            if is_short:
                work.journal.write(at, self.till, person.name, DRAWER_SHORT, details)
            else:
                work.shifts.move(shift, move)
                settings = self.settings()
                queue_cash(work, settings, self.till, shift, move, partial(rates_of, work, settings, at))
                work.journal.write(at, self.till, person.name, "move_cash", details)
                record_approval(work, approver, approval, {need}, of=person, at=at, till=self.till, shift=shift.number)
            work.commit()
        if is_short:
            raise DrawerShort(amount)
        return move


class OpenDrawer(UseCase):
    """Open the drawer without a sale."""

    @retry_on_rollback
    def __call__(self, person: Person, reason: str, approval: Approval | None = None, *, by: str = "") -> None:
        """Record that it was opened, and why; raises BadField, NotAllowed, NoOpenShift, ShiftOfAnother."""
        reason = check_reason(reason)
        need, at = ApprovalRequirement(NO_SALE), self.now()
        with authorized_write(self.store, person) as (work, person):
            shift = shift_for(work, self.till, person)
            approver = approver_of(work, need, person, approval, shift.key, at)
            details = {"shift": shift.number, "reason": reason, **brought_in(by)}
            work.journal.write(at, self.till, person.name, "no_sale", details)
            record_approval(work, approver, approval, {need}, of=person, at=at, till=self.till, shift=shift.number)
            work.commit()
