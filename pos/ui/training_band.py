"""The band of a till in training: above every page, in every language, for as long as the window stands."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.words import Words
from pos.ui.theme import Space, Theme, Type
from pos.ui.widgets.drawing import draw_text

_HEIGHT = 28
_ICON = 16


class TrainingBand(QWidget):
    """Says that nothing here is real."""

    def __init__(self, theme: Theme, words: Words) -> None:
        super().__init__()
        self._theme = theme
        self._title = self._sentence = ""
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.retranslate(words)

    def retranslate(self, words: Words) -> None:
        """Say it in another language."""
        self._title = words("TRAINING")
        self._sentence = words("Nothing here is real: no sale, no money, no stock, no allowance.")
        self.setAccessibleName(f"{self._title}. {self._sentence}")
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        painter = QPainter(self)
        ink = self._theme.colour("accent_text")
        painter.fillRect(self.rect(), self._theme.colour("accent"))
        x = int(Space.L)
        self._theme.icons.paint(painter, "graduation-cap", "accent_text", x, (_HEIGHT - _ICON) // 2, _ICON)
        x += _ICON + Space.S
        title = self._theme.font(Type.BODY, bold=True)
        x += draw_text(painter, QRect(x, 0, self.width() // 2, _HEIGHT), self._title, title, ink) + Space.M
        room = QRect(x, 0, self.width() - x - Space.L, _HEIGHT)
        draw_text(painter, room, self._sentence, self._theme.font(Type.LABEL), ink)
