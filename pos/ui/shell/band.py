"""A band above every page, for a state that concerns all of them."""

from __future__ import annotations

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.drawing.drawing import draw_text
from pos.ui.widgets.drawing.plain_tip import plain_tip

_HEIGHT = 28
_ICON = 16


class Band(QWidget):
    """An icon, a word in bold and a sentence, on the colour `ground` in the colour `ink` (names of the theme)."""

    def __init__(self, theme: Theme, icon: str, ground: str, ink: str) -> None:
        super().__init__()
        self._theme, self._icon, self._ground, self._ink = theme, icon, ground, ink
        self._title = self._sentence = ""
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, title: str, sentence: str) -> None:
        """Show this state."""
        self._title, self._sentence = title, sentence
        self.setAccessibleName(f"{title}. {sentence}")
        self.setToolTip(plain_tip(sentence))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        ink = self._theme.colour(self._ink)
        painter.fillRect(self.rect(), self._theme.colour(self._ground))
        x = int(Space.L)
        self._theme.icons.paint(painter, self._icon, self._ink, x, (_HEIGHT - _ICON) // 2, _ICON)
        x += _ICON + Space.S
        title = self._theme.font(Type.BODY, bold=True)
        x += draw_text(painter, QRect(x, 0, self.width() // 2, _HEIGHT), self._title, title, ink) + Space.M
        room = QRect(x, 0, self.width() - x - Space.L, _HEIGHT)
        draw_text(painter, room, self._sentence, self._theme.font(Type.LABEL), ink)
