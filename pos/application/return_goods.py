"""Take goods back: the money, the stock and the allowance go where they came from, in one transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from pos.application.approve_act import approver_of, record_approval
from pos.application.at_work import cashier_named
from pos.application.complete_sale import KeyReused
from pos.application.judge_quota import has_left
from pos.application.ports import Clock, Store, UnitOfWork
from pos.application.retax_pending import retax_pending
from pos.application.return_ports import Refundable
from pos.application.settings import Settings
from pos.application.visitor_ports import LedgerLine
from pos.domain.approved_figures import RefundNeed
from pos.domain.errors import BadField
from pos.domain.goods_return import (
    GoodsReturn,
    NothingLeftToReturn,
    NothingToReturn,
    Refund,
    ReturnedLine,
    Way,
    from_the_drawer,
    left_of,
    refunds_for,
    worth_of,
)
from pos.domain.money import Currency, Money, total
from pos.domain.quota.rule import Regime
from pos.domain.rates import RateTable
from pos.domain.sale import NoSuchReceipt, Sale, SaleLine, read_receipt_number
from pos.domain.shift import NoOpenShift
from pos.domain.staff import Approval, NotAllowed, Person
from pos.domain.visitor import Visitor

IN_CASH = "refund_cash"
"""The act of giving back in cash what was paid by card or QR."""


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """So many pieces of a line of the receipt, and where they go: shelf, quarantine or waste."""

    line: int
    quantity: int
    to: str = "shelf"


@dataclass(frozen=True, slots=True)
class ReturnOrder:
    """What is to come back, and how the money is wanted; `key` makes it idempotent."""

    key: str
    receipt: str
    lines: tuple[ReturnLine, ...]
    method: str
    currency: Currency
    reason: str
    cashier: str
    by: str = ""
    """Who booked it on the cashier, where that was somebody else."""


@dataclass(frozen=True, slots=True)
class Returnable:
    """A sale with what may still come back of it and the money of it that is still here, by the way it was paid."""

    sale: Sale
    lines: tuple[Refundable, ...]
    money: Mapping[Way, Money]
    returns: tuple[GoodsReturn, ...]


@dataclass(frozen=True, slots=True)
class ReturnGoods:
    """Record a return at this till. The same key again gives the return that it made."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    regimes: Callable[[], Mapping[str, Regime]]
    till: str

    def look(self, receipt: str) -> Returnable:
        """What may come back of a receipt; raises NoSuchReceipt."""
        with self.store.reading() as work:
            return _returnable(work, receipt)

    def proposal(self, order: ReturnOrder, *, in_cash: bool = False) -> tuple[Money, tuple[Refund, ...], Money]:
        """What the goods of `order` cost, how it would go back, and the rounding; nothing is recorded."""
        with self.store.reading() as work:
            here = _returnable(work, order.receipt)
            lines = tuple(_line(here, wanted, place) for place, wanted in enumerate(order.lines))
            worth = total((line.amount for line in lines), here.sale.total.currency)
            settings, shift = self.settings(), work.shifts.open_at(self.till)
            today = _rates(work, settings, self.now())
            refunds, rounding = _refunds(here, order, worth, settings, today, in_cash=in_cash)
            if shift is not None:
                refunds = from_the_drawer(refunds, work.shifts.drawer(shift))
        return worth, refunds, rounding

    def __call__(self, order: ReturnOrder, fingerprint: str, approval: Approval | None = None) -> GoodsReturn:
        """Record it. Raises NoSuchReceipt, NothingToReturn, NothingLeftToReturn, NoOpenShift, KeyReused, NotAllowed."""
        at, settings = self.now(), self.settings()
        with self.store.begin() as work:
            if not work.keys.claim(order.key, fingerprint, at):
                return _returned_before(work, order.key, fingerprint)
            cashier = cashier_named(work, order.cashier)
            cashier.check("return")
            shift = work.shifts.open_at(self.till)
            if shift is None:
                raise NoOpenShift(self.till)
            shift.check(cashier)
            here = _returnable(work, order.receipt)
            sale = here.sale
            if not order.lines:
                raise NothingToReturn(sale.receipt)
            holders = _locked_holders(work, sale, order, at)
            lines = tuple(_taken_back(work, here, wanted, place) for place, wanted in enumerate(order.lines))
            here = _returnable(work, order.receipt)  # as it is now that nobody else takes of it
            worth = total((line.amount for line in lines), sale.total.currency)
            in_cash = _wants_cash(here, order, cashier, approval)
            need = refund_need(here, order, worth)
            approver = approver_of(work, need, cashier, approval, order.key, at) if in_cash else None
            today = _rates(work, settings, at)
            refunds, rounding = _refunds(here, order, worth, settings, today, in_cash=in_cash)
            refunds = from_the_drawer(refunds, work.shifts.drawer(shift))
            freed, retaxed = self._give_back(work, sale, order, holders, at, today)
            entry = work.register.take_number(self.till, Money.zero(worth.currency))
            back = GoodsReturn(
                till=self.till,
                number=entry.number,
                key=order.key,
                at=at,
                cashier=cashier.name,
                shift=shift.id,
                reverses=sale.receipt,
                reason=order.reason,
                total=worth,
                lines=lines,
                refunds=refunds,
                rounding=rounding,
                rates=today,
                approved_by=None if approver is None else approver.name,
            )
            back = work.returns.record(back, entry.chain, at.astimezone(settings.zone).date())
            work.register.close_chain(self.till, back.mac)
            details = {"receipt": back.receipt, "reverses": sale.receipt, "total": str(worth), "mac": back.mac}
            told: dict[str, object] = {**details, "freed": freed, "retaxed": retaxed}
            if order.by:
                told["by"] = order.by
            work.journal.write(at, self.till, cashier.name, "return", told)
            record_approval(work, approver, approval, {need}, of=cashier, at=at, till=self.till, receipt=back.receipt)
            work.commit()
        return back

    def _give_back(
        self,
        work: UnitOfWork,
        sale: Sale,
        order: ReturnOrder,
        holders: Mapping[str, Visitor],
        at: datetime,
        today: RateTable,
    ) -> tuple[list[dict[str, object]], list[dict[str, object]]]:
        """Free the allowance of what has not left yet; what of it is dutiable is found anew."""
        regime = self.regimes().get(sale.regime or "")
        if regime is None:
            return [], []
        freed: list[dict[str, object]] = []
        retaxed: list[dict[str, object]] = []
        quantities = {wanted.line: 0 for wanted in order.lines}
        for wanted in order.lines:
            quantities[wanted.line] += wanted.quantity
        for label, holder in holders.items():
            for line in work.visitors.of_sale(sale.till, sale.number, label):
                assert line.key is not None, "it was read from the store"
                units = quantities.get(line.key.line, 0)
                if not units or has_left(line, regime, at):
                    continue
                work.visitors.give_back(line.key, units)
                freed.append({**line.journaled(), "units": units})
                if line.taxed:
                    work.visitors.retax(line.key, max(0, line.taxed - units))
                    retaxed.append({**line.journaled(), "taxed": max(0, line.taxed - units)})
            if freed:
                retaxed += retax_pending(work, holder, regime, at, today)[0]
        return freed, retaxed


def _returnable(work: UnitOfWork, receipt: str) -> Returnable:
    till, number = read_receipt_number(receipt)
    sale = work.sales.by_number(till, number)
    if sale is None:
        raise NoSuchReceipt(receipt)
    returns = tuple(work.returns.reversing(till, number))
    refunds = [refund for back in returns for refund in back.refunds]
    money = left_of(sale.paid, sale.change, refunds)
    return Returnable(sale, tuple(work.returns.refundable(till, number)), money, returns)


def _rates(work: UnitOfWork, settings: Settings, at: datetime) -> RateTable:
    return RateTable(settings.base, settings.price, work.rates.at(at))


def _refunds(
    here: Returnable, order: ReturnOrder, worth: Money, settings: Settings, today: RateTable, *, in_cash: bool
) -> tuple[tuple[Refund, ...], Money]:
    wanted = order.method, order.currency
    # What earlier returns of the sale were rounded by: else ten bars one by one come to ten roundings.
    kept = total((back.rounding for back in here.returns), worth.currency)
    refunds, rounding = refunds_for(
        worth + kept, wanted, here.money, here.sale.rates, today, settings.cash(), in_cash=in_cash
    )
    return refunds, rounding - kept


def _sale_line(here: Returnable, wanted: ReturnLine, place: int) -> SaleLine:
    line = next((line for line in here.sale.lines if line.line == wanted.line), None)
    if line is None:
        raise BadField(f"lines[{place}].line", "unknown", str(wanted.line))
    if wanted.quantity < 1:
        raise BadField(f"lines[{place}].quantity", "not_positive", str(wanted.quantity))
    return line


def _line(here: Returnable, wanted: ReturnLine, place: int) -> ReturnedLine:
    """The line as it would come back."""
    line = _sale_line(here, wanted, place)
    before = next(known.refunded for known in here.lines if known.line == wanted.line)
    if before + wanted.quantity > line.quantity:
        raise NothingLeftToReturn(here.sale.receipt, wanted.line, wanted.quantity, line.quantity - before)
    return _back(line, wanted, before)


def _taken_back(work: UnitOfWork, here: Returnable, wanted: ReturnLine, place: int) -> ReturnedLine:
    """The line come back: the database decides, so that two tills never refund one piece twice."""
    line = _sale_line(here, wanted, place)
    after = work.returns.take_back(here.sale.till, here.sale.number, wanted.line, wanted.quantity)
    if after is None:
        known = work.returns.refundable(here.sale.till, here.sale.number)
        left = next(one.sold - one.refunded for one in known if one.line == wanted.line)
        raise NothingLeftToReturn(here.sale.receipt, wanted.line, wanted.quantity, left)
    return _back(line, wanted, after - wanted.quantity)


def _back(line: SaleLine, wanted: ReturnLine, before: int) -> ReturnedLine:
    return ReturnedLine(
        of_line=line.line,
        product_id=line.product_id,
        code=line.code,
        name=line.name,
        names=line.names,
        category=line.category,
        quantity=wanted.quantity,
        amount=worth_of(line.amount, line.quantity, before, wanted.quantity),
        to=wanted.to,
        vat=line.vat,
        tax=None if line.tax is None else worth_of(line.tax, line.quantity, before, wanted.quantity),
    )


def refund_need(here: Returnable, order: ReturnOrder, worth: Money) -> RefundNeed:
    """What has to be allowed for goods worth so much to be paid back in cash."""
    return RefundNeed(IN_CASH, here.sale.receipt, worth, order.currency)


def _wants_cash(here: Returnable, order: ReturnOrder, cashier: Person, approval: Approval | None) -> bool:
    """Whether cash is asked for what was paid by card or QR: by an approval, or by whoever may alone."""
    by_card = any(method != "cash" and money for (method, _), money in here.money.items())
    if approval is None or order.method != "cash" or not by_card:
        return False
    if approval.key != order.key or (approval.acts is not None and IN_CASH not in approval.acts):
        raise NotAllowed(IN_CASH, cashier.name)
    return True


def _locked_holders(work: UnitOfWork, sale: Sale, order: ReturnOrder, at: datetime) -> dict[str, Visitor]:
    """In whose ledgers the lines stand now, by the label in the sale; all of them locked."""
    wanted = {line.line for line in order.lines}
    labels = sorted({line.carrier for line in sale.lines if line.line in wanted and line.carrier is not None})
    while True:
        holders = _holders(work, sale, labels)
        if not holders:
            return {}
        work.visitors.lock(tuple(holders.values()), at)
        if {label: v.key for label, v in _holders(work, sale, labels).items()} == {
            label: v.key for label, v in holders.items()
        }:
            return holders


def _holders(work: UnitOfWork, sale: Sale, labels: Sequence[str]) -> dict[str, Visitor]:
    holders = {}
    for label in labels:
        lines: Sequence[LedgerLine] = work.visitors.of_sale(sale.till, sale.number, label)
        if lines and lines[0].key is not None:
            holders[label] = replace(work.visitors.holder(lines[0].key), label=label)
    return holders


def _returned_before(work: UnitOfWork, key: str, fingerprint: str) -> GoodsReturn:
    back = work.returns.with_key(key)
    if back is None or work.keys.fingerprint_of(key) != fingerprint:
        raise KeyReused(key)
    return back
