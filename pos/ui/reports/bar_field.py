"""Marks as bars side by side, with last week's line: drawn as soon as the library for it is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.reports.chart_library import ChartLibrary
from pos.ui.reports.drawn_mark import DrawnMark
from pos.ui.reports.mark_field import MarkField
from pos.ui.theme import Theme

if TYPE_CHECKING:
    from pos.ui.reports.plot import Plot

_HEIGHT = 196


class BarField(MarkField):
    """Bars of marks; `every` writes the figure over each of them."""

    def __init__(
        self, theme: Theme, library: ChartLibrary, *, every: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, across=True, parent=parent)
        self._library = library
        self._every = every
        self._scale: tuple[tuple[int, str], ...] = ()
        self._line = False
        self.plot: Plot | None = None
        self._due = QTimer(self, singleShot=True, interval=0)
        self._due.timeout.connect(self._draw)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.redraw)

    def present_bars(
        self, title: str, marks: Sequence[DrawnMark], scale: Sequence[tuple[int, str]] = (), *, line: bool = False
    ) -> None:
        """Show other bars; `scale` are the values of the axis with their words."""
        self._scale, self._line = tuple(scale), line
        self.present(title, marks)

    def sizeHint(self) -> QSize:
        """Override QWidget.sizeHint."""
        return QSize(400, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        """Override QWidget.minimumSizeHint."""
        return QSize(200, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Override QWidget.resizeEvent."""
        super().resizeEvent(event)
        if self.plot is not None:
            self.plot.view.setGeometry(self.rect())
            self.redraw()  # bars stay as wide as they were, however wide the field is

    def mark_at(self, point: QPoint) -> int:
        """Override MarkField.mark_at."""
        return -1 if self.plot is None else self.plot.mark_at(point, len(self.marks))

    def redraw(self) -> None:
        """Override MarkField.redraw: once, however often it is asked for in one turn."""
        if not self.marks:
            return
        if self.plot is None:
            self._library.when_there(self._make)
        else:
            self._due.start()

    def _draw(self) -> None:
        if self.plot is not None:
            chosen = self.chosen if self.hasFocus() else -1
            self.plot.draw(self.marks, self._scale, chosen, every=self._every, line=self._line)

    def _make(self) -> None:
        from pos.ui.reports.plot import Plot

        if self.plot is None:
            self.plot = Plot(self.theme, self)
            self.plot.view.setGeometry(self.rect())
            self.plot.view.show()
            self._draw()
