"""The X and the Z as rows: turnover, money by method, and every drawer, counted beside expected."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from pos.application.settings.settings import Settings
from pos.application.text.border_words import currency_word
from pos.application.text.formatting import amount_text, denomination_text, instant_text, money_text, number_text
from pos.application.text.names import METHODS
from pos.application.text.partner_words import ATTEMPT_STATES, PROVIDERS
from pos.application.text.pickup_words import DEPOSIT_STEPS
from pos.application.text.translator import N_, Translator
from pos.domain.money import Currency, Money
from pos.domain.pickup.deposit import DepositSums
from pos.domain.reports.day_report import DayReport
from pos.domain.shifts.hand_over import HandOver
from pos.domain.shifts.provider_sums import ProviderSum
from pos.domain.shifts.shift_report import CashLine, PaymentSum, ShiftReport
from pos.printing.drawing.joined_translator import NO_NAMES, JoinedTranslator
from pos.printing.drawing.printable import printable
from pos.printing.drawing.rows import Banner, Barcode, Heading, Pair, Paragraph, Row, Ruler
from pos.printing.receipts.heading import shop_rows
from pos.printing.shifts.report_details import (
    counts_text,
    discount_rows,
    event_rows,
    fiscal_counts,
    return_rows,
    spread_row,
)

_X, _Z = N_("X report"), N_("Z report")
SEAL = N_("Journal seal")
RUNNING, NEVER_SET_BACK = N_("Grand total"), N_("Total of all sales of this till, never reset")
_ESTIMATED = N_("Estimated: some amounts were entered without notes")
_OWED = N_("To refund")
UNSETTLED = N_("Unsettled at providers")
MOVES = (
    ("float_", 1, N_("Float")),
    ("paid_in", 1, N_("Paid in")),
    ("paid_out", -1, N_("Paid out")),
    ("drops", -1, N_("Cash drop to the safe")),
    ("tendered", 1, N_("Cash received")),
    ("change", -1, N_("Change given")),
    ("refunds", -1, N_("Refunded in cash")),
    ("deposits", 1, N_("Deposits taken in cash")),
    ("deposits_back", -1, N_("Deposits returned in cash")),
    ("hand_overs", 1, N_("Differences at hand-overs")),
)
"""Cash movements: field, sign and name."""
OF_DEPOSITS = ("deposits", "deposits_back")


def shift_rows(
    report: ShiftReport,
    settings: Settings,
    translators: Mapping[str, Translator],
    copy: int = 0,
    people: Mapping[str, str] = NO_NAMES,
) -> tuple[Row, ...]:
    """An X, or a Z with its number; `copy` 0 is the original.

    `translators` holds all languages by code, `people` the display names by sign-in name.
    """
    both = JoinedTranslator.of(translators, settings.receipt_languages).naming(people)
    rows: list[Row] = []
    if copy:
        rows.append(Banner(both("COPY {n}", n=copy)))
    title, *second = both.apart(_Z if report.z_number is not None else _X)
    rows += (Heading(title), *(Paragraph(said, centered=True, bold=True) for said in second))
    rows += shop_rows(settings, large=False)
    rows.append(Ruler())
    rows += _head(report, settings, both)
    rows.append(Ruler())
    rows += turnover_rows(report, both)
    rows.append(Ruler())
    rows += payment_rows(report, report.price, both)
    for line in () if report.is_blind else report.cash:
        rows.append(Ruler())
        rows += cash_rows(line, both, whole=bool(report.hand_overs))
    if report.hand_overs:
        rows.append(Ruler())
        rows += hand_over_rows(report.hand_overs, settings, both)
    rows.append(Ruler())
    counts = (report.voids, report.no_sales, report.approvals)
    rows += event_rows(report.details, counts, settings.zone, both)
    rows += _owed(report, both)
    rows += unsettled_rows(report, both)
    rows += (Pair(name, count, small=True) for name, count in fiscal_counts(report.fiscal, both))
    rows.append(Ruler(solid=True))
    if report.grand_total is not None:
        rows.append(Pair(both(RUNNING), money_text(report.grand_total, both.language), bold=True))
        rows += (Paragraph(said, small=True) for said in both.apart(NEVER_SET_BACK))
    if report.anchor:
        rows.append(Pair(both(SEAL), report.anchor, small=True))
    if report.z_name is not None:
        rows.append(Barcode(report.z_name))
    return tuple(rows)


def _head(report: ShiftReport, settings: Settings, tr: JoinedTranslator) -> Iterator[Row]:
    def at(instant: datetime) -> str:
        return instant_text(instant, settings.zone, tr.language)

    if report.z_name is not None:
        yield Pair(tr("Z report"), report.z_name, bold=True)
    yield Pair(tr("Till {till}", till=report.till), tr("Shift {number}", number=report.number))
    yield Pair(f"{tr('Opened')} · {tr.person(report.cashier)}", at(report.opened_at), small=True)
    if report.closed_at is None:
        yield Pair(tr("Taken on"), at(report.at), small=True)
        return
    yield Pair(f"{tr('Closed')} · {tr.person(report.closed_by or '')}", at(report.closed_at), small=True)
    if report.approved_by is not None:
        yield Pair(tr("Approved by"), tr.person(report.approved_by), small=True)


def turnover_rows(report: ShiftReport | DayReport, tr: JoinedTranslator) -> Iterator[Row]:
    """Sales, returns, discounts and rounding, and what the rates earned."""
    language = tr.language
    for name, turnover in ((tr("Sales"), report.sales), (tr("Returned goods"), report.returns)):
        yield Pair(name, "" if turnover.shown is None else money_text(turnover.shown, language), bold=True)
        yield Pair(" / ".join(tr.by(partial(counts_text, turnover.count, turnover.pieces))), "", small=True)
    for name, part in (
        (tr("Of these, without receipt"), report.without_receipt),
        (tr("Of these, voided sales"), report.voided_sales),
    ):
        if part is not None:
            yield Pair(name, "" if part.shown is None else money_text(part.shown, language), bold=True)
            yield Pair(" / ".join(tr.by(partial(counts_text, part.count, part.pieces))), "", small=True)
    yield from return_rows(report.details.returns, tr)
    if report.sales.shown is not None:
        yield Pair(tr("Average receipt"), money_text(report.sales.average, language), small=True)
    yield Pair(tr("Discounts"), money_text(report.discounts, language), small=True)
    yield from discount_rows(report.details.discounts, tr)
    yield Pair(tr("Rounding"), money_text(report.rounding, language, plus=True), small=True)
    yield from spread_row(report.spread, Money.zero(report.discounts.currency), tr)
    if isinstance(report, ShiftReport) and report.first_receipt is not None and report.last_receipt is not None:
        yield Pair(tr("Receipts"), f"{report.first_receipt} – {report.last_receipt}", small=True)


def payment_rows(report: ShiftReport | DayReport, price: Currency, tr: JoinedTranslator) -> Iterator[Row]:
    """Payments, change and refunds, by method and currency."""
    language = tr.language
    for paid in report.payments:
        yield from _sum(tr.named(METHODS, paid.method), paid, 1, price, language)
    for given in report.change:
        yield from _sum(tr("Change"), given, -1, price, language)
    for refunded in report.refunds:
        name = f"{tr('Refunded')} · {tr.named(METHODS, refunded.method)}"
        yield from _sum(name, refunded, -1, price, language)
    yield from provider_rows(report.providers, tr)
    yield from deposit_rows(report.deposits, price, tr)


def deposit_rows(sums: DepositSums, price: Currency, tr: JoinedTranslator) -> Iterator[Row]:
    """What became of deposits on customer orders: what was used for sales stands above as a payment too."""
    for step, part in sums.parts:
        for one in part:
            name = f"{tr.named(DEPOSIT_STEPS, step)} · {tr.named(METHODS, one.method)}"
            yield from _sum(name, PaymentSum(one.method, one.amount, one.value), 1, price, tr.language)


def provider_rows(sums: Iterable[ProviderSum], tr: JoinedTranslator) -> Iterator[Row]:
    """What payment providers took and give back, of what stands above by card and QR."""
    for one in sums:
        provider = tr.named(PROVIDERS, one.provider)
        taken = f"  {provider} × {number_text(one.payments, tr.language)}"
        yield Pair(taken, money_text(one.paid, tr.language), small=True)
        if one.refunded:
            name = f"  {tr('Refunded')} · {provider}"
            yield Pair(name, money_text(-one.refunded, tr.language), small=True)


def unsettled_rows(report: ShiftReport, tr: JoinedTranslator) -> Iterator[Row]:
    """What was begun at providers and is open: the shift is closed all the same."""
    if not report.unsettled:
        return
    yield Pair(tr(UNSETTLED), number_text(len(report.unsettled), tr.language), bold=True)
    for one in report.unsettled:
        words = (tr.named(PROVIDERS, one.provider), tr.named(ATTEMPT_STATES, one.state))
        amount = -one.amount if one.is_refund else one.amount
        yield Pair(f"  {' · '.join(words)}", money_text(amount, tr.language), small=True)
        yield Paragraph(f"  {one.number}", small=True)


def _sum(name: str, paid: PaymentSum, sign: int, price: Currency, language: str) -> Iterator[Row]:
    yield Pair(name, money_text(paid.amount * sign, language, cash=paid.method == "cash"), small=True)
    if paid.amount.currency != price:
        yield Pair("", f"= {money_text(paid.value * sign, language)}", small=True)


def cash_rows(line: CashLine, tr: JoinedTranslator, *, whole: bool = False) -> Iterator[Row]:
    """One drawer, or several, in one currency: movements, expected and counted cash.

    `whole`: the last count of a shift that was handed over stands with what the whole shift is off by.
    """
    language = tr.language
    name = tr.joined(tr.by(partial(currency_word, line.currency)))
    yield Pair(f"{line.currency.code} · {name}", "", bold=True)
    for field, sign, text in MOVES:
        money: Money | None = getattr(line, field)
        if money is not None and (money or field == "float_"):
            said = tr.joined(tr.apart(text))
            figure = money_text(money * sign, language, cash=True, plus=field == "hand_overs")
            yield Pair(said, figure, small=True)
    if line.expected is not None:
        yield Pair(tr("Expected"), money_text(line.expected, language, cash=True), bold=True)
    if line.estimated and line.counted is None:
        yield from (Paragraph(said, small=True) for said in tr.apart(_ESTIMATED))
    for value, count in sorted((line.notes or {}).items(), reverse=True):
        note = denomination_text(Money(value, line.currency), language)
        pieces = number_text(count, language)
        yield Pair(
            f"  {note} × {pieces}", amount_text(Money(value * count, line.currency), language, cash=True), small=True
        )
    if line.counted is not None and line.difference is not None:
        yield Pair(tr("Counted"), money_text(line.counted, language, cash=True), bold=True)
        yield Pair(
            tr("Difference"), money_text(line.difference, language, cash=True, plus=True), bold=bool(line.difference)
        )
        if whole and line.whole_difference is not None:
            figure = money_text(line.whole_difference, language, cash=True, plus=True)
            yield Pair(tr("Difference of the whole shift"), figure, bold=bool(line.whole_difference))


def _owed(report: ShiftReport, tr: JoinedTranslator) -> Iterator[Row]:
    """Card or QR money taken for refused sales, each to be refunded."""
    if not report.owed:
        return
    yield Pair(tr(_OWED), number_text(len(report.owed), tr.language), bold=True)
    for owed in report.owed:
        name = " · ".join(part for part in (tr.named(METHODS, owed.method), printable(owed.reference, 24)) if part)
        yield Pair(f"  {name}", money_text(owed.amount, tr.language), small=True)


def hand_over_rows(hand_overs: Sequence[HandOver], settings: Settings, tr: JoinedTranslator) -> Iterator[Row]:
    """The rows of a strip."""
    yield Paragraph(tr("Hand-overs"), bold=True)
    for made in hand_overs:
        yield Pair(people_text(made, tr), instant_text(made.at, settings.zone, tr.language), small=True)
        if made.approved_by is not None:
            yield Pair(tr("Approved by"), tr.person(made.approved_by), small=True)
        yield Pair(tr("Difference"), differences_text(made, tr), small=True)


def people_text(made: HandOver, tr: JoinedTranslator) -> str:
    """From whom to whom."""
    return f"{tr.person(made.giver)} → {tr.person(made.taker)}"


def differences_text(made: HandOver, tr: JoinedTranslator) -> str:
    """The difference of each currency; "matches" where there is none."""
    texts = (money_text(line.difference, tr.language, cash=True, plus=True) for line in made.differing)
    return " · ".join(texts) or tr("matches")
