"""A table as CSV: plain numbers, guarded against formulas.

In UTF-8 with a byte order mark: without it Excel assumes the Windows code page, and Chinese and Cyrillic names are
lost; LibreOffice and Python (`utf-8-sig`) know the mark too.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal
from typing import BinaryIO

from pos.application.tables.table import Cell, Column, Table
from pos.application.tables.table_text import checked, column_title, currency_title, has_currencies
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.exports.safe_text import escaped, guarded

ENCODING = "utf-8-sig"


def write_csv(tables: Sequence[Table], stream: BinaryIO, tr: Translator, stamp: str = "") -> None:
    """Write one table: the column titles, then the rows; `stamp` begins each of them, so that none looks real.

    Numbers have a decimal dot and no groups, shares are fractions of 1, days and instants ISO 8601, instants in the
    table's zone with its offset. An amount in a column without a currency is followed by its code.
    """
    [table] = tables
    text = io.TextIOWrapper(stream, ENCODING, newline="", write_through=True)
    try:
        writer = csv.writer(text, lineterminator="\n")
        before = [guarded(escaped(stamp))] if stamp else []
        writer.writerow(before + [guarded(escaped(title)) for title in _titles(table.columns, tr)])
        for row in table.rows:
            cells = zip(table.columns, row, strict=True)
            writer.writerow(before + [said for column, cell in cells for said in _said(column, cell, table.zone)])
    finally:
        text.detach()  # the caller closes the stream


def _titles(columns: Sequence[Column], tr: Translator) -> Iterator[str]:
    for column in columns:
        yield column_title(column)
        if has_currencies(column):
            yield currency_title(column, tr)


def _said(column: Column, cell: Cell, zone: tzinfo) -> tuple[str, ...]:
    if has_currencies(column):
        return (str(cell), cell.currency.code) if isinstance(cell, Money) else ("", "")
    return (_plain(checked(column, cell), zone),)


def _plain(cell: Cell, zone: tzinfo) -> str:
    match cell:
        case None:
            return ""
        case str():
            return guarded(escaped(cell))
        case datetime():
            return cell.astimezone(zone).isoformat()
        case date():
            return cell.isoformat()
        case Decimal():
            return f"{cell:f}"
        case _:
            return str(cell)
