"""Rows of goods as the pages of the stock draw them: picture, name over code, and columns of figures and states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from pos.ui.key_positions import ENTERS
from pos.ui.theme import Space, Theme, Type
from pos.ui.widgets.drawing import LEFT, RIGHT, draw_box, draw_row, draw_text
from pos.ui.widgets.row_table import ColumnHeader, SidewaysTable, Span

HIGH = 64
"""The height of a row of two lines, in pixels."""

_PICTURE, _ICON = 40, 20
_AHEAD = 20 * HIGH
_Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


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
    """A row: its key, the picture of its goods, its cells; what `warns` has another ground."""

    key: object
    icon: str
    cells: tuple[Cell, ...]
    warns: bool = False
    icon_token: str = "muted"

    def said(self) -> str:
        """What a screen reader says."""
        texts = [text for cell in self.cells for text in (cell.text, cell.second) if text]
        return ", ".join(texts)


@dataclass(frozen=True, slots=True)
class Column:
    """A column `width` px wide, or with `share` of what the others leave."""

    width: int = 0
    share: int = 0
    right: bool = False


class LineModel(QAbstractListModel):
    """The rows that are loaded."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._rows: list[LineRow] = []

    def present(self, rows: Sequence[LineRow]) -> None:
        """Show these rows; where they are as many as before, only what they say changes."""
        if len(rows) == len(self._rows) and rows:
            self._rows = list(rows)
            self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, 0))
            return
        self.beginResetModel()
        self._rows = list(rows)
        self.endResetModel()

    def row(self, place: int) -> LineRow | None:
        """The row at a place; None beside the rows."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def place_of(self, key: object) -> int:
        """Where a row stands; -1 where it is not loaded."""
        return next((place for place, row in enumerate(self._rows) if row.key == key), -1)

    def texts(self) -> list[str]:
        """The rows as a picture, for whoever reads them aloud or compares them."""
        return [" | ".join(cell.text for cell in row.cells) for row in self._rows]

    def rowCount(self, parent: _Index = _NOWHERE) -> int:
        """Override QAbstractListModel.rowCount."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Override QAbstractListModel.data: what a screen reader says."""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole) and index.isValid():
            return self._rows[index.row()].said()
        return None


class LineTable(SidewaysTable):
    """The rows. `opened`: Enter or a double click on the chosen one; `wants_more`: the end of those loaded is near."""

    opened = Signal()
    wants_more = Signal()

    def __init__(
        self,
        theme: Theme,
        rows: LineModel,
        columns: Sequence[Column],
        *,
        high: int = HIGH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(rows, high, parent)
        self.columns = tuple(columns)
        self.setItemDelegate(_LineDelegate(theme, rows, self.columns, high, self))
        self.verticalScrollBar().valueChanged.connect(lambda _value: self._look_ahead())
        self.doubleClicked.connect(lambda _index: self.opened.emit())

    def _look_ahead(self) -> None:
        bar = self.verticalScrollBar()
        if bar.maximum() - bar.value() < _AHEAD:
            self.wants_more.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override SidewaysTable.keyPressEvent: Enter opens."""
        if event.key() in ENTERS:
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class LineHeader(ColumnHeader):
    """The names of the columns of a LineTable."""

    def __init__(self, theme: Theme, table: LineTable, parent: QWidget | None = None) -> None:
        super().__init__(theme, table, parent)
        self._columns = table.columns

    def spans(self, width: int) -> list[tuple[Span, Qt.AlignmentFlag]]:
        """Override ColumnHeader.spans."""
        places = spans_of(self._columns, width)
        return [(span, RIGHT if one.right else LEFT) for span, one in zip(places, self._columns, strict=True)]


def spans_of(columns: Sequence[Column], width: int) -> list[Span]:
    """Where each column stands in a row `width` px wide, behind the picture."""
    left = Space.M + _PICTURE + Space.M
    rest = width - left - sum(column.width for column in columns) - Space.M * len(columns)
    shares = sum(column.share for column in columns) or 1
    spans = []
    for column in columns:
        wide = max(0, column.width or rest * column.share // shares)
        spans.append((left, wide))
        left += wide + Space.M
    return spans


class _LineDelegate(QStyledItemDelegate):
    def __init__(
        self, theme: Theme, rows: LineModel, columns: Sequence[Column], high: int, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._rows, self._columns, self._high = theme, rows, columns, high

    def sizeHint(self, _option: QStyleOptionViewItem, _index: _Index) -> QSize:
        """Override QStyledItemDelegate.sizeHint."""
        return QSize(200, self._high)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Override QStyledItemDelegate.paint."""
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        row = self._rows.row(index.row())
        if row is None:
            return
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        draw_row(painter, self._theme, box, chosen=chosen, focused=focused)
        if row.warns:
            if not chosen:
                painter.fillRect(box.adjusted(0, 0, 0, -1), self._theme.colour("over_soft"))
            painter.fillRect(QRect(box.x(), box.y(), 3, box.height() - 1), self._theme.colour("over"))
        self._picture(painter, row, box)
        for cell, column, (left, width) in zip(row.cells, self._columns, spans_of(self._columns, box.width())):
            part = QRect(box.x() + left, box.y(), width, box.height() - 1)
            self._cell(painter, cell, part, right=column.right)

    def _picture(self, painter: QPainter, row: LineRow, box: QRect) -> None:
        side = min(_PICTURE, self._high - Space.S)
        tile = QRect(box.x() + Space.M, box.y() + (box.height() - side) // 2, side, side)
        draw_box(painter, tile, fill=self._theme.colour("sunken"), line=self._theme.colour("line"))
        offset = (side - _ICON) // 2
        self._theme.icons.paint(painter, row.icon, row.icon_token, tile.x() + offset, tile.y() + offset, _ICON)

    def _cell(self, painter: QPainter, cell: Cell, box: QRect, *, right: bool) -> None:
        colour = self._theme.colour
        font = self._theme.font(Type.TITLE if cell.large else Type.BODY, bold=cell.bold)
        align = RIGHT if right else LEFT
        first = box
        if cell.second:
            half = box.height() // 2
            first = QRect(box.x(), box.y() + half - 23, box.width(), 24)
            second = QRect(box.x(), box.y() + half + 1, box.width(), 20)
            lead = _ICON + Space.S if cell.icon else 0
            draw_text(
                painter,
                second.adjusted(lead, 0, 0, 0),
                cell.second,
                self._theme.font(Type.LABEL),
                colour(cell.second_token),
                align,
            )
        if cell.icon:
            middle = first.y() + first.height() // 2
            self._theme.icons.paint(painter, cell.icon, cell.token, first.x(), middle - _ICON // 2, _ICON)
            first = first.adjusted(_ICON + Space.S, 0, 0, 0)
        draw_text(painter, first, cell.text, font, colour(cell.token), align)
