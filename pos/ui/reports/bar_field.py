"""Marks as bars side by side with last week's line: drawn once the chart library is loaded."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Theme
from pos.ui.reports.chart_library import ChartLibrary
from pos.ui.reports.drawn_slice import DrawnSlice
from pos.ui.reports.slice_field import SliceField

if TYPE_CHECKING:
    from pos.ui.reports.plot import Plot

_HEIGHT = 196


class BarField(SliceField):
    """Bars of marks; `every` prints the figure over each bar."""

    def __init__(
        self, theme: Theme, library: ChartLibrary, *, every: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, across=True, parent=parent)
        self._library = library
        self._every = every
        self._scale: tuple[tuple[int, str], ...] = ()
        self._line = False
        self.plot: Plot | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.redraw)

    def present_bars(
        self, title: str, slices: Sequence[DrawnSlice], scale: Sequence[tuple[int, str]] = (), *, line: bool = False
    ) -> None:
        """Show other bars; `scale` are the axis values with their texts."""
        self._scale, self._line = tuple(scale), line
        self.present(title, slices)

    def sizeHint(self) -> QSize:
        return QSize(400, _HEIGHT)

    def minimumSizeHint(self) -> QSize:
        return QSize(200, _HEIGHT)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Bars keep their width whatever the width of the field."""
        super().resizeEvent(event)
        if self.plot is not None:
            self.plot.view.setGeometry(self.rect())
            if event.size().width() != event.oldSize().width():
                self.redraw()

    def showEvent(self, event: QShowEvent) -> None:
        """Draw what was not drawn while hidden."""
        super().showEvent(event)
        self.redraw()

    def index_at(self, point: QPoint) -> int:
        return -1 if self.plot is None else self.plot.index_at(point, len(self.slices))

    def redraw(self) -> None:
        if self.slices and self.isVisible():
            self._library.draw(self._draw)

    def _draw(self) -> None:
        from pos.ui.reports.plot import Plot

        if self.plot is None:
            self.plot = Plot(self.theme, self)
            self.plot.view.setGeometry(self.rect())
            self.plot.view.show()
        chosen = self.chosen if self.hasFocus() else -1
        self.plot.draw(self.slices, self._scale, chosen, every=self._every, line=self._line)
