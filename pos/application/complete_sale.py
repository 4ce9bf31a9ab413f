"""Record the sale, its stock, its money and its quota together, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from pos.application.check_order import check_acts, check_order
from pos.application.check_quota import result_of
from pos.application.exchange import back_content, exchange_tenders, take_in_exchange
from pos.application.judge_quota import (
    HISTORY,
    Ledgers,
    Standings,
    judge,
    ledgers_of,
    newly_taxed,
    rates_text,
    standings_of,
)
from pos.application.order import Order
from pos.application.ports import Clock, Secrets, Store, UnitOfWork
from pos.application.settings import Settings
from pos.application.take_back import TakeBack, rates_of
from pos.application.visitor_ports import LockedVisitor
from pos.domain.cart import Cart, Line
from pos.domain.errors import BadField, BadInput
from pos.domain.money import Currency
from pos.domain.quota.judge import Judgement
from pos.domain.quota.rule import Regime
from pos.domain.sale import Sale, SaleLine
from pos.domain.shift import NoOpenShift
from pos.domain.staff import Approval, Person, UnknownPerson
from pos.domain.stock import OutOfStock
from pos.domain.tender import Settlement, Tender, check_settled, settle
from pos.domain.visitor import Visitor


@dataclass(eq=False)
class KeyReused(BadInput):
    """The key belongs to another order: the same key with other content."""

    key: str
    field: str = "key"


@dataclass(eq=False)
class UnknownRegime(BadInput):
    """There is no such set of rules."""

    regime: str
    field: str = "regime"


@dataclass(frozen=True, slots=True)
class Payment:
    """How an order is paid: the tenders in their order, and the currency in which change is wanted."""

    tenders: tuple[Tender, ...]
    change_currency: Currency | None = None


@dataclass(frozen=True, slots=True)
class CompleteSale:
    """Turn an order and its payment into a sale, in one transaction.

    Everything that can be refused is refused before COMMIT. The same key again returns the sale that it made.
    """

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    regimes: Callable[[], Mapping[str, Regime]]
    secrets: Secrets

    def from_counter(self, order: Order, payment: Payment, approval: Approval | None = None) -> Sale:
        """Record an order of the window, whose content is its own fingerprint; see the call for the refusals."""
        return self(order, payment, self.secrets.request(content_of(order, payment)), approval)

    def __call__(self, order: Order, payment: Payment, fingerprint: str, approval: Approval | None = None) -> Sale:
        """Record it. `fingerprint` is the keyed hash of the order's content.

        Raises KeyReused, NoOpenShift, EmptyCart, NoVisitor, QuotaExceeded, OutOfStock, Underpaid and others.
        """
        at = self.now()  # read once: a sale has one instant
        settings = self.settings()
        with self.store.begin() as work:
            if not work.keys.claim(order.key, fingerprint, at):  # the first write: a second till waits here
                return _sold_before(work, order.key, fingerprint)
            cashier = _cashier(work, order.cashier)
            shift = work.shifts.open_at(order.till)
            if shift is None:
                raise NoOpenShift(order.till)
            check_order(order, settings)
            take_back = TakeBack(settings, self.regimes(), order.till, at, rates_of(work, settings, at))
            returns = take_in_exchange(work, order, take_back, cashier, shift, self.secrets, approval)
            locked = work.visitors.lock(order.visitors, at)  # two tills must not spend one allowance
            _check_each_once(order.visitors, locked)
            ledgers, standings = self._weigh(work, order, at)
            quota = judge(standings, order.cart)
            assessments = {label: judgement.assessment for label, judgement in quota.items()}
            needed = check_acts(order, assessments, settings, cashier, approval)
            settlement = settle(
                order.cart.total,
                (*exchange_tenders(returns), *payment.tenders),
                order.rates,
                settings.cash(),
                payment.change_currency,
                work.shifts.drawer(shift),
            )
            check_settled(settlement)
            _take_stock(work, order.cart)
            visitors, retaxed = _retax(work, order, ledgers, standings, quota)
            entry = work.register.take_number(order.till, order.cart.total)  # the last of the locks
            sale = Sale(
                till=order.till,
                number=entry.number,
                key=order.key,
                at=at,
                cashier=cashier.name,
                shift=shift.id,
                destination=order.destination or "",
                regime=order.regime if quota else None,
                regime_version=self.regimes()[order.regime].version if quota and order.regime else None,
                total=order.cart.total,
                lines=_lines(order.cart, quota),
                paid=settlement.paid,
                change=settlement.change,
                rounding=settlement.rounding,
                rates=order.rates,
                quota_rates=rates_text(order.rates),
                visitors=visitors,
                quota={label: {"regime": j.assessment.regime.id, **result_of(j)} for label, j in quota.items()},
                approved_by=approval.by.name if approval and needed else None,
                returns=returns,
            )
            business_date = at.astimezone(settings.zone).date()
            sale = work.sales.record(sale, entry.chain, locked, business_date)
            _remember_entries(work, order.visitors, locked, business_date)
            work.register.close_chain(order.till, sale.mac)
            work.journal.write(at, order.till, cashier.name, "sale", _journal(sale, settlement, retaxed))
            if approval and needed:
                allowed = {"receipt": sale.receipt, "acts": sorted(needed)}
                work.journal.write(at, order.till, approval.by.name, "approve", allowed)
            work.commit()
        return sale

    def _weigh(self, work: UnitOfWork, order: Order, at: datetime) -> tuple[Ledgers, Standings]:
        """What each visitor bought, and where he stands before the basket."""
        if not order.visitors:
            return {}, {}
        regime = self.regimes().get(order.regime or "")
        if regime is None:
            raise UnknownRegime(order.regime or "")
        ledgers = ledgers_of(work, order.visitors, regime, at)
        return ledgers, standings_of(regime, order.visitors, ledgers, at, order.rates)


def content_of(order: Order, payment: Payment) -> bytes:
    """What an order of the window says, as bytes: lines, visitors by keyed hash with what they told, tenders."""
    parts: list[object] = [
        order.till,
        order.cashier,
        order.destination,
        order.regime,
        order.over_quota,
        [[x.product.code, x.quantity, str(x.unit_price), str(x.off), x.carrier] for x in order.cart.lines],
        [[v.label, v.key, [str(day) for day in v.entries], [str(x) for x in v.declared]] for v in order.visitors],
        [[t.method, t.amount.currency.code, str(t.amount), t.reference, _notes(t)] for t in payment.tenders],
        payment.change_currency.code if payment.change_currency else None,
    ]
    if order.exchange is not None:
        parts.append(back_content(order.exchange))
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def _notes(tender: Tender) -> list[tuple[int, int]] | None:
    return None if tender.notes is None else sorted(tender.notes.items())


def _sold_before(work: UnitOfWork, key: str, fingerprint: str) -> Sale:
    if work.keys.fingerprint_of(key) != fingerprint:
        raise KeyReused(key)
    sale = work.sales.with_key(key)
    assert sale is not None, "a key and its sale are written in one transaction"
    return sale


def _cashier(work: UnitOfWork, name: str) -> Person:
    person = work.people.by_name(name)
    if person is None or not person.active:
        raise UnknownPerson(name)
    person.check("sell")
    return person


def _check_each_once(visitors: Sequence[Visitor], locked: Mapping[str, LockedVisitor]) -> None:
    """Refuse a person who came twice, by one paper or by two: each of him would have an allowance of his own."""
    seen: set[int] = set()
    for place, visitor in enumerate(visitors):
        person = locked[visitor.label].person
        if person in seen:
            raise BadField(f"visitors[{place}].document", "duplicate", visitor.label)
        seen.add(person)


def _remember_entries(
    work: UnitOfWork, visitors: Sequence[Visitor], locked: Mapping[str, LockedVisitor], today: date
) -> None:
    """Keep the days that were told at this sale: his pending goods are judged again when something is moved."""
    for visitor in visitors:
        known = work.visitors.known(visitor.key) if visitor.entries else None
        new = set(visitor.entries).difference(known.entries if known is not None else ())
        # In the evening of the shop it may be tomorrow already where he entered.
        new = {day for day in new if day <= today + timedelta(days=1) and today - day <= HISTORY}
        if new:
            work.visitors.tell_entries(locked[visitor.label].visitor, new, today)


def _retax(
    work: UnitOfWork, order: Order, ledgers: Ledgers, standings: Standings, quota: Mapping[str, Judgement]
) -> tuple[tuple[Visitor, ...], list[dict[str, object]]]:
    """Record which earlier, pending units go out as dutiable with this basket.

    The visitors with what they declare taxed accordingly, and what changed in the ledger, for the journal.
    """
    visitors = []
    retaxed: list[dict[str, object]] = []
    for visitor in order.visitors:
        ledger = ledgers[visitor.label]
        changed = newly_taxed(ledger, standings[visitor.label], quota[visitor.label])
        for place in sorted(changed):
            key, taxed = ledger[place].key, changed[place]
            if key is not None:
                work.visitors.retax(key, taxed)
                retaxed.append({**ledger[place].journaled(), "taxed": taxed})
        stored = len(ledger) - len(visitor.declared)
        declared = (replace(x, taxed=changed.get(stored + i, x.taxed)) for i, x in enumerate(visitor.declared))
        visitors.append(replace(visitor, declared=tuple(declared)))
    return tuple(visitors), retaxed


def _take_stock(work: UnitOfWork, cart: Cart) -> None:
    wanted: dict[int, tuple[str, int]] = {}
    for line in cart.lines:
        code, quantity = wanted.get(line.product.id, (line.product.code, 0))
        wanted[line.product.id] = (code, quantity + line.quantity)
    for product_id in sorted(wanted):  # one order for all tills, or they wait for each other for ever
        code, quantity = wanted[product_id]
        if work.stock.take(product_id, quantity) is None:
            raise OutOfStock(code, quantity, work.stock.on_hand(product_id))


def _lines(cart: Cart, quota: Mapping[str, Judgement]) -> tuple[SaleLine, ...]:
    taxed = _taxed(cart, quota)
    return tuple(_line(number, line, taxed.get(line.id, 0)) for number, line in enumerate(cart.lines))


def _taxed(cart: Cart, quota: Mapping[str, Judgement]) -> dict[int, int]:
    """Pieces that go out as dutiable, by row id: what the estimate of the duty taxes whole."""
    taxed: dict[int, int] = {}
    for label, judgement in quota.items():
        carried = [line.id for line in cart.lines if line.carrier == label]
        for unit in judgement.bill.units if judgement.bill else ():
            if unit.origin.history is None:
                taxed[carried[unit.origin.line]] = taxed.get(carried[unit.origin.line], 0) + unit.units
    return taxed


def _line(number: int, line: Line, taxed: int) -> SaleLine:
    product = line.product
    assert product.category is not None, "check_complete was asked"
    return SaleLine(
        line=number,
        product_id=product.id,
        code=product.code,
        name=product.name,
        names=product.names,
        category=product.category,
        quantity=line.quantity,
        unit_price=line.unit_price,
        discount=line.off,
        amount=line.amount,
        carrier=line.carrier,
        taxed=taxed,
        attributes=product.attributes,
    )


def _journal(sale: Sale, settlement: Settlement, retaxed: list[dict[str, object]]) -> dict[str, object]:
    details: dict[str, object] = {
        "receipt": sale.receipt,
        "total": str(sale.total),
        "currency": sale.total.currency.code,
        "mac": sale.mac,
        "tenders": len(settlement.paid),
    }
    if retaxed:
        details["retaxed"] = retaxed
    if sale.returns:
        details["returns"] = [back.receipt for back in sale.returns]
    return details
