"""An X or a Z in words and figures, as its tables show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo

from pos.application.text.formatting import instant_text, money_text, pieces_text, sign_of
from pos.application.text.names import METHODS, name_of
from pos.application.text.words import Words
from pos.domain.money import Money
from pos.domain.pricing.spread import earned
from pos.domain.shifts.shift_report import CashLine, ShiftReport, Turnover
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.figure_table import FigureCell

Rows = list[list[FigureCell]]


def head_text(report: ShiftReport, names: Mapping[str, str], zone: tzinfo, words: Words) -> str:
    """Whose shift it is, and since when."""
    cashier = names.get(report.cashier, report.cashier)
    opened = instant_text(report.opened_at, zone, words.language)
    parts = [cashier, words("open since {time}", time=opened)]
    if report.hand_overs:
        last = report.hand_overs[-1]
        since = instant_text(last.at, zone, words.language)
        parts.append(words("{person} since {time}", person=names.get(last.taker, last.taker), time=since))
    if report.closed_at is not None:
        by = names.get(report.closed_by or "", report.closed_by or "")
        parts.append(words("closed {time}", time=instant_text(report.closed_at, zone, words.language)))
        if report.closed_by != report.cashier:
            parts.append(words("closed by {person}", person=by))
    return " · ".join(parts)


def turnover_rows(report: ShiftReport, words: Words) -> Rows:
    """Sales, returns, and what else happened to them."""
    language = words.language

    def money(amount: Money, *, plus: bool = False) -> str:
        return money_text(amount, language, plus=plus)

    def turnover(name: str, turned: Turnover) -> list[FigureCell]:
        count = words.plural("{n} receipt", "{n} receipts", turned.count)
        text = f"{count} · {pieces_text(turned.pieces, words)}"
        return [
            FigureCell(name),
            FigureCell(text),
            FigureCell("" if turned.shown is None else money(turned.shown), bold=True),
        ]

    rows = [
        turnover(words("Sales"), report.sales),
        turnover(words("Returns"), report.returns),
        [FigureCell(words("Discounts")), FigureCell(""), FigureCell(money(report.discounts))],
        [FigureCell(words("Rounding")), FigureCell(""), FigureCell(money(report.rounding, plus=True))],
    ]
    if not report.is_blind:
        rows.insert(2, [FigureCell(words("Average receipt")), FigureCell(""), FigureCell(money(report.sales.average))])
    if report.spread:
        gained = earned(report.spread, Money.zero(report.price))
        rows.append([FigureCell(words("Exchange gain or loss")), FigureCell(""), FigureCell(money(gained, plus=True))])
    if report.without_receipt is not None:
        rows.insert(2, turnover(words("Of these, without receipt"), report.without_receipt))
    if report.z_number is not None and report.grand_total is not None:
        rows.append([FigureCell(words("Grand total")), FigureCell(""), FigureCell(money(report.grand_total))])
    return rows


def event_rows(report: ShiftReport, words: Words) -> Rows:
    """How often what a manager looks at has happened, and which receipts the shift has."""
    rows = [
        [FigureCell(words("Removed lines")), FigureCell(str(report.voids))],
        [FigureCell(words("Drawer opened without a sale")), FigureCell(str(report.no_sales))],
        [FigureCell(words("Approvals")), FigureCell(str(report.approvals))],
    ]
    if report.owed:
        amounts = words(", ").join(money_text(owed.amount, words.language) for owed in report.owed)
        rows.append([FigureCell(words("To refund")), FigureCell(amounts, bold=True, tone=Tone.NEARLY)])
    for name, receipt in ((words("First receipt"), report.first_receipt), (words("Last receipt"), report.last_receipt)):
        if receipt is not None:
            rows.append([FigureCell(name), FigureCell(receipt)])
    return rows


def payment_rows(report: ShiftReport, words: Words) -> Rows:
    """What was paid and what went back, by method and currency; who reads it blind sees no cash."""
    rows: Rows = []
    for back, sums in (("", report.payments), (words("Change"), report.change), (words("Refunded"), report.refunds)):
        for one in sums:
            in_cash = one.method == "cash"
            method = "" if back and in_cash else name_of(METHODS, one.method, words)
            name = " · ".join(part for part in (back, method, one.amount.currency.code) if part)
            amount = money_text(-one.amount if back else one.amount, words.language, cash=in_cash)
            rows.append([FigureCell(name), FigureCell(amount, bold=True)])
    return rows


def cash_head(report: ShiftReport, words: Words, *, brief: bool = False) -> list[str]:
    """The columns of the cash table; `brief` has what came with sales in one column."""
    currency, float_ = words("Currency"), words("Float")
    moved = [words("Paid in"), words("Paid out"), words("To the safe")]
    handed = [words("Hand-overs")] if report.hand_overs else []
    if brief:
        return [currency, float_, words("Sales less refunds"), *moved, *handed, words("Expected")]
    sales = [words("Cash in"), words("Change"), words("Refunded")]
    known = [currency, float_, *sales, *moved, *handed, words("Expected")]
    return known if report.z_number is None else [*known, words("Counted"), words("Difference")]


def cash_rows(report: ShiftReport, words: Words, *, brief: bool = False) -> Rows:
    """The cash of the drawer by currency: what moved it adds up to *Expected*. Nothing for who reads it blind."""
    return [] if report.is_blind else [_cash_row(line, report, words, brief) for line in report.cash]


def _cash_row(line: CashLine, report: ShiftReport, words: Words, brief: bool) -> list[FigureCell]:
    def figure(amount: Money | None, *, bold: bool = False) -> FigureCell:
        text = "–" if not amount else money_text(amount, words.language, sign=False, cash=True)
        if bold and amount is not None:
            text = money_text(amount, words.language, sign=False, cash=True)
        return FigureCell(text, bold=bold)

    sales = [line.net_sales] if brief else [line.tendered, line.change, line.refunds]
    expected = figure(line.expected, bold=True)
    if line.expected is not None and line.expected.minor < 0:  # more was paid out than the books know to have come
        expected = replace(expected, tone=Tone.OVER)
    handed = [difference_figure(line.hand_overs, words)] if report.hand_overs else []
    row = [
        FigureCell(f"{sign_of(line.currency)} {line.currency.code}", bold=True),
        *(figure(amount) for amount in (line.float_, *sales, line.paid_in, line.paid_out, line.drops)),
        *handed,
        expected,
    ]
    if brief or report.z_number is None:
        return row
    return [*row, figure(line.counted, bold=True), difference_of(line, words)]


def difference_of(line: CashLine, words: Words) -> FigureCell:
    """How far the count is from what was expected: by figure, word and colour."""
    difference = line.difference
    if difference is None or not difference:
        return FigureCell(words("matches"), bold=True, tone=Tone.WITHIN)
    amount = money_text(-difference if difference.minor < 0 else difference, words.language, sign=False, cash=True)
    if difference.minor < 0:
        return FigureCell(words("{amount} short", amount=amount), bold=True, tone=Tone.OVER)
    return FigureCell(words("{amount} over", amount=amount), bold=True, tone=Tone.NEARLY)


def difference_figure(difference: Money | None, words: Words) -> FigureCell:
    """A difference as a bare figure with its sign, coloured where there is one."""
    if not difference:
        return FigureCell("–")
    text = money_text(difference, words.language, sign=False, cash=True, plus=True)
    return FigureCell(text, tone=Tone.OVER if difference.minor < 0 else Tone.NEARLY)


def needs_approval(act: str, words: Words) -> str:
    """What an approval at the drawer is asked for."""
    return words("Approval needed: {act}", act=act)
