"""Rows of goods on the stock pages: picture, name over code, and columns of figures and states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_box
from pos.ui.widgets.tables.columns import RowColumn, RowColumns, Span
from pos.ui.widgets.tables.list_models import TextRows
from pos.ui.widgets.tables.row_pen import Line, Pen, RowPainter
from pos.ui.widgets.tables.row_table import ColumnHeader, SidewaysTable

HIGH = 64
"""The height of a row of two lines, in pixels."""

_PICTURE, _ICON = 40, 20


@dataclass(frozen=True, slots=True)
class Cell:
    """One column of a row: a text, a smaller one beneath it (`second`), an icon before it. Tokens colour them."""

    text: str = ""
    second: str = ""
    token: str = "text"
    bold: bool = False
    large: bool = False
    icon: str = ""
    second_token: str = "muted"


@dataclass(frozen=True, slots=True)
class LineRow:
    """A row: its key, the picture of its goods, its cells; a row that `warns` has another ground."""

    key: object
    icon: str
    cells: tuple[Cell, ...]
    warns: bool = False
    icon_token: str = "muted"

    @property
    def spoken(self) -> str:
        """The accessible text."""
        texts = [text for cell in self.cells for text in (cell.text, cell.second) if text]
        return ", ".join(texts)


class LineModel(TextRows[LineRow]):
    """The loaded rows."""

    def key(self, index: int) -> object:
        """The key of the row at an index."""
        return self._rows[index].key

    def index_of(self, key: object) -> int:
        """Index of the row with this key; -1 if it is not loaded."""
        return next((index for index, row in enumerate(self._rows) if row.key == key), -1)

    def texts(self) -> list[str]:
        """The texts of all rows, for screen readers and comparisons."""
        return [" | ".join(cell.text for cell in row.cells) for row in self._rows]


class LineTable(SidewaysTable):
    """The table of goods."""

    def __init__(
        self,
        theme: Theme,
        rows: LineModel,
        columns: Sequence[RowColumn],
        *,
        high: int = HIGH,
        has_pictures: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Without pictures their room is that of the columns."""
        super().__init__(rows, high, parent, opens=True, ahead=20)
        self.has_pictures = has_pictures
        before = Space.M + _PICTURE + Space.M if has_pictures else Space.M
        self._all = self.columns = RowColumns(tuple(columns), before=before)
        self.setItemDelegate(RowPainter(theme, self, rows.text, partial(_draw, self), high=high))

    def show_column(self, index: int, *, shown: bool) -> None:
        """Show or hide a column; a column that is empty in all rows gives its room to the others."""
        self.columns = self._all if shown else self._all.without(index)
        self.viewport().update()
        self.resized.emit()


class LineHeader(ColumnHeader):
    """The header of a LineTable."""

    def __init__(self, theme: Theme, table: LineTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, table, parent)
        self._lines = table

    def spans(self, width: int) -> Sequence[tuple[Span, Qt.AlignmentFlag]]:
        """The current spans of the table."""
        self.columns = self._lines.columns
        return super().spans(width)


def _draw(table: LineTable, pen: Pen, row: LineRow) -> None:
    columns = table.columns
    if row.warns:
        pen.warn(ground=not pen.chosen)
    if table.has_pictures:
        _picture(pen, row)
    spans = pen.spans(columns)
    cells = zip(row.cells, columns.columns, spans, strict=True)
    joined = [cell.text for cell, column, span in cells if column.joins and span[1] <= 0]
    for index, (cell, column, span) in enumerate(zip(row.cells, columns.columns, spans, strict=True)):
        if span[1] > 0:
            shown = cell if index else replace(cell, second=" · ".join(filter(None, (cell.second, *joined))))
            _cell(pen, shown, span, right=column.right, ends=not index)


def _picture(pen: Pen, row: LineRow) -> None:
    side = min(_PICTURE, pen.box.height() - Space.S)
    top = (pen.box.height() - side) // 2
    tile, colour = pen.part((Space.M, side), (top, side)), pen.theme.colour
    draw_box(pen.painter, tile, fill=colour("sunken"), line=colour("line"))
    inset = (side - _ICON) // 2
    pen.icon(Space.M + inset, row.icon, row.icon_token, _ICON, line=(top + inset, _ICON))


def _cell(pen: Pen, cell: Cell, span: Span, *, right: bool, ends: bool) -> None:
    align, lead = RIGHT if right else LEFT, _ICON + Space.S if cell.icon else 0
    first: Line | None = None
    if cell.second:
        middle = (pen.box.height() - 1) // 2
        first = (middle - 23, 24)
        second = (middle + 1, 20)
        pen.text(span, cell.second, Type.LABEL, line=second, token=cell.second_token, align=align, lead=lead)
    if cell.icon:
        pen.icon(span[0], cell.icon, cell.token, _ICON, line=first)
    size = Type.TITLE if cell.large else Type.BODY
    pen.text(span, cell.text, size, line=first, bold=cell.bold, token=cell.token, align=align, lead=lead, ends=ends)
