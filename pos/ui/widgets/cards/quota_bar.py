"""The bar of a quota in any size: earlier use here and elsewhere, this basket, and the excess."""

from __future__ import annotations

from fractions import Fraction
from typing import Protocol

from PySide6.QtCore import QLineF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen

from pos.ui.look.theme import Theme
from pos.ui.widgets.drawing.drawing import draw_box

_GAP = 2
_HATCH = 4


class Amounts(Protocol):
    """The exact amounts of a bar, in one unit."""

    @property
    def earlier(self) -> Fraction | int:
        """The amount already used."""

    @property
    def elsewhere(self) -> Fraction | int:
        """The part of `earlier` that other shops of the center sold."""

    @property
    def now(self) -> Fraction | int:
        """The amount in this basket."""

    @property
    def limit(self) -> Fraction | int:
        """The limit."""


def draw_bar(painter: QPainter, theme: Theme, bar: QRect, amounts: Amounts, ink: str) -> None:
    """Draw the bar into `bar`; `ink` is the colour token of this basket's share."""
    earlier, limit = amounts.earlier, amounts.limit
    spent = earlier + amounts.now
    scale = float(max(limit, spent))  # pixels only, no figures
    over = spent > limit
    radius = bar.height() / 2
    line = theme.colour("over" if over else "line_strong")
    draw_box(painter, bar, fill=theme.colour("sunken"), radius=radius)
    if scale:
        end = bar.x() + (round(bar.width() * float(limit) / scale) if over else bar.width())
        here = max(earlier - amounts.elsewhere, 0)
        _fill(painter, theme, bar, (float(here) / scale, float(earlier) / scale, float(spent) / scale), end, ink)
    draw_box(painter, bar, line=line, radius=radius)
    if over:
        tick = QRect(min(end, bar.right() - 1), bar.y() - 2, 2, bar.height() + 4)
        painter.fillRect(tick, theme.colour("text"))


def _fill(painter: QPainter, theme: Theme, bar: QRect, shares: tuple[float, float, float], end: int, ink: str) -> None:
    """Draw what was bought here, elsewhere and now up to the limit at `end`, then the excess."""
    here, earlier, spent = (bar.x() + round(bar.width() * share) for share in shares)
    radius = bar.height() / 2
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    shape = QPainterPath()
    shape.addRoundedRect(QRectF(bar), radius, radius)
    painter.setClipPath(shape)
    has_earlier, has_now = shares[1] > 0, shares[2] > shares[1]
    if has_earlier:
        until = min(earlier, end)
        painter.fillRect(QRect(bar.x(), bar.y(), until - bar.x(), bar.height()), theme.colour("earlier"))
    if shares[1] > shares[0]:
        start = here + (_GAP if shares[0] > 0 else 0)
        if start < min(earlier, end):
            elsewhere = QRect(start, bar.y(), min(earlier, end) - start, bar.height())
            if start > here:
                painter.fillRect(QRect(here, bar.y(), start - here, bar.height()), theme.colour("sunken"))
            painter.fillRect(elsewhere, theme.colour("elsewhere"))
    start = earlier + (_GAP if has_earlier and has_now else 0)
    if has_now and start < end:
        now = QRect(start, bar.y(), max(1, min(spent, end) - start), bar.height())
        painter.fillRect(now, theme.colour(ink))
    if end < bar.x() + bar.width():
        _hatch(painter, theme, QRect(end, bar.y(), bar.x() + bar.width() - end, bar.height()))
    painter.restore()


def _hatch(painter: QPainter, theme: Theme, part: QRect) -> None:
    painter.fillRect(part, theme.colour("over_soft"))
    painter.setPen(QPen(theme.colour("over"), 1.5, Qt.PenStyle.SolidLine, Qt.PenCapStyle.FlatCap))
    painter.setClipRect(part, Qt.ClipOperation.IntersectClip)
    height = part.height()
    low, high = part.bottom() + 1, part.top()
    starts = range(part.x() - height, part.right() + height, _HATCH)
    painter.drawLines([QLineF(x, low, x + height, high) for x in starts])
