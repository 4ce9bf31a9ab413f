"""What writes tables to files, in one hand; what a kind needs is loaded when the first of it is written."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from pos.application.tables.table import Table
from pos.application.tables.table_files import CSV, PDF, XLSX, TablesByEnding, WriteTables
from pos.application.text.words import Words
from pos.exports.table_csv import write_csv
from pos.exports.whole_file import writing_bytes


def table_files(pdf: WriteTables, *, training: bool) -> TablesByEnding:
    """The files of tables; `pdf` draws those on paper."""
    return TablesByEnding({XLSX: _xlsx, CSV: write_csv, PDF: pdf}, writing_bytes, training)


def _xlsx(tables: Sequence[Table], stream: BinaryIO, words: Words, stamp: str) -> None:
    from pos.exports.table_xlsx import write_xlsx

    write_xlsx(tables, stream, words, stamp)
