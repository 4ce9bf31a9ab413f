"""The day report as tables for a file: the figures first, then their details."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pos.application.reports.day_event_tables import event_tables
from pos.application.reports.day_figures import FIGURES
from pos.application.reports.day_money_tables import money_tables
from pos.application.reports.day_share_tables import share_tables
from pos.application.reports.report_document import DayDocument, ReportReader
from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_cells import share_of
from pos.application.text.formatting import date_text, long_date_text, time_text
from pos.application.text.translator import Translator
from pos.domain.reports.day_report import DayReport
from pos.domain.reports.trade_figures import Compared


def day_tables(document: DayDocument) -> tuple[Table, ...]:
    """All tables in the reader's language; a table without rows is left out, except the figures."""
    report, reader = document.report, document.reader
    parts: tuple[Callable[[DayDocument], Iterator[Table]], ...] = (money_tables, share_tables, event_tables)
    rest = (table for part in parts for table in part(document))
    return (_figures(report, reader), *(table for table in rest if table.rows))


def days_text(report: DayReport, tr: Translator) -> str:
    """The period: Tuesday 24 November 2026, or from one date to another."""
    if report.first == report.last:
        return long_date_text(report.first, tr.language)
    return f"{date_text(report.first, tr.language)} – {date_text(report.last, tr.language)}"


def compared_days_text(compared: Compared | None, tr: Translator) -> str:
    """The period of comparison, or that there is none."""
    if compared is None or not compared.whole.count:
        return tr("no comparison")
    days = date_text(compared.first, tr.language)
    if compared.last != compared.first:
        days = f"{days} – {date_text(compared.last, tr.language)}"
    if compared.until is None:
        return days
    return tr("{days} to {time}", days=days, time=time_text(compared.until))


def report_properties(report: DayReport, reader: ReportReader) -> tuple[tuple[str, str], ...]:
    """The head of the report: shop, period, till, person and period of comparison."""
    tr = reader.translator
    return (
        (tr("Shop"), reader.settings.shop_name),
        (tr("Days"), days_text(report, tr)),
        (tr("Till"), report.till or tr("All tills")),
        (tr("Person"), tr("All staff") if report.person is None else reader.person(report.person)),
        (tr("Compared with"), compared_days_text(report.compared, tr)),
    )


def _figures(report: DayReport, reader: ReportReader) -> Table:
    tr, price = reader.translator, report.currency.code
    columns = [
        Column(tr("Figure")),
        Column(tr("Quantity"), CellKind.COUNT),
        Column(tr("Pieces"), CellKind.COUNT),
        Column(tr("Amount"), CellKind.AMOUNT, price),
    ]
    if report.compared is not None and report.compared.whole.count:
        columns += [
            Column(tr("Previous quantity"), CellKind.COUNT),
            Column(tr("Previous amount"), CellKind.AMOUNT, price),
            Column(tr("Variation"), CellKind.SHARE),
        ]
    rows = [row[: len(columns)] for row in _rows(report, tr)]
    return Table("figures", tr("Figures"), columns, rows, report_properties(report, reader), reader.settings.zone)


def _rows(report: DayReport, tr: Translator) -> Iterator[tuple[Cell, ...]]:
    """A row for each known figure: its value, that of the days of comparison, and the change."""
    for figure in FIGURES:
        value, then, change = figure.value(report), figure.compared(report), figure.change(report)
        if figure.is_in_table and value is not None:
            count, _, amount = (None, None, None) if then is None else figure.kind.cells(then)
            changed = None if change is None else share_of(change)
            yield figure.title(tr), *figure.kind.cells(value), count, amount, changed
