"""Further tenders of a payment in progress, refused at once where they could not be recorded later."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress

from pos.application.figures import money_text
from pos.application.take_payment import PaymentInProgress
from pos.application.words import Words
from pos.domain.banknotes import added
from pos.domain.money import Money
from pos.domain.tender import Tender, Underpaid, check_settled


def checked(payment: PaymentInProgress) -> PaymentInProgress:
    """The same payment; raises OverpaidWithoutCash where change would have to come out of a card."""
    with suppress(Underpaid):
        check_settled(payment.settlement())
    return payment


def with_note(payment: PaymentInProgress, note: Money) -> PaymentInProgress:
    """One more note in cash: one tender together with the notes of its currency given just before."""
    payment, notes = payment.by("cash"), {note.minor: 1}
    last = payment.tenders[-1] if payment.tenders else None
    if last is None or last.method != "cash" or last.amount.currency != note.currency:
        return checked(payment.adding(note, notes=notes))
    together = None if last.notes is None else added(last.notes, notes)  # nobody knows the notes of a typed amount
    return checked(payment.without(len(payment.tenders) - 1).adding(last.amount + note, notes=together))


def owed_text(tenders: Sequence[Tender], words: Words) -> str:
    """What is to be given back of a payment whose sale was refused."""
    amounts = [money_text(tender.amount, words.language) for tender in tenders if tender.method != "cash"]
    return words(
        "Paid by card or QR: {amounts}. It is noted as to be given back, until the sale is recorded after all.",
        amounts=words(", ").join(amounts),
    )
