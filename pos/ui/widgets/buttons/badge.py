"""A small figure at the corner of a button: how much waits behind it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter

from pos.ui.look.theme import Theme, Type
from pos.ui.widgets.drawing.drawing import CENTRE, draw_box, draw_text, text_width

_MOST = 99
_HIGH = 18


@dataclass(frozen=True, slots=True)
class Badge:
    """`count` is 0 for none; `words` says what is counted, and `is_urgent` that it should not wait."""

    count: int = 0
    words: str = ""
    is_urgent: bool = False


NO_BADGE = Badge()


def count_text(count: int) -> str:
    """A count as a badge has room for."""
    return str(count) if count <= _MOST else f"{_MOST}+"


def draw_badge(painter: QPainter, theme: Theme, badge: Badge, left: int, width: int, top: int = 1) -> None:
    """Draw it with its left edge at `left`, or so far left that it ends within `width`."""
    if not badge.count:
        return
    font, words = theme.font(Type.KEY, bold=True), count_text(badge.count)
    wide = max(_HIGH, text_width(font, words) + 10)
    box = QRect(max(0, min(left, width - wide)), top, wide, _HIGH)
    fill, ink = ("nearly", "surface") if badge.is_urgent else ("accent", "accent_text")
    draw_box(painter, box, fill=theme.colour(fill), line=theme.colour("surface"), radius=_HIGH / 2)
    draw_text(painter, box, words, font, theme.colour(ink), CENTRE)
