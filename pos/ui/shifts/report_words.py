"""An X or a Z in words and figures, as its tables show them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import tzinfo

from pos.application.fiscal.fiscal_words import counts_of
from pos.application.text.formatting import currency_name, instant_text, money_text, number_text, pieces_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.pickup_words import DEPOSIT_STEPS
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.pricing.spread import earned
from pos.domain.shifts.shift_report import CashLine, ShiftReport, Turnover
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.tables.figure_table import FigureCell

Rows = list[list[FigureCell]]


def head_text(report: ShiftReport, names: Mapping[str, str], zone: tzinfo, tr: Translator) -> str:
    """Whose shift it is, and since when."""
    cashier = names.get(report.cashier, report.cashier)
    opened = instant_text(report.opened_at, zone, tr.language)
    parts = [cashier, tr("open since {time}", time=opened)]
    if report.hand_overs:
        last = report.hand_overs[-1]
        since = instant_text(last.at, zone, tr.language)
        parts.append(tr("{person} since {time}", person=names.get(last.taker, last.taker), time=since))
    if report.closed_at is not None:
        by = names.get(report.closed_by or "", report.closed_by or "")
        parts.append(tr("closed {time}", time=instant_text(report.closed_at, zone, tr.language)))
        if report.closed_by != report.cashier:
            parts.append(tr("closed by {person}", person=by))
    return " · ".join(parts)


def turnover_rows(report: ShiftReport, tr: Translator) -> Rows:
    """Sales, returns, and what else happened to them."""
    language = tr.language

    def money(amount: Money, *, plus: bool = False) -> str:
        return money_text(amount, language, plus=plus)

    def turnover(name: str, turned: Turnover) -> list[FigureCell]:
        count = tr.plural("{n} receipt", "{n} receipts", turned.count)
        text = f"{count} · {pieces_text(turned.pieces, tr)}"
        return [
            FigureCell(name),
            FigureCell(text),
            FigureCell("" if turned.shown is None else money(turned.shown), bold=True),
        ]

    rows = [
        turnover(tr("Sales"), report.sales),
        turnover(tr("Returns"), report.returns),
        [FigureCell(tr("Discounts")), FigureCell(""), FigureCell(money(report.discounts))],
        [FigureCell(tr("Rounding")), FigureCell(""), FigureCell(money(report.rounding, plus=True))],
    ]
    if not report.is_blind:
        rows.insert(2, [FigureCell(tr("Average receipt")), FigureCell(""), FigureCell(money(report.sales.average))])
    if report.spread:
        gained = earned(report.spread, Money.zero(report.price))
        rows.append([FigureCell(tr("Exchange gain or loss")), FigureCell(""), FigureCell(money(gained, plus=True))])
    for name, part in (
        (tr("Of these, voided sales"), report.voided_sales),
        (tr("Of these, without receipt"), report.without_receipt),
    ):
        if part is not None:
            rows.insert(2, turnover(name, part))
    if report.z_number is not None and report.grand_total is not None:
        rows.append([FigureCell(tr("Grand total")), FigureCell(""), FigureCell(money(report.grand_total))])
    return rows


def event_rows(report: ShiftReport, tr: Translator) -> Rows:
    """How often what a manager looks at has happened, and which receipts the shift has."""
    rows = [
        [FigureCell(tr("Removed lines")), FigureCell(str(report.voids))],
        [FigureCell(tr("Drawer opened without a sale")), FigureCell(str(report.no_sales))],
        [FigureCell(tr("Approvals")), FigureCell(str(report.approvals))],
    ]
    if report.owed:
        amounts = tr(", ").join(money_text(owed.amount, tr.language) for owed in report.owed)
        rows.append([FigureCell(tr("To refund")), FigureCell(amounts, bold=True, tone=Tone.NEARLY)])
    if report.unsettled:
        amounts = tr(", ").join(money_text(one.amount, tr.language) for one in report.unsettled)
        rows.append([FigureCell(tr("Unsettled at providers")), FigureCell(amounts, bold=True, tone=Tone.NEARLY)])
    if report.fiscal is not None:
        for name, count in counts_of(report.fiscal):
            rows.append([FigureCell(tr(name)), FigureCell(number_text(count, tr.language))])
    for name, receipt in ((tr("First receipt"), report.first_receipt), (tr("Last receipt"), report.last_receipt)):
        if receipt is not None:
            rows.append([FigureCell(name), FigureCell(receipt)])
    return rows


def payment_rows(report: ShiftReport, tr: Translator) -> Rows:
    """What was paid and what went back, by method and currency; who reads it blind sees no cash."""
    rows: Rows = []
    for back, sums in (("", report.payments), (tr("Change"), report.change), (tr("Refunded"), report.refunds)):
        for one in sums:
            in_cash = one.method == "cash"
            method = "" if back and in_cash else name_of(METHODS, one.method, tr)
            name = " · ".join(part for part in (back, method, one.amount.currency.code) if part)
            amount = money_text(-one.amount if back else one.amount, tr.language, cash=in_cash)
            rows.append([FigureCell(name), FigureCell(amount, bold=True)])
    for step, part in report.deposits.parts:
        for sum_ in part if step != "used" else ():  # what was used is among the payments
            name = " · ".join(
                (name_of(DEPOSIT_STEPS, step, tr), name_of(METHODS, sum_.method, tr), sum_.amount.currency.code)
            )
            moved = sum_.amount if step == "taken" else -sum_.amount  # as money that went back
            amount = money_text(moved, tr.language, cash=sum_.method == "cash")
            rows.append([FigureCell(name), FigureCell(amount, bold=True)])
    for sums_of in report.providers:
        parts = (tr("Of these"), name_of(PROVIDERS, sums_of.provider, tr), sums_of.paid.currency.code)
        name = " · ".join(parts)  # it is a part of what was paid by card or QR
        rows.append([FigureCell(name), FigureCell(money_text(sums_of.paid - sums_of.refunded, tr.language))])
    return rows


def cash_head(report: ShiftReport, tr: Translator, *, brief: bool = False) -> list[str]:
    """The columns of the cash table; `brief` has what came with sales in one column."""
    currency, float_ = tr("Currency"), tr("Float")
    moved = [tr("Paid in"), tr("Paid out"), tr("To the safe")]
    paid_ahead = [tr("Deposits")] if _has_deposits(report) else []
    handed = [*paid_ahead, *([tr("Hand-overs")] if report.hand_overs else [])]
    if brief:
        return [currency, float_, tr("Sales less refunds"), *moved, *handed, tr("Expected")]
    sales = [tr("Cash received"), tr("Change"), tr("Refunded")]
    known = [currency, float_, *sales, *moved, *handed, tr("Expected")]
    return known if report.z_number is None else [*known, tr("Counted"), tr("Difference")]


def _has_deposits(report: ShiftReport) -> bool:
    """Whether a column is needed for deposits."""
    return any(line.has_deposits for line in report.cash)


def cash_rows(report: ShiftReport, tr: Translator, *, brief: bool = False) -> Rows:
    """The cash of the drawer by currency: what moved it adds up to *Expected*. Nothing for who reads it blind."""
    return [] if report.is_blind else [_cash_row(line, report, tr, brief) for line in report.cash]


def _cash_row(line: CashLine, report: ShiftReport, tr: Translator, brief: bool) -> list[FigureCell]:
    def figure(amount: Money | None, *, bold: bool = False) -> FigureCell:
        text = "–" if not amount else money_text(amount, tr.language, symbol=False, cash=True)
        if bold and amount is not None:
            text = money_text(amount, tr.language, symbol=False, cash=True)
        return FigureCell(text, bold=bold)

    sales = [line.net_sales] if brief else [line.tendered, line.change, line.refunds]
    expected = figure(line.expected, bold=True)
    if line.expected is not None and line.expected.minor < 0:  # more was paid out than the books know to have come
        expected = replace(expected, tone=Tone.OVER)
    handed = [figure(line.net_deposits)] if _has_deposits(report) else []
    handed += [difference_figure(line.hand_overs, tr)] if report.hand_overs else []
    row = [
        FigureCell(currency_name(line.currency), bold=True),
        *(figure(amount) for amount in (line.float_, *sales, line.paid_in, line.paid_out, line.drops)),
        *handed,
        expected,
    ]
    if brief or report.z_number is None:
        return row
    return [*row, figure(line.counted, bold=True), difference_of(line, tr)]


def difference_of(line: CashLine, tr: Translator) -> FigureCell:
    """How far the count is from what was expected: by figure, word and colour."""
    difference = line.difference
    if difference is None or not difference:
        return FigureCell(tr("matches"), bold=True, tone=Tone.WITHIN)
    amount = money_text(-difference if difference.minor < 0 else difference, tr.language, symbol=False, cash=True)
    if difference.minor < 0:
        return FigureCell(tr("{amount} short", amount=amount), bold=True, tone=Tone.OVER)
    return FigureCell(tr("{amount} over", amount=amount), bold=True, tone=Tone.NEARLY)


def difference_figure(difference: Money | None, tr: Translator) -> FigureCell:
    """A difference as a bare figure with its sign, coloured where there is one."""
    if not difference:
        return FigureCell("–")
    text = money_text(difference, tr.language, symbol=False, cash=True, plus=True)
    return FigureCell(text, tone=Tone.OVER if difference.minor < 0 else Tone.NEARLY)


def needs_approval(permission: str, tr: Translator) -> str:
    """What an approval at the drawer is asked for."""
    return tr("Approval needed: {act}", act=permission)
