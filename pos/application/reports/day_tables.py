"""The day report as tables for a file: the figures first, then their details."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pos.application.reports.day_act_tables import act_tables
from pos.application.reports.day_figures import FIGURES
from pos.application.reports.day_money_tables import money_tables
from pos.application.reports.day_share_tables import share_tables
from pos.application.reports.report_document import DayDocument, ReportReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_cells import share_of
from pos.application.text.formatting import date_text, long_date_text, time_text
from pos.application.text.words import Words
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
    columns = [
        Column(words("Figure")),
        Column(words("Quantity"), CellKind.COUNT),
        Column(words("Pieces"), CellKind.COUNT),
        Column(words("Amount"), CellKind.AMOUNT, price),
    ]
    if report.compared is not None and report.compared.whole.count:
        columns += [
            Column(words("Previous quantity"), CellKind.COUNT),
            Column(words("Previous amount"), CellKind.AMOUNT, price),
            Column(words("Variation"), CellKind.SHARE),
        ]
    rows = [row[: len(columns)] for row in _rows(report, words)]
    return Table("figures", words("Figures"), columns, rows, facts(report, reader), reader.settings.zone)


def _rows(report: DayReport, words: Words) -> Iterator[tuple[Cell, ...]]:
    """A row for each known figure: its value, that of the days of comparison, and the change."""
    for figure in FIGURES:
        value, then, change = figure.value(report), figure.compared(report), figure.change(report)
        if figure.is_in_table and value is not None:
            count, _, amount = (None, None, None) if then is None else figure.kind.cells(then)
            changed = None if change is None else share_of(change)
            yield figure.title(words), *figure.kind.cells(value), count, amount, changed
