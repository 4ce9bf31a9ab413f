"""Chart of a rate: buy and sell as stepped lines with the spread between them, scheduled rates dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF

from pos.application.pricing.show_rate_board import CurrencyRates, RateBoard
from pos.domain.pricing.rates import RecordedRate
from pos.ui.look.theme import Theme

_HEIGHT = 188
_LATER = timedelta(days=3)
"""How far the chart continues after the last scheduled rate."""


@dataclass(frozen=True, slots=True)
class Scale:
    """Maps an instant and a rate to a point of a box."""

    box: QRectF
    first: datetime
    last: datetime
    low: Decimal
    high: Decimal

    def x(self, instant: datetime) -> float:
        """The x coordinate of an instant, not left of the first one."""
        share = (max(instant, self.first) - self.first) / (self.last - self.first)
        return self.box.left() + share * self.box.width()

    def y(self, rate: Decimal) -> float:
        """The y coordinate of a rate."""
        # A rate becomes a coordinate here, and never money again.
        share = float((rate - self.low) / (self.high - self.low))
        return self.box.bottom() - share * self.box.height()


def scale_in(box: QRect, line: CurrencyRates, board: RateBoard, *, small: bool) -> Scale | None:
    """The scale of a currency in a box; None if no rate was ever set."""
    shown = (*line.past, *(() if small else line.coming))
    if not shown:
        return None
    figures = figures_of(shown, with_customs=not small)
    low, high = min(figures), max(figures)
    room = (high - low) / 10 or high / 100
    last = board.at if small or not line.coming else line.coming[-1].rate.since + _LATER
    return Scale(QRectF(box), board.first, last, low - room, high + room)


def figures_of(shown: Sequence[RecordedRate], *, with_customs: bool = True) -> list[Decimal]:
    """All rates to draw."""
    figures = [figure for one in shown for figure in (one.rate.buy, one.rate.sell)]
    customs = [one.rate.customs for one in shown if one.rate.customs is not None] if with_customs else []
    return [*figures, *customs]


def _customs(scale: Scale, rates: Sequence[RecordedRate], end: datetime) -> list[list[QPointF]]:
    """The steps of the customs rate, with gaps where none was set."""
    runs: list[list[QPointF]] = [[]]
    for index, one in enumerate(rates):
        until = rates[index + 1].rate.since if index + 1 < len(rates) else end
        if one.rate.customs is None:
            runs.append([])
            continue
        height = scale.y(one.rate.customs)
        runs[-1] += [QPointF(scale.x(one.rate.since), height), QPointF(scale.x(until), height)]
    return [run for run in runs if run]


def _steps(scale: Scale, rates: Sequence[RecordedRate], end: datetime, side: str) -> list[QPointF]:
    points = []
    for index, one in enumerate(rates):
        until = rates[index + 1].rate.since if index + 1 < len(rates) else end
        height = scale.y(getattr(one.rate, side))
        points += [QPointF(scale.x(one.rate.since), height), QPointF(scale.x(until), height)]
    return points


def draw_curve(
    painter: QPainter, theme: Theme, box: QRect, line: CurrencyRates, board: RateBoard, *, small: bool = False
) -> None:
    """Draw the history of a currency into `box`; `small` leaves out scheduled rates."""
    scale = scale_in(box, line, board, small=small)
    if scale is None:
        return
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    buy = _steps(scale, line.past, board.at, "buy")
    sell = _steps(scale, line.past, board.at, "sell")
    if buy:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent_soft"))
        painter.drawPolygon(QPolygonF([*sell, *reversed(buy)]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for points, token in ((buy, "chart_3"), (sell, "chart_1")):
            painter.setPen(QPen(theme.colour(token), 1.5 if small else 2))
            painter.drawPolyline(QPolygonF(points))
    if not small:
        pen = QPen(theme.colour("muted"), 1.5)
        pen.setDashPattern([1, 3])
        painter.setPen(pen)
        for run in _customs(scale, (*line.past, *line.coming), scale.last):
            painter.drawPolyline(QPolygonF(run))
    if not small and line.coming:
        for side, token in (("buy", "chart_3"), ("sell", "chart_1")):
            pen = QPen(theme.colour(token), 2)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(_steps(scale, line.coming, scale.last, side)))
    painter.restore()
