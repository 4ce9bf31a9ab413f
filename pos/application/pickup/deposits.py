"""The deposit on a customer order: taken, given back as it came, kept by the terms on which it was taken, or moved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction

from pos.application.access.authorize import SYSTEM_USER, authorized_read, authorized_write
from pos.application.access.retry import retry_idempotent, retry_on_rollback
from pos.application.access.shift_at_till import shift_for
from pos.application.access.steady_clock import check_clock
from pos.application.fiscal.queue_deposits import (
    DepositStep,
    queue_deposit,
    queue_deposit_back,
    queue_deposit_moved,
)
from pos.application.pickup.find_orders import order_with
from pos.application.pickup.holding import step_of
from pos.application.pickup.order_steps import locked_order, locked_orders
from pos.application.pickup.take_order import PERMISSION
from pos.application.ports.shift_ports import CashMove
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.context import UseCase
from pos.application.settings.settings import Settings
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.payment.banknotes import Notes
from pos.domain.payment.cash_amount import check_coins
from pos.domain.payment.tender import Tender, check_references, check_tender
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderState, OrderState
from pos.domain.pickup.deposit import (
    GIVE_BACK,
    KEEP,
    Deposit,
    DepositAboveOrder,
    DepositEntry,
    DepositTaken,
    EntryKind,
    NoDeposit,
)
from pos.domain.pricing.rates import RateTable
from pos.domain.request_key import KeyReused
from pos.domain.shifts.shift import DrawerShort, Shift, check_notes
from pos.domain.staff.staff import Person

CASH_IN, CASH_OUT = "deposit", "deposit_back"
"""The kinds of the movements of cash in the drawer."""
TAKEN, GIVEN_BACK, KEPT, MOVED = "take_deposit", "give_back_deposit", "keep_deposit", "move_deposit"
_MOST, _AT_ONCE = 1_000, 50


@dataclass(frozen=True, slots=True)
class DepositDraft:
    """Money that a buyer pays ahead: by `method` (cash, card, qr), with its `notes` where they are known.

    `terms`: what becomes of it when no one comes, one of NO_SHOW, as it was said to the buyer; empty: as it is set.
    """

    method: str
    amount: Money
    reference: str = ""
    notes: Notes | None = None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class GivenBack:
    """What goes back to the buyer: cash out of the drawer, or by card or wallet, which a person reverses there."""

    order: CustomerOrder
    method: str
    amount: Money
    reference: str = ""


class Deposits(UseCase):
    """Steps over the deposit of an order. Each stands in the books of the shift in which it happens."""

    def most(self, order: CustomerOrder, amount: Money, method: str) -> Money:
        """The most that may be paid ahead on an order by a method, in the currency of `amount`. Raises NoRate."""
        settings = self.settings()
        with self.store.reading() as work:
            return _most(order, amount, method, rates_of(work, settings, self.now()), settings)

    def taken_with(self, code: str, draft: DepositDraft, person: Person, order_key: str) -> CustomerOrder:
        """Take the deposit that came with an order, once for the request that took the order. Raises as `take`."""
        key = self.secrets.request(f"deposit\x1f{order_key}".encode())
        return self.take(code, draft, person, key, "deposit.")

    def check(self, code: str, draft: DepositDraft, person: Person) -> None:
        """Refuse what could not be taken now, before a customer pays it by card or wallet. Raises as `take`."""
        at, settings = self.now(), self.settings()
        _check_tender(_tender(draft), settings, "")
        with authorized_read(self.store, person, "sell") as work:
            shift_for(work, self.till, person)
            _check_most(order_with(work, code), draft, rates_of(work, settings, at), settings)

    @retry_idempotent
    def take(self, code: str, draft: DepositDraft, person: Person, key: str, where: str = "") -> CustomerOrder:
        """Take a deposit once for a request; the order with it. Needs the permission `sell` and an open shift.

        `where` stands before the names of its fields in the file of a request.

        Raises NotAllowed, NoOpenShift, ShiftOfAnother, NoSuchCustomerOrder, AlreadyPickedUp, CustomerOrderClosed,
        KeyReused, DepositTaken, DepositAboveOrder, NoRate, BadField.
        """
        at, settings = self.now(), self.settings()
        tender = _tender(draft)
        _check_tender(tender, settings, where)
        with authorized_write(self.store, person, "sell") as (work, person):
            check_clock(self.now, work)
            order = locked_order(work, code)
            known = work.pickups.with_entry_key(key)
            if known is not None:
                of, before = known
                if of != order.code or not before.is_of(draft.method, draft.amount, tender.reference):
                    raise KeyReused(key)
                return order
            shift = shift_for(work, self.till, person)
            rates = rates_of(work, settings, at)
            _check_most(order, draft, rates, settings)
            rate = _rate(order, draft.amount, rates)
            value = _value(draft.amount, rate, settings)
            terms = draft.terms or settings.deposit_no_show
            deposit = Deposit(draft.method, draft.amount, value, rate, terms, tender.reference)
            entry = DepositEntry(EntryKind.TAKEN, draft.amount, value, at, self.till, person.name, shift.id)
            self._enter(work, order, deposit, entry, shift, settings, draft.notes, key=key)
            work.commit()
            return _again(work, order)

    @retry_on_rollback
    def give_back(self, code: str, person: Person, notes: Notes | None = None) -> GivenBack:
        """Give back what is left of it, as it came and in its currency. Needs the permission `return`; where no one
        came and by its terms the shop keeps it or it pays for another order, `pay_out`.

        Raises NotAllowed, NoOpenShift, ShiftOfAnother, NoDeposit, DrawerShort, BadField.
        """
        at, settings = self.now(), self.settings()
        with authorized_write(self.store, person, "return") as (work, person):
            check_clock(self.now, work)
            order = locked_order(work, code)
            deposit = _open_deposit(order)
            if order.state is OrderState.EXPIRED and deposit.no_show != GIVE_BACK:
                person.check("pay_out")
            shift = shift_for(work, self.till, person)
            amount, value = deposit.open, deposit.open_value
            is_cash = deposit.method == "cash"
            if is_cash and work.shifts.expected(shift, amount.currency) < amount:
                raise DrawerShort(amount)
            if notes is not None:
                check_notes(notes, amount.currency, "notes")
                if sum(piece * count for piece, count in notes.items()) != amount.minor:
                    raise BadField("notes", "notes_do_not_add_up", str(amount))
            entry = DepositEntry(EntryKind.RETURNED, amount, value, at, self.till, person.name, shift.id)
            self._enter(work, order, deposit, entry, shift, settings, notes)
            work.commit()
            return GivenBack(_again(work, order), deposit.method, amount, deposit.reference)

    @retry_on_rollback
    def move(self, code: str, to: str, person: Person) -> CustomerOrder:
        """What is left of the deposit of a closed order pays for another one of the buyer; the other order.

        Raises NotAllowed, NoDeposit, DepositTaken, DepositAboveOrder, CustomerOrderState, NoSuchCustomerOrder, NoRate.
        """
        at, settings = self.now(), self.settings()
        with authorized_write(self.store, person, "sell") as (work, person):
            order, other = locked_orders(work, code, to)
            deposit = _open_deposit(order)
            if order.is_open or (order.state is OrderState.EXPIRED and deposit.no_show == KEEP):
                raise CustomerOrderState(order.code, order.state.value)
            other.check_can_go()
            if other.deposit is not None and other.deposit.open:
                raise DepositTaken(other.code, other.deposit.open)
            amount, value = deposit.open, deposit.open_value
            most = _most(other, amount, deposit.method, rates_of(work, settings, at), settings)
            if most < amount:
                raise DepositAboveOrder(other.code, most)
            day = at.astimezone(settings.zone).date()
            moved = Deposit(deposit.method, amount, value, _rest_rate(deposit), deposit.no_show, deposit.reference)
            steps = []
            for kind, of, terms in ((EntryKind.MOVED_OUT, order, deposit), (EntryKind.MOVED_IN, other, moved)):
                entry = DepositEntry(kind, amount, value, at, self.till, person.name)
                work.pickups.add_entry(of, terms, entry, day)
                steps.append(self._step(work, of, terms, entry, settings))
            queue_deposit_moved(work, settings, *steps)
            details = {"pickup": order.code, "to_pickup": other.code, **_money(amount, value)}
            work.journal.write(at, self.till, person.name, MOVED, details)
            work.commit()
            return _again(work, other)

    def owed(self, person: Person) -> Sequence[CustomerOrder]:
        """Closed orders of which something of the deposit is left: to be given back, or to pay for another order."""
        with authorized_read(self.store, person, PERMISSION) as work:
            return work.pickups.owed(_MOST)

    def keep_due(self) -> int:
        """What the till does by itself: deposits that the shop keeps, because no one came, go into the books of its
        open shift; return how many at once.
        """
        with self.store.reading() as work:
            if work.shifts.open_at(self.till) is None or not work.pickups.not_come(KEEP, 1):
                return 0
        return self._keep(self.now())

    @retry_on_rollback
    def _keep(self, at: datetime) -> int:
        settings, kept = self.settings(), 0
        with self.store.begin() as work:
            shift = work.shifts.open_at(self.till)
            if shift is None:
                return 0
            for order in work.pickups.lock(work.pickups.not_come(KEEP, _AT_ONCE)).values():
                deposit = order.deposit
                if order.state is not OrderState.EXPIRED or deposit is None or not deposit.open:
                    continue  # another till has brought it back, or was faster
                who = SYSTEM_USER.name
                entry = DepositEntry(EntryKind.KEPT, deposit.open, deposit.open_value, at, self.till, who, shift.id)
                self._enter(work, order, deposit, entry, shift, settings, None)
                kept += 1
            work.commit()
        return kept

    def _enter(
        self,
        work: UnitOfWork,
        order: CustomerOrder,
        deposit: Deposit,
        entry: DepositEntry,
        shift: Shift,
        settings: Settings,
        notes: Notes | None,
        key: str | None = None,
    ) -> None:
        """Write an entry, its cash and its line in the journal."""
        work.pickups.add_entry(order, deposit, entry, entry.at.astimezone(settings.zone).date(), key)
        step = self._step(work, order, deposit, entry, settings)
        if entry.kind is EntryKind.TAKEN:
            queue_deposit(work, settings, step)
        elif entry.kind is EntryKind.RETURNED:
            queue_deposit_back(work, settings, step, deposit.open)
        moves = {EntryKind.TAKEN: CASH_IN, EntryKind.RETURNED: CASH_OUT}
        details: dict[str, object] = {"pickup": order.code, "shift": shift.number, "method": deposit.method}
        if deposit.method == "cash" and entry.kind in moves:
            kind = moves[entry.kind]
            work.shifts.move(shift, CashMove(kind, entry.amount, order.code, notes, entry.person, entry.at))
            details["notes"] = None if notes is None else {str(value): count for value, count in notes.items()}
        acts = {EntryKind.TAKEN: TAKEN, EntryKind.RETURNED: GIVEN_BACK, EntryKind.KEPT: KEPT}
        details |= _money(entry.amount, entry.value)
        work.journal.write(entry.at, self.till, entry.person, acts[entry.kind], details)

    def _step(
        self, work: UnitOfWork, order: CustomerOrder, deposit: Deposit, entry: DepositEntry, settings: Settings
    ) -> DepositStep:
        return step_of(work, order, deposit, entry, settings, self.translators)


def _tender(draft: DepositDraft) -> Tender:
    return Tender(draft.method, draft.amount, draft.reference.strip(), draft.notes)


def _check_most(order: CustomerOrder, draft: DepositDraft, rates: RateTable, settings: Settings) -> None:
    """Refuse a second deposit, and one that is more than the order comes to."""
    order.check_can_go()
    if order.deposit is not None and order.deposit.open:
        raise DepositTaken(order.code, order.deposit.open)
    most = _most(order, draft.amount, draft.method, rates, settings)
    if most < draft.amount:
        raise DepositAboveOrder(order.code, most)


def _check_tender(tender: Tender, settings: Settings, where: str) -> None:
    try:
        check_tender(tender, "deposit")
        check_references([tender], settings.referenced())
        if tender.method == "cash":
            check_coins(tender.amount, "deposit.amount")
            if tender.notes is not None:
                check_notes(tender.notes, tender.amount.currency, "deposit.notes")
    except BadField as error:
        raise replace(error, field=where + error.field.rpartition(".")[2]) from None


def _open_deposit(order: CustomerOrder) -> Deposit:
    if order.deposit is None or not order.deposit.open:
        raise NoDeposit(order.code)
    return order.deposit


def _again(work: UnitOfWork, order: CustomerOrder) -> CustomerOrder:
    found = work.pickups.by_code(order.code)
    assert found is not None, "it was locked"
    return found


def _rate(order: CustomerOrder, amount: Money, rates: RateTable) -> Fraction:
    """The selling rate at which a price in this currency was agreed; where there is none, money is taken at the buying
    rate, as any other payment.
    """
    for line in order.lines:
        if line.agreed.amount.currency == amount.currency:
            return line.agreed.rate
    return rates.taking(amount.currency)


def _rest_rate(deposit: Deposit) -> Fraction:
    """The rate at which the rest of a deposit counts for just what is left of its value."""
    amount, value, rate = deposit.open, deposit.open_value, deposit.rate
    is_even = amount.currency == value.currency or Money.rounded(amount.units * rate, value.currency) == value
    return rate if is_even else value.units / amount.units


def _value(amount: Money, rate: Fraction, settings: Settings) -> Money:
    return amount if amount.currency == settings.price else Money.rounded(amount.units * rate, settings.price)


def _most(order: CustomerOrder, amount: Money, method: str, rates: RateTable, settings: Settings) -> Money:
    """What the order comes to in the currency of `amount`; in cash the figure that would be asked for it, if more."""
    agreed, currency = order.agreed_sums(), amount.currency
    if len(agreed) == 1 and agreed[0].currency == currency:
        most = agreed[0]
    else:
        most = Money.rounded(order.total(settings.price).units / _rate(order, amount, rates), currency)
    return max(most, settings.cash().asked_of(most)) if method == "cash" else most


def _money(amount: Money, value: Money) -> dict[str, object]:
    return {"currency": amount.currency.code, "amount": str(amount), "deposit_value": str(value)}
