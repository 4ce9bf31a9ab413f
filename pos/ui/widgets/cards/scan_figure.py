"""The count of the last scanned item: the figure large, a small text beside it, what the last scan added."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text, text_width

_HIGH, _WITH_BAR, _BAR = 60, 76, 8
_CHIP = 84, 40


class ScanFigure(QWidget):
    """Readable at arm's length. `has_bar`: a progress bar of the count beneath it."""

    def __init__(self, theme: Theme, *, has_bar: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._has_bar = theme, has_bar
        self.text = self.beside = self.added = ""
        self._share, self._token = 0.0, "accent"
        self.setFixedHeight(_WITH_BAR if has_bar else _HIGH)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, text: str, beside: str, added: str, share: float = 0.0, token: str = "accent") -> None:
        """Show a figure, the small text behind it and a chip; `share` of the bar has the colour `token`."""
        self.text, self.beside, self.added, self._share, self._token = text, beside, added, share, token
        self.setAccessibleName(" ".join(part for part in (text, beside, added) if part))
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, font, colour = QPainter(self), self._theme.font, self._theme.colour
        big, beside, strong = font(Type.TOTAL, bold=True), font(Type.TITLE), font(Type.TITLE, bold=True)
        wide, chip = text_width(big, self.text), 0
        draw_text(painter, QRect(0, 0, wide, 56), self.text, big, colour("text"))
        if self.added:
            chip = max(_CHIP[0], text_width(strong, self.added) + 2 * Space.L)
            box = QRect(self.width() - chip, 8, chip, _CHIP[1])
            draw_box(painter, box, fill=colour("accent_soft"), radius=_CHIP[1] // 2)
            draw_text(painter, box, self.added, strong, colour("accent"), CENTRE)
        room = QRect(wide + 14, 14, max(0, self.width() - wide - 14 - chip - Space.S), 36)
        draw_text(painter, room, self.beside, beside, colour("muted"))
        if self._has_bar:
            bar = QRect(0, 64, self.width(), _BAR)
            draw_box(painter, bar, fill=colour("sunken"), line=colour("line_strong"), radius=_BAR // 2)
            if self._share:
                filled = QRect(0, 64, max(_BAR, round(self.width() * self._share)), _BAR)
                draw_box(painter, filled, fill=colour(self._token), radius=_BAR // 2)
