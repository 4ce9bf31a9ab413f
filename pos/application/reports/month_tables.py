"""The accountant's month as tables for a file: state and sums, one row a Z, the check, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from pos.application.reports.day_event_tables import differences_text
from pos.application.reports.day_money_tables import deposits_table, providers_table, tax_table
from pos.application.reports.month_columns import MoneyColumns
from pos.application.reports.month_json import CLOSED, NOT_CLOSED, state_of
from pos.application.reports.report_document import MonthDocument, ReportReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.text.border_words import currency_word
from pos.application.text.formatting import month_text, weekday_text
from pos.application.text.names import METHODS, name_of
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.domain.reports.month_report import Crossing, MonthReport, MonthZ, Takings
from pos.domain.shifts.shift_report import PaymentSum


def month_tables(document: MonthDocument, *, wide: bool) -> tuple[Table, ...]:
    """All tables in the reader's language. `wide` puts tax, payments and differences of each Z in columns, for a
    workbook; otherwise rows fit a page, come last, and the money is in sums.
    """
    report, reader = document.report, document.reader
    tr = reader.translator
    zs = _zs(report, reader, wide=wide)
    sums = [
        tax_table(report.tax, report.currency.code, tr),
        _payments(report, tr),
        providers_table(report.providers, tr),
        deposits_table(report.deposits, report.currency.code, tr),
        _check(report, tr),
        _open(report, reader),
        _days(report, tr),
    ]
    rest = [zs, *sums] if wide else [*sums, zs]
    return (_figures(report, reader), *(table for table in rest if table.rows or table is zs))


def state_text(report: MonthReport, tr: Translator) -> str:
    """Whether entries can still be added, and the tills with an open shift."""
    state = state_of(report)
    if state == CLOSED:
        return tr("Closed: final")
    tills = listed(tr, (one.till for one in report.open))
    if state == NOT_CLOSED:
        return tr("Not closed: shifts are open at {tills}", tills=tills)
    return tr("Not closed: the month is not over")


def check_text(report: MonthReport, tr: Translator) -> str:
    """Whether the sum of the Zs equals the sales."""
    if report.missing_zs:
        return tr("Missing Z reports: {zs}", zs=listed(tr, report.missing_zs))
    if report.agrees:
        return tr("Z reports match the sales")
    return tr("Z reports do not match the sales: see the check")


def _figures(report: MonthReport, reader: ReportReader) -> Table:
    tr, whole = reader.translator, report.takings
    columns = (
        Column(tr("Figure")), Column(tr("Receipts"), CellKind.COUNT), Column(tr("Pieces"), CellKind.COUNT),
        Column(tr("Amount"), CellKind.AMOUNT, report.currency.code),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [
        (tr("Sales"), whole.sales.count, whole.sales.pieces, whole.sales.amount),
        (tr("Returned goods"), whole.returns.count, whole.returns.pieces, whole.returns.amount),
        (tr("Net sales"), None, None, whole.net),
        (tr("Discounts"), None, None, whole.discounts),
        (tr("Rounding"), None, None, whole.rounding),
    ]
    properties = [
        (tr("Shop"), reader.settings.shop_name),
        (tr("Month"), month_text(report.first, tr.language)),
        (tr("State"), state_text(report, tr)),
        (tr("Check"), check_text(report, tr)),
        (tr("Difference"), differences_text(report.differences, tr)),
    ]
    return Table("figures", tr("Monthly report for accounting"), columns, rows, properties, reader.settings.zone)


def _zs(report: MonthReport, reader: ReportReader, *, wide: bool) -> Table:
    tr, price = reader.translator, report.currency.code
    more = MoneyColumns.of(report) if wide else MoneyColumns.none()

    def amount(name: str) -> Column:
        return Column(name, CellKind.AMOUNT, price, is_summed=True)

    columns = [
        Column("Z"), Column(tr("Closed"), CellKind.INSTANT), Column(tr("Cashier")),
        Column(tr("Receipts"), CellKind.COUNT, is_summed=True), amount(tr("Sales")),
        amount(tr("Returned goods")), amount(tr("Net")), amount(tr("Rounding")),
    ]  # fmt: skip
    if wide:
        columns += [
            amount(tr("Discounts")), Column(tr("Pieces"), CellKind.COUNT, is_summed=True), Column(tr("Till")),
            Column(tr("Opened"), CellKind.INSTANT), Column(tr("Closed by")), Column(tr("First receipt")),
            Column(tr("Last receipt")), *more.columns(price, tr),
        ]  # fmt: skip
    else:
        columns.append(Column(tr("Difference")))
    rows = [_row(z, reader, more, wide=wide) for z in report.zs]
    return Table("zs", tr("Z reports of the month"), columns, rows, zone=reader.settings.zone)


def _row(z: MonthZ, reader: ReportReader, more: MoneyColumns, *, wide: bool) -> tuple[Cell, ...]:
    sold = z.takings
    row: tuple[Cell, ...] = (
        z.name, z.closed_at, reader.person(z.cashier), sold.sales.count, sold.sales.amount, sold.returns.amount,
        sold.net, sold.rounding,
    )  # fmt: skip
    if not wide:
        return (*row, differences_text(z.differences, reader.translator))
    first, last = z.receipts or (None, None)
    values = (sold.discounts, sold.sales.pieces, z.till, z.opened_at, reader.person(z.closed_by), first, last)
    return (*row, *values, *more.cells(z))


def _payments(report: MonthReport, tr: Translator) -> Table:
    """Payments by method. The sum of the values is sales less returns, with the rounding."""
    columns = (
        Column(tr("Payments")), Column(tr("Currency")), Column(tr("Amount"), CellKind.AMOUNT),
        Column(tr("Value"), CellKind.AMOUNT, report.currency.code, is_summed=True),
    )  # fmt: skip
    rows = [*_ways("", report.payments, 1, tr), *_ways(tr("Change"), report.change, -1, tr)]
    rows += _ways(tr("Refunded"), report.refunds, -1, tr)
    return Table("payments", tr("Payments"), columns, rows)


def _ways(back: str, sums: tuple[PaymentSum, ...], sign: int, tr: Translator) -> list[tuple[Cell, ...]]:
    """One row a method; change has no method, it is always cash."""
    rows: list[tuple[Cell, ...]] = []
    for one in sums:
        method = "" if back == tr("Change") else name_of(METHODS, one.method, tr)
        name = " · ".join(part for part in (back, method) if part)
        rows.append((name, currency_word(one.amount.currency, tr), one.amount * sign,
                     one.value * sign))  # fmt: skip
    return rows


def _check(report: MonthReport, tr: Translator) -> Table:
    """Reconciliation from the sales of the month's days to the sum of its Zs, with the unexplained rest."""
    price = report.currency.code
    columns = (
        Column(tr("Check")), Column("Z"),
        *(Column(name, CellKind.AMOUNT, price) for name in (tr("Sales"), tr("Returned goods"),
                                                         tr("Net"), tr("Rounding"))),
    )  # fmt: skip
    rows = [
        _checked(tr("Sales by calendar day"), "", report.of_days),
        *_crossed(tr("+ in these Z reports, sold in another month"), report.of_other_days, 1, report, tr),
        *_crossed(tr("− sold this month, in other Z reports"), report.in_other_zs, -1, report, tr),
        _checked(tr("Total of Z reports"), "", report.takings),
        _checked(tr("Unexplained"), "", report.unexplained),
    ]
    return Table("check", tr("Check"), columns, rows)


def _crossed(
    name: str, crossings: tuple[Crossing, ...], sign: int, report: MonthReport, tr: Translator
) -> Iterator[tuple[Cell, ...]]:
    nothing = Takings.none(report.currency)
    for one in crossings:
        z = one.name or f"{one.till} · {tr('still open')}"
        yield _checked(name, z, nothing.plus(one.takings, sign))


def _checked(name: str, z: str, takings: Takings) -> tuple[Cell, ...]:
    return name, z, takings.sales.amount, takings.returns.amount, takings.net, takings.rounding


def _open(report: MonthReport, reader: ReportReader) -> Table:
    tr = reader.translator
    columns = (Column(tr("Till")), Column(tr("Shift"), CellKind.COUNT), Column(tr("Cashier")),
               Column(tr("Opened"), CellKind.INSTANT))  # fmt: skip
    rows = [(one.till, one.number, " · ".join(map(reader.person, one.people)), one.opened_at) for one in report.open]
    return Table("open-shifts", tr("Open shifts"), columns, rows, zone=reader.settings.zone)


def _days(report: MonthReport, tr: Translator) -> Table:
    columns = (
        Column(tr("Date"), CellKind.DAY), Column(tr("Weekday")), Column(tr("Receipts"), CellKind.COUNT),
        Column(tr("Net"), CellKind.AMOUNT, report.currency.code),
    )  # fmt: skip
    rows = [(one.day, weekday_text(one.day, tr.language), one.takings.sales.count, one.takings.net)
            for one in report.days_without_z]  # fmt: skip
    return Table("days-without-z", tr("Days without a Z report"), columns, rows)
