"""The Z on one A4 page, with all counts and signature lines."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from functools import partial

from pos.application.settings.settings import Settings
from pos.application.text.border_words import currency_word
from pos.application.text.formatting import (
    amount_text,
    currency_name,
    denomination_text,
    instant_text,
    money_text,
    number_text,
)
from pos.application.text.names import METHODS
from pos.application.text.partner_words import PROVIDERS
from pos.application.text.pickup_words import DEPOSIT_STEPS
from pos.application.text.training_stamp import TRAINING_STAMP
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.shifts.hand_over import HandOver
from pos.domain.shifts.shift_report import CashLine, PaymentSum, ShiftReport
from pos.printing.drawing.fonts import DRAWING, Fonts
from pos.printing.drawing.joined_translator import NO_NAMES, JoinedTranslator
from pos.printing.drawing.logo import logo_of
from pos.printing.drawing.printable import printable
from pos.printing.drawing.sheet import CONTENT, LEFT, RIGHT, PrintedSheet
from pos.printing.shifts.report_details import counts_text, fiscal_counts
from pos.printing.shifts.shift_report import (
    MOVES,
    NEVER_SET_BACK,
    OF_DEPOSITS,
    RUNNING,
    SEAL,
    UNSETTLED,
    differences_text,
    people_text,
)

_ROW, _SMALL_ROW = 13.5, 10.6
_GAP = 15.0
_HALF = (CONTENT - 2 * _GAP) / 2
_LABEL = 178.0
"""The width of a label in the cash table."""

Figures = Sequence[tuple[str, str, bool]]
"""Rows of a label, a value, and whether it is bold."""


def sheet_pdf(
    report: ShiftReport,
    settings: Settings,
    translators: Mapping[str, Translator],
    fonts: Fonts,
    title: str,
    copy: int = 0,
    *,
    people: Mapping[str, str] = NO_NAMES,
    training: bool = False,
) -> bytes:
    """Draw a Z; `copy` 0 is the original. Equal content gives equal bytes. Raises PrinterError for a missing font."""
    both = JoinedTranslator.of(translators, settings.receipt_languages).naming(people)
    with DRAWING:
        sheet = PrintedSheet(fonts)
        if training:
            sheet.stamp(both(TRAINING_STAMP))
        _head(sheet, report, settings, both, copy)
        _persons(sheet, report, settings, both)
        _turnover(sheet, report, both)
        _cash(sheet, report, both)
        if report.hand_overs:
            _hand_overs(sheet, report, settings, both)
        _notes(sheet, report, both)
        _end(sheet, report, both)
        return sheet.drawn(title, printable(settings.shop_name))


def _head(sheet: PrintedSheet, report: ShiftReport, settings: Settings, tr: JoinedTranslator, copy: int) -> None:
    top = sheet.y
    room = CONTENT * 0.6
    sheet.logo(logo_of(settings))
    sheet.text(LEFT, printable(settings.shop_name), 15, bold=True, width=room)
    sheet.down(21)
    for address in dict.fromkeys((settings.address_1, settings.address_2)):
        if address:
            sheet.text(LEFT, printable(address), 8, width=room, muted=True)
            sheet.down(11)
    below = sheet.y
    sheet.y = top
    sheet.text(RIGHT, report.z_name or "", 20, bold=True, at_right=True)
    sheet.down(26)
    sheet.text(RIGHT, tr("Z report"), 10, at_right=True, width=CONTENT * 0.4, muted=True)
    sheet.down(16)
    if copy:
        sheet.stamp(tr("COPY {n}", n=copy))
    sheet.y = max(sheet.y, below) + 4
    sheet.rule(strong=True)
    sheet.down(9)


def _persons(sheet: PrintedSheet, report: ShiftReport, settings: Settings, tr: JoinedTranslator) -> None:
    def at(instant: datetime | None) -> str:
        return "–" if instant is None else instant_text(instant, settings.zone, tr.language)

    closed = tr.person(report.closed_by or "")
    properties = [
        (tr("Till {till}", till=report.till), tr("Shift {number}", number=report.number)),
        (tr("Opened"), f"{at(report.opened_at)} · {tr.person(report.cashier)}"),
        (tr("Closed"), f"{at(report.closed_at)} · {closed}"),
    ]
    if report.approved_by is not None:
        properties.append((tr("Approved by"), tr.person(report.approved_by)))
    width = CONTENT / len(properties)
    for index, (name, value) in enumerate(properties):
        x = LEFT + index * width
        sheet.text(x, name, 7.5, width=width - 8, muted=True)
        sheet.text(x, value, 9.5, bold=True, width=width - 8, below=11)
    sheet.down(27)
    sheet.text(LEFT, tr.times_in(settings.time_zone), 7, muted=True, width=CONTENT)
    sheet.down(19)


def _turnover(sheet: PrintedSheet, report: ShiftReport, tr: JoinedTranslator) -> None:
    language = tr.language

    def money(amount: Money, *, plus: bool = False) -> str:
        return money_text(amount, language, plus=plus)

    rows: list[tuple[str, str, bool]] = []
    for name, turned in ((tr("Sales"), report.sales), (tr("Returned goods"), report.returns)):
        rows.append((name, money(turned.amount), True))
        rows.append((" / ".join(tr.by(partial(counts_text, turned.count, turned.pieces))), "", False))
    rows += [
        (tr("Discounts"), money(report.discounts), False),
        (tr("Rounding"), money(report.rounding, plus=True), False),
    ]
    if report.first_receipt is not None and report.last_receipt is not None:
        rows.append((tr("Receipts"), f"{report.first_receipt} – {report.last_receipt}", False))
    rows += [
        (tr("Removed lines"), number_text(report.voids, language), False),
        (tr("Drawer opened without a sale"), number_text(report.no_sales, language), False),
        (tr("Approvals"), number_text(report.approvals, language), False),
    ]
    top = sheet.y
    _table(sheet, LEFT, tr("Turnover"), rows)
    left, sheet.y = sheet.y, top
    _table(sheet, LEFT + _HALF + 2 * _GAP, tr("Payments"), list(_payments(report, tr)))
    sheet.y = max(left, sheet.y)


def _payments(report: ShiftReport, tr: JoinedTranslator) -> Iterator[tuple[str, str, bool]]:
    for back, sums in (("", report.payments), (tr("Change"), report.change), (tr("Refunded"), report.refunds)):
        for one in sums:
            yield _payment(back, one, report, tr)
    for step, part in report.deposits.parts:
        for of in part if step != "used" else ():  # what was used is among the payments
            name = " · ".join((tr.named(DEPOSIT_STEPS, step), tr.named(METHODS, of.method), of.amount.currency.code))
            yield name, money_text(of.amount, tr.language, cash=of.method == "cash"), True
    for taken in report.providers:
        name = " · ".join((tr("Of these"), tr.named(PROVIDERS, taken.provider), taken.paid.currency.code))
        yield name, money_text(taken.paid - taken.refunded, tr.language), False
    for open_one in report.unsettled:
        amount = -open_one.amount if open_one.is_refund else open_one.amount
        name = " · ".join((tr(UNSETTLED), tr.named(PROVIDERS, open_one.provider)))
        yield name, money_text(amount, tr.language), True


def _payment(back: str, one: PaymentSum, report: ShiftReport, tr: JoinedTranslator) -> tuple[str, str, bool]:
    sign = -1 if back else 1
    given_in_cash = back == tr("Change") or (back and one.method == "cash")  # as on the screen: in two languages
    method = "" if given_in_cash else tr.named(METHODS, one.method)  # too long for its half of the page
    figure = money_text(one.amount * sign, tr.language, cash=one.method == "cash")
    if one.amount.currency != report.price:
        figure = f"{money_text(one.value * sign, tr.language)} = {figure}"
    return " · ".join(part for part in (back, method, one.amount.currency.code) if part), figure, not back


def _table(sheet: PrintedSheet, x: float, title: str, rows: Figures) -> None:
    sheet.section(title, x, _HALF)
    for label, figure, bold in rows:
        taken = sheet.width_of(figure, 8.5, bold=bold) if figure else 0
        sheet.text(x, label, 8.5, bold=bold, width=_HALF - taken - 8, muted=not figure)
        sheet.text(x + _HALF, figure, 8.5, bold=bold, at_right=True)
        sheet.down(_ROW)
    sheet.down(5)


def _cash(sheet: PrintedSheet, report: ShiftReport, tr: JoinedTranslator) -> None:
    """The drawer: movements from top to bottom, currencies side by side."""
    sheet.section(tr("Cash in the drawer"), LEFT, CONTENT)
    lines = report.cash
    if not lines:
        sheet.text(LEFT, "–", 8.5)
        sheet.down(_ROW)
        return
    width = (CONTENT - _LABEL) / len(lines)
    ends = [LEFT + _LABEL + width * (index + 1) for index in range(len(lines))]
    for end, line in zip(ends, lines, strict=True):
        sheet.text(end, currency_name(line.currency), 9.5, bold=True, at_right=True)
        name = tr.joined(tr.by(partial(currency_word, line.currency)))
        sheet.text(end, name, 6.5, at_right=True, width=width - 6, below=11, muted=True)
    sheet.down(22)
    for field, sign, text in MOVES:
        amounts = [getattr(line, field) for line in lines]
        if field == "hand_overs" and not report.hand_overs:
            continue
        if field in OF_DEPOSITS and not any(amounts):
            continue
        figures = [_cash_figure(amount * sign, tr, plus=field == "hand_overs") for amount in amounts]
        _cash_row(sheet, tr.joined(tr.apart(text)), figures, ends)
    sheet.rule()
    sheet.down(4)
    cells_by_line = (
        (tr("Expected"), [line.expected for line in lines], False),
        (tr("Counted"), [line.counted for line in lines], False),
        (tr("Difference"), [line.difference for line in lines], True),
    )
    for name, sums, plus in cells_by_line:
        figures = [_cash_figure(amount, tr, plus=plus, dash=False) for amount in sums]
        _cash_row(sheet, name, figures, ends, bold=True)
    if report.hand_overs:
        figures = [_cash_figure(line.whole_difference, tr, plus=True, dash=False) for line in lines]
        _cash_row(sheet, tr("Difference of the whole shift"), figures, ends, bold=True)
    sheet.down(5)


def _cash_figure(amount: Money | None, tr: JoinedTranslator, *, plus: bool = False, dash: bool = True) -> str:
    if amount is None or (dash and not amount):
        return "–"
    return amount_text(amount, tr.language, cash=True, plus=plus)


def _cash_row(
    sheet: PrintedSheet, label: str, figures: Sequence[str], ends: Sequence[float], *, bold: bool = False
) -> None:
    sheet.text(LEFT, label, 8.5, bold=bold, width=_LABEL - 6)
    for end, figure in zip(ends, figures, strict=True):
        sheet.text(end, figure, 8.5, bold=bold, at_right=True)
    sheet.down(_ROW)


def _hand_overs(sheet: PrintedSheet, report: ShiftReport, settings: Settings, tr: JoinedTranslator) -> None:
    sheet.section(tr("Hand-overs"), LEFT, CONTENT)
    for made in report.hand_overs:
        sheet.text(LEFT, instant_text(made.at, settings.zone, tr.language), 8.5, width=98)
        sheet.text(LEFT + 104, _people(made, tr), 8.5, bold=True, width=206)
        sheet.text(RIGHT, differences_text(made, tr), 8.5, at_right=True, width=CONTENT - 320)
        sheet.down(_ROW)
    sheet.down(5)


def _people(made: HandOver, tr: JoinedTranslator) -> str:
    if made.approved_by is None:
        return people_text(made, tr)
    return f"{people_text(made, tr)} ({tr('Approved by')} {tr.person(made.approved_by)})"


def _notes(sheet: PrintedSheet, report: ShiftReport, tr: JoinedTranslator) -> None:
    """The counted notes and coins, a column for each currency."""
    counted = [line for line in report.cash if line.notes]
    if not counted:
        return
    sheet.section(tr("Notes and coins counted"), LEFT, CONTENT)
    gap = 14.0
    width = (CONTENT - gap * (len(counted) - 1)) / len(counted)
    top = lowest = sheet.y
    for index, line in enumerate(counted):
        sheet.y = top
        _column(sheet, line, LEFT + index * (width + gap), width, tr)
        lowest = max(lowest, sheet.y)
    sheet.y = lowest + 6


def _column(sheet: PrintedSheet, line: CashLine, x: float, width: float, tr: JoinedTranslator) -> None:
    language = tr.language
    for value, pieces in sorted((line.notes or {}).items(), reverse=True):
        note = denomination_text(Money(value, line.currency), language)
        worth = amount_text(Money(value * pieces, line.currency), language, cash=True)
        sheet.text(x + 30, note, 7.5, at_right=True, bold=True)
        sheet.text(x + 33, f"× {number_text(pieces, language)}", 7.5)
        sheet.text(x + width, worth, 7.5, at_right=True)
        sheet.down(_SMALL_ROW)
    sheet.down(1.5)
    sheet.rule(x, width)
    sheet.down(3)
    total = "–" if line.counted is None else money_text(line.counted, language, cash=True)
    sheet.text(x + width, total, 8.5, bold=True, at_right=True)
    sheet.down(_SMALL_ROW)


def _end(sheet: PrintedSheet, report: ShiftReport, tr: JoinedTranslator) -> None:
    """The running total, the number as a bar code, and signature lines."""
    sheet.rule(strong=True)
    sheet.down(8)
    sheet.text(LEFT, tr(RUNNING), 10, bold=True, width=CONTENT * 0.6)
    assert report.grand_total is not None, "only a Z is a sheet, and a Z has all its figures"
    sheet.text(RIGHT, money_text(report.grand_total, tr.language), 12, bold=True, at_right=True)
    sheet.down(15)
    sheet.text(LEFT, " · ".join(tr.apart(NEVER_SET_BACK)), 7, muted=True, width=CONTENT)
    if fiscal := [f"{name}: {count}" for name, count in fiscal_counts(report.fiscal, tr)]:
        sheet.down(11)
        sheet.text(LEFT, " · ".join(fiscal), 7.5, width=CONTENT)
    names = [(tr("Counted by"), tr.person(report.closed_by or ""))]
    if report.approved_by is not None:
        names.append((tr("Approved by"), tr.person(report.approved_by)))
    names.append((tr("Checked by"), ""))
    sheet.down(46)
    room = CONTENT * (0.62 if len(names) < 3 else 0.72)
    width = (room - 16 * (len(names) - 1)) / len(names)
    for index, (what, who) in enumerate(names):
        x = LEFT + index * (width + 16)
        sheet.rule(x, width)
        named = f"{what}: {who}" if who else what
        sheet.text(x, named, 8, width=width, below=4)
    sheet.barcode(report.z_name or "", RIGHT, height=26)
    sheet.down(16)
    if report.anchor:
        sheet.text(LEFT, f"{tr(SEAL)}: {report.anchor}", 8)
