"""A green tick for a finished step."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Theme
from pos.ui.widgets.drawing.drawing import draw_box

_SIDE, _ICON = 56, 28


class Tick(QWidget):
    """A tick in a circle."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_SIDE, _SIDE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour, inset = self._theme.colour, (_SIDE - _ICON) // 2
        draw_box(painter, QRect(self.rect()), fill=colour("within_soft"), line=colour("within"), radius=_SIDE / 2)
        self._theme.icons.paint(painter, "check", "within", inset, inset, _ICON)
