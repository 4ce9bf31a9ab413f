"""Record the sale, its stock, its money and its quota together, or not at all."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from pos.application.access.approvals import record_approval, usable
from pos.application.access.authorize import active_cashier
from pos.application.access.numbers_given import take_number
from pos.application.access.retry import retry_idempotent
from pos.application.access.shift_at_till import shift_for
from pos.application.access.steady_clock import check_clock
from pos.application.fiscal.queue_documents import queue_sale
from pos.application.membership.center_answer import AllAtCenter, elsewhere_of, with_departures, with_entries
from pos.application.membership.reserve_at_center import ReserveAtCenter
from pos.application.outside_partners.counted_charges import charges_of, count_charges, with_providers
from pos.application.pickup.pick_up import (
    check_deposits,
    lock_pickups,
    move_up_behind,
    note_picked_up,
    take_held,
)
from pos.application.ports.store import UnitOfWork
from pos.application.ports.visitor_ports import LedgerLine, LockedVisitor
from pos.application.pricing.rates_in_force import rates_of
from pos.application.quota.check_quota import result_of
from pos.application.quota.evaluate_quota import (
    HISTORY,
    AllowancePositions,
    Ledgers,
    judge,
    ledgers_of,
    newly_dutiable,
    positions_of,
    rates_text,
)
from pos.application.returns.record_return import RecordReturn
from pos.application.sales.allowance_at_center import AllowanceAtCenter, Judged, dutiable_units
from pos.application.sales.check_order import check_approvals, check_order
from pos.application.sales.exchange import back_content, exchange_tenders, take_in_exchange
from pos.application.sales.order import SaleConditions, SaleOrder
from pos.application.sales.pending_refunds import (
    NOT_SOLD,
    Taken,
    is_at_the_counter,
    record_pending_refunds,
    refunds_of,
    settle_by_sale,
)
from pos.application.sales.serial_numbers import check_all_unsold
from pos.application.sales.sold_lines import prices_by_hand, sold_line
from pos.application.sales.stock_reservations import take_goods
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.application.visitors.known_entries import as_known, days_unsaid
from pos.application.visitors.lock_visitors import lock_visitors
from pos.domain.catalogue.piece import NO_PIECE
from pos.domain.errors import BadField, BadInput
from pos.domain.fiscal.terminals import terminal_of
from pos.domain.money import Currency
from pos.domain.payment.banknotes import Drawer
from pos.domain.payment.cash_amount import check_cash
from pos.domain.payment.tender import Settlement, Tender, check_references, check_settled, settle
from pos.domain.quota.evaluation import Evaluation
from pos.domain.quota.rule import UnknownRegime
from pos.domain.request_key import KeyReused
from pos.domain.returns.goods_return import GoodsReturn, Refund, check_as_shown
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.parcel import NoParcelRegime, NotAParcelRegime
from pos.domain.sales.sale import Sale, SaleLine
from pos.domain.shifts.shift import Shift
from pos.domain.staff.staff import Approval, Person
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class Payment:
    """How an order is paid: the tenders in their order, and the requested currency of the change."""

    tenders: tuple[Tender, ...]
    change_currency: Currency | None = None
    handing: Drawer = field(default_factory=dict)
    """The notes of the change chosen by the cashier, by currency code; without them the notes are proposed."""
    money_back: tuple[Refund, ...] | None = None
    """The money on show that goes back for goods worth more than the sale; None where nothing was on show."""


@dataclass(frozen=True, slots=True)
class ValidatedSale:
    """An order whose people and visitors are validated and locked; see CompleteSale.admit."""

    cashier: Person
    shift: Shift
    locked: Mapping[str, LockedVisitor]
    ledgers: Ledgers
    positions: AllowancePositions
    returns: tuple[GoodsReturn, ...] = ()
    """The goods returned before it in the same transaction."""
    from_center: AllAtCenter = field(default_factory=dict)
    """What the center adds to the books."""


@dataclass(frozen=True, slots=True)
class CompleteSale(UseCase):
    """Turn an order and its payment into a sale, in one transaction.

    The same transaction records the goods returned in exchange and consumes the reservation of an open payment.
    Everything that can be refused is refused before COMMIT. The same key again returns the sale already recorded.
    `center` is the part of the center in it; None in a program that opens no connection.
    """

    center: AllowanceAtCenter | None = None
    reserve: ReserveAtCenter | None = None

    def from_counter(self, order: SaleOrder, payment: Payment, approval: Approval | None = None) -> Sale:
        """Record an order of the window, whose content is its own fingerprint; refusals as in the call."""
        try:
            check_cash(payment.tenders)
            return self(order, payment, self.secrets.request(content_of(order, payment)), approval)
        except BadInput as refused:
            if is_at_the_counter(refused):  # in a file it is a mistake of the file; here the money is in the till
                taken = Taken(order.key, order.till, order.cashier, payment.tenders)
                record_pending_refunds(self.store, self.now(), taken, refused)
            raise

    def __call__(self, order: SaleOrder, payment: Payment, fingerprint: str, approval: Approval | None = None) -> Sale:
        """Record the order. `fingerprint` is the keyed hash of its content.

        Raises KeyReused, NoOpenShift, EmptyCart, NoVisitor, QuotaExceeded, OutOfStock, Underpaid and others. Card and
        QR payments for a refused sale are recorded as pending refunds.
        """
        at = self.now()  # read once: a sale has one instant
        try:
            self._reserve_again(order, at)
            sale = self._record(order, payment, fingerprint, approval, at)
            if self.center is not None:
                self.center.membership.sales.done(order.key)
            return sale
        except NOT_SOLD as refused:
            record_pending_refunds(
                self.store, at, Taken(order.key, order.till, order.cashier, payment.tenders), refused
            )
            raise

    def _reserve_again(self, order: SaleOrder, at: datetime) -> None:
        """What is reserved at the center has run out of time: it is reserved again, before anything is recorded."""
        if self.center is None or self.reserve is None or not self.center.concerns(order):
            return
        reserved = self.center.reserved(order)
        if reserved is not None and reserved.is_over(self.reserve.membership.running(), at):
            self.reserve.again(reserved)

    @retry_idempotent
    def _record(
        self, order: SaleOrder, payment: Payment, fingerprint: str, approval: Approval | None, at: datetime
    ) -> Sale:
        settings = self.settings()
        with self.store.begin() as work:
            if not work.keys.claim(order.key, fingerprint, at):  # the first write: a second till waits here
                return _sold_before(work, order.key, fingerprint)
            if self.center is not None:
                order = self.center.seen(order)
            refunds = refunds_of(work, order, payment.tenders)
            charges = charges_of(work, order.key, payment.tenders)
            tenders = with_providers(payment.tenders, charges)
            approval = usable(work, approval, at)
            validated = self.admit(work, order, at, settings, approval)
            cashier, shift, locked = validated.cashier, validated.shift, validated.locked
            ledgers, positions, returns = validated.ledgers, validated.positions, validated.returns
            pickups = lock_pickups(work, order.pickups, at, order.till, cashier.name)
            check_deposits(pickups, tenders)
            check_as_shown((refund for back in returns for refund in back.refunds), payment.money_back)
            quota = judge(positions, order.cart, order.parcel)
            assessments = {label: judgement.assessment for label, judgement in quota.items()}
            needed = check_approvals(order, assessments, SaleConditions(at, settings, cashier, approval))
            due = order.cart.total
            settlement = settle(
                due,
                (*exchange_tenders(returns), *tenders),
                order.rates,
                settings.cash(),
                payment.change_currency,
                work.shifts.drawer(shift),
                payment.handing,
            )
            check_settled(settlement)
            terminal_of(due, settlement.paid, settings.registering_terminals())
            check_references(tenders, settings.referenced())
            taken = take_goods(work, order, at, settings.stock_policy(at), take_held(work, pickups))
            check_all_unsold(work, order, at)
            visitors, retaxed = _retax(work, order, ledgers, positions, quota)
            judged_by = self.regimes()[order.regime] if quota and order.regime else None
            entry = take_number(work, self.given, order.till, due, at)  # the last of the locks
            sale = Sale(
                till=order.till,
                number=entry.number,
                key=order.key,
                at=at,
                cashier=cashier.name,
                shift=shift.id,
                destination=order.destination or "",
                regime=None if judged_by is None else judged_by.id,
                regime_version=None if judged_by is None else judged_by.version,
                total=due,
                lines=_lines(order.cart, quota),
                paid=settlement.paid,
                change=settlement.change,
                rounding=settlement.rounding,
                rates=order.rates,
                quota_rates=rates_text(order.rates, "customs" if judged_by is None else judged_by.rate_kind),
                visitors=visitors,
                quota=self._answers(order, quota, ledgers),
                approved_by=approval.by.name if approval and needed else None,
                basket=order.cart.basket,
                note=order.cart.note,
                returns=returns,
                parcel=order.parcel,
            )
            business_date = at.astimezone(settings.zone).date()
            sale = work.sales.record(sale, entry.chain, locked, business_date, taken.parts)
            if order.recipient is not None:
                work.sales.send_to(sale.key, order.recipient)
            queue_sale(work, settings, sale)
            note_picked_up(work, sale, pickups, order.cart, settings, self.translators)
            move_up_behind(work, pickups, order.cart, at, order.till, cashier.name)
            days = _remember_entries(work, order, locked, at, business_date)
            if self.center is not None and judged_by is not None and self.center.concerns(order):
                judged = Judged(order, judged_by, ledgers, positions, quota, validated.from_center, returns)
                self.center.tell(work, judged, at, days)
            work.register.close_chain(order.till, sale.mac)
            settle_by_sale(work, order, refunds, at)
            count_charges(work, charges, sale.receipt)
            work.journal.write(
                at, order.till, cashier.name, "sale", _journal(sale, order, settlement, retaxed) | taken.journaled()
            )
            for details in prices_by_hand(sale):
                work.journal.write(at, order.till, cashier.name, "price", details)
            approver = approval.by if approval and needed else None
            record_approval(work, approver, approval, needed, of=cashier, at=at, till=order.till, receipt=sale.receipt)
            work.commit()
        return sale

    def _answers(
        self, order: SaleOrder, quota: Mapping[str, Evaluation], ledgers: Ledgers
    ) -> dict[str, dict[str, object]]:
        """The recorded verdicts, each with whether the center was asked about it, where there is one."""
        answers = {label: _answer(judgement, ledgers[label]) for label, judgement in quota.items()}
        if self.center is not None:
            for visitor in order.visitors:
                if (answer := answers.get(visitor.label)) is not None:
                    answers[visitor.label] = answer | dict(self.center.answer(order, visitor, answer["verdict"]))
        return answers

    def admit(
        self, work: UnitOfWork, order: SaleOrder, at: datetime, settings: Settings, approval: Approval | None = None
    ) -> ValidatedSale:
        """Validate cashier, shift and visitors, and lock the visitors' rows: everything except goods and money.

        Goods returned in exchange are already recorded, and their allowance is free.
        """
        check_clock(self.now, work)
        cashier = active_cashier(work, order.cashier)
        cashier.check("sell")
        shift = shift_for(work, order.till, cashier)
        check_order(order, settings, at)
        returns: tuple[GoodsReturn, ...] = ()
        if order.exchange is not None:
            record_return = RecordReturn(
                settings,
                self.regimes(),
                order.till,
                at,
                rates_of(work, settings, at),
                self.given,
                () if self.center is None else self.center.taken_back(order),
            )
            returns = take_in_exchange(work, order, record_return, cashier, shift, self.secrets, approval)
        # Two tills must not spend one allowance.
        locked = lock_visitors(work, order.visitors, at, order.till, cashier.name)
        _check_each_once(order.visitors, locked)
        ledgers, positions, from_center = self._weigh(work, order, at)
        return ValidatedSale(cashier, shift, locked, ledgers, positions, returns, from_center)

    def _weigh(
        self, work: UnitOfWork, order: SaleOrder, at: datetime
    ) -> tuple[Ledgers, AllowancePositions, AllAtCenter]:
        """What each visitor has bought, their allowance before the basket, and what of it came from the center."""
        if not order.visitors:
            return {}, {}, {}
        if order.parcel is not None and order.regime is None:
            raise NoParcelRegime(order.destination or "")
        regime = self.regimes().get(order.regime or "")
        if regime is None:
            raise UnknownRegime(order.regime or "")
        if order.parcel is not None and not regime.parcels:
            raise NotAParcelRegime(regime.id)
        visitors = as_known(work, order.visitors, regime)
        ledgers = ledgers_of(work, visitors, regime, self.regimes(), at, order.key)
        if self.center is None or not (from_center := self.center.answers(work, order, visitors, at)):
            return ledgers, positions_of(regime, visitors, ledgers, at, order.rates), {}
        visitors, ledgers = with_entries(visitors, from_center), with_departures(ledgers, from_center)
        elsewhere = elsewhere_of(from_center, regime, self.regimes(), at)
        return ledgers, positions_of(regime, visitors, ledgers, at, order.rates, elsewhere), from_center


class ResolveUnknownCommit(UseCase):
    """Find out whether a sale whose COMMIT was not answered was recorded.

    Return the sale recorded under a key, or make certain that this attempt never records one.
    """

    @retry_idempotent
    def __call__(self, key: str) -> Sale | None:
        """The sale of the order with this key, or None. Raises StoreUnavailable while the database does not answer.

        The key is claimed and released again: a plain query would miss what the server is still about to commit.
        """
        with self.store.begin() as work:
            if work.keys.claim(key, "", self.now()):
                return None
            return work.sales.with_key(key)


def content_of(order: SaleOrder, payment: Payment) -> bytes:
    """The content of an order of the window, as bytes: lines, visitors by keyed hash with their answers, tenders."""
    parts: list[object] = [
        order.till,
        order.cashier,
        order.destination,
        order.regime,
        order.over_quota,
        [_line_content(line) for line in order.cart.lines],
        order.cart.note,
        [[v.label, v.key, [str(day) for day in v.entries], [str(x) for x in v.declared]] for v in order.visitors],
        [[t.method, t.amount.currency.code, str(t.amount), t.reference, _notes(t)] for t in payment.tenders],
        payment.change_currency.code if payment.change_currency else None,
        sorted((code, sorted(notes.items())) for code, notes in payment.handing.items()),
    ]
    if order.parcel is not None:
        to = order.recipient
        sent = [order.parcel.delivery_service, order.parcel.grams, None if to is None else [to.name, to.address]]
        parts.append({"parcel": sent})
    if order.exchange is not None:
        parts.append(back_content(order.exchange))
    if order.pickups:
        parts.append({"pickups": sorted(one.code for one in order.pickups)})
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode()


def _line_content(line: CartLine) -> list[object]:
    content = [line.product.code, line.quantity, str(line.unit_price), str(line.off), line.carrier, line.note]
    return content if line.piece == NO_PIECE else [*content, str(line.piece)]


def _notes(tender: Tender) -> list[tuple[int, int]] | None:
    return None if tender.notes is None else sorted(tender.notes.items())


def _sold_before(work: UnitOfWork, key: str, fingerprint: str) -> Sale:
    if work.keys.fingerprint_of(key) != fingerprint:
        raise KeyReused(key)
    sale = work.sales.with_key(key)
    assert sale is not None, "a key and its sale are written in one transaction"
    return sale


def _check_each_once(visitors: Sequence[Visitor], locked: Mapping[str, LockedVisitor]) -> None:
    """Refuse a person who appears twice, by one document or two: each entry would get an allowance of its own."""
    seen: set[int] = set()
    for index, visitor in enumerate(visitors):
        person = locked[visitor.label].person
        if person in seen:
            raise BadField(f"visitors[{index}].document", "duplicate", visitor.label)
        seen.add(person)


def _remember_entries(
    work: UnitOfWork, order: SaleOrder, locked: Mapping[str, LockedVisitor], at: datetime, today: date
) -> Mapping[str, Collection[date]]:
    """Store the days of entry given at this sale: pending goods are evaluated again when something is moved.

    The journal records where fewer days were given than the books know; the sale was evaluated by all known days.
    Returns the days that are new, by label.
    """
    added: dict[str, Collection[date]] = {}
    for visitor in order.visitors:
        if not visitor.entries:
            continue
        known, row = work.visitors.entries(visitor.keys), locked[visitor.label].visitor
        # In the shop's evening it may already be tomorrow at the visitor's place of entry.
        new = {day for day in visitor.entries if day <= today + timedelta(days=1) and today - day <= HISTORY}
        if new := new.difference(known):
            work.visitors.record_entry_dates(row, new, today)
            added[visitor.label] = new
        if unsaid := days_unsaid(visitor.entries, known, today):
            details = {"visitor": row, "days": len(set(visitor.entries)), "unsaid": unsaid}
            work.journal.write(at, order.till, order.cashier, "entries", details)
    return added


def _retax(
    work: UnitOfWork, order: SaleOrder, ledgers: Ledgers, positions: AllowancePositions, quota: Mapping[str, Evaluation]
) -> tuple[tuple[Visitor, ...], list[dict[str, object]]]:
    """Record which earlier, pending units become dutiable with this basket.

    Return the visitors with the dutiable units of their declarations, and the ledger changes for the journal.
    """
    visitors = []
    retaxed: list[dict[str, object]] = []
    for visitor in order.visitors:
        ledger = ledgers[visitor.label]
        changed = newly_dutiable(ledger, positions[visitor.label], quota[visitor.label])
        for index in sorted(changed):
            key, taxed = ledger[index].key, changed[index]
            if key is not None:
                work.visitors.retax(key, taxed)
                retaxed.append({**ledger[index].journaled(), "taxed": taxed})
        stored = len(ledger) - len(visitor.declared)
        declared = (replace(x, taxed=changed.get(stored + i, x.taxed)) for i, x in enumerate(visitor.declared))
        visitors.append(replace(visitor, declared=tuple(declared)))
    return tuple(visitors), retaxed


def _answer(judgement: Evaluation, ledger: Sequence[LedgerLine]) -> dict[str, object]:
    """The verdict on one visitor, with the goods in it that were meant for another destination, if any."""
    others = [
        {"regime": line.regime, **line.journaled(), "name": line.name, "quantity": line.quantity}
        for line in ledger
        if line.other_side
    ]
    answer = {"regime": judgement.assessment.regime.id, **result_of(judgement)}
    return answer | ({"also_pending": others} if others else {})


def _lines(cart: Cart, quota: Mapping[str, Evaluation]) -> tuple[SaleLine, ...]:
    taxed = dutiable_units(cart, quota)
    return tuple(sold_line(number, line, taxed.get(line.id, 0)) for number, line in enumerate(cart.lines))


def _journal(
    sale: Sale, order: SaleOrder, settlement: Settlement, retaxed: list[dict[str, object]]
) -> dict[str, object]:
    details: dict[str, object] = {
        "receipt": sale.receipt,
        "total": str(sale.total),
        "currency": sale.total.currency.code,
        "mac": sale.mac,
        "tenders": len(settlement.paid),
    }
    if retaxed:
        details["retaxed"] = retaxed
    if order.by:
        details["by"] = order.by
    if sale.returns:
        details["returns"] = [back.receipt for back in sale.returns]
    return details
