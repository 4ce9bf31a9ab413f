"""Both clocks of the border, large, with the day."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from pos.application.text.formatting import long_date_text, time_text
from pos.domain.border import Clock, border_in_force, in_language
from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Ground, Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel

if TYPE_CHECKING:
    from pos.application.text.translator import Translator


class ClockCard(Surface):
    """A card with the city, the day and the time of each side."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Ground.CARD)
        self._theme = theme
        self._clocks: tuple[Clock, ...] = ()
        self._cities: list[_City] = []
        self._row = row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, Space.M, Space.M, Space.M)
        row.setSpacing(Space.M)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def present(self, instant: datetime, tr: Translator) -> None:
        """Show the time of `instant` on both sides."""
        if self._clocks != border_in_force().clocks:  # the shop may be opened behind this card
            self._lay_out(border_in_force().clocks)
        self.setVisible(bool(self._clocks))  # a border may have none
        for clock, city in zip(self._clocks, self._cities, strict=True):
            local = instant.astimezone(clock.zone)
            days = [long_date_text(local.date(), tr.language, year=False, short=short) for short in (False, True)]
            city.present(in_language(clock.title, tr.language), days, time_text(local))

    def _lay_out(self, clocks: tuple[Clock, ...]) -> None:
        while (item := self._row.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        self._clocks, self._cities = clocks, [_City(self._theme) for _ in clocks]
        for number, city in enumerate(self._cities):
            if number:
                self._row.addWidget(Line(Qt.Orientation.Vertical))
            self._row.addWidget(city, 1)


class _City(QWidget):
    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._name = TextLabel(role=Role.LABEL)
        self._day = TextLabel(role=Role.SMALL)
        self._day.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._days: Sequence[str] = ("",)
        self._time = TextLabel(role=Role.SECTION)
        words = vbox(self._name, self._day, spacing=2)
        icon = PlainIcon(theme, "clock", "muted")
        self._row = hbox(icon, Stretched(words), self._time, spacing=12, margins=0, parent=self)

    def present(self, name: str, days: Sequence[str], time: str) -> None:
        """Show the first way to write the day that has room."""
        self._name.setText(name)
        self._days = days
        self._time.setText(time)
        self.setAccessibleName(f"{name} {days[0]} {time}")
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self._row.activate()
        font, room = self._day.fontMetrics(), self._day.width()
        self._day.setText(next((day for day in self._days if font.horizontalAdvance(day) <= room), self._days[-1]))


class PlainIcon(QWidget):
    """An icon that takes no input."""

    def __init__(self, theme: Theme, name: str, token: str, side: int = 20) -> None:
        super().__init__()
        self._theme = theme
        self._name, self._token, self._side = name, token, side
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        self._theme.icons.paint(QPainter(self), self._name, self._token, 0, 0, self._side)
