"""Tables as a workbook: one sheet each, typed cells, sums as formulas with their value.

A workbook's numbers are doubles, exact to fifteen digits: money below 10^15 minor units is exact, larger amounts are
written as text. Only here an amount becomes a double, and it is never calculated with.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from tempfile import TemporaryDirectory
from typing import Any, BinaryIO

from xlsxwriter import Workbook
from xlsxwriter.exceptions import XlsxWriterException
from xlsxwriter.utility import xl_range_abs, xl_rowcol_to_cell

from pos.application.tables.table import Cell, CellKind, Column, Table
from pos.application.tables.table_files import XLSX, TooManyRows
from pos.application.tables.table_text import (
    Sum,
    TableSums,
    checked,
    column_title,
    currency_title,
    has_currencies,
    is_number,
)
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.exports.xlsx_sheet import LONGEST_TEXT, SheetNames, Widths, safe_cell
from pos.exports.xlsx_styles import Styles

MOST_ROWS = 1_048_576
"""Rows of a sheet, including those above and below the table."""

_EXACT = 10**15
_FIRST_DAY = date(1900, 3, 1)
"""Spreadsheets disagree about earlier days: one of them has a 29 February 1900."""

_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 # of no zone, as the library wants it
"""The creation time in a workbook: equal tables give equal files, which an export folder can detect."""

_FEW_COLUMNS = 6
_MOST_BARS = 60
_MOST_UPRIGHT = 32


def write_xlsx(tables: Sequence[Table], stream: BinaryIO, tr: Translator, stamp: str = "") -> None:
    """Write one sheet per table, in constant memory; `stamp` is above each of them.

    Raises TooManyRows.
    """
    with _workbook(stream) as book:
        names, styles = SheetNames(), Styles(book, tr.language)
        for table in tables:
            sheet = book.add_worksheet(names.of(table.title or table.key))
            _TableSheet(book, sheet, table, tr, styles).write(stamp)


@contextmanager
def _workbook(stream: BinaryIO) -> Iterator[Any]:
    with TemporaryDirectory(prefix="border-pos-") as folder:
        options = {
            "constant_memory": True,
            "tmpdir": folder,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
        }
        book = Workbook(stream, options)
        book.set_properties({"created": _NO_TIME})
        try:
            yield book
        except BaseException:
            with suppress(XlsxWriterException, OSError):
                book.close()  # releases its files; the content is discarded
            raise
        try:
            book.close()
        except XlsxWriterException as error:
            raise OSError(0, str(error)) from error


@dataclass(frozen=True, slots=True)
class _ColumnPosition:
    """The columns of the sheet that belong to a table column."""

    at: int
    column: Column

    @property
    def currency_at(self) -> int:
        return self.at + 1


class _TableSheet:
    """One table on its sheet, written from top to bottom."""

    def __init__(self, book: Any, sheet: Any, table: Table, tr: Translator, styles: Styles) -> None:
        self._book, self._sheet, self._table = book, sheet, table
        self._translator, self._styles = tr, styles
        self._positions: list[_ColumnPosition] = []
        at = 0
        for column in table.columns:
            self._positions.append(_ColumnPosition(at, column))
            at += 2 if has_currencies(column) else 1
        self._wide = at
        self._widths = Widths(at)
        self._row = 0
        self._goes_below_zero = False

    def write(self, stamp: str) -> None:
        """Write heading, titles, rows, sums and chart."""
        self._head(stamp)
        header = self._row
        self._names()
        sums, too_long = TableSums(self._table.columns), False
        for row in self._table.rows:
            if self._row >= MOST_ROWS - 10:
                raise TooManyRows(MOST_ROWS - 10 - header, XLSX)
            sums.add(row)
            too_long |= self._cells(row)
        first, last = header + 1, self._row - 1
        if last >= first:
            self._sums(sums, first, last, as_formulas=not too_long)
            self._sheet.autofilter(header, 0, last, self._wide - 1)
        self._frame(header)
        if self._table.bars is not None and last >= first:
            self._chart(header, first, min(last, first + _MOST_BARS - 1))

    def _head(self, stamp: str) -> None:
        for text, style in ((stamp, self._styles.stamp), (self._table.title, self._styles.title)):
            if text:
                self._sheet.write_string(self._row, 0, safe_cell(text), style)
                self._row += 1
        for name, value in self._table.properties:
            self._sheet.write_string(self._row, 0, safe_cell(name), self._styles.property_style)
            self._widths.of_text(0, name)
            self._sheet.write_string(self._row, 1, safe_cell(value), self._styles.left)
            self._row += 1
        self._row += 1

    def _names(self) -> None:
        for position in self._positions:
            figures = position.column.kind is CellKind.FIGURE
            title = column_title(position.column) if figures else position.column.name
            self._name(
                position.at, title, self._styles.number_name if is_number(position.column) else self._styles.name
            )
            if has_currencies(position.column):
                self._name(
                    position.currency_at, currency_title(position.column, self._translator), self._styles.currency_name
                )
        self._row += 1

    def _name(self, at: int, name: str, style: object) -> None:
        self._sheet.write_string(self._row, at, safe_cell(name), style)
        self._widths.of_name(at, name)

    def _cells(self, row: Sequence[Cell]) -> bool:
        """Write a row; returns whether an amount in it has more digits than a number of a sheet."""
        too_long = False
        for position, cell in zip(self._positions, row, strict=True):
            if cell is None or cell == "":
                continue
            too_long |= self._cell(position, checked(position.column, cell))
        self._row += 1
        return too_long

    def _cell(self, position: _ColumnPosition, cell: Cell) -> bool:
        row, at, style = self._row, position.at, self._styles.of(position.column, cell)
        match cell:
            case Money() if has_currencies(position.column):
                self._text(row, position.currency_at, cell.currency.code, self._styles.currency)
        match cell:
            case str():
                self._text(row, at, cell)
            case Money() | Decimal() | int() if is_exact(cell):
                number = as_number(cell)
                self._goes_below_zero |= number < 0
                self._sheet.write_number(row, at, number, style)
                self._widths.of_text(at, self._styles.shown(position.column, cell))
            case datetime():
                local = cell.astimezone(self._table.zone).replace(tzinfo=None)
                self._day(row, at, local, local.isoformat(" ", "seconds"), style)
            case date():
                self._day(row, at, cell, cell.isoformat(), style)
            case _:
                self._text(row, at, str(cell), self._styles.at_right)
                return True
        return False

    def _text(self, row: int, at: int, text: str, style: object = None) -> None:
        safe = safe_cell(text)
        self._sheet.write_string(row, at, safe, style or self._styles.text)
        self._widths.of_text(at, safe[:LONGEST_TEXT])

    def _day(self, row: int, at: int, moment: date, text: str, style: object) -> None:
        day = moment.date() if isinstance(moment, datetime) else moment
        if day < _FIRST_DAY:
            self._text(row, at, text, self._styles.at_right)
            return
        self._sheet.write_datetime(row, at, moment, style)
        self._widths.of_text(at, text)

    def _sums(self, sums: TableSums, first: int, last: int, *, as_formulas: bool) -> None:
        lines = sums.lines()
        label = next((position.at for position in self._positions if not position.column.is_summed), None)
        for number, line in enumerate(lines):
            if label is not None:
                text = self._translator("Total") if number == 0 else ""
                self._sheet.write_string(self._row, label, text, self._styles.sum_name)
            for position in self._positions:
                if position.column.is_summed and (total := line.get(self._positions.index(position))) is not None:
                    self._sum(position, total, (first, last), as_formula=as_formulas)
            self._row += 1

    def _sum(self, position: _ColumnPosition, total: Sum, rows: tuple[int, int], *, as_formula: bool) -> None:
        cells = xl_range_abs(rows[0], position.at, rows[1], position.at)
        own = has_currencies(position.column)
        if own and isinstance(total, Money):
            self._sheet.write_string(self._row, position.currency_at, total.currency.code, self._styles.sum_currency)
        style = self._styles.of(position.column, total, is_sum=True)
        if not (as_formula and is_exact(total)):
            self._sheet.write_string(self._row, position.at, str(total), self._styles.sum_text)
            return
        formula = f"=SUM({cells})"
        if own:
            codes = xl_range_abs(rows[0], position.currency_at, rows[1], position.currency_at)
            formula = f"=SUMIF({codes},{xl_rowcol_to_cell(self._row, position.currency_at)},{cells})"
        self._sheet.write_formula(self._row, position.at, formula, style, as_number(total))
        self._widths.of_text(position.at, self._styles.shown(position.column, total))

    def _frame(self, header: int) -> None:
        sheet = self._sheet
        sheet.freeze_panes(header + 1, 1 if self._wide > _FEW_COLUMNS else 0)
        for at, width in enumerate(self._widths.in_digits()):
            sheet.set_column(at, at, width)
        sheet.set_paper(9)  # A4
        sheet.repeat_rows(header)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&L&A&R&P / &N")
        if self._wide > _FEW_COLUMNS:
            sheet.set_landscape()

    def _chart(self, header: int, first: int, last: int) -> None:
        bars = self._table.bars
        assert bars is not None
        names, lengths = self._positions[bars.names], self._positions[bars.lengths]
        is_long = last - first >= _MOST_UPRIGHT
        chart = self._book.add_chart({"type": "bar" if is_long else "column"})
        chart.add_series(
            {
                "name": [self._sheet.name, header, lengths.at],
                "categories": [self._sheet.name, first, names.at, last, names.at],
                "values": [self._sheet.name, first, lengths.at, last, lengths.at],
                "fill": {"color": "#2F6FAB"},
                "gap": 60,
            }
        )
        chart.set_title({"name": self._table.title, "name_font": {"size": 12}})
        chart.set_legend({"none": True})
        chart.set_x_axis({"reverse": is_long})
        chart.set_y_axis({} if self._goes_below_zero else {"min": 0})
        chart.set_size({"width": 640, "height": max(320, 18 * (last - first))})
        self._sheet.insert_chart(header, self._wide + 1, chart)


def is_exact(cell: Sum) -> bool:
    """Whether a number of a sheet holds every digit."""
    if isinstance(cell, Money):
        return abs(cell.minor) < _EXACT
    if isinstance(cell, int):
        return abs(cell) < _EXACT
    return cell.is_finite() and len(cell.normalize().as_tuple().digits) <= len(str(_EXACT)) - 1


def as_number(cell: Sum) -> float:
    """The number of a sheet for a cell."""
    return float(Decimal(str(cell)) if isinstance(cell, Money) else cell)
