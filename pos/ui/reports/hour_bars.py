"""Sales by hour as bars: one hour a bar, the highest with its figure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from pos.application.figures import money_text, number_text, sign_of
from pos.application.words import Words
from pos.domain.day_shares import Share
from pos.domain.money import Currency, Money
from pos.ui.theme import Space, Theme, Type
from pos.ui.widgets.drawing import CENTRE, RIGHT, draw_text, text_width
from pos.ui.widgets.surface import Ground, Surface
from pos.ui.widgets.text_label import Role, TextLabel

_WIDEST = 48
_FOOT, _HEAD = 24, 24
_HEIGHT = 200
_LINES = 3
_NICE = (10, 12, 15, 20, 25, 30, 40, 50, 60, 80, 100)
"""Round steps between two marks, in tenths of a power of ten."""


class HourCard(Surface):
    """The bars with their title, or a sentence where nothing was sold."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._title = TextLabel(role=Role.STRONG)
        self._nothing = TextLabel(role=Role.LABEL, wrap=True)
        self.bars = _Bars(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        column.setSpacing(Space.S)
        column.addWidget(self._title)
        column.addWidget(self._nothing)
        column.addWidget(self.bars, 1)
        column.addStretch(0)

    def present(self, title: str, hours: Sequence[tuple[int, Share]], nothing: str, words: Words) -> None:
        """Show the hours that sold something; those between them are empty places."""
        self._title.setText(title)
        self._nothing.setText(nothing)
        self._nothing.setVisible(not hours)
        self.bars.setVisible(bool(hours))
        self.bars.present(hours, words)
        told = [f"{hour:02d}:00 {money_text(share.amount, words.language)}" for hour, share in hours]
        self.setAccessibleName(title)
        self.setAccessibleDescription(", ".join(told) or nothing)


class _Bars(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._amounts: Mapping[int, Money] = {}
        self._language = "en"
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def present(self, hours: Sequence[tuple[int, Share]], words: Words) -> None:
        self._amounts = {hour: share.amount for hour, share in hours}
        self._language = words.language
        self.update()

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint."""
        return QSize(400, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Override QWidget.minimumSizeHint."""
        return QSize(200, _HEIGHT)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Override QWidget.paintEvent."""
        if not self._amounts:
            return
        painter, colour = QPainter(self), self._theme.colour
        small, bold = self._theme.font(Type.LABEL), self._theme.font(Type.LABEL, bold=True)
        best = max(self._amounts.values(), key=lambda amount: amount.minor)
        step = _step(best)
        scale = step.minor * _LINES
        marks = [self._figure(step * n) for n in range(_LINES + 1)]
        left = max(text_width(small, mark) for mark in marks) + Space.S
        room = self.height() - _HEAD - _FOOT
        base = _HEAD + room
        for n, mark in enumerate(marks):
            y = base - room * n // _LINES
            painter.fillRect(QRect(left, y, self.width() - left, 1), colour("line_strong" if n == 0 else "line"))
            draw_text(painter, QRect(0, y - 10, left - Space.S, 20), mark, small, colour("muted"), RIGHT)
        first, last = min(self._amounts), max(self._amounts)
        pitch = (self.width() - left) / (last - first + 1)
        width = min(_WIDEST, round(pitch * 0.6))
        for hour in range(first, last + 1):
            middle = round(left + pitch * (hour - first + 0.5))
            slot = QRect(middle - round(pitch / 2), base + 2, round(pitch), _FOOT - 2)
            draw_text(painter, slot, f"{hour:02d}", small, colour("muted"), CENTRE)
            amount = self._amounts.get(hour)
            if amount is None or amount.minor <= 0:
                continue
            height = max(2, room * amount.minor // scale)
            painter.fillRect(QRect(middle - width // 2, base - height, width, height), colour("chart_1"))
            if amount == best:
                text = self._figure(amount)
                wide = text_width(bold, text) + 2
                at = QRect(min(middle - wide // 2, self.width() - wide), base - height - 20, wide, 18)
                painter.fillRect(at, colour("surface"))
                draw_text(painter, at, text, bold, colour("text"), CENTRE)

    def _figure(self, amount: Money) -> str:
        return number_text(amount.units, self._language)


def _step(best: Money) -> Money:
    """A round figure of which `_LINES` reach above the best hour."""
    unit = power = best.currency.minor_per_unit
    while power * 10 * _LINES < best.minor:
        power *= 10
    steps = (power * nice // 10 for nice in _NICE)
    return Money(next(step for step in steps if step % unit == 0 and step * _LINES >= best.minor), best.currency)


def hours_title(currency: Currency, city: str, words: Words) -> str:
    """What the bars show, in which money and by whose clock."""
    name = words("Sales by hour, {sign}", sign=sign_of(currency))
    return f"{name} ({city})" if city else name
