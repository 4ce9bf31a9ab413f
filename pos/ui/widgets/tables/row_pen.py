"""Drawing of list rows: the ground, the texts and the icons on it."""

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
"""Start of a line below the top of its row, and its height, in pixels."""

UPPER: Line = (6, 22)
LOWER: Line = (29, 20)
"""The two lines of a row of the height Size.ROW."""

CLOSE_UPPER: Line = (8, 20)
CLOSE_LOWER: Line = (29, 18)
"""The two lines with a smaller gap."""

_GOODS_ICON = 20


@dataclass(frozen=True, slots=True)
class Pen:
    """Draws on one row, `box`. Positions are pixels from its left side; the default `line` is the middle."""

    painter: QPainter
    theme: Theme
    box: QRect
    chosen: bool

    def spans(self, columns: RowColumns) -> list[Span]:
        """Positions of the columns in this row."""
        return columns.spans(self.box.width())

    def part(self, span: Span, line: Line | None = None, lead: int = 0) -> QRect:
        """The rectangle of a column without its first `lead` px; the lowest pixel of a row is the separator."""
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
        """Draw one line of text, for goods with `ends` to keep their size visible; returns the width used."""
        if span[1] <= 0:
            return 0  # a column that is left out
        font, ink = self.theme.font(size, bold=bold), self.theme.colour(token)
        return draw_text(self.painter, self.part(span, line, lead), text, font, ink, align, ends=ends)

    def icon(self, x: int, name: str, token: str, side: int, *, line: Line | None = None) -> None:
        """Draw an icon with its left side at `x`."""
        top, high = line or (0, self.box.height() - 1)
        at = self.box.y() + top + (high - side) // 2
        self.theme.icons.paint(self.painter, name, token, self.box.x() + x, at, side)

    def goods(self, x: int, top: int, icon: str, token: str, drawn: Callable[[QRect], bool] | None = None) -> None:
        """Draw the small picture of goods on its tile: the one in `drawn`, else the icon of their category."""
        tile = QRect(self.box.x() + x, self.box.y() + top, Size.THUMBNAIL, Size.THUMBNAIL)
        ground = self.theme.colour("surface" if self.chosen else "sunken")
        draw_box(self.painter, tile, fill=ground, line=self.theme.colour("line"))
        if drawn is None or not drawn(tile):
            inset = (Size.THUMBNAIL - _GOODS_ICON) // 2
            self.icon(x + inset, icon, token, _GOODS_ICON, line=(top, Size.THUMBNAIL))

    def warn(self, *, ground: bool = True) -> None:
        """Draw a warning bar at the left side, and with `ground` the ground of a warning."""
        colour, box = self.theme.colour, self.box
        if ground:
            self.painter.fillRect(box.adjusted(0, 0, 0, -1), colour("over_soft"))
        self.painter.fillRect(QRect(box.x(), box.y(), BAR, box.height() - 1), colour("over"))


Text = TypeVar("Text")


class RowPainter(QStyledItemDelegate, Generic[Text]):
    """Draws rows `high` px high: each on its ground, with a focus ring when it is selected and the list has the focus.

    `text` returns the text of the row at an index, `draw` draws it.
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
