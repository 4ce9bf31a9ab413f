"""A day in words and figures, as its tables show them."""

from __future__ import annotations

from collections import Counter

from pos.application.reports.day_money_tables import cash_notes
from pos.application.text.formatting import currency_name, money_text, percent_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.pickup_words import DEPOSIT_STEPS
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.money import CURRENCIES, Money
from pos.domain.pricing.spread import earned
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.rounded_parts import parts_of_whole
from pos.domain.shifts.shift_report import CashLine, PaymentSum
from pos.ui.reports.payment_card import PaymentRow, shade_of
from pos.ui.shifts.report_words import difference_figure, difference_of
from pos.ui.widgets.tables.figure_table import FigureCell

Rows = list[list[FigureCell]]


def nothing_happened(report: DayReport) -> bool:
    """Whether the day has nothing to look at."""
    happened = (
        report.deposits,
        report.closed,
        report.open,
        report.details.voids,
        report.details.openings,
        report.details.approvals,
    )
    return not (report.sales.count or report.returns.count or any(happened))


def shares(report: DayReport) -> list[tuple[str, int]]:
    """What was paid in each currency, by its value, for the bar."""
    values: Counter[str] = Counter()
    for paid in report.payments:
        values[paid.amount.currency.code] += paid.value.minor
    return [(shade_of(CURRENCIES[code]), values[code]) for code in CURRENCIES if values[code]]


def ways(report: DayReport, tr: Translator) -> list[PaymentRow]:
    """What was paid by each method in each currency, and what went back."""
    parts = parts_of_whole([paid.value for paid in report.payments])
    rows = [
        _way(paid, name_of(METHODS, paid.method, tr), 1, report, tr, part if paid.value else None)
        for paid, part in zip(report.payments, parts, strict=True)
    ]
    rows += [_way(given, tr("Change"), -1, report, tr) for given in report.change]
    for back in report.refunds:
        name = f"{tr('Refunded')} · {name_of(METHODS, back.method, tr)}"
        rows.append(_way(back, name, -1, report, tr))
    for step, part in report.deposits.parts:
        for one in part if step != "used" else ():  # what was used is among the payments
            name = f"{name_of(DEPOSIT_STEPS, step, tr)} · {name_of(METHODS, one.method, tr)}"
            paid, sign = PaymentSum(one.method, one.amount, one.value), 1 if step == "taken" else -1
            rows.append(_way(paid, name, sign, report, tr))
    return rows


def _way(
    paid: PaymentSum, name: str, sign: int, report: DayReport, tr: Translator, part: int | None = None
) -> PaymentRow:
    money, language = paid.amount, tr.language
    amount = money_text(money * sign, language, cash=paid.method == "cash")
    value = "" if money.currency == report.currency else f"= {money_text(paid.value * sign, language)}"
    if part is not None:
        share = percent_text(part, language, 0) if part else tr("below {percent}", percent=percent_text(1, language))
        value = f"{value} · {share}" if value else share
    return PaymentRow(shade_of(money.currency) if sign > 0 else "", f"{name} · {money.currency.code}", amount, value)


def cash_head(report: DayReport, tr: Translator) -> list[str]:
    """The columns of the cash."""
    return [
        tr("Currency"), tr("Float"), tr("Paid in"), tr("Paid out"), tr("To the safe"), tr("Cash received"),
        tr("Change"), tr("Refunded"), *([tr("Deposits")] if _has_deposits(report) else []),
        *([tr("Hand-overs")] if _handed(report) else []), tr("Expected"), tr("Counted"), tr("Difference"),
    ]  # fmt: skip


def cash_rows(report: DayReport, tr: Translator) -> Rows:
    """The drawers of the day's shifts together, by currency; what moved adds up to what is expected."""
    return [_cash_row(line, tr, report) for line in report.cash]


def _has_deposits(report: DayReport) -> bool:
    """Whether deposits on customer orders moved cash: few days have some."""
    return any(line.has_deposits for line in report.cash)


def _handed(report: DayReport) -> bool:
    """Whether a count at a hand-over was off: few days have one, and a column of dashes takes room from figures."""
    return any(line.hand_overs for line in report.cash)


def _cash_row(line: CashLine, tr: Translator, report: DayReport) -> list[FigureCell]:
    def figure(amount: Money | None, *, bold: bool = False, dash: bool = True) -> FigureCell:
        if amount is None or (dash and not amount):
            return FigureCell("–")
        return FigureCell(money_text(amount, tr.language, symbol=False, cash=True), bold=bold)

    moved = (line.float_, line.paid_in, line.paid_out, line.drops, line.tendered, line.change, line.refunds)
    return [
        FigureCell(currency_name(line.currency), bold=True),
        *(figure(amount) for amount in moved),
        *([figure(line.net_deposits)] if _has_deposits(report) else []),
        *([difference_figure(line.hand_overs, tr)] if _handed(report) else []),
        figure(line.expected, bold=True, dash=False),
        figure(line.counted, bold=True, dash=False),
        FigureCell("–") if line.difference is None else difference_of(line, tr),
    ]


def no_shifts(report: DayReport, tr: Translator) -> str:
    """That a report of one person has none, whatever shifts there were: a drawer is shared. Empty for other reports."""
    return "" if report.person is None else tr("Shifts and drawers are shown with all staff only.")


def cash_note(report: DayReport, tr: Translator) -> str:
    """What must be known to read the cash."""
    if not report.cash:
        return no_shifts(report, tr) or tr("No shift was opened on this day.")
    return paragraph(tr, cash_notes(report, tr))


def spread_rows(report: DayReport, tr: Translator) -> Rows:
    """What stayed of each foreign currency, what it counted for, what it is worth, and what that earned."""
    language = tr.language
    rows = [
        [
            FigureCell(currency_name(one.amount.currency), bold=True),
            FigureCell(money_text(one.amount, language, symbol=False, cash=True)),
            FigureCell(money_text(one.counted, language, symbol=False)),
            FigureCell(money_text(one.worth, language, symbol=False)),
            FigureCell(money_text(one.earned, language, symbol=False, plus=True), bold=True),
        ]
        for one in report.spread
    ]
    if len(rows) > 1:
        whole = earned(report.spread, Money.zero(report.currency))
        blank = [FigureCell("")] * 3
        rows.append([FigureCell(tr("Total")), *blank, FigureCell(money_text(whole, language, plus=True), bold=True)])
    return rows


def spread_head(tr: Translator) -> list[str]:
    """The columns of the spread."""
    return [tr("Currency"), tr("Kept"), tr("Credited at"), tr("Value"), tr("Gain or loss")]
