"""A quick key: picture above a word."""

from __future__ import annotations

import re

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPixmap, QTextLayout
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Space, Theme, Type
from pos.ui.widgets.buttons.drawn_button import DrawnButton, Look
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text
from pos.ui.widgets.drawing.plain_tip import plain_tip

TILE_HEIGHT = 88
_ICON, _PICTURE = 28, 44
_UNIT = re.compile(r"(?<=\d) (?=\S{1,3}$)")
"""The space before the unit at the end of a name: "50 ml" is not split."""


def tile_ground(colour: str) -> str:
    """The theme's token for the ground of a tile of this colour; that of the plain tile for an empty colour."""
    return f"key_{colour}" if colour else "ground"


class TileButton(DrawnButton):
    """A tile with a picture, or an icon, and one line of text, two where one is too short.

    With a `colour` of the palette it has that ground. A `chosen` one has a thick border of the accent.
    """

    def __init__(self, theme: Theme, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, text, text, parent)
        self._icon = icon
        self._colour = ""
        self._picture: QPixmap | None = None
        self._is_chosen = False
        self.setFixedHeight(TILE_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def shows_picture(self) -> bool:
        """Whether it has a picture in place of the icon."""
        return self._picture is not None

    @property
    def ground(self) -> str:
        """The token of its ground."""
        return tile_ground(self._colour)

    def present(self, text: str, icon: str, colour: str = "", picture: QPixmap | None = None) -> None:
        """Show another icon and text."""
        self._icon, self._colour, self._picture = icon, colour, picture
        if text != self.text():
            self.setText(text)
            self.setAccessibleName(text)
            self.setToolTip(plain_tip(text))
        self.update()

    def choose(self, *, is_chosen: bool) -> None:
        """Show whether it is the chosen one."""
        if is_chosen != self._is_chosen:
            self._is_chosen = is_chosen
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(132, self.height())

    def minimumSizeHint(self) -> QSize:
        return QSize(Size.SMALL_BUTTON * 2, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        if not self.isEnabled():
            look, icon = Look("sunken", "line", "muted"), "line_strong"
        elif self.isDown():
            look, icon = Look("accent", "", "accent_text"), "accent_text"
        else:
            fill = "sunken" if self.hovered and not self._colour else self.ground
            line = "line_strong" if self.hovered and self._colour else "line"
            look, icon = Look(fill, line, "text"), "text" if self._colour else "accent"
        if self._is_chosen:
            look = Look(look.fill, "accent", look.ink, width=3)
        self.draw_ground(painter, look)
        if self._is_chosen and self.hasFocus():
            draw_box(painter, self.box(), line=self.colour("accent"), width=3)
        font = self.theme.font(Type.LABEL)
        space = self.width() - 2 * Space.S
        is_long = QFontMetrics(font).horizontalAdvance(self.text()) > space
        self._draw_picture(painter, icon, room=40 if is_long else 52)
        if not is_long:
            words = QRect(Space.S, self.height() - 34, space, 24)
            draw_text(painter, words, self.text(), font, self.colour(look.ink), CENTRE)
            return
        for row, part in enumerate(_two_lines(_UNIT.sub("\u00a0", self.text()), font, space)):
            box = QRect(Space.S, self.height() - 46 + 20 * row, space, 20)
            draw_text(painter, box, part, font, self.colour(look.ink), CENTRE, ends=True)

    def _draw_picture(self, painter: QPainter, icon: str, room: int) -> None:
        """In the upper `room` pixels."""
        if self._picture is None:
            top = max(Space.S, (room - _ICON) // 2 + Space.XS)
            self.theme.icons.paint(painter, self._icon, icon, (self.width() - _ICON) // 2, top, _ICON)
            return
        side = min(_PICTURE, room - Space.XS)
        size = self._picture.size().scaled(side, side, Qt.AspectRatioMode.KeepAspectRatio)
        box = QRect((self.width() - size.width()) // 2, Space.XS + (side - size.height()) // 2 + 1, 0, 0)
        box.setSize(size)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(box, self._picture)


def _two_lines(text: str, font: QFont, width: int) -> tuple[str, str]:
    """The first line of a text and all the rest, which is shortened where it is drawn."""
    layout = QTextLayout(text, font)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(width)
    layout.endLayout()
    first = line.textLength()
    return text[:first].strip(), text[first:].strip()
