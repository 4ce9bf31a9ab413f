"""Card and QR money taken for a refused sale: recorded, then settled by the sale or by a refund."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.access.authorize import authorized_write
from pos.application.access.retry import retry_on_rollback, try_again
from pos.application.outside_partners.counted_charges import money_is_here
from pos.application.outside_partners.follow_up import close, save
from pos.application.outside_partners.refusals import RefundUnderWay
from pos.application.ports.store import Store, UnitOfWork
from pos.application.sales.order import SaleOrder
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField, Refused, RuleBroken
from pos.domain.payment.pending_refund import PaymentRefunded, PendingRefund, TenderSettled
from pos.domain.payment.tender import NOT_BY_WIRE, OverpaidWithoutCash, Tender, Underpaid
from pos.domain.pricing.rates import NoRate
from pos.domain.request_key import KeyReused
from pos.domain.staff.staff import Person, PersonDisabled

_OF_THE_PAYMENT = (Underpaid, OverpaidWithoutCash, NoRate)
"""Refusals of the tenders themselves: the till checks them before the money is taken."""

NOT_SOLD = (Refused, PersonDisabled)
"""What may refuse a sale after its money was taken and is not an input error; a disabled cashier is included."""


class PendingRefunds(UseCase):
    """The tenders of the shop that are to be refunded."""

    def all(self) -> Sequence[PendingRefund]:
        """The unsettled refunds, oldest first."""
        with self.store.reading() as work:
            return work.owed.open()

    def refunded(self, key: str) -> frozenset[str]:
        """The ids of the tenders that were given back of a sale that is not recorded yet: they pay for nothing."""
        with self.store.reading() as work:
            back = {one.number for one in work.attempts.about(key) if one.is_undo_asked}
            return frozenset(back.union(owed.tender for owed, is_open in work.owed.of_sale(key) if not is_open))

    @retry_on_rollback
    def settle(self, owed: PendingRefund, person: Person) -> None:
        """Record that it was refunded by card or QR. What a provider has goes back through it first.

        It stays in the list until it is back. Raises TenderSettled, and RefundUnderWay.
        """
        at = self.now()
        with authorized_write(self.store, person, "return") as (work, person):
            charge = work.attempts.locked(owed.tender)
            if charge is not None and not charge.is_closed:
                if not charge.is_undo_asked:
                    save(work, charge, charge.undoing(at, person.name), at, person.name)
                elif charge.owed(work.attempts.refunds_of(charge.number)) is None:
                    raise RefundUnderWay(charge.partner, charge.amount)
                else:
                    close(work, charge, at, person.name)
                work.commit()
                return
            if not work.owed.settle(owed.key, owed.no, person.name, at):
                raise TenderSettled
            work.journal.write(at, self.till, person.name, "settle_tender", {**_named(owed), "how": "given_back"})
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
    by_wire = any(tender.method not in NOT_BY_WIRE for tender in tenders)
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
        recorded = [owed.tender for owed, _ in work.owed.of_sale(taken.key)]
        sold = work.sales.with_key(taken.key)  # with other content
        known = {*recorded, *(paid.tender.id for paid in (sold.paid if sold else ()))}
        new = [tender for tender in taken.tenders if tender.method not in NOT_BY_WIRE and tender.id not in known]
        new = [tender for tender in new if money_is_here(work, taken.key, tender)]
        for no, tender in enumerate(new, len(recorded)):
            owed = PendingRefund(
                key=taken.key,
                no=no,
                tender=tender.id,
                till=taken.till,
                person=taken.person,
                method=tender.method,
                amount=tender.amount,
                reference=tender.reference,
                why=refused.fact,
                at=at,
            )
            work.owed.add(owed, None if shift is None else shift.id)
            details = {**_named(owed), "why": owed.why, "reference": owed.reference}
            work.journal.write(at, taken.till, taken.person, "owe_tender", details)
        work.commit()


def refunds_of(work: UnitOfWork, order: SaleOrder, tenders: Sequence[Tender]) -> Sequence[PendingRefund]:
    """The pending refunds of the tenders that a sale is to be paid with; all others stay pending.

    Raises PaymentRefunded where one was given back, at any till: before another refusal says that it is owed.
    """
    paid = {tender.id for tender in tenders if tender.method not in NOT_BY_WIRE}
    of_sale = work.owed.of_sale(order.key) if paid else ()
    refunds = [(owed, is_open) for owed, is_open in of_sale if owed.tender in paid]
    refunded = {owed.tender for owed, is_open in refunds if not is_open}
    if refunded:
        raise PaymentRefunded(refunded)
    return [owed for owed, _ in refunds]


def settle_by_sale(work: UnitOfWork, order: SaleOrder, refunds: Sequence[PendingRefund], at: datetime) -> None:
    """Settle these refunds: the sale is paid with them. Raises PaymentRefunded where one was given back meanwhile."""
    refunded = set()
    for owed in refunds:
        if work.owed.settle(owed.key, owed.no, order.cashier, at):
            work.journal.write(at, order.till, order.cashier, "settle_tender", {**_named(owed), "how": "sold"})
        else:
            refunded.add(owed.tender)
    if refunded:
        raise PaymentRefunded(refunded)


def _named(owed: PendingRefund) -> dict[str, object]:
    return {
        "key": owed.key,
        "no": owed.no,
        "tender": owed.tender,
        "method": owed.method,
        "currency": owed.amount.currency.code,
        "amount": str(owed.amount),
    }
