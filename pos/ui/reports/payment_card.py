"""Payments of the day: a bar of the currencies by value, and every method with its own amount."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from pos.domain.money import Currency
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT
from pos.ui.widgets.drawing.surface import Ground, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

_BAR, _SWATCH, _GAP, _ROW = 16, 12, 2, 24
SHADES = ("chart_1", "chart_2", "chart_3", "chart_4", "chart_5")
"""The colours of the currencies, in their order; each is shown with a label."""


def shade_of(currency: Currency) -> str:
    """The colour of a currency; a counter with more currencies than colours begins with them again."""
    return SHADES[currency.place % len(SHADES)]


class PaymentRow(NamedTuple):
    """One row: the colour of its currency or none, its name, its amount, and its value if it is foreign."""

    shade: str
    name: str
    amount: str
    value: str


class PaymentCard(Surface):
    """Shows payment rows; the bar above them is drawn from the shares of the currencies."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Ground.CARD, parent)
        self._theme = theme
        self._title = TextLabel(role=Role.STRONG)
        self._nothing = TextLabel(role=Role.LABEL, wrap=True)
        self._bar = _ShareBar(theme)
        self._holder = QWidget(self)
        self._ways: tuple[PaymentRow, ...] = ()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.M, Space.S, Space.M, Space.S)
        self._column.setSpacing(Space.S)
        for part in (self._title, self._nothing, self._bar, self._holder):
            self._column.addWidget(part)
        self._column.addStretch(1)

    @property
    def ways(self) -> tuple[PaymentRow, ...]:
        """The rows on show."""
        return self._ways

    def present(self, title: str, shares: Sequence[tuple[str, int]], ways: Sequence[PaymentRow], nothing: str) -> None:
        """Show other rows; `shares` are colours with the value of each."""
        self._title.setText(title)
        self._nothing.setText(nothing)
        self._nothing.setVisible(not ways)
        self._bar.setVisible(bool(shares))
        self._bar.present(shares)
        self._ways = tuple(ways)
        self.setAccessibleName(title)
        self._holder.hide()
        self._holder.deleteLater()
        self._holder = QWidget(self)
        self._holder.setVisible(bool(ways))
        grid = QGridLayout(self._holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.M)
        grid.setVerticalSpacing(0)
        grid.setColumnStretch(1, 1)
        for row, way in enumerate(ways):
            grid.addWidget(_Swatch(self._theme, way.shade), row, 0)
            grid.addWidget(TextLabel(way.name, align=LEFT, wrap=True), row, 1)
            grid.addWidget(TextLabel(way.amount, Role.STRONG, align=RIGHT), row, 2)
            grid.addWidget(TextLabel(way.value, Role.LABEL, align=RIGHT), row, 3)
            grid.setRowMinimumHeight(row, _ROW)
        self._column.insertWidget(3, self._holder)


class _ShareBar(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._shares: tuple[tuple[str, int], ...] = ()
        self.setFixedHeight(_BAR)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def present(self, shares: Sequence[tuple[str, int]]) -> None:
        self._shares = tuple(shares)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        whole = sum(value for _, value in self._shares)
        if whole <= 0:
            return
        painter, before = QPainter(self), 0
        room = self.width() + _GAP
        for shade, value in self._shares:
            start, end = room * before // whole, room * (before + value) // whole
            before += value
            painter.fillRect(QRect(start, 0, max(1, end - start - _GAP), self.height()), self._theme.colour(shade))


class _Swatch(QWidget):
    def __init__(self, theme: Theme, shade: str) -> None:
        super().__init__()
        self._theme = theme
        self._shade = shade
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(_SWATCH, _SWATCH)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self._shade:
            QPainter(self).fillRect(self.rect(), self._theme.colour(self._shade))
