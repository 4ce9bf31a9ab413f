"""The elements of the customer's display: each paints itself, in sizes that grow with the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Theme
from pos.ui.widgets.drawing.drawing import LEFT, draw_text

_WIDE, _HIGH = 1366, 768


class Measure:
    """The scale of the drawing: 1 on a screen of 1366 × 768, in proportion on others."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.scale = 1.0

    def fit(self, width: int, height: int) -> None:
        """Take the size of the screen in pixels."""
        self.scale = max(0.3, min(width / _WIDE, height / _HIGH))

    def px(self, length: float) -> int:
        """Convert a length of the drawing, given for 1366 × 768, to pixels."""
        return max(1, round(length * self.scale))

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """The program's font in a size of the drawing."""
        return self.theme.font(self.px(size), bold=bold)

    def fitting(self, text: str, size: float, width: int, *, bold: bool = False, least: float = 24) -> QFont:
        """The font in which `text` is no wider than `width`, but never smaller than `least`."""
        font = self.font(size, bold=bold)
        wide = QFontMetrics(font).horizontalAdvance(text)
        if wide > width:
            font.setPixelSize(max(self.px(least), int(font.pixelSize() * width / wide)))
        return font


class DisplayPart(QWidget):
    """A painted element. It takes no focus and no key; screen readers read its accessible name."""

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = measure
        self.theme = measure.theme
        self.px, self.font_of = measure.px, measure.font
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def forget(self) -> None:
        """Drop the content: another page is shown."""

    def describe(self, said: str) -> None:
        """Set the accessible name, and repaint."""
        self.setAccessibleName(said)
        self.update()


class LineOfText(DisplayPart):
    """One line in one size, smaller where it would not fit."""

    def __init__(
        self,
        measure: Measure,
        size: float,
        *,
        bold: bool = False,
        token: str = "text",
        align: Qt.AlignmentFlag = LEFT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(measure, parent)
        self._size, self._bold, self._align = size, bold, align
        self._text, self._token = "", token

    def present(self, text: str, token: str = "") -> None:
        """Show `text`; nothing is repainted if it is shown already."""
        if (text, token or self._token) != (self._text, self._token):
            self._text, self._token = text, token or self._token
            self.describe(text)

    def text(self) -> str:
        """The text shown."""
        return self._text

    def paintEvent(self, _event: QPaintEvent) -> None:
        font = self.measure.fitting(self._text, self._size, self.width(), bold=self._bold)
        painter = QPainter(self)
        draw_text(painter, self.rect(), self._text, font, self.theme.colour(self._token), self._align)


def stacked(box: QRect, *heights: int) -> list[QRect]:
    """Split `box` from its top into parts of these heights."""
    top, parts = box.y(), []
    for height in heights:
        parts.append(QRect(box.x(), top, box.width(), height))
        top += height
    return parts
