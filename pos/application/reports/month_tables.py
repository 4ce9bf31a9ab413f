"""The accountant's month as tables for a file: state and sums, one row a Z, the check, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from pos.application.reports.day_act_tables import differences_text
from pos.application.reports.day_money_tables import tax_table
from pos.application.reports.month_columns import MoneyColumns
from pos.application.reports.month_json import CLOSED, NOT_CLOSED, state_of
from pos.application.reports.report_document import MonthDocument, ReportReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.formatting import month_text, weekday_text
from pos.application.text.names import CURRENCY_NAMES, METHODS, name_of
from pos.application.text.typography import listed
from pos.application.text.words import Words
from pos.domain.reports.month_report import Crossing, MonthReport, MonthZ, Takings
from pos.domain.shifts.shift_report import PaymentSum


def month_tables(document: MonthDocument, *, wide: bool) -> tuple[Table, ...]:
    """All tables in the reader's language. `wide` puts tax, payments and differences of each Z in columns, for a
    workbook; otherwise rows fit a page, come last, and the money is in sums.
    """
    report, reader = document.report, document.reader
    words = reader.words
    zs = _zs(report, reader, wide=wide)
    sums = [
        tax_table(report.tax, report.currency.code, words),
        _payments(report, words),
        _check(report, words),
        _open(report, reader),
        _days(report, words),
    ]
    rest = [zs, *sums] if wide else [*sums, zs]
    return (_figures(report, reader), *(table for table in rest if table.rows or table is zs))


def state_text(report: MonthReport, words: Words) -> str:
    """Whether entries can still be added, and the tills with an open shift."""
    state = state_of(report)
    if state == CLOSED:
        return words("Closed: final")
    tills = listed(words, (one.till for one in report.open))
    if state == NOT_CLOSED:
        return words("Not closed: shifts are open at {tills}", tills=tills)
    return words("Not closed: the month is not over")


def check_text(report: MonthReport, words: Words) -> str:
    """Whether the sum of the Zs equals the sales."""
    if report.missing_zs:
        return words("Missing Z reports: {zs}", zs=listed(words, report.missing_zs))
    if report.agrees:
        return words("Z reports match the sales")
    return words("Z reports do not match the sales: see the check")


def _figures(report: MonthReport, reader: ReportReader) -> Table:
    words, whole = reader.words, report.takings
    columns = (
        Column(words("Figure")), Column(words("Receipts"), CellKind.COUNT), Column(words("Pieces"), CellKind.COUNT),
        Column(words("Amount"), CellKind.AMOUNT, report.currency.code),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (words("Sales"), whole.sales.count, whole.sales.pieces, whole.sales.amount),
        (words("Returned goods"), whole.returns.count, whole.returns.pieces, whole.returns.amount),
        (words("Net sales"), None, None, whole.net),
        (words("Discounts"), None, None, whole.discounts),
        (words("Rounding"), None, None, whole.rounding),
    ]
    facts = [
        (words("Shop"), reader.settings.shop_name),
        (words("Month"), month_text(report.first, words.language)),
        (words("State"), state_text(report, words)),
        (words("Check"), check_text(report, words)),
        (words("Difference"), differences_text(report.differences, words)),
    ]
    return Table("figures", words("Monthly report for accounting"), columns, rows, facts, reader.settings.zone)


def _zs(report: MonthReport, reader: ReportReader, *, wide: bool) -> Table:
    words, price = reader.words, report.currency.code
    more = MoneyColumns.of(report) if wide else MoneyColumns.none()

    def amount(name: str) -> Column:
        return Column(name, CellKind.AMOUNT, price, is_summed=True)

    columns = [
        Column("Z"), Column(words("Closed"), CellKind.INSTANT), Column(words("Cashier")),
        Column(words("Receipts"), CellKind.COUNT, is_summed=True), amount(words("Sales")),
        amount(words("Returned goods")), amount(words("Net")), amount(words("Rounding")),
    ]  # fmt: skip
    if wide:
        columns += [
            amount(words("Discounts")), Column(words("Pieces"), CellKind.COUNT, is_summed=True), Column(words("Till")),
            Column(words("Opened"), CellKind.INSTANT), Column(words("Closed by")), Column(words("First receipt")),
            Column(words("Last receipt")), *more.columns(price, words),
        ]  # fmt: skip
    else:
        columns.append(Column(words("Difference")))
    rows = [_row(z, reader, more, wide=wide) for z in report.zs]
    return Table("zs", words("Z reports of the month"), columns, rows, zone=reader.settings.zone)


def _row(z: MonthZ, reader: ReportReader, more: MoneyColumns, *, wide: bool) -> tuple[Cell, ...]:
    sold = z.takings
    row: tuple[Cell, ...] = (
        z.name, z.closed_at, reader.person(z.cashier), sold.sales.count, sold.sales.amount, sold.returns.amount,
        sold.net, sold.rounding,
    )  # fmt: skip
    if not wide:
        return (*row, differences_text(z.differences, reader.words))
    first, last = z.receipts or (None, None)
    values = (sold.discounts, sold.sales.pieces, z.till, z.opened_at, reader.person(z.closed_by), first, last)
    return (*row, *values, *more.cells(z))


def _payments(report: MonthReport, words: Words) -> Table:
    """Payments by method. The sum of the values is sales less returns, with the rounding."""
    columns = (
        Column(words("Payments")), Column(words("Currency")), Column(words("Amount"), CellKind.AMOUNT),
        Column(words("Value"), CellKind.AMOUNT, report.currency.code, is_summed=True),
    )  # fmt: skip
    rows = [*_ways("", report.payments, 1, words), *_ways(words("Change"), report.change, -1, words)]
    rows += _ways(words("Refunded"), report.refunds, -1, words)
    return Table("payments", words("Payments"), columns, rows)


def _ways(back: str, sums: tuple[PaymentSum, ...], sign: int, words: Words) -> list[tuple[Cell, ...]]:
    """One row a method; change has no method, it is always cash."""
    rows: list[tuple[Cell, ...]] = []
    for one in sums:
        method = "" if back == words("Change") else name_of(METHODS, one.method, words)
        name = " · ".join(part for part in (back, method) if part)
        rows.append((name, name_of(CURRENCY_NAMES, one.amount.currency.code, words), one.amount * sign,
                     one.value * sign))  # fmt: skip
    return rows


def _check(report: MonthReport, words: Words) -> Table:
    """Reconciliation from the sales of the month's days to the sum of its Zs, with the unexplained rest."""
    price = report.currency.code
    columns = (
        Column(words("Check")), Column("Z"),
        *(Column(name, CellKind.AMOUNT, price) for name in (words("Sales"), words("Returned goods"),
                                                         words("Net"), words("Rounding"))),
    )  # fmt: skip
    rows = [
        _checked(words("Sales by calendar day"), "", report.of_days),
        *_crossed(words("+ in these Z reports, sold in another month"), report.of_other_days, 1, report, words),
        *_crossed(words("− sold this month, in other Z reports"), report.in_other_zs, -1, report, words),
        _checked(words("Total of Z reports"), "", report.takings),
        _checked(words("Unexplained"), "", report.unexplained),
    ]
    return Table("check", words("Check"), columns, rows)


def _crossed(
    name: str, crossings: tuple[Crossing, ...], sign: int, report: MonthReport, words: Words
) -> Iterator[tuple[Cell, ...]]:
    nothing = Takings.none(report.currency)
    for one in crossings:
        z = one.name or f"{one.till} · {words('still open')}"
        yield _checked(name, z, nothing.plus(one.takings, sign))


def _checked(name: str, z: str, takings: Takings) -> tuple[Cell, ...]:
    return name, z, takings.sales.amount, takings.returns.amount, takings.net, takings.rounding


def _open(report: MonthReport, reader: ReportReader) -> Table:
    words = reader.words
    columns = (Column(words("Till")), Column(words("Shift"), CellKind.COUNT), Column(words("Cashier")),
               Column(words("Opened"), CellKind.INSTANT))  # fmt: skip
    rows = [(one.till, one.number, reader.person(one.cashier), one.opened_at) for one in report.open]
    return Table("open-shifts", words("Open shifts"), columns, rows, zone=reader.settings.zone)


def _days(report: MonthReport, words: Words) -> Table:
    columns = (
        Column(words("Date"), CellKind.DAY), Column(words("Weekday")), Column(words("Receipts"), CellKind.COUNT),
        Column(words("Net"), CellKind.AMOUNT, report.currency.code),
    )  # fmt: skip
    rows = [(one.day, weekday_text(one.day, words.language), one.takings.sales.count, one.takings.net)
            for one in report.days_without_z]  # fmt: skip
    return Table("days-without-z", words("Days without a Z report"), columns, rows)
