"""Tabs above a page: the screens behind one item of the rail."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.badge import draw_badge
from pos.ui.widgets.buttons.segmented import Segment, SegmentButton, Segmented
from pos.ui.widgets.drawing.drawing import CENTRE, draw_text, text_width

_BAR = 3


class TabStrip(Segmented):
    """Texts side by side, the current one underlined; left and right arrows move between them.

    In a narrow window they stand in two rows.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, name, parent, even=False)  # ten pages of goods stand side by side
        self._row.setEnabled(False)  # it knows one row only

    def present(self, segments: Sequence[Segment], chosen: str) -> None:
        super().present(segments, chosen)
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Each tab takes its share of its row; in a narrow window they stand in two."""
        room = self.width() - 2 * Space.M
        wanted = [button.sizeHint().width() for button in self._buttons]
        rows = [range(len(wanted))]
        if sum(wanted) > room:
            half = next((at for at in range(len(wanted)) if 2 * sum(wanted[: at + 1]) >= sum(wanted)), 0) + 1
            rows = [range(half), range(half, len(wanted))]
        self.setFixedHeight(len(rows) * Size.SMALL_BUTTON)
        for number, row in enumerate(rows):
            left, share = 0, max(1, sum(wanted[at] for at in row))
            for at in row:
                start = Space.M + room * left // share
                left += wanted[at]
                end = Space.M + room * left // share
                self._buttons[at].setGeometry(start, number * Size.SMALL_BUTTON, end - start, Size.SMALL_BUTTON)

    def button_for(self, segment: Segment) -> SegmentButton:
        return _Tab(self._theme, segment)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.colour("surface"))
        painter.fillRect(0, self.height() - 1, self.width(), 1, self._theme.colour("line"))


class _Tab(SegmentButton):
    def sizeHint(self) -> QSize:
        return QSize(text_width(self.theme.font(Type.BODY, bold=True), self.text()) + 2 * Space.S, Size.SMALL_BUTTON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        chosen = self.isChecked()
        if self.hovered and not chosen:
            painter.fillRect(self.rect(), self.colour("sunken"))
        self.draw_focus(painter, self.rect().adjusted(0, 2, 0, -2), "line")
        font = self.theme.font(Type.BODY, bold=chosen)
        if text_width(font, self.text()) > self.width() - 4:
            font = self.theme.font(Type.LABEL, bold=chosen)
        draw_text(painter, self.rect(), self.text(), font, self.colour("accent" if chosen else "muted"), CENTRE)
        if chosen:
            bar = QRect(Space.S, self.height() - _BAR, self.width() - 2 * Space.S, _BAR)
            painter.fillRect(bar, self.colour("accent"))
        draw_badge(painter, self.theme, self.segment.badge, self.width(), self.width(), top=0)
