"""Avatar: a letter in a circle for a person, a visitor or a carrier."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Theme, Type
from pos.ui.widgets.drawing.drawing import CENTRE, draw_circle, draw_text


def draw_avatar(
    painter: QPainter, theme: Theme, box: QRect, letter: str, *, chosen: bool = False, ground: str = "sunken"
) -> None:
    """Draw the circle into the square `box`: accent when `chosen`, otherwise `ground` with a line."""
    size = Type.TITLE if box.height() >= 36 else Type.BODY if box.height() >= 32 else Type.LABEL
    draw_letter(painter, theme, box, letter, theme.font(size, bold=True), chosen=chosen, ground=ground)


def draw_letter(
    painter: QPainter,
    theme: Theme,
    box: QRect,
    letter: str,
    font: QFont,
    *,
    chosen: bool = False,
    ground: str = "sunken",
) -> None:
    """Draw the same avatar with the letter in a given font."""
    fill = theme.colour("accent" if chosen else ground)
    line = None if chosen else theme.colour("line_strong")
    middle = QPointF(box.x() + box.width() / 2, box.y() + box.height() / 2)
    draw_circle(painter, middle, box.height() / 2, fill, line)
    draw_text(painter, box, letter, font, theme.colour("accent_text" if chosen else "text"), CENTRE)


class Avatar(QWidget):
    """A circle with one letter: `side` is 28 px in rows, 32 in party cards, 40 for the visitor, 48 at sign-in."""

    def __init__(
        self, theme: Theme, letter: str = "", side: int = 40, *, chosen: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._letter = letter
        self._side = side
        self._chosen = chosen
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def present(self, letter: str, *, chosen: bool = False) -> None:
        """Show another person."""
        if (letter, chosen) != (self._letter, self._chosen):
            self._letter, self._chosen = letter, chosen
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        ground = "surface" if self._side <= 28 else "sunken"
        draw_avatar(QPainter(self), self._theme, self.rect(), self._letter, chosen=self._chosen, ground=ground)
