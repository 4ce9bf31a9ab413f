"""How a rate went: buy and sell as two stepped lines with the spread between them, what is to come dashed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.application.figures import date_text
from pos.application.show_rate_board import CurrencyRates, RateBoard
from pos.application.words import Words
from pos.domain.rates import RecordedRate
from pos.ui.rates.rate_words import figure_text
from pos.ui.theme import Size, Space, Theme, Type
from pos.ui.widgets.drawing import CENTRE, LEFT, RIGHT, draw_text, text_width

_HEIGHT = 188
_LATER = timedelta(days=3)
"""How far the picture goes on after the last rate to come."""


@dataclass(frozen=True, slots=True)
class _Scale:
    """Where an instant and a rate stand in a box."""

    box: QRectF
    first: datetime
    last: datetime
    low: Decimal
    high: Decimal

    def x(self, instant: datetime) -> float:
        share = (max(instant, self.first) - self.first) / (self.last - self.first)
        return self.box.left() + share * self.box.width()

    def y(self, rate: Decimal) -> float:
        # A rate becomes a place in a picture here, and never money again.
        share = float((rate - self.low) / (self.high - self.low))
        return self.box.bottom() - share * self.box.height()


def _scale(box: QRect, line: CurrencyRates, board: RateBoard, *, small: bool) -> _Scale | None:
    shown = (*line.past, *(() if small else line.coming))
    if not shown:
        return None
    figures = [figure for one in shown for figure in (one.rate.buy, one.rate.sell)]
    low, high = min(figures), max(figures)
    room = (high - low) / 10 or high / 100
    last = board.at if small or not line.coming else line.coming[-1].rate.since + _LATER
    return _Scale(QRectF(box), board.first, last, low - room, high + room)


def _steps(scale: _Scale, rates: Sequence[RecordedRate], end: datetime, side: str) -> list[QPointF]:
    points = []
    for place, one in enumerate(rates):
        until = rates[place + 1].rate.since if place + 1 < len(rates) else end
        height = scale.y(getattr(one.rate, side))
        points += [QPointF(scale.x(one.rate.since), height), QPointF(scale.x(until), height)]
    return points


def draw_curve(
    painter: QPainter, theme: Theme, box: QRect, line: CurrencyRates, board: RateBoard, *, small: bool = False
) -> None:
    """Draw the weeks of a currency into `box`; `small` leaves out what is to come."""
    scale = _scale(box, line, board, small=small)
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
    if not small and line.coming:
        for side, token in (("buy", "chart_3"), ("sell", "chart_1")):
            pen = QPen(theme.colour(token), 2)
            pen.setDashPattern([3, 3])
            painter.setPen(pen)
            painter.drawPolyline(QPolygonF(_steps(scale, line.coming, scale.last, side)))
    painter.restore()


class RateCurve(QWidget):
    """The weeks of the chosen currency, large, with its lowest and highest figure and the days below."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._line: CurrencyRates | None = None
        self._board: RateBoard | None = None
        self._zone: ZoneInfo | None = None
        self._words: Words | None = None
        self.setFixedHeight(_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, line: CurrencyRates, board: RateBoard, zone: ZoneInfo, words: Words) -> None:
        """Show a currency."""
        self._line, self._board, self._zone, self._words = line, board, zone, words
        self.setAccessibleName(words("The last six weeks of {currency}", currency=line.currency.code))
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint."""
        return QSize(640, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        line, board, zone, words = self._line, self._board, self._zone, self._words
        if line is None or board is None or zone is None or words is None:
            return
        painter, theme, language = QPainter(self), self._theme, words.language
        figures = [figure for one in (*line.past, *line.coming) for figure in (one.rate.buy, one.rate.sell)]
        font, muted = theme.font(Type.LABEL), theme.colour("muted")
        if not figures:
            draw_text(painter, self.rect(), words("No rate was ever set."), theme.font(Type.BODY), muted, CENTRE)
            return
        low, high = figure_text(min(figures), language), figure_text(max(figures), language)
        left = max(text_width(font, low), text_width(font, high)) + Space.S
        box = QRect(left, Space.S, self.width() - left - Space.S, self.height() - Size.HEADER)
        scale = _scale(box, line, board, small=False)
        assert scale is not None
        for rate, text in ((max(figures), high), (min(figures), low)):
            y = round(scale.y(rate))
            painter.fillRect(box.left(), y, box.width(), 1, theme.colour("line"))
            draw_text(painter, QRect(0, y - 10, left - Space.XS, 20), text, font, muted, RIGHT)
        draw_curve(painter, theme, box, line, board)
        now = round(scale.x(board.at))
        painter.fillRect(now, box.top(), 1, box.height(), theme.colour("muted"))
        bottom = QRect(box.left(), box.bottom() + Space.XS, box.width(), 20)
        draw_text(painter, bottom, date_text(board.first.astimezone(zone).date(), language), font, muted, LEFT)
        text = words("now")
        width = text_width(font, text)
        place = min(max(now - width // 2, box.left()), box.right() - width)
        draw_text(painter, QRect(place, bottom.top(), width + 2, 20), text, font, theme.colour("text"), LEFT)
        if line.coming:
            last = date_text(scale.last.astimezone(zone).date(), language)
            if place + width + text_width(font, last) + Space.M < box.right():
                draw_text(painter, bottom, last, font, muted, RIGHT)
