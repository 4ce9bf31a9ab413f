"""All table file formats; each writer is loaded at its first use."""

from __future__ import annotations

from collections.abc import Sequence
from typing import BinaryIO

from pos.application.tables.table import Table
from pos.application.tables.table_files import CSV, PDF, XLSX, TablesByEnding, WriteTables
from pos.application.text.translator import Translator
from pos.exports.table_csv import write_csv
from pos.exports.whole_file import writing_bytes


def table_files(pdf: WriteTables, *, training: bool) -> TablesByEnding:
    """The table files; `pdf` draws them on paper."""
    return TablesByEnding({XLSX: _xlsx, CSV: write_csv, PDF: pdf}, writing_bytes, training)


def _xlsx(tables: Sequence[Table], stream: BinaryIO, tr: Translator, stamp: str) -> None:
    from pos.exports.table_xlsx import write_xlsx

    write_xlsx(tables, stream, tr, stamp)
