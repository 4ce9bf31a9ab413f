"""How the rows of a list are drawn: the ground of each, and the words and icons that stand on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QAbstractItemView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.drawing.drawing import BAR, LEFT, draw_box, draw_row, draw_text
from pos.ui.widgets.tables.columns import RowColumns, Span

Line = tuple[int, int]
"""How far below the top of a row a line begins and how high it is, in pixels."""

UPPER: Line = (6, 22)
LOWER: Line = (29, 20)
"""The two lines of a row of the height Size.ROW."""

CLOSE_UPPER: Line = (8, 20)
CLOSE_LOWER: Line = (29, 18)
"""The two lines where they stand closer together."""

_GOODS_ICON = 20


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on one row, `box`. Places are told in pixels from its left side; without a `line` its middle is meant."""

    painter: QPainter
    theme: Theme
    box: QRect
    chosen: bool

    def spans(self, columns: RowColumns) -> list[Span]:
        """Where the columns stand in this row."""
        return columns.spans(self.box.width())

    def part(self, span: Span, line: Line | None = None, lead: int = 0) -> QRect:
        """The room of a column without its first `lead` px; the lowest pixel of a row is the line beneath it."""
        top, high = line or (0, self.box.height() - 1)
        return QRect(self.box.x() + span[0] + lead, self.box.y() + top, span[1] - lead, high)

    def text(
        self,
        span: Span,
        text: str,
        size: int = Type.BODY,
        *,
        line: Line | None = None,
        bold: bool = False,
        token: str = "text",
        align: Qt.AlignmentFlag = LEFT,
        lead: int = 0,
        ends: bool = False,
    ) -> int:
        """Draw one line of words, of goods with the `ends` that tell their size; returns the width that it took."""
        font, ink = self.theme.font(size, bold=bold), self.theme.colour(token)
        return draw_text(self.painter, self.part(span, line, lead), text, font, ink, align, ends=ends)

    def icon(self, x: int, name: str, token: str, side: int, *, line: Line | None = None) -> None:
        """Draw an icon, its left side at `x`."""
        top, high = line or (0, self.box.height() - 1)
        at = self.box.y() + top + (high - side) // 2
        self.theme.icons.paint(self.painter, name, token, self.box.x() + x, at, side)

    def goods(self, x: int, top: int, icon: str, token: str, drawn: Callable[[QRect], bool] | None = None) -> None:
        """Draw the small picture of some goods on its tile: what `drawn` knows of them, else the icon of their kind."""
        tile = QRect(self.box.x() + x, self.box.y() + top, Size.THUMBNAIL, Size.THUMBNAIL)
        ground = self.theme.colour("surface" if self.chosen else "sunken")
        draw_box(self.painter, tile, fill=ground, line=self.theme.colour("line"))
        if drawn is None or not drawn(tile):
            inset = (Size.THUMBNAIL - _GOODS_ICON) // 2
            self.icon(x + inset, icon, token, _GOODS_ICON, line=(top, Size.THUMBNAIL))

    def warn(self, *, ground: bool = True) -> None:
        """A bar at the left side that warns, and with `ground` the ground of a warning."""
        colour, box = self.theme.colour, self.box
        if ground:
            self.painter.fillRect(box.adjusted(0, 0, 0, -1), colour("over_soft"))
        self.painter.fillRect(QRect(box.x(), box.y(), BAR, box.height() - 1), colour("over"))


Text = TypeVar("Text")


class RowPainter(QStyledItemDelegate, Generic[Text]):
    """Draws rows `high` px high: each on its ground, with a ring when it is chosen and the keys go to the list.

    `text` tells the words of the row at a place, `draw` puts them on it.
    """

    def __init__(
        self,
        theme: Theme,
        view: QAbstractItemView,
        text: Callable[[int], Text],
        draw: Callable[[Pen, Text], None],
        *,
        high: int = Size.ROW,
    ) -> None:
        super().__init__(view)
        self._theme, self._text, self._draw = theme, text, draw
        self._high = high

    def sizeHint(self, _option: QStyleOptionViewItem, _index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, self._high)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        box: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        focused = bool(state & QStyle.StateFlag.State_HasFocus)
        draw_row(painter, self._theme, box, chosen=chosen, focused=focused)
        self._draw(Pen(painter, self._theme, box, chosen), self._text(index.row()))
