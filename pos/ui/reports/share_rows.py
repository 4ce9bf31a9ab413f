"""Shares of a whole as rows: a name, a bar of its length, figures; or one bar of all of them above the rows."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.reports.slice_field import SliceField
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_box, draw_text, text_width

_ROW, _BAR, _SWATCH, _GAP, _TOGETHER = 28, 8, 12, 2, 16
_REACH = 8
"""How far the ground of the selected row extends beyond its text, into the margin of the card."""


class ShareRows(SliceField):
    """One row per mark. With `together` one bar of all marks is drawn above, else every row has its own bar."""

    def __init__(self, theme: Theme, *, together: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent=parent)
        self._together = together
        self.row_height = _ROW
        """From row to row, each of which is pressed."""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def suit(self, *, finger: bool) -> None:
        """Give each row the room of a finger, or no more than its words need."""
        self.row_height = Size.SMALL_BUTTON if finger else _ROW
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(240, self._top() + len(self.slices) * self.row_height)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def index_at(self, point: QPoint) -> int:
        if point.y() < self._top():
            return next((index for index, box in enumerate(self._segments()) if box.contains(point)), -1)
        index = (point.y() - self._top()) // self.row_height
        return index if index < len(self.slices) else -1

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, colour = QPainter(self), self.theme.colour
        for drawn, box in zip(self.slices, self._segments()):
            painter.fillRect(box, colour(drawn.token))
        widths = self._widths()
        most = max((drawn.value for drawn in self.slices), default=0)
        for index in range(len(self.slices)):
            row = QRect(0, self._top() + index * self.row_height, self.width(), self.row_height)
            if index == self.chosen and self.hasFocus():
                painter.fillRect(row, colour("accent_soft"))
                draw_box(painter, row, line=colour("focus"), width=self.theme.focus_width, radius=0)
            elif index:
                painter.fillRect(QRect(_REACH, row.y(), row.width() - 2 * _REACH, 1), colour("line"))
            self._paint_row(painter, row.adjusted(_REACH, 0, -_REACH, 0), index, widths, most)

    def _paint_row(self, painter: QPainter, row: QRect, index: int, widths: list[int], most: int) -> None:
        drawn, colour, font = self.slices[index], self.theme.colour, self.theme.font
        right = row.right() + 1
        counts = drawn.strong % len(drawn.cells) if drawn.cells else 0
        for column in reversed(range(len(drawn.cells))):
            cell = QRect(right - widths[column], row.y(), widths[column], row.height())
            look, ink = font(Type.LABEL, bold=column == counts), colour("text" if column == counts else "muted")
            draw_text(painter, cell, drawn.cells[column], look, ink, RIGHT)
            right = cell.x() - Space.M
        room = QRect(row.x(), row.y(), right - row.x(), row.height())
        if self._together:
            swatch = QRect(room.x(), room.center().y() - _SWATCH // 2 + 1, _SWATCH, _SWATCH)
            painter.fillRect(swatch, colour(drawn.token))
            room.setLeft(swatch.right() + 1 + Space.S)
            draw_text(painter, room, drawn.name, font(Type.LABEL), colour("text"), LEFT)
            return
        words = self._name_width(room.width())
        draw_text(
            painter, QRect(room.x(), room.y(), words, room.height()), drawn.name, font(Type.LABEL), colour("text"), LEFT
        )
        length = room.width() - words - Space.M
        if most > 0 and drawn.value > 0 and length > Space.L:
            bar = QRect(room.x() + words + Space.M, room.center().y() - _BAR // 2 + 1, length, _BAR)
            bar.setWidth(max(2, length * drawn.value // most))
            painter.fillRect(bar, colour(drawn.token))

    def _name_width(self, room: int) -> int:
        """As wide as the widest name, while three tenths are left for the bars."""
        font = self.theme.font(Type.LABEL)
        widest = max(text_width(font, drawn.name) for drawn in self.slices)
        return min(widest, room * 7 // 10)

    def _widths(self) -> list[int]:
        columns = max((len(drawn.cells) for drawn in self.slices), default=0)
        bold = self.theme.font(Type.LABEL, bold=True)
        return [
            max(text_width(bold, drawn.cells[column]) for drawn in self.slices if column < len(drawn.cells))
            for column in range(columns)
        ]

    def _top(self) -> int:
        return _TOGETHER + Space.S if self._together and self.slices else 0

    def _segments(self) -> list[QRect]:
        if not self._together:
            return []
        whole, before = sum(max(0, drawn.value) for drawn in self.slices), 0
        left, room = _REACH, self.width() - 2 * _REACH + _GAP
        boxes: list[QRect] = []
        for drawn in self.slices:
            start = room * before // whole if whole else 0
            before += max(0, drawn.value)
            end = room * before // whole if whole else 0
            boxes.append(QRect(left + start, 0, max(0, end - start - _GAP), _TOGETHER))
        return boxes
