"""The gauges of one visitor below each other, as close as needed so that all are visible."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.cards.quota_gauge import Density, GaugeView, QuotaGauge
from pos.ui.widgets.drawing.see_through import SeeThrough


class GaugeStack(SeeThrough):
    """Shows GaugeViews; only gauges that differ are repainted, and gauges that do not fit even closely scroll.

    Its height is that of the requested density if there is room, so the room does not depend on the density chosen.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._theme = theme
        self._gauges: list[QuotaGauge] = []
        self._shown = 0
        self._requested = Density.ROOMY
        stack = QWidget()
        self._column = QVBoxLayout(stack)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addStretch(1)
        self.hold(stack)
        self.setMinimumHeight(Space.L)

    def gauges(self) -> list[QuotaGauge]:
        """The gauges shown."""
        return self._gauges[: self._shown]

    def present(self, views: Sequence[GaugeView], density: Density) -> None:
        """Show `views`, no wider apart than `density`."""
        while len(self._gauges) < len(views):
            gauge = QuotaGauge(self._theme)
            self._column.insertWidget(len(self._gauges), gauge)
            self._gauges.append(gauge)
        for gauge, view in zip(self._gauges, views, strict=False):
            gauge.present(view)
        for index, gauge in enumerate(self._gauges):
            gauge.setVisible(index < len(views))
        self._shown, self._requested = len(views), density
        self.setMaximumHeight(len(views) * density.pitch)
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        """The widest density, from the requested one on, with which all fit; the closest if none does."""
        closer = [density for density in Density if density.pitch <= self._requested.pitch]
        fitting = (density for density in closer if density.pitch * self._shown <= self.height())
        density = next(fitting, closer[-1])
        spare = self.height() - density.pitch * self._shown
        is_close = density is closer[-1] and density is not self._requested
        self._column.setSpacing(max(0, min(Space.S, spare // self._shown)) if is_close and self._shown else 0)
        for gauge in self.gauges():
            gauge.set_density(density)
