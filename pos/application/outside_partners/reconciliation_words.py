"""A provider's day beside ours in words: the verdict, and what differs with what a person does about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.application.outside_partners.reconcile_provider import ProviderReconciliation, Verdict
from pos.application.text.formatting import number_text
from pos.application.text.names import name_of
from pos.application.text.partner_words import ATTEMPT_STATES
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import paragraph
from pos.domain.money import Money, total
from pos.domain.outside_partners.attempt import AttemptKind, PartnerAttempt
from pos.domain.outside_partners.reconciliation import Difference, DifferenceKind, StatementRow

_Words = tuple[str, str]
"""Of a payment, and of a refund."""

_TITLES: Mapping[DifferenceKind, str] = {
    DifferenceKind.ONLY_THERE: N_("Only at the provider"),
    DifferenceKind.ONLY_HERE: N_("Only in the shop"),
    DifferenceKind.OTHER_SUM: N_("Different amounts"),
    DifferenceKind.TWICE: N_("More than once"),
}
_UNKNOWN_HERE: _Words = (
    N_(
        "The shop has no record of it. Look up the reference in the provider's portal. If nothing was sold for it, "
        "refund it there."
    ),
    N_(
        "The shop has no record of it. Look up the reference in the provider's portal: it may have been refunded "
        "there by hand."
    ),
)
_OPEN_HERE: _Words = (
    N_(
        "The provider has the payment, but the till does not know its outcome yet. On the page Parked, answer that it "
        "was paid. While there is nothing to answer, the till still asks."
    ),
    N_(
        "The provider has the refund, but the till does not know its outcome yet. On the page Parked, answer that it "
        "was refunded. While there is nothing to answer, the till still asks."
    ),
)
_CLOSED_HERE: _Words = (
    N_(
        "In the shop this payment is {state}. If nothing was sold for it, refund it in the provider's portal."
    ),
    N_(
        "In the shop this refund is {state}. Find out whether the customer was also refunded in another way."
    ),
)  # fmt: skip
_PERHAPS_THIS: _Words = (
    N_("A payment of the same amount is not settled: it may be this one."),
    N_("A refund of the same amount is not settled: it may be this one."),
)
_NOT_THERE = N_(
    "The file does not have it. Look in the file of the day before or after. If it is in none of them, ask the "
    "provider and give our number."
)
_MAY_FOLLOW = N_("The day is not over: an earlier file lacks what came later.")
_OTHER_SUM = N_("Both sides have it, with different amounts. Compare the receipt with the provider's portal.")
_MORE_OFTEN: _Words = (
    N_(
        "At the provider: {there}, in the shop: {here}. If the customer has paid twice, refund one payment in the "
        "provider's portal."
    ),
    N_("At the provider: {there}, in the shop: {here}. Find out whether the customer was refunded twice."),
)
_SETTLE: _Words = (
    N_(
        "The till does not know whether it was paid, and the file does not have it. Settle it on the page Parked, then "
        "compare again."
    ),
    N_(
        "The till does not know whether it was refunded, and the file does not have it. Settle it on the page Parked, "
        "then compare again."
    ),
)


@dataclass(frozen=True, slots=True)
class VerdictText:
    """The verdict in one line, and what belongs to it in further ones."""

    headline: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ReconciliationRow:
    """One thing to look at: the difference, whether of a payment or a refund (`what`), what to do next, and what is
    known of it.

    `there` and `here` are the sums of each side, None for nothing. `theirs` and `ours` are its rows on each side.
    `till` is the one that asked for it; empty where the shop has not asked.
    """

    key: str
    title: str
    what: str
    advice: str
    at: datetime | None
    number: str
    receipt: str
    reference: str
    till: str
    there: Money | None
    here: Money | None
    theirs: tuple[StatementRow, ...] = ()
    ours: tuple[StatementRow, ...] = ()
    is_open: bool = False
    """Whether the shop does not know its outcome: it is settled on the page of parked sales."""


def verdict_text(found: ProviderReconciliation, tr: Translator) -> VerdictText:
    """The verdict of a reconciliation."""
    unsettled, rows = len(found.unsettled), len(found.there)
    open_ones = tr.plural(
        "{n} payment or refund of these days is not settled: its outcome is not known yet.",
        "{n} payments and refunds of these days are not settled: their outcomes are not known yet.",
        unsettled,
        n=number_text(unsettled, tr.language),
    )
    notes = [] if found.is_over else [tr("The last day is not over: what comes later is not in this file.")]
    match found.verdict:
        case Verdict.AGREED:
            n = number_text(rows, tr.language)
            text = tr.plural(
                "No difference: {n} payment or refund compared.",
                "No difference: {n} payments and refunds compared.",
                rows,
                n=n,
            )
            return VerdictText(text, tuple(notes))
        case Verdict.UNSETTLED:
            return VerdictText(tr("No difference so far, but this is not certain."), (open_ones, *notes))
        case Verdict.NOTHING_HERE:
            doubt = tr("The shop has nothing of what stands in this file.")
            check = tr("Check that it is the file of this shop's account and of the right day.")
            return VerdictText(doubt, (check, *notes))
        case Verdict.DIFFERENT:
            count = len(found.differences)
            n = number_text(count, tr.language)
            text = tr.plural("{n} difference found.", "{n} differences found.", count, n=n)
            return VerdictText(text, (*([open_ones] if unsettled else []), *notes))


def rows_of(found: ProviderReconciliation, tr: Translator) -> list[ReconciliationRow]:
    """What there is to look at: the differences, then what is not settled and in none of them."""
    named = {one.number for one in found.known.values()}
    rows = [_of_difference(place, one, found, tr) for place, one in enumerate(found.differences)]
    return rows + [_of_attempt(one, tr) for one in found.unsettled if one.number not in named]


def _of_difference(place: int, one: Difference, found: ProviderReconciliation, tr: Translator) -> ReconciliationRow:
    rows = (*one.there, *one.here)
    is_refund, known = rows[0].is_refund, found.known_of(one)
    ours = one.here[0] if one.here else None
    number = next((row.number for row in (*one.here, *one.there) if row.number), "")
    return ReconciliationRow(
        key=f"{place} {one.kind.value} {number or rows[0].reference}",
        title=tr(_TITLES[one.kind]),
        what=_what(tr, is_refund=is_refund),
        advice=_advice(one, known, found, tr),
        at=next((row.at for row in rows if row.at is not None), None),
        number=number,
        receipt=ours.receipt if ours is not None else "" if known is None else known.document,
        reference=next((row.reference for row in rows if row.reference), ""),
        till="" if known is None else known.till,
        there=_sum(one.there),
        here=_sum(one.here),
        theirs=one.there,
        ours=one.here,
        is_open=known is not None and known.is_open,
    )


def _of_attempt(one: PartnerAttempt, tr: Translator) -> ReconciliationRow:
    is_refund = one.kind is AttemptKind.REFUND
    ours = StatementRow(one.number, one.reference, one.amount, is_refund, one.begun_at, one.document)
    return ReconciliationRow(
        key=one.number,
        title=tr("Not settled yet"),
        what=_what(tr, is_refund=is_refund),
        advice=tr(_SETTLE[is_refund]),
        at=one.begun_at,
        number=one.number,
        receipt=one.document,
        reference=one.reference,
        till=one.till,
        there=None,
        here=one.amount,
        ours=(ours,),
        is_open=True,
    )


def _advice(one: Difference, known: PartnerAttempt | None, found: ProviderReconciliation, tr: Translator) -> str:
    is_refund = (*one.there, *one.here)[0].is_refund
    match one.kind:
        case DifferenceKind.ONLY_THERE if known is not None and known.is_open:
            return tr(_OPEN_HERE[is_refund])
        case DifferenceKind.ONLY_THERE if known is not None:
            return tr(_CLOSED_HERE[is_refund], state=name_of(ATTEMPT_STATES, known.state.value, tr))
        case DifferenceKind.ONLY_THERE:
            perhaps = tr(_PERHAPS_THIS[is_refund]) if _has_open_twin(one.there[0], found) else ""
            return paragraph(tr, (perhaps, tr(_UNKNOWN_HERE[is_refund])))
        case DifferenceKind.ONLY_HERE:
            return paragraph(tr, ("" if found.is_over else tr(_MAY_FOLLOW), tr(_NOT_THERE)))
        case DifferenceKind.OTHER_SUM:
            return tr(_OTHER_SUM)
        case DifferenceKind.TWICE:
            there, here = (number_text(len(rows), tr.language) for rows in (one.there, one.here))
            return tr(_MORE_OFTEN[is_refund], there=there, here=here)


def _has_open_twin(row: StatementRow, found: ProviderReconciliation) -> bool:
    """Whether an attempt that is not settled asked for the same: a file without our numbers cannot name it."""
    return any(
        one.amount == row.amount and (one.kind is AttemptKind.REFUND) is row.is_refund for one in found.unsettled
    )


def _what(tr: Translator, *, is_refund: bool) -> str:
    return tr.context("attempt", "Refund") if is_refund else tr("Payment")


def _sum(rows: Sequence[StatementRow]) -> Money | None:
    """The sum of one side; None for no rows, and where they are in several currencies."""
    currencies = {row.amount.currency.code: row.amount.currency for row in rows}
    if len(currencies) != 1:
        return None
    [money] = currencies.values()
    return total((row.amount for row in rows), money)
