"""Further tenders of a payment in progress, refused at once where they could not be recorded later."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import replace

from pos.application.sales.pending_refunds import is_owed
from pos.application.sales.take_payment import PaymentInProgress
from pos.application.text.formatting import money_text
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.payment.banknotes import added
from pos.domain.payment.pending_refund import PaymentRefunded
from pos.domain.payment.tender import (
    NOT_BY_WIRE,
    OverpaidWithoutCash,
    Tender,
    Underpaid,
    check_settled,
    over_without_cash,
)
from pos.domain.payment.tender_doubts import DoubtfulEntry, TooMuchTendered, TypedForAnotherSum
from pos.ui.sales.payment.change_column import State

_UNSEEN = ("card", "qr")


def checked(payment: PaymentInProgress) -> PaymentInProgress:
    """The same payment; raises OverpaidWithoutCash where change would have to come out of a card."""
    with suppress(Underpaid):
        check_settled(payment.settlement())
    return payment


def overpaid(payment: PaymentInProgress) -> OverpaidWithoutCash | None:
    """Why it cannot be recorded, where cards and wallets have paid more than the total; None otherwise.

    What is not approved yet is asked about before.
    """
    over = over_without_cash(payment.settlement())
    return OverpaidWithoutCash(over) if over and to_approve(payment) is None else None


def with_note(payment: PaymentInProgress, note: Money) -> PaymentInProgress:
    """One more note in cash: one tender together with the notes of its currency given just before."""
    payment, notes = payment.by("cash"), {note.minor: 1}
    last = payment.tenders[-1] if payment.tenders else None
    if last is None or last.method != "cash" or last.amount.currency != note.currency:
        return checked(payment.adding(note, notes=notes))
    together = None if last.notes is None else added(last.notes, notes)  # the notes of a typed amount are unknown
    return checked(payment.without({last.id}).adding(last.amount + note, notes=together))


def owed_text(tenders: Sequence[Tender], tr: Translator) -> str:
    """What is to be given back of a payment whose sale was refused."""
    amounts = [
        money_text(tender.amount, tr.language, cash=True) for tender in tenders if tender.method not in NOT_BY_WIRE
    ]
    return tr(
        "Paid by card or QR: {amounts}. Marked for refund until the sale is recorded.",
        amounts=tr(", ").join(amounts),
    )


def refused_text(
    error: Exception | None, tenders: Sequence[Tender], wording: Callable[[Exception], str], tr: Translator
) -> str:
    """Why a sale was not recorded, and what that means for the money; empty for nothing."""
    refusal, owed = "" if error is None else wording(error), ""
    if error is not None and is_owed(error, tenders) and not isinstance(error, PaymentRefunded):  # some are marked
        owed = owed_text(tenders, tr)
    return "\n".join(part for part in (refusal, owed, perhaps_text(error, tr)) if part)


def with_typed(
    payment: PaymentInProgress,
    amount: Money,
    reference: str,
    *,
    due_before: Money | None,
    sure: bool,
    referenced: Collection[str],
) -> PaymentInProgress:
    """One more tender as it was typed; raises DoubtfulEntry where the cashier should look again, unless `sure`.

    The methods that are `referenced` need a reference. `due_before` is what was due when it was typed, if that was
    before another page.
    """
    if payment.method in referenced and not reference:
        raise BadField("reference", "missing")
    due = payment.remaining()
    if due_before is not None and due_before.currency == due.currency and due_before != due != amount and not sure:
        raise TypedForAnotherSum(amount, due_before, due)
    return checked(payment.typed(amount, reference, sure=sure))


def is_same(doubt: Exception | None, amount: Money) -> bool:
    """Whether `amount` was asked about already: entered once more it is meant."""
    return isinstance(doubt, DoubtfulEntry) and doubt.amount == amount


def to_approve(payment: PaymentInProgress) -> Tender | None:
    """The first tender by card or wallet that was not confirmed as received, which no till can see."""
    unseen = (tender for tender in payment.tenders if tender.method in _UNSEEN)
    return next((tender for tender in unseen if tender.id not in payment.approved), None)


def with_approved(payment: PaymentInProgress) -> PaymentInProgress:
    """The same payment, of which the tender that was asked about has come."""
    asked = to_approve(payment)
    return payment if asked is None else payment.approving(asked)


def state_of(payment: PaymentInProgress) -> State:
    """Open, or, where nothing is left but what may not have come by card or wallet, asked about that."""
    asks = to_approve(payment) is not None and payment.settlement().left.minor <= 0
    return State.APPROVING if asks else State.OPEN


def without_unapproved(payment: PaymentInProgress) -> PaymentInProgress:
    """The same payment without the tender that was asked about, and has not come by card or wallet."""
    asked = to_approve(payment)
    return payment if asked is None else payment.without({asked.id})


def field_of(error: Exception) -> Exception:
    """The same refusal with the field as the page calls it: the amount, not the third tender's amount."""
    if isinstance(error, BadField) and "." in error.field:
        return replace(error, field=error.field.rpartition(".")[2])
    return error


def perhaps_text(error: Exception | None, tr: Translator) -> str:
    """What may have been meant; empty where nothing is known, or the question itself names it."""
    if not isinstance(error, TooMuchTendered) or error.perhaps is None:
        return ""
    return tr("Did you mean {amount}?", amount=money_text(error.perhaps, tr.language, cash=True))
