"""What makes files of reports: tables for people, and the table of a day and of a month for programs."""

from __future__ import annotations

from collections.abc import Callable

from pos.application.reports.day_tables import day_tables
from pos.application.reports.month_tables import month_tables
from pos.application.reports.report_document import DayDocument
from pos.application.reports.report_files import Makers
from pos.application.tables.table_files import PDF, XLSX, TablesByEnding
from pos.exports.day_csv import day_csv
from pos.exports.export_folder import keep_file
from pos.exports.month_csv import month_csv
from pos.exports.whole_file import writing_bytes


def report_makers(tables: TablesByEnding, day_sheet: Callable[[DayDocument], bytes]) -> Makers:
    """All of them; `day_sheet` draws a day on paper."""
    return Makers(
        day={
            "csv": lambda told: day_csv(told.report),
            "xlsx": lambda told: tables.content(day_tables(told), XLSX, told.reader.words),
            "pdf": day_sheet,
        },
        month={
            "csv": lambda told: month_csv(told.report),
            "xlsx": lambda told: tables.content(month_tables(told, wide=True), XLSX, told.reader.words),
            "pdf": lambda told: tables.content(month_tables(told, wide=False), PDF, told.reader.words),
        },
        keep=keep_file,
        whole=writing_bytes,
    )
