"""A key of the keyboard, drawn small beside its action."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text, text_width

_PADDING = 6


def key_cap_width(theme: Theme, key: str) -> int:
    """Width of the cap for `key`; 0 for no key."""
    return max(Size.KEY_CAP + 2, text_width(theme.font(Type.KEY, bold=True), key) + 2 * _PADDING) if key else 0


def draw_key_cap(painter: QPainter, theme: Theme, x: int, middle: int, key: str, ink: str = "text") -> None:
    """Draw the cap at `x`, centred on the height `middle`.

    `ink` is "text" on ordinary grounds; any other token draws words and line in that colour, unfilled.
    """
    box = QRect(x, middle - Size.KEY_CAP // 2, key_cap_width(theme, key), Size.KEY_CAP)
    plain = ink == "text"
    draw_box(
        painter,
        box,
        fill=theme.colour("surface") if plain else None,
        line=theme.colour("line_strong" if plain else ink),
        radius=Size.KEY_RADIUS,
    )
    draw_text(painter, box, key, theme.font(Type.KEY, bold=True), theme.colour(ink), CENTRE)


class KeyCap(QWidget):
    """A key-cap alone, for rows of hints. It is a picture of the key, not a control."""

    def __init__(self, theme: Theme, key: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._key = key
        self.setAccessibleName(key)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, key: str) -> None:
        """Show another key."""
        self._key = key
        self.setAccessibleName(key)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(key_cap_width(self._theme, self._key), Size.KEY_CAP)

    def paintEvent(self, _event: QPaintEvent) -> None:
        draw_key_cap(QPainter(self), self._theme, 0, self.height() // 2, self._key)
