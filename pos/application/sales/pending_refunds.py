"""Card and QR money taken for a refused sale: recorded, then settled by the sale or by a refund."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback, try_again
from pos.application.ports.store import Store, UnitOfWork
from pos.application.sales.order import SaleOrder
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField, Refused, RuleBroken
from pos.domain.money import Money
from pos.domain.payment.pending_refund import PaymentRefunded, PendingRefund, TenderSettled
from pos.domain.payment.tender import OverpaidWithoutCash, Tender, Underpaid
from pos.domain.pricing.rates import NoRate
from pos.domain.request_key import KeyReused
from pos.domain.staff.staff import Person, PersonDisabled

_OF_THE_PAYMENT = (Underpaid, OverpaidWithoutCash, NoRate, PaymentRefunded)
"""Refusals of the tenders themselves: the till checks them before the money is taken, or opens the payment again."""

NOT_SOLD = (Refused, PersonDisabled)
"""What may refuse a sale after its money was taken and is not an input error; a disabled cashier is included."""

_Way = tuple[str, Money]


class PendingRefunds(UseCase):
    """The tenders of the shop that are to be refunded."""

    def all(self) -> Sequence[PendingRefund]:
        """The unsettled refunds, oldest first."""
        with self.store.reading() as work:
            return work.owed.open()

    def refunded(self, key: str) -> Sequence[PendingRefund]:
        """What was given back of a sale that is not recorded yet."""
        with self.store.reading() as work:
            return work.owed.settled_of_sale(key)

    @retry_on_rollback
    def settle(self, owed: PendingRefund, person: Person) -> None:
        """Record that it was refunded by card or QR. Raises TenderSettled."""
        at = self.now()
        with authorized_write(self.store, person, "return") as (work, person):
            if not work.owed.settle(owed.key, owed.no, person.name, at):
                raise TenderSettled
            work.journal.write(at, self.till, person.name, "settle_tender", _named(owed, "given_back"))
            work.commit()


@dataclass(frozen=True, slots=True)
class Taken:
    """The tenders taken for a sale, by the key of its order."""

    key: str
    till: str
    person: str
    tenders: tuple[Tender, ...]


def is_owed(refused: Exception, tenders: Sequence[Tender]) -> bool:
    """Whether a refusal leaves money of these tenders to be refunded."""
    by_wire = any(tender.method != "cash" for tender in tenders)
    stopped = isinstance(refused, NOT_SOLD) and not isinstance(refused, _OF_THE_PAYMENT)
    return by_wire and (stopped or is_at_the_counter(refused))


def is_at_the_counter(refused: Exception) -> bool:
    """Whether it is an input error in a file but not when the customer has paid at the till.

    Two visitors' documents were linked to one person while the payment was open, or the basket was meanwhile sold with
    other content.
    """
    if isinstance(refused, KeyReused):
        return True
    return isinstance(refused, BadField) and refused.what == "duplicate" and refused.field.startswith("visitors[")


def record_pending_refunds(store: Store, at: datetime, taken: Taken, refused: RuleBroken) -> None:
    """Record the pending refunds of a refused sale, in a transaction of their own; existing records stay."""
    if is_owed(refused, taken.tenders):
        try_again(store, lambda: _owe(store, at, taken, refused), has_key=True)


def _owe(store: Store, at: datetime, taken: Taken, refused: RuleBroken) -> None:
    with store.begin() as work:
        shift = work.shifts.open_at(taken.till)
        known = Counter(_way(owed.method, owed.amount) for owed in work.owed.of_sale(taken.key))
        sold = work.sales.with_key(taken.key)  # with other content: the tenders of that sale are not pending
        known.update(_way(paid.tender.method, paid.tender.amount) for paid in (sold.paid if sold else ()))
        no = work.owed.count_of_sale(taken.key)
        for tender in taken.tenders:
            way = _way(tender.method, tender.amount)
            if tender.method == "cash" or known[way] > 0:
                known[way] -= 1
                continue
            owed = PendingRefund(
                key=taken.key,
                no=no,
                till=taken.till,
                person=taken.person,
                method=tender.method,
                amount=tender.amount,
                reference=tender.reference,
                why=refused.fact,
                at=at,
            )
            work.owed.add(owed, None if shift is None else shift.id)
            details = {**_named(owed, ""), "why": owed.why, "reference": owed.reference}
            work.journal.write(at, taken.till, taken.person, "owe_tender", details)
            no += 1
        work.commit()


def check_not_refunded(work: UnitOfWork, key: str, tenders: Sequence[Tender], known: int | None) -> None:
    """Refuse a card or a wallet that may have been given back at another till: the window knows of `known` refunds of
    this sale, None where it has not asked. Raises PaymentRefunded.
    """
    by_wire = any(tender.method != "cash" for tender in tenders)
    if known is not None and by_wire and len(work.owed.settled_of_sale(key)) != known:
        raise PaymentRefunded


def settle_by_sale(work: UnitOfWork, order: SaleOrder, tenders: Sequence[Tender], at: datetime) -> None:
    """Settle the refunds of tenders that the sale has now used; all others stay pending."""
    paid = Counter(_way(tender.method, tender.amount) for tender in tenders if tender.method != "cash")
    if not paid:
        return
    for owed in work.owed.of_sale(order.key):
        way = _way(owed.method, owed.amount)
        if paid[way] > 0:
            paid[way] -= 1
            if work.owed.settle(owed.key, owed.no, order.cashier, at):  # else it was refunded at this moment
                work.journal.write(at, order.till, order.cashier, "settle_tender", _named(owed, "sold"))


def _way(method: str, amount: Money) -> _Way:
    return method, amount


def _named(owed: PendingRefund, how: str) -> dict[str, object]:
    named: dict[str, object] = {
        "key": owed.key,
        "no": owed.no,
        "method": owed.method,
        "currency": owed.amount.currency.code,
        "amount": str(owed.amount),
    }
    return {**named, "how": how} if how else named
