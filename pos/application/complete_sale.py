"""Record the sale, its stock, its money and its quota together, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from pos.application.check_quota import result_of
from pos.application.checkout import Order, check_complete
from pos.application.judge_quota import judge, ledgers_of, rates_text, standings_of
from pos.application.ports import Clock, Secrets, Store, UnitOfWork
from pos.application.settings import Settings
from pos.domain.cart import Cart, Line
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Currency
from pos.domain.quota.assess import Assessment
from pos.domain.quota.judge import Judgement
from pos.domain.quota.rule import Regime, Verdict
from pos.domain.sale import Sale, SaleLine
from pos.domain.shift import NoOpenShift
from pos.domain.staff import (
    DISCOUNT_LIMIT,
    Approval,
    ApprovalNotAllowed,
    ApprovalUnclear,
    NotAllowed,
    Person,
    UnknownPerson,
)
from pos.domain.stock import OutOfStock
from pos.domain.tender import Settlement, Tender, check_settled, settle
from pos.domain.visitor import DESTINATIONS


@dataclass(eq=False)
class KeyReused(BadInput):
    """The key belongs to another order: the same key with other content."""

    key: str
    field: str = "key"


@dataclass(eq=False)
class NoVisitor(Refused):
    """No document was shown, and this shop does not sell without."""


@dataclass(eq=False)
class NoDestination(Refused):
    """Nobody said to which side the visitor leaves."""


@dataclass(eq=False)
class UnknownRegime(BadInput):
    """There is no such set of rules."""

    regime: str
    field: str = "regime"


@dataclass(eq=False)
class QuotaExceeded(Refused):
    """The basket is over what a visitor may carry: the worst `verdict`, the visitor's label, the `rules` over."""

    verdict: str
    visitor: str
    rules: tuple[str, ...]


@dataclass(eq=False)
class QuotaUnknown(Refused):
    """The allowance cannot be judged for want of `attributes`, and this shop refuses such a sale."""

    visitor: str
    attributes: tuple[str, ...]


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
            visitor_ids = work.visitors.lock(order.visitors, at)  # two tills must not spend one allowance
            _check_each_once(visitor_ids)
            quota = self._judge(work, order, at)
            assessments = {label: judgement.assessment for label, judgement in quota.items()}
            needed = check_acts(order, assessments, settings, cashier, approval)
            settlement = settle(
                order.cart.total, payment.tenders, order.rates, settings.cash(), payment.change_currency
            )
            check_settled(settlement)
            _take_stock(work, order.cart)
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
                visitors=order.visitors,
                quota={label: {"regime": j.assessment.regime.id, **result_of(j)} for label, j in quota.items()},
                approved_by=approval.by.name if approval and needed else None,
            )
            business_date = at.astimezone(settings.zone).date()
            sale = work.sales.record(sale, entry.chain, visitor_ids, business_date)
            work.register.close_chain(order.till, sale.mac)
            work.journal.write(at, order.till, cashier.name, "sale", _journal(sale, settlement))
            if approval and needed:
                allowed = {"receipt": sale.receipt, "acts": sorted(needed)}
                work.journal.write(at, order.till, approval.by.name, "approve", allowed)
            work.commit()
        return sale

    def _judge(self, work: UnitOfWork, order: Order, at: datetime) -> Mapping[str, Judgement]:
        if not order.visitors:
            return {}
        regime = self.regimes().get(order.regime or "")
        if regime is None:
            raise UnknownRegime(order.regime or "")
        ledgers = ledgers_of(work, order.visitors, regime, at)
        return judge(standings_of(regime, order.visitors, ledgers, at, order.rates), order.cart)[1]


def content_of(order: Order, payment: Payment) -> bytes:
    """What an order of the window says, as bytes: lines, visitors by keyed hash, tenders."""
    parts = [
        order.till,
        order.cashier,
        order.destination,
        order.regime,
        order.over_quota,
        [[x.product.code, x.quantity, str(x.unit_price), str(x.off), x.carrier] for x in order.cart.lines],
        [[v.label, v.key] for v in order.visitors],
        [[t.method, t.amount.currency.code, str(t.amount), t.reference] for t in payment.tenders],
        payment.change_currency.code if payment.change_currency else None,
    ]
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def check_acts(
    order: Order,
    quota: Mapping[str, Assessment],
    settings: Settings,
    cashier: Person,
    approval: Approval | None,
) -> set[str]:
    """Refuse what may not be sold so, before any money is taken for it; the acts that had to be approved.

    The window asks this when the payment opens, and the sale's own transaction asks it again.
    """
    needed = _discounts_above_limit(order, cashier)
    for label, assessment in quota.items():
        needed |= _acts_for_verdict(label, assessment, settings, order, cashier, approval)
    _check_approval(needed, approval, cashier, order)
    return needed


def _acts_for_verdict(
    label: str,
    assessment: Assessment,
    settings: Settings,
    order: Order,
    cashier: Person,
    approval: Approval | None,
) -> set[str]:
    """Refuse a basket over the allowance, or name the act that must be approved for it.

    `unknown` sells with a mark unless the shop refuses; `duty` sells as dutiable where the order says so and the
    role or an approval allows it; `review` needs an approval; `refuse` is never sold.
    """
    verdict = assessment.verdict
    if verdict > Verdict.UNKNOWN:
        _check_sellable(label, assessment, order, approval)
    if settings.refuse_unknown and (verdict == Verdict.UNKNOWN or assessment.unknown):
        raise QuotaUnknown(label, tuple(dict.fromkeys(gap.attribute for gap in assessment.unknown)))
    verdicts = {verdict, *(result.verdict for result in assessment.rules)}
    needed = {"review"} if Verdict.REVIEW in verdicts else set()
    if Verdict.DUTY in verdicts and not cashier.may("over_quota"):
        needed.add("over_quota")
    return needed


def _check_sellable(label: str, assessment: Assessment, order: Order, approval: Approval | None) -> None:
    """Refuse what is never sold, what nobody asked to sell as dutiable, and what nobody approved.

    One rule may ask for duty while another, the worst, asks for a review: each must be answered.
    """
    verdicts = {assessment.verdict, *(result.verdict for result in assessment.rules)}
    as_dutiable = Verdict.DUTY not in verdicts or order.over_quota == "duty"
    reviewed = Verdict.REVIEW not in verdicts or approval is not None
    if Verdict.REFUSE in verdicts or not as_dutiable or not reviewed:
        over = tuple(r.rule.id for r in assessment.rules if r.verdict > Verdict.UNKNOWN)
        raise QuotaExceeded(assessment.verdict.word, label, over)


def _discounts_above_limit(order: Order, cashier: Person) -> set[str]:
    limit = DISCOUNT_LIMIT[cashier.role]
    return {"discount"} if any(_percent_off(line) > limit for line in order.cart.lines) else set()


def _percent_off(line: Line) -> Fraction:
    return line.discount.share_of(line.gross) * 100 if line.discount else Fraction(0)


def _check_approval(needed: set[str], approval: Approval | None, cashier: Person, order: Order) -> None:
    """Every act beyond the cashier's role must be allowed by name, for this sale, by somebody whose role may."""
    if not needed:
        return
    if approval is None or approval.key != order.key:
        raise NotAllowed(min(needed), cashier.name)
    if approval.acts is None and len(needed) > 1:
        raise ApprovalUnclear(tuple(sorted(needed)))
    for act in sorted(needed):
        if approval.acts is not None and act not in approval.acts:
            raise NotAllowed(act, cashier.name)
        if not approval.by.may(act):
            raise ApprovalNotAllowed(act, approval.by.name)
    limit = DISCOUNT_LIMIT[approval.by.role]
    if "discount" in needed and any(_percent_off(line) > limit for line in order.cart.lines):
        raise ApprovalNotAllowed("discount", approval.by.name)


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


def check_order(order: Order, settings: Settings) -> None:
    """Refuse an order that lacks what every sale needs, whatever its quota."""
    order.cart.check_not_empty()
    if not order.visitors and not settings.sell_without_visitor:
        raise NoVisitor
    if order.visitors and order.destination is None:
        raise NoDestination
    if order.destination is not None and order.destination not in DESTINATIONS:
        raise BadField("destination", "unknown", order.destination[:40])
    labels = {visitor.label for visitor in order.visitors}
    for place, line in enumerate(order.cart.lines):
        check_complete(line.product)
        if labels and line.carrier not in labels:
            # What nobody carries would be judged for nobody.
            what = "missing" if line.carrier is None else "unknown"
            raise BadField(f"lines[{place}].carrier", what, line.carrier or "")


def _check_each_once(visitor_ids: Mapping[str, int]) -> None:
    """Refuse a person who came twice, by one paper or by two: each of him would have an allowance of his own."""
    seen: set[int] = set()
    for place, (label, visitor_id) in enumerate(sorted(visitor_ids.items())):
        if visitor_id in seen:
            raise BadField(f"visitors[{place}].document", "duplicate", label)
        seen.add(visitor_id)


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


def _journal(sale: Sale, settlement: Settlement) -> dict[str, object]:
    return {
        "receipt": sale.receipt,
        "total": str(sale.total),
        "currency": sale.total.currency.code,
        "mac": sale.mac,
        "tenders": len(settlement.paid),
    }
