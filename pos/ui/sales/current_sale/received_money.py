"""What was handed over for a basket that is not paid yet: what has come for certain, and what may not have come."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pos.application.sales.take_payment import PaymentInProgress
from pos.application.text.formatting import money_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.money import CURRENCIES, Money, total
from pos.domain.payment.tender import DEPOSIT, Tender, check_tender
from pos.domain.payment.tender import METHODS as TYPED


@dataclass(frozen=True, slots=True)
class Given:
    """The tenders for the basket with this `key`, at least one; `approved` are the ids of those by card or wallet of
    which the cashier said that the money has come.
    """

    key: str
    tenders: tuple[Tender, ...]
    approved: frozenset[str] = frozenset()

    @property
    def received(self) -> Sequence[Tender]:
        """What has come for certain: cash, and what was approved."""
        return [tender for tender in self.tenders if self.has_come(tender)]

    @property
    def unapproved(self) -> Sequence[Tender]:
        """By card or wallet, and the till does not know whether it has come."""
        return [tender for tender in self.tenders if not self.has_come(tender)]

    def has_come(self, tender: Tender) -> bool:
        """Whether it is certain that the money of this tender has come."""
        return tender.method == "cash" or tender.id in self.approved

    def without(self, ids: Collection[str]) -> Given | None:
        """What is left without the tenders with these ids; None for nothing."""
        left = tuple(tender for tender in self.tenders if tender.id not in ids)
        return replace(self, tenders=left) if left else None


def given_in(payment: PaymentInProgress | None, key: str) -> Given | None:
    """What was given in a payment; None for nothing. A deposit came before, and stays with its order."""
    here = () if payment is None else tuple(one for one in payment.tenders if one.method != DEPOSIT)
    return None if payment is None or not here else Given(key, here, payment.approved)


def cash_of(*each: Given | None) -> Sequence[Money]:
    """What of it lies in the drawer, and is not booked before its sale is."""
    return [tender.amount for one in each if one is not None for tender in one.tenders if tender.method == "cash"]


# ── in words ─────────────────────────────────────────────────────────────────────────────────────────────────


def kept_text(given: Given, tr: Translator) -> str:
    """What was received for the sale, and what is not approved yet."""
    received = tr("Already received for this sale: {amounts}.", amounts=amounts_text(given.received, tr))
    return paragraph(tr, [*([received] if given.received else []), *unapproved_text(given, tr)])


def first_text(given: Given, tr: Translator) -> str:
    """The same where nothing goes on before the money went back."""
    amounts = tr(", ").join(_amount_text(tender, tr) for tender in given.received)
    received = tr("{amount} was already received for this sale. Refund it first.", amount=amounts)
    return paragraph(tr, [*([received] if given.received else []), *unapproved_text(given, tr)])


def back_text(given: Given, tr: Translator) -> str:
    """What is to be handed back, and what is only taken off the list."""
    back = tr("Refund to the customer: {amounts}.", amounts=amounts_text(given.received, tr))
    gone = tr("Removed, not approved: {amounts}.", amounts=amounts_text(given.unapproved, tr))
    return paragraph(tr, [*([back] if given.received else []), *([gone] if given.unapproved else [])])


def button_text(given: Given, tr: Translator) -> str:
    """The button that takes it off the sale: a refund where there is something to refund."""
    return tr("Refund it") if given.received else tr("Remove it")


def waiting_text(given: Given | None, payment: PaymentInProgress | None, tr: Translator) -> str:
    """What waits in a payment: the worth of what has come for certain, and the amounts until the payment goes on;
    empty for nothing.
    """
    if given is None:
        return ""
    if not given.received:
        return tr("not approved yet: {amounts}", amounts=amounts_text(given.unapproved, tr))
    if payment is None or not payment.tenders:
        return tr("received: {amount}", amount=amounts_text(given.received, tr))
    settlement = payment.settlement()
    certain = (paid.value for paid in settlement.paid if given.has_come(paid.tender))
    return tr("received: {amount}", amount=money_text(total(certain, settlement.total.currency), tr.language))


def unapproved_text(given: Given, tr: Translator) -> Sequence[str]:
    """The sentence about what has not come yet, if there is anything."""
    if not given.unapproved:
        return []
    return [tr("Not approved yet: {amounts}.", amounts=amounts_text(given.unapproved, tr))]


def amounts_text(tenders: Sequence[Tender], tr: Translator) -> str:
    """What was handed over, as it was: cash ¥ 3,000, card ¥ 200.55."""
    named = (f"{name_of(METHODS, tender.method, tr)} {_amount_text(tender, tr)}" for tender in tenders)
    return tr(", ").join(named)


def _amount_text(tender: Tender, tr: Translator) -> str:
    return money_text(tender.amount, tr.language, cash=tender.method == "cash")


# ── in a file ────────────────────────────────────────────────────────────────────────────────────────────────


def rows_of(given: Given) -> list[dict[str, Any]]:
    """The tenders as they are written beside the basket."""
    return [
        {
            "id": tender.id,
            "method": tender.method,
            "currency": tender.amount.currency.code,
            "amount": tender.amount.minor,
            "reference": tender.reference,
            "provider": tender.provider,
            "notes": None if tender.notes is None else {str(note): count for note, count in tender.notes.items()},
            "approved": tender.id in given.approved,
        }
        for tender in given.tenders
    ]


def given_from(key: str, rows: Sequence[Mapping[str, Any]]) -> Given | None:
    """What `rows_of` wrote; None for no tenders, ValueError, KeyError or TypeError where it is none of ours."""
    if not rows:
        return None
    tenders = tuple(_tender(row) for row in rows)
    return Given(key, tenders, frozenset(row["id"] for row in rows if row["approved"] is True))


def _tender(row: Mapping[str, Any]) -> Tender:
    notes, minor, reference, id_ = row["notes"], row["amount"], row["reference"], row["id"]
    if (
        row["method"] not in TYPED
        or not isinstance(minor, int)
        or not all(isinstance(x, str) for x in (reference, id_))
    ):
        raise ValueError("not a tender")
    counted = None if notes is None else {int(note): int(count) for note, count in notes.items()}
    provider = row.get("provider", "")
    if not isinstance(provider, str):
        raise TypeError(provider)
    amount = Money(minor, CURRENCIES[row["currency"]])
    tender = Tender(row["method"], amount, reference, counted, id=id_, provider=provider)
    check_tender(tender, "payments")
    return tender
