"""Read workbooks as tables: row by row, cells as displayed, without evaluating formulas."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from pos.application.catalogue.catalogue_columns import is_code_column
from pos.application.tables.raw_table import RawRow, RawTable
from pos.application.text.file_names import file_name_of
from pos.application.text.number_parsing import PlainNumber
from pos.domain.errors import BadField
from pos.exports.delimited import LONGEST_ROW
from pos.exports.safe_text import unguarded
from pos.exports.xlsx_guard import check_workbook

if TYPE_CHECKING:
    from openpyxl import Workbook

_LAST_ROW = 1_048_576
_WIDEST = 256
_TITLES = 30
"""Rows above the header, where price lists have the firm's name and the date."""

_LONG_NUMBER = 100_000_000_000
_ROUNDED = 100_000
_TROUBLES = (BadZipFile, ParseError, KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError)
"""Exceptions of openpyxl for missing or invalid parts."""


@contextmanager
def reading_workbook(path: Path, sheet: str = "") -> Iterator[tuple[RawTable, Sequence[str]]]:
    """The table of a sheet, by default the first visible one, and the names of the visible sheets. Raises BadField."""
    check_workbook(path)
    with _opened(path) as book:
        visible = [one.title for one in book.worksheets if one.sheet_state == "visible"]
        if not visible:
            raise BadField("FILE", "no_sheet", path.name[:80])
        if sheet and sheet not in visible:
            raise BadField("sheet", "not_one_of", sheet[:40])
        chosen = book[sheet or visible[0]]
        chosen.reset_dimensions()  # the declared size is unreliable
        rows = _rows(chosen.iter_rows(max_row=_LAST_ROW, max_col=_WIDEST), path.name)
        header, rest = _header(rows)
        cells = [cell.strip() for cell in header.cells]
        while cells and not cells[-1]:
            cells.pop()
        yield RawTable(file_name_of(path), cells, rest, sheet=sheet or visible[0]), visible


@contextmanager
def _opened(path: Path) -> Iterator[Workbook]:
    from openpyxl import load_workbook

    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # about unknown styles and extensions
        try:
            book = load_workbook(file, read_only=True, data_only=True, keep_links=False)
        except _TROUBLES as error:
            raise BadField("FILE", "broken_workbook", path.name[:80]) from error
        try:
            yield book
        finally:
            book.close()


def _rows(raw_rows: Iterator[Any], name: str) -> Iterator[RawRow]:
    """Non-empty rows with their numbers in the sheet."""
    number = 0
    blank: object = None  # stands for any number of rows missing in the sheet
    while True:
        number += 1
        try:
            row = next(raw_rows)
        except StopIteration:
            return
        except _TROUBLES as error:
            raise BadField("FILE", "broken_workbook", f"{name[:60]}, row {number}") from error
        if row is blank:
            continue
        cells = [_text(cell) for cell in row]
        while cells and not cells[-1]:
            cells.pop()
        if not cells:
            blank = row
            continue
        if sum(map(len, cells)) > LONGEST_ROW:
            shown = [cell[:1_000] for cell in cells]
            yield RawRow(number, shown, "cell_too_long", f"over {LONGEST_ROW} characters")
        else:
            yield RawRow(number, cells)


def _header(rows: Iterator[RawRow]) -> tuple[RawRow, Iterator[RawRow]]:
    """The first row with a code column among the first rows, else the first row, and the rows below it."""
    first: list[RawRow] = []
    for row in rows:
        if any(is_code_column(cell) for cell in row.cells):
            return row, rows
        first.append(row)
        if len(first) == _TITLES:
            break
    if not first:
        raise BadField("header", "empty")
    return first[0], _joined(first[1:], rows)


def _joined(first: Sequence[RawRow], rest: Iterator[RawRow]) -> Iterator[RawRow]:
    yield from first
    yield from rest


def _text(cell: Any) -> str:
    """The displayed text of a cell; numbers at full precision."""
    value = cell.value
    if value is None:
        return ""
    if isinstance(value, str):
        return unguarded(value) if value.startswith("'") else value
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return _whole(value, cell.number_format)
    if isinstance(value, float):
        return _number(value, cell.number_format)
    return value.isoformat() if isinstance(value, datetime | date | time) else str(value)


def _whole(value: int, shape: str) -> str:
    """A whole number, with the leading zeros of its format.

    A long number that was shortened stays visibly short: 4.87021E+12 is a barcode saved as displayed.
    """
    if abs(value) >= _LONG_NUMBER and value % _ROUNDED == 0:
        return f"{value:.5E}"
    text = str(value)
    is_padded = len(shape) > len(text) and not shape.strip("0") and value >= 0
    return PlainNumber(text.zfill(len(shape)) if is_padded else text)


def _number(value: float, shape: str) -> str:
    """A number with fifteen digits, the precision of a spreadsheet."""
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if value.is_integer() and abs(value) < 1e15:
        return _whole(int(value), shape)
    text = f"{value:.15g}"
    return PlainNumber(text if "e" not in text else f"{value:.15f}".rstrip("0"))
