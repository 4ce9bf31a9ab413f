"""Tables on A4: heading, column titles on every page, sums below, nothing cut off."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import chain, islice
from typing import BinaryIO

from pos.application.tables.table import Cell, Column, Table
from pos.application.tables.table_files import PDF, TooManyRows
from pos.application.tables.table_text import TableSums, cell_text, column_title, is_number
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.printing.drawing.fonts import Fonts
from pos.printing.drawing.printable import printable
from pos.printing.drawing.table_bars import Bar, draw_bars
from pos.printing.drawing.table_layout import GAP, Layout, Measured, laid_out
from pos.printing.drawing.table_pages import SHADE, TablePages
from pos.printing.drawing.wrapping import Measure, wrapped

MOST_ROWS = 50_000
"""Most rows of one table: more than a thousand pages have no reader."""

_LOOKED_AT = 400
"""Rows measured for the column widths; wider cells further below wrap."""

_LONGEST = 300
"""Most characters of a cell; a cut text ends with an ellipsis."""

_LEADING = 1.3
_PAD = 3.0
_HEAD_SIZE = 0.95
_MOST_BARS = 60


def write_pdf(tables: Sequence[Table], stream: BinaryIO, tr: Translator, fonts: Fonts, stamp: str = "") -> None:
    """Write all tables, one below the other; `stamp` is on every page.

    Raises TooManyRows, PrinterError where a font is missing.
    """
    title = printable(tables[0].title) if tables else ""
    foot = " · ".join(dict.fromkeys((title, *(printable(value, 60) for _, value in _properties(tables)[:2]))))
    pages = TablePages(stream, fonts, title, foot, stamp)
    for index, table in enumerate(tables):
        _PrintedTable(pages, table, tr).draw(is_first=index == 0, properties=_new_properties(tables, index))
    pages.finish()


def put_table(pages: TablePages, table: Table, tr: Translator) -> None:
    """Append one table, on a new page if its orientation differs. Raises TooManyRows."""
    _PrintedTable(pages, table, tr).draw(is_first=False, properties=table.properties)


def _properties(tables: Sequence[Table]) -> Sequence[tuple[str, str]]:
    return tables[0].properties if tables else ()


def _new_properties(tables: Sequence[Table], index: int) -> list[tuple[str, str]]:
    """The facts that no previous table has shown."""
    said = set(tables[index - 1].properties) if index else set()
    return [one for one in tables[index].properties if one not in said]


@dataclass(frozen=True, slots=True)
class _Line:
    """The cells of a row in lines; whether it is a sum row, and the first of them."""

    cells: list[list[str]]
    is_sum: bool = False
    is_first: bool = False

    @property
    def lines(self) -> int:
        return max(map(len, self.cells), default=1)


class _PrintedTable:
    """One table, from its title to its sums."""

    def __init__(self, pages: TablePages, table: Table, tr: Translator) -> None:
        self._pages, self._table, self._translator = pages, table, tr
        rows = iter(table.rows)
        self._first = list(islice(rows, _LOOKED_AT))
        self._rows = chain(self._first, rows)
        self._layout = self._laid_out()

    def draw(self, *, is_first: bool, properties: Sequence[tuple[str, str]]) -> None:
        """Append the table, on a new page if the orientation differs or the page is full."""
        pages, layout = self._pages, self._layout
        if is_first or pages.page != layout.page or pages.room < 150:
            pages.new_page(layout.page)
        else:
            pages.y += 22
        self._head(15 if is_first else 12, properties)
        if self._table.bars is not None:
            bars = list(self._bars())
            drawn = draw_bars(pages, bars)
            if drawn < len(bars):
                more = len(bars) - drawn
                pages.text(0, self._translator("… {more} more in the table", more=more), 7, muted=True)
                pages.y += 14
        self._names()
        sums = TableSums(self._table.columns)
        for number, row in enumerate(self._rows):
            if number >= MOST_ROWS:
                raise TooManyRows(MOST_ROWS, PDF)
            sums.add(row)
            self._line(self._texts(row))
        self._sums(sums)

    def _laid_out(self) -> Layout:
        width = self._pages.width_of
        measured = []
        for index, column in enumerate(self._table.columns):
            sums = TableSums([column])
            shown = []
            for row in self._first:
                sums.add([row[index]])
                shown.append(self._text(column, row[index]))
            shown += [self._text(column, cell) for line in sums.lines() for cell in line.values()]
            name = column_title(column)
            named = [word for word in name.split(" ") if word] or [""]
            cells = max((width(text, 1) for text in shown), default=0.0)
            cell_word = max((width(word, 1) for text in shown for word in text.split(" ")), default=0.0)
            name_word = max(width(word, _HEAD_SIZE, bold=True) for word in named)
            whole = width(name, _HEAD_SIZE, bold=True)
            wraps = not _is_whole(column)
            measured.append(Measured.of(cells + 0.1, cell_word, whole, name_word + 0.1, wraps=wraps))
        return laid_out(measured)

    def _text(self, column: Column, cell: Cell) -> str:
        return printable(cell_text(column, cell, self._translator, self._table.zone), _LONGEST)

    def _head(self, size: float, properties: Sequence[tuple[str, str]]) -> None:
        pages = self._pages
        for line in wrapped(printable(self._table.title), pages.width, self._measure(size, bold=True)):
            pages.text(0, line, size, bold=True)
            pages.y += size * _LEADING
        pages.y += 3
        in_row = 4 if pages.width > 600 else 3
        for first in range(0, len(properties), in_row):
            self._draw_properties(properties[first : first + in_row], pages.width / in_row)
        pages.y += 4

    def _draw_properties(self, properties: Sequence[tuple[str, str]], step: float) -> None:
        room, most = step - 10, 1
        for index, (name, value) in enumerate(properties):
            self._pages.text(index * step, printable(name), 7, muted=True, width=room)
            lines = wrapped(printable(value, _LONGEST), room, self._measure(9))
            for number, line in enumerate(lines):
                self._pages.text(index * step, line, 9, below=10 + number * 11)
            most = max(most, len(lines))
        self._pages.y += 14 + 11 * most

    def _bars(self) -> Iterator[Bar]:
        bars = self._table.bars
        assert bars is not None
        names, lengths = self._table.columns[bars.names], self._table.columns[bars.lengths]
        for row in self._first[:_MOST_BARS]:
            length = row[bars.lengths]
            if isinstance(length, Money):
                yield Bar(self._text(names, row[bars.names]), length.units, self._text(lengths, length))
            elif isinstance(length, int | Decimal):
                yield Bar(self._text(names, row[bars.names]), Fraction(length), self._text(lengths, length))

    def _names(self) -> None:
        size = self._layout.size * _HEAD_SIZE
        cells = []
        for column, width in zip(self._table.columns, self._layout.widths, strict=True):
            cells.append(wrapped(printable(column_title(column)), width, self._measure(size, bold=True)))
        line = _Line(cells)
        high = line.lines * size * _LEADING + 2 * _PAD
        self._pages.box(0, 0, self._pages.width, high, SHADE)
        self._put(line, size, bold=True)
        self._pages.y += high
        self._pages.rule(strong=True)

    def _texts(self, row: Sequence[Cell]) -> _Line:
        measure = self._measure(self._layout.size)
        cells = []
        for column, cell, width in zip(self._table.columns, row, self._layout.widths, strict=True):
            cells.append(wrapped(self._text(column, cell), width, measure))
        return _Line(cells)

    def _measure(self, size: float, *, bold: bool = False) -> Measure:
        return lambda text: self._pages.width_of(text, size, bold=bold)

    def _line(self, line: _Line) -> None:
        size = self._layout.size
        high = line.lines * size * _LEADING + 2 * _PAD
        if high > self._pages.room:
            self._pages.new_page(self._layout.page)
            self._names()
        if line.is_first:
            self._pages.rule(strong=True)
        self._put(line, size, bold=line.is_sum)
        self._pages.y += high
        if not line.is_sum:
            self._pages.rule()

    def _put(self, line: _Line, size: float, *, bold: bool) -> None:
        x = 0.0
        for column, width, cell in zip(self._table.columns, self._layout.widths, line.cells, strict=True):
            right = is_number(column)
            for number, text in enumerate(cell):
                below = _PAD + number * size * _LEADING
                at = x + width if right else x
                self._pages.text(at, text, size, bold=bold, at_right=right, width=width, below=below)
            x += width + GAP

    def _sums(self, sums: TableSums) -> None:
        label = next((index for index, column in enumerate(self._table.columns) if not column.is_summed), None)
        measure = self._measure(self._layout.size, bold=True)
        for number, line in enumerate(sums.lines()):
            texts = {index: self._text(self._table.columns[index], cell) for index, cell in line.items()}
            if label is not None and number == 0:
                texts[label] = self._translator("Total")
            widths = enumerate(self._layout.widths)
            cells = [wrapped(texts.get(index, ""), width, measure) for index, width in widths]
            self._line(_Line(cells, is_sum=True, is_first=number == 0))


def _is_whole(column: Column) -> bool:
    """Whether the cells of a column are numbers, which wrap only as a last resort."""
    return is_number(column) or column.kind.value in ("day", "instant")
