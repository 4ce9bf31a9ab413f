"""A quick key: picture above a word."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import CENTRE, draw_text
from pos.ui.widgets.drawing.plain_tip import plain_tip

_ICON = 28
_UNIT = re.compile(r"(?<=\d) (?=\S{1,3}$)")
"""The space before the unit at the end of a name: "50 ml" is not split."""


class TileButton(DrawnButton):
    """A tile with an icon in the accent colour and one line of text, two where one is too short."""

    def __init__(self, theme: Theme, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, text, parent)
        self._icon = icon
        self.setFixedHeight(88)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, text: str, icon: str) -> None:
        """Show another icon and text."""
        self.setText(text)
        self.setAccessibleName(text)
        self.setToolTip(plain_tip(text))
        self._icon = icon
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(132, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(Size.SMALL_BUTTON * 2, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            look, picture = Look("sunken", "line", "muted"), "line_strong"
        elif self.isDown():
            look, picture = Look("accent", "", "accent_text"), "accent_text"
        else:
            look, picture = Look("sunken" if self.hovered else "ground", "line", "text"), "accent"
        self.draw_ground(painter, look)
        font = self.theme.font(Type.LABEL)
        space = self.width() - 2 * Space.S
        is_long = QFontMetrics(font).horizontalAdvance(self.text()) > space
        top = Space.S if is_long else Space.M
        self.theme.icons.paint(painter, self._icon, picture, (self.width() - _ICON) // 2, top, _ICON)
        if not is_long:
            words = QRect(Space.S, self.height() - 36, space, 24)
            draw_text(painter, words, self.text(), font, self.colour(look.ink), CENTRE)
            return
        painter.setFont(font)
        painter.setPen(self.colour(look.ink))
        words = QRect(Space.S, self.height() - 48, space, 44)
        painter.drawText(words, int(CENTRE) | int(Qt.TextFlag.TextWordWrap), _UNIT.sub("\u00a0", self.text()))
