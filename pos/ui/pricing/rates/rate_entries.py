"""The recorded rates of a currency, one per row: start, three figures, person, state."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_text
from pos.ui.widgets.tables.row_list import Row, RowList

_HIGH = 52
_UPPER, _LOWER = (7, 20), (28, 18)
"""Top and height of the two lines of a row."""
_INSTANT = 124


def _columns(wide: int) -> list[tuple[int, int]]:
    """Position and width of buy, sell and customs."""
    third = (wide - _INSTANT) // 3
    return [(_INSTANT, third), (_INSTANT + third, third), (_INSTANT + 2 * third, wide - _INSTANT - 2 * third)]


@dataclass(frozen=True, slots=True)
class EntryRow(Row):
    """`cells`: start, buy, sell, customs, spread, person, state; bold if in force or scheduled."""

    cells: tuple[str, ...] = ()
    bold: bool = False
    token: str = "muted"

    def height(self, _theme: Theme, _width: int) -> int:
        return _HIGH

    def paint(self, painter: QPainter, theme: Theme, box: QRect) -> None:
        instant, *figures, spread, who, state = self.cells
        body, small = theme.font(Type.BODY, bold=self.bold), theme.font(Type.LABEL)
        left, wide = box.x() + Space.M, box.width() - 2 * Space.M
        top, bottom = box.y() + _UPPER[0], box.y() + _LOWER[0]
        draw_text(painter, QRect(left, top, _INSTANT, _UPPER[1]), instant, small, theme.colour("text"), LEFT)
        for (at, column), text in zip(_columns(wide), figures, strict=True):
            cell = QRect(left + at, top, column, _UPPER[1])
            draw_text(painter, cell, text, body, theme.colour("text"), RIGHT)
        second_line = QRect(left, bottom, wide, _LOWER[1])
        draw_text(painter, second_line, f"{who} · {spread}", small, theme.colour("muted"), LEFT)
        draw_text(painter, second_line, state, theme.font(Type.LABEL, bold=True), theme.colour(self.token), RIGHT)


class RateEntries(RowList):
    """The table, newest first."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.setMinimumHeight(Size.ROW * 2)

    @property
    def texts(self) -> list[tuple[str, ...]]:
        """The cells of all rows."""
        rows = self.rows.rows
        return [row.cells for row in rows if isinstance(row, EntryRow)]


class EntryHead(QWidget):
    """The header of the four figures."""

    def __init__(self, theme: Theme, entries: RateEntries) -> None:
        super().__init__()
        self._theme, self._entries = theme, entries
        self._names: tuple[str, ...] = ()
        self.setFixedHeight(Size.HEADER)

    def present(self, names: tuple[str, ...], *, is_empty: bool) -> None:
        """Show the names, or nothing over an empty table."""
        self._names = names
        self.setVisible(not is_empty)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        if not self._names:
            return
        painter, font, muted = QPainter(self), self._theme.font(Type.LABEL), self._theme.colour("muted")
        instant, *figures = self._names
        wide = self._entries.viewport().width() - 2 * Space.M
        draw_text(painter, QRect(Space.M, 0, _INSTANT, self.height()), instant, font, muted, LEFT)
        for (at, column), text in zip(_columns(wide), figures, strict=True):
            cell = QRect(Space.M + at, 0, column, self.height())
            draw_text(painter, cell, text, font, muted, RIGHT)
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))
