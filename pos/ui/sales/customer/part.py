"""The pieces the customer's display is made of: each paints itself, in sizes that grow with the screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Theme
from pos.ui.widgets.drawing.drawing import LEFT, draw_text

_WIDE, _HIGH = 1366, 768


class Measure:
    """How large everything is: 1 on a screen of 1366 × 768, and as much smaller or larger as fits another one."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.scale = 1.0

    def fit(self, width: int, height: int) -> None:
        """Take the size of the screen in pixels."""
        self.scale = max(0.3, min(width / _WIDE, height / _HIGH))

    def px(self, length: float) -> int:
        """A length of the drawing, given for 1366 × 768, in pixels."""
        return max(1, round(length * self.scale))

    def font(self, size: float, *, bold: bool = False) -> QFont:
        """The program's font in a size of the drawing."""
        return self.theme.font(self.px(size), bold=bold)

    def fitting(self, text: str, size: float, width: int, *, bold: bool = False, least: float = 24) -> QFont:
        """The font in which `text` is no wider than `width`, if that is not below `least`."""
        font = self.font(size, bold=bold)
        wide = QFontMetrics(font).horizontalAdvance(text)
        if wide > width:
            font.setPixelSize(max(self.px(least), int(font.pixelSize() * width / wide)))
        return font


class DisplayPart(QWidget):
    """Something to look at. It takes no focus and no key, and is read out by its accessible name."""

    def __init__(self, measure: Measure, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.measure = measure
        self.theme = measure.theme
        self.px, self.font_of = measure.px, measure.font
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def forget(self) -> None:
        """Hold nothing any more of what was shown: another page is on show."""

    def tell(self, said: str) -> None:
        """Be read out as this from now on, and be painted anew."""
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
        """Show `text`; nothing is painted where it is the one on show."""
        if (text, token or self._token) != (self._text, self._token):
            self._text, self._token = text, token or self._token
            self.tell(text)

    def text(self) -> str:
        """What is on show."""
        return self._text

    def paintEvent(self, _event: QPaintEvent) -> None:
        font = self.measure.fitting(self._text, self._size, self.width(), bold=self._bold)
        painter = QPainter(self)
        draw_text(painter, self.rect(), self._text, font, self.theme.colour(self._token), self._align)


def stacked(box: QRect, *heights: int) -> list[QRect]:
    """Parts of `box` from its top, each so high."""
    top, parts = box.y(), []
    for height in heights:
        parts.append(QRect(box.x(), top, box.width(), height))
        top += height
    return parts
