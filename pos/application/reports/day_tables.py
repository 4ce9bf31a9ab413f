"""The day report as tables for a file: the figures first, then their details."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from fractions import Fraction

from pos.application.reports.day_act_tables import act_tables
from pos.application.reports.day_money_tables import money_tables
from pos.application.reports.day_share_tables import share_tables
from pos.application.reports.report_document import DayDocument, ReportReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_cells import share_of
from pos.application.text.formatting import date_text, long_date_text, time_text
from pos.application.text.words import Words
from pos.domain.money import Money
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.trade_figures import Compared


def day_tables(document: DayDocument) -> tuple[Table, ...]:
    """All tables in the reader's language; a table without rows is left out, except the figures."""
    report, reader = document.report, document.reader
    parts: tuple[Callable[[DayDocument], Iterator[Table]], ...] = (money_tables, share_tables, act_tables)
    rest = (table for part in parts for table in part(document))
    return (_figures(report, reader), *(table for table in rest if table.rows))


def days_text(report: DayReport, words: Words) -> str:
    """The period: Tuesday 24 November 2026, or from one date to another."""
    if report.first == report.last:
        return long_date_text(report.first, words.language)
    return f"{date_text(report.first, words.language)} – {date_text(report.last, words.language)}"


def compared_days_text(compared: Compared | None, words: Words) -> str:
    """The period of comparison, or that there is none."""
    if compared is None or not compared.whole.count:
        return words("no comparison")
    days = date_text(compared.first, words.language)
    if compared.last != compared.first:
        days = f"{days} – {date_text(compared.last, words.language)}"
    if compared.until is None:
        return days
    return words("{days} to {time}", days=days, time=time_text(compared.until))


def facts(report: DayReport, reader: ReportReader) -> tuple[tuple[str, str], ...]:
    """The head of the report: shop, period, till, person and period of comparison."""
    words = reader.words
    return (
        (words("Shop"), reader.settings.shop_name),
        (words("Days"), days_text(report, words)),
        (words("Till"), report.till or words("All tills")),
        (words("Person"), words("All staff") if report.person is None else reader.person(report.person)),
        (words("Compared with"), compared_days_text(report.compared, words)),
    )


def _figures(report: DayReport, reader: ReportReader) -> Table:
    words, price = reader.words, report.currency.code
    then = report.compared if report.compared is not None and report.compared.whole.count else None
    columns = [
        Column(words("Figure")),
        Column(words("Quantity"), CellKind.COUNT),
        Column(words("Pieces"), CellKind.COUNT),
        Column(words("Amount"), CellKind.AMOUNT, price),
    ]
    if then is not None:
        columns += [
            Column(words("Previous quantity"), CellKind.COUNT),
            Column(words("Previous amount"), CellKind.AMOUNT, price),
            Column(words("Variation"), CellKind.SHARE),
        ]
    rows = [_padded(row, len(columns)) for row in (*_turned(report, then, words), *_others(report, words))]
    return Table("figures", words("Figures"), columns, rows, facts(report, reader), reader.settings.zone)


def _padded(row: Sequence[Cell], columns: int) -> tuple[Cell, ...]:
    return (*row, *[None] * columns)[:columns]


def _turned(report: DayReport, then: Compared | None, words: Words) -> Iterator[tuple[Cell, ...]]:
    """The figures with a value of the earlier period."""
    sales, before = report.sales, None if then is None else then.sales
    was = None if before is None else before.amount
    count = None if before is None else before.count
    yield words("Sales"), sales.count, sales.pieces, sales.amount, count, was, _change(sales.amount, was)
    average = None if before is None else before.average
    changed = _change(sales.average, average)
    yield words("Average basket"), None, None, sales.average, None, average, changed


def _others(report: DayReport, words: Words) -> Iterator[tuple[Cell, ...]]:
    back, blind = report.returns, report.without_receipt
    yield words("Returned goods"), back.count, back.pieces, back.amount
    if blind is not None:
        yield words("Of these, without receipt"), blind.count, blind.pieces, blind.amount
    yield words("Net sales"), None, None, report.sales.amount - back.amount
    yield words("Discounts"), None, None, report.discounts
    yield words("Rounding"), None, None, report.rounding
    yield words.within("visitors of receipts", "Visits"), sum(count for _, count in report.visitors)
    margin = report.margin
    if margin is not None:
        yield words("Revenue before tax"), None, None, margin.turnover
        yield words("With a known cost"), None, None, margin.known
        yield words("Cost of goods"), None, None, margin.cost
        yield words("Margin"), None, None, margin.amount
    yield words("Removed lines"), len(report.details.voids)
    yield words("Drawer opened without a sale"), len(report.details.openings)
    yield words("Approvals"), report.approvals


def _change(now: Money, then: Money | None) -> Cell:
    if then is None or then.minor <= 0:
        return None
    return share_of(Fraction(now.minor - then.minor, then.minor))
