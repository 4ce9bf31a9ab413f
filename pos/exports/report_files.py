"""Writers of report files: tables for people, and the day and month tables for programs."""

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
from pos.exports.stamped import stamping
from pos.exports.whole_file import writing_bytes


def report_makers(
    tables: TablesByEnding, day_sheet: Callable[[DayDocument], bytes], stamp: Callable[[], str] = str
) -> Makers:
    """All report writers; `day_sheet` draws the day report on paper, `stamp` marks the tables of a training."""
    day_table, month_table = stamping(day_csv, stamp), stamping(month_csv, stamp)
    return Makers(
        day={
            "csv": lambda document: day_table(document.report),
            "xlsx": lambda document: tables.content(day_tables(document), XLSX, document.reader.translator),
            "pdf": day_sheet,
        },
        month={
            "csv": lambda document: month_table(document.report),
            "xlsx": lambda document: tables.content(
                month_tables(document, wide=True), XLSX, document.reader.translator
            ),
            "pdf": lambda document: tables.content(month_tables(document, wide=False), PDF, document.reader.translator),
        },
        keep=keep_file,
        whole=writing_bytes,
    )
