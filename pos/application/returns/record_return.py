"""Record the return of one receipt's goods inside an open transaction: a return, or a part of an exchange."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.access.approvals import approver_of
from pos.application.access.numbers_given import NumbersGiven, take_number
from pos.application.membership.outbox import report_return
from pos.application.pickup.waiting_queue import move_up
from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import Retaxed
from pos.application.quota.evaluate_quota import has_left
from pos.application.returns.book_return import book_return
from pos.application.returns.return_order import ReturnOrder
from pos.application.returns.returnable import Returnable, Rows, check_lines, check_not_back, lines_back, returnable
from pos.application.settings.settings import Settings
from pos.application.visitors.lock_visitors import Holders, locked_holders
from pos.application.visitors.reassess_duty import retax_pending
from pos.domain.center.ledger import LineId
from pos.domain.money import Money, total
from pos.domain.pricing.rates import RateTable
from pos.domain.quota.rule import Regime
from pos.domain.receipt_number import receipt_number
from pos.domain.returns.goods_return import GoodsReturn, NothingLeftToReturn, from_the_drawer
from pos.domain.returns.voidable import AlreadyVoided
from pos.domain.sales.approval_requirements import RefundRequirement
from pos.domain.sales.sale import Sale
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Approval, NotAllowed, Person
from pos.domain.visitors.visitor import Visitor

IN_CASH = "refund_cash"
"""The act of refunding a card or QR payment in cash."""


@dataclass(frozen=True, slots=True)
class RecordReturn:
    """Record returns at one instant of one till, by the rates of `today`."""

    settings: Settings
    regimes: Mapping[str, Regime]
    till: str
    at: datetime
    today: RateTable
    given: NumbersGiven
    with_sale: Collection[LineId] = ()
    """Of an exchange: the lines whose return the center takes with its sale."""

    def __call__(
        self,
        work: UnitOfWork,
        order: ReturnOrder,
        cashier: Person,
        shift: Shift,
        approval: Approval | None,
        *others: Visitor,
        due: Money | None = None,
        ahead: int = 0,
        rows: Rows = ("lines", 0),
    ) -> GoodsReturn:
        """Record the return of `order` with its stock, drawer, ledger and journal changes.

        `due` is the amount still to be paid for other goods in the same transaction, whose sale is `ahead` numbers
        further on; its visitors are `others`, locked together with those who return goods. `rows`: see check_lines.
        """
        here = returnable(work, order.receipt, self.settings.cash())
        check_lines(here, order.lines, rows)
        sale = here.sale
        if sale.voided_by is not None:
            raise AlreadyVoided(sale.receipt, sale.voided_by)
        holders = self._locked(work, sale, order, others)
        for request in order.lines:
            count_returned(work, sale, request.line, request.quantity)
        # Read again after the count: no other till can return these pieces now.
        here = returnable(work, order.receipt, self.settings.cash()).without(order.lines)
        lines = lines_back(here, order.lines)
        check_not_back(work, lines, sale.receipt)
        worth = total((line.amount for line in lines), sale.total.currency)
        in_cash, need = wants_cash(here, order, cashier, approval), refund_requirement(here, order, worth)
        approver = approver_of(work, need, cashier, approval, order.key, self.at) if in_cash else None
        refunds = here.going_back(
            lines,
            due or Money.zero(worth.currency),
            (order.method, order.currency),
            self.today,
            self.settings.cash(),
            in_cash=in_cash,
        )
        refunds = from_the_drawer(refunds, work.shifts.drawer(shift))
        quantities = {one.line: one.quantity for one in order.lines}
        freed_allowance, judged_again = self.give_back(work, sale, quantities, holders)
        if ahead:  # of an exchange: its sale judges them once more, and tells the center with its reservation
            judged_again = []
        report_return(work, self.till, sale, order.key, self.at, quantities, self.with_sale, judged_again)
        entry = take_number(work, self.given, self.till, Money.zero(worth.currency), self.at)
        back = GoodsReturn(
            till=self.till,
            number=entry.number,
            key=order.key,
            at=self.at,
            cashier=cashier.name,
            shift=shift.id,
            reverses=sale.receipt,
            reason=order.reason,
            total=worth,
            lines=lines,
            refunds=refunds,
            rounding=worth - total((refund.value for refund in refunds), worth.currency),
            rates=self.today,
            approved_by=None if approver is None else approver.name,
            exchanged_in=receipt_number(self.till, entry.number + ahead) if ahead else None,
        )
        back = book_return(
            work,
            back,
            entry,
            self.settings,
            "return",
            freed_allowance,
            cashier=cashier,
            by=order.by,
            need=need,
            approval=(approver, approval),
        )
        if not ahead:  # of an exchange its sale comes first
            move_up(work, self.at, self.till, cashier.name, {line.product_id for line in lines})
        return back

    def _locked(self, work: UnitOfWork, sale: Sale, order: ReturnOrder, others: Sequence[Visitor]) -> Holders:
        requested = {line.line for line in order.lines}
        labels = sorted({line.carrier for line in sale.lines if line.line in requested and line.carrier is not None})
        apart = (replace(visitor, label=f"+{index}") for index, visitor in enumerate(others))
        return locked_holders(work, sale, labels, self.at, *apart)[0]

    def give_back(
        self,
        work: UnitOfWork,
        sale: Sale,
        quantities: Mapping[int, int],
        holders: Mapping[str, Visitor],
        *,
        never_left: bool = False,
    ) -> tuple[dict[str, object], list[Retaxed]]:
        """Free the allowance of goods that have not left, and reassess duty.

        Returns the details for the journal, and the other lines that were judged again.

        Only the rules of the goods can say whether they have left: if the shop no longer has those rules, nothing is
        freed, and the journal records it; unless it is known that they have `never_left`.
        """
        freed: list[dict[str, object]] = []
        retaxed: list[dict[str, object]] = []
        again: list[Retaxed] = []
        details: dict[str, object] = {"freed": freed, "retaxed": retaxed}
        regime = self.regimes.get(sale.regime or "")
        if sale.regime is not None and regime is None:
            details["rules_gone"] = sale.regime
        if sale.regime is None or (regime is None and not never_left):
            return details, again
        for label, holder in holders.items():
            for line in work.visitors.of_sale(sale.till, sale.number, label):
                assert line.key is not None, "it was read from the store"
                units = quantities.get(line.key.line, 0)
                here = regime is None or (never_left and regime.parcels) or not has_left(line, regime, self.at)
                if not units or not here:
                    continue
                work.visitors.give_back(line.key, units)
                freed.append({**line.journaled(), "units": units})
                if line.taxed:
                    work.visitors.retax(line.key, max(0, line.taxed - units))
                    retaxed.append({**line.journaled(), "taxed": max(0, line.taxed - units)})
            if freed and regime is not None:
                judged_again = retax_pending(work, holder, regime, self.regimes, self.at, self.today)[0]
                retaxed += [one.journaled() for one in judged_again]
                again += judged_again
        return details, again


def count_returned(work: UnitOfWork, sale: Sale, line: int, quantity: int) -> None:
    """Count returned pieces: the database decides, so that two tills never refund one piece twice."""
    if work.returns.add_returned(sale.till, sale.number, line, quantity) is None:
        known = work.returns.refundable(sale.till, sale.number)
        left = next(one.sold - one.refunded for one in known if one.line == line)
        raise NothingLeftToReturn(sale.receipt, line, quantity, left)


def refund_requirement(here: Returnable, order: ReturnOrder, worth: Money) -> RefundRequirement:
    """The approval needed to refund this value in cash."""
    return RefundRequirement(IN_CASH, here.sale.receipt, worth, order.currency)


def wants_cash(here: Returnable, order: ReturnOrder, cashier: Person, approval: Approval | None) -> bool:
    """Whether cash may be refunded for a card or QR payment: with an approval, or by the cashier's own role."""
    by_card = any(method != "cash" and money for (method, _), money in here.money.items())
    if approval is None or order.method != "cash" or not by_card:
        return False
    if approval.key != order.key or (approval.permissions is not None and IN_CASH not in approval.permissions):
        raise NotAllowed(IN_CASH, cashier.name)
    return True
