"""Text on the customer's display that continues in a second line."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

_FLAGS = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
_TALL = 10_000


def wrapped_height(font: QFont, text: str, width: int) -> int:
    """The height of `text` when no line of it is wider than `width`."""
    return QFontMetrics(font).boundingRect(QRect(0, 0, max(1, width), _TALL), int(_FLAGS), text).height() if text else 0


def draw_wrapped(painter: QPainter, box: QRect, text: str, font: QFont, colour: QColor) -> None:
    """Draw plain text in as many lines as it needs, vertically centred in `box`."""
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(box, int(_FLAGS), text)
