"""Progress through a few steps: 1 Count — 2 Compare — 3 Print."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing.drawing import CENTRE, LEFT, draw_circle, draw_text, text_width

_RADIUS = 12
_DASH = 24


class StepMarks(QWidget):
    """Numbered steps in a row; the current one is filled, earlier ones have a tick."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[str, ...] = ()
        self._now = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, steps: Sequence[str], now: int) -> None:
        """Show `steps`; `now` counts from 0."""
        self._steps, self._now = tuple(steps), now
        self.setAccessibleName(f"{now + 1}. {self._steps[now]}")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        font = self._theme.font(Type.BODY, bold=True)
        words = sum(text_width(font, step) + 2 * _RADIUS + Space.S for step in self._steps)
        return QSize(words + max(0, len(self._steps) - 1) * (_DASH + 2 * Space.S), Size.SMALL_BUTTON)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour, middle, x = self._theme.colour, self.height() // 2, 0
        for index, step in enumerate(self._steps):
            here = index == self._now
            font = self._theme.font(Type.BODY, bold=here)
            fill = "accent" if here else "accent_soft" if index < self._now else "sunken"
            line = "accent" if index <= self._now else "line_strong"
            draw_circle(painter, QPointF(x + _RADIUS, middle), _RADIUS, colour(fill), colour(line))
            if index < self._now:
                self._theme.icons.paint(painter, "check", "accent", x + _RADIUS - 7, middle - 7, 14)
            else:
                box = QRect(x, middle - _RADIUS, 2 * _RADIUS, 2 * _RADIUS)
                ink = "accent_text" if here else "muted"
                draw_text(painter, box, str(index + 1), self._theme.font(Type.KEY, bold=True), colour(ink), CENTRE)
            x += 2 * _RADIUS + Space.S
            room = QRect(x, 0, self.width() - x, self.height())
            x += draw_text(painter, room, step, font, colour("text" if here else "muted"), LEFT)
            if index + 1 < len(self._steps):
                painter.fillRect(x + Space.S, middle, _DASH, 1, colour("line_strong"))
                x += _DASH + 2 * Space.S
