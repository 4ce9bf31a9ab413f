"""Wrapped text in lists: its height and its painting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from pos.ui.look.theme import Theme, Type

_FLAGS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap
_ENDLESS = 10_000
_ICON = 16
_ICON_GAP = 6


@dataclass(frozen=True, slots=True)
class PageParagraph:
    """Text in one type, on as many lines as needed; `icon` is drawn before the first, `gap` px are free above it."""

    text: str
    size: int = Type.LABEL
    bold: bool = False
    token: str = "muted"
    icon: str = ""
    gap: int = 0

    def height(self, theme: Theme, width: int) -> int:
        """Height in a column `width` px wide, gap included."""
        if not self.text:
            return 0
        metrics = QFontMetrics(theme.font(self.size, bold=self.bold))
        return self.gap + metrics.boundingRect(0, 0, width - self._indent, _ENDLESS, _FLAGS, self.text).height()

    def paint(self, painter: QPainter, theme: Theme, x: int, y: int, width: int) -> int:
        """Paint it with its gap above; returns its height."""
        height = self.height(theme, width)
        if not height:
            return 0
        if self.icon:
            line = QFontMetrics(theme.font(self.size, bold=self.bold)).height()
            theme.icons.paint(painter, self.icon, self.token, x, y + self.gap + (line - _ICON) // 2, _ICON)
        painter.setFont(theme.font(self.size, bold=self.bold))
        painter.setPen(theme.colour(self.token))
        painter.drawText(QRect(x + self._indent, y + self.gap, width - self._indent, height), _FLAGS, self.text)
        return height

    @property
    def _indent(self) -> int:
        return _ICON + _ICON_GAP if self.icon else 0


def height_of(paragraphs: Sequence[PageParagraph], theme: Theme, width: int) -> int:
    """The height of a column of paragraphs."""
    return sum(paragraph.height(theme, width) for paragraph in paragraphs)


def paint_column(
    painter: QPainter, theme: Theme, paragraphs: Sequence[PageParagraph], x: int, y: int, width: int
) -> int:
    """Paint paragraphs below each other; returns the y coordinate below the last."""
    for paragraph in paragraphs:
        y += paragraph.paint(painter, theme, x, y, width)
    return y
