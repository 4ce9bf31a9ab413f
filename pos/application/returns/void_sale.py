"""Void a finished sale of the running shift as a whole: money, goods and allowance as if it had not been made."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.access.approvals import approver_of
from pos.application.access.authorize import active_cashier
from pos.application.access.numbers_given import take_number
from pos.application.access.retry import retry_idempotent
from pos.application.access.shift_at_till import open_shift_of, shift_for
from pos.application.access.steady_clock import check_clock
from pos.application.membership.outbox import report_return
from pos.application.pickup.voided_pick_up import reopen_orders
from pos.application.pickup.waiting_queue import move_up
from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.evaluate_quota import has_left
from pos.application.returns.book_return import book_return
from pos.application.returns.record_return import RecordReturn, count_returned
from pos.application.returns.return_goods import returned_before
from pos.application.returns.return_order import ReturnLine
from pos.application.returns.returnable import Returnable, check_not_back, lines_back, returnable
from pos.application.settings.context import UseCase
from pos.application.visitors.lock_visitors import locked_holders
from pos.domain.money import Money, total
from pos.domain.payment.tender import DEPOSIT, EXCHANGE, NOT_BY_WIRE, Tender
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.rule import Regime
from pos.domain.returns.goods_return import (
    GoodsReturn,
    Refund,
    check_as_shown,
    deposits_back,
    from_the_drawer,
    is_given_as_paid,
    left_of,
    refunds_of_void,
)
from pos.domain.returns.voidable import (
    AllowanceMoved,
    AlreadyVoided,
    GoodsHaveLeft,
    NotOfThisShift,
    PartlyReturned,
    PartOfExchange,
)
from pos.domain.sales.approval_requirements import VoidRequirement
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Approval, ApprovalRequirement

VOID_SALE = "void_sale"
"""The act of voiding a finished sale."""


@dataclass(frozen=True, slots=True)
class VoidOrder:
    """The receipt to void and why; `key` makes it idempotent."""

    key: str
    receipt: str
    reason: str
    cashier: str
    by: str = ""
    """The person who booked it for the cashier, if another person did."""

    def content(self) -> bytes:
        """What makes it this order and no other."""
        parts = ["void", self.receipt, self.reason, self.cashier]
        return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


@dataclass(frozen=True, slots=True)
class VoidProposal:
    """A sale that can be voided, and how its money goes back now; `to_reverse` as in GoodsReturn."""

    sale: Sale
    refunds: tuple[Refund, ...]
    rounding: Money
    to_reverse: tuple[Tender, ...]

    @property
    def need(self) -> ApprovalRequirement:
        """What is approved."""
        return void_requirement(self.sale)


def void_requirement(sale: Sale) -> ApprovalRequirement:
    """The approval needed to void this sale."""
    return VoidRequirement(VOID_SALE, sale.receipt, sale.total)


class VoidSale(UseCase):
    """Record the void of a receipt of this till's running shift. The same key again gives the void already recorded.

    It is a return of the whole with a number of its own, which names the receipt that it voids: every ledger of returns
    counts it, and the receipt itself stays as it was written. Customer orders that it picked up are open again, with
    their deposits.
    """

    def propose(self, receipt: str) -> VoidProposal:
        """How the receipt would be voided now; raises as the call does, and records nothing."""
        settings, at = self.settings(), self.now()
        with self.store.reading() as work:
            shift = open_shift_of(work, self.till)
            here = returnable(work, receipt, settings.cash())
            _check_stands(here, self.till, shift)
            self._check_with_visitors(work, here.sale)
            refunds, rounding = self._refunds(here, rates_of(work, settings, at))
            refunds = from_the_drawer(refunds, work.shifts.drawer(shift))
        return VoidProposal(here.sale, refunds, rounding, to_reverse(here.sale))

    def from_counter(
        self, order: VoidOrder, approval: Approval | None = None, shown: Sequence[Refund] | None = None
    ) -> GoodsReturn:
        """Record a void of the window, whose content is its own fingerprint, with the refunds that it has `shown`."""
        return self(order, self.secrets.request(order.content()), approval, shown=shown)

    @retry_idempotent
    def __call__(
        self,
        order: VoidOrder,
        fingerprint: str,
        approval: Approval | None = None,
        *,
        shown: Sequence[Refund] | None = None,
    ) -> GoodsReturn:
        """Record it; `shown` are the refunds that were on show.

        Raises NoSuchReceipt, NoOpenShift, ShiftOfAnother, KeyReused, NotAllowed, RefundChanged, and NotOfThisShift,
        AlreadyVoided, PartlyReturned, PartOfExchange, AllowanceMoved, GoodsHaveLeft.
        """
        at, settings = self.now(), self.settings()
        with self.store.begin() as work:
            if not work.keys.claim(order.key, fingerprint, at):
                return returned_before(work, order.key, fingerprint)
            check_clock(self.now, work)
            cashier = active_cashier(work, order.cashier)
            cashier.check("return")
            shift = shift_for(work, self.till, cashier)
            here = returnable(work, order.receipt, settings.cash())
            _check_stands(here, self.till, shift)
            sale, today = here.sale, rates_of(work, settings, at)
            holders, _ = locked_holders(work, sale, sorted(sale.carriers), at)
            orders = work.pickups.lock([order.code for order in work.pickups.of_sale(sale.till, sale.number)])
            # Read again now that no other till can move or return anything of it.
            _check_stands(returnable(work, order.receipt, settings.cash()), self.till, shift)
            self._check_with_visitors(work, sale)
            for line in sale.lines:
                count_returned(work, sale, line.line, line.quantity)
            lines = lines_back(here, [ReturnLine(line.line, line.quantity) for line in sale.lines])
            check_not_back(work, lines, sale.receipt)
            need = void_requirement(sale)
            approver = approver_of(work, need, cashier, approval, order.key, at)
            refunds, rounding = self._refunds(here, today)
            refunds = from_the_drawer(refunds, work.shifts.drawer(shift))
            check_as_shown(refunds, shown)
            record = RecordReturn(settings, self.regimes(), self.till, at, today, self.given)
            quantities = {line.line: line.quantity for line in sale.lines}
            freed, judged_again = record.give_back(work, sale, quantities, holders, never_left=True)
            report_return(work, self.till, sale, order.key, at, quantities, retaxed=judged_again)
            entry = take_number(work, self.given, self.till, Money.zero(sale.total.currency), at)
            back = GoodsReturn(
                till=self.till,
                number=entry.number,
                key=order.key,
                at=at,
                cashier=cashier.name,
                shift=shift.id,
                reverses=sale.receipt,
                reason=order.reason,
                total=sale.total,
                lines=lines,
                refunds=refunds,
                rounding=rounding,
                rates=today,
                approved_by=None if approver is None else approver.name,
                is_void=True,
                to_reverse=to_reverse(sale),
            )
            back = book_return(
                work,
                back,
                entry,
                settings,
                VOID_SALE,
                {"reason": order.reason, **freed},
                cashier=cashier,
                by=order.by,
                need=need,
                approval=(approver, approval),
            )
            reopen_orders(work, orders.values(), sale, back, settings, self.translators)
            move_up(work, at, self.till, cashier.name, {line.product_id for line in lines})
            work.commit()
        return back

    def _refunds(self, here: Returnable, today: RateTable) -> tuple[tuple[Refund, ...], Money]:
        sale, cash = here.sale, self.settings().cash()
        paid = [one for one in sale.paid if one.tender.method != DEPOSIT]
        value = total((one.value for one in paid), sale.total.currency)
        value = value - total((one.value for one in sale.change), sale.total.currency)
        left, as_paid = left_of(paid, sale.change, (), cash), is_given_as_paid(paid, sale.change, ())
        refunds, _ = refunds_of_void(value, left, sale.rates, today, cash, as_paid=as_paid)
        refunds = (*deposits_back(sale.paid), *refunds)
        return refunds, sale.total - total((one.value for one in refunds), sale.total.currency)

    def _check_with_visitors(self, work: UnitOfWork, sale: Sale) -> None:
        """Refuse goods that count for another visitor by now, or that have left."""
        at, regime = self.now(), self.regimes().get(sale.regime or "")
        for label in sale.carriers:
            if work.visitors.moved_to(sale.till, sale.number, label) is not None:
                raise AllowanceMoved(sale.receipt, label)
            for line in work.visitors.of_sale(sale.till, sale.number, label):
                if line.carried_out_at is not None or (regime is not None and _has_left(line, regime, at)):
                    raise GoodsHaveLeft(sale.receipt, label)


def _has_left(line: LedgerLine, regime: Regime, at: datetime) -> bool:
    """Whether goods are gone; a parcel counts from the sale on, and is still in the shop while its shift runs."""
    return not regime.parcels and has_left(line, regime, at)


def to_reverse(sale: Sale) -> tuple[Tender, ...]:
    """What the cashier reverses at the terminal or in the wallet, payment by payment.

    What a payment provider has goes back through it by itself.
    """
    by_hand = [paid.tender for paid in sale.paid if paid.tender.method not in NOT_BY_WIRE]
    return tuple(tender for tender in by_hand if not tender.provider)


def _check_stands(here: Returnable, till: str, shift: Shift) -> None:
    """Refuse a receipt of another shift, one that was voided, and one of which something came back or was given."""
    sale = here.sale
    if sale.till != till or sale.shift != shift.id:
        raise NotOfThisShift(sale.receipt, till)
    if sale.voided_by is not None:
        raise AlreadyVoided(sale.receipt, sale.voided_by)
    exchanged = tuple(back.receipt for back in sale.returns)
    if exchanged or any(paid.tender.method == EXCHANGE for paid in sale.paid):
        raise PartOfExchange(sale.receipt, exchanged)
    pieces = sum(one.refunded for one in here.lines)
    if pieces:
        raise PartlyReturned(sale.receipt, pieces, tuple(back.receipt for back in here.returns))
