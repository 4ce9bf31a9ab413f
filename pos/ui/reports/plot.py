"""Bars and a line over them, drawn by pyqtgraph, whose slow import runs in the background."""

from __future__ import annotations

from collections.abc import Sequence

import pyqtgraph as pg
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

from pos.ui.look.theme import Space, Theme, Type
from pos.ui.reports.drawn_slice import DrawnSlice
from pos.ui.widgets.drawing.drawing import text_width

pg.setConfigOption("exitCleanup", False)  # pyqtgraph's exit handler would search all objects of the program

_FOOT = 24
_HEAD = 0.14
"""The room for a figure over the highest bar, as a share of the scale."""
_BAR, _WIDEST = 0.62, 44
_HALO, _POINT = 5, 7


class Plot:
    """Draws marks into a view without menus, buttons or zoom, in the colours and the font of the theme."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        self._theme = theme
        self.view = pg.GraphicsView(parent)
        self.view.setFrameShape(QFrame.Shape.NoFrame)
        self.view.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.viewport().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.view.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        layout = pg.GraphicsLayout()  # a PlotItem would create its menus and forms, which takes as long as a whole page
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        self.view.setCentralItem(layout)
        self._box = layout.addViewBox(row=0, col=1, enableMenu=False, enableMouse=False, defaultPadding=0)
        self._left_axis, self._foot_axis = pg.AxisItem("left"), pg.AxisItem("bottom")
        layout.addItem(self._left_axis, row=0, col=0)
        layout.addItem(self._foot_axis, row=1, col=1)
        for axis in (self._left_axis, self._foot_axis):
            axis.linkToView(self._box)

    def draw(
        self, slices: Sequence[DrawnSlice], scale: Sequence[tuple[int, str]], chosen: int, *, every: bool, line: bool
    ) -> None:
        """Draw marks side by side.

        `scale` are the axis values with their texts; an empty one leaves the axis out. With `every`, each bar has its
        figure, else the highest and the selected one (`chosen`, -1 for none). `line` connects the sizes of a week ago.
        """
        colour = self._theme.colour
        self.view.setBackground(colour("surface"))
        self._box.clear()
        top = scale[-1][0] if scale else max((drawn.value for drawn in slices), default=0)
        top = max(top, 1)
        self._axes(slices, scale)
        self._box.setXRange(-0.5, len(slices) - 0.5, padding=0)
        self._box.setYRange(0, top * (1 + _HEAD), padding=0)
        for value, _ in scale[1:]:
            self._box.addItem(pg.InfiniteLine(value, angle=0, pen=pg.mkPen(colour("line"), width=1)))
        if chosen >= 0:
            self._box.addItem(_bar([chosen], [top * (1 + _HEAD)], 0.96, colour("accent_soft"), colour("focus")))
        sizes = [max(0, drawn.value) for drawn in slices]
        width = min(_BAR, _WIDEST * len(slices) / max(1, self.view.width() - self._left(scale)))
        for token in dict.fromkeys(drawn.token for drawn in slices):
            positions = [index for index, drawn in enumerate(slices) if drawn.token == token]
            self._box.addItem(_bar(positions, [sizes[index] for index in positions], width, colour(token)))
        if line:
            self._line(slices)
        best = max(range(len(slices)), key=lambda index: sizes[index], default=-1)
        for index, drawn in enumerate(slices):
            if drawn.label and (every or index in (best, chosen)) and (sizes[index] or every or index == chosen):
                self._label(drawn, index, sizes[index], "accent_soft" if index == chosen else "surface")

    def index_at(self, point: QPoint, count: int) -> int:
        """Which of `count` marks is at a point of the view: the whole column belongs to it."""
        box = self._box
        at = box.mapSceneToView(self.view.mapToScene(point))
        inside = box.sceneBoundingRect().contains(self.view.mapToScene(point))
        column = round(at.x())
        return column if inside and 0 <= column < count else -1

    def _axes(self, slices: Sequence[DrawnSlice], scale: Sequence[tuple[int, str]]) -> None:
        colour, font = self._theme.colour, self._theme.font(Type.LABEL)
        left, foot = self._left_axis, self._foot_axis
        left.setVisible(bool(scale))
        left.setTicks([list(scale)])
        foot.setTicks([[(index, drawn.name) for index, drawn in enumerate(slices)]])
        left.setWidth(self._left(scale))
        foot.setHeight(_FOOT)
        for axis, offset in ((left, Space.S), (foot, Space.XS)):
            axis.setStyle(tickFont=font, tickLength=0, tickTextOffset=int(offset), hideOverlappingLabels=False)
            axis.setTextPen(colour("muted"))
        left.setStyle(tickAlpha=0)
        left.setPen(pg.mkPen(None))
        foot.setPen(pg.mkPen(colour("line_strong"), width=1))

    def _left(self, scale: Sequence[tuple[int, str]]) -> int:
        font = self._theme.font(Type.LABEL)
        return max((text_width(font, text) for _, text in scale), default=0) + Space.S + 2 if scale else 0

    def _line(self, slices: Sequence[DrawnSlice]) -> None:
        """The line of the week before, outlined in the colour of the ground, so that it is visible over a bar."""
        points = [(index, drawn.before) for index, drawn in enumerate(slices) if drawn.before is not None]
        if not points:
            return
        colour = self._theme.colour
        self._box.addItem(
            pg.PlotDataItem(
                [index for index, _ in points],
                [value for _, value in points],
                pen=pg.mkPen(colour("text"), width=2),
                shadowPen=pg.mkPen(colour("surface"), width=2 + _HALO),
                symbol="o",
                symbolSize=_POINT,
                symbolBrush=pg.mkBrush(colour("surface")),
                symbolPen=pg.mkPen(colour("text"), width=1.5),
                antialias=True,
            )
        )

    def _label(self, drawn: DrawnSlice, index: int, height: int, ground: str) -> None:
        colour = self._theme.colour
        text = pg.TextItem(drawn.label, color=colour("text"), anchor=(0.5, 1), fill=colour(ground))
        text.setFont(self._theme.font(Type.LABEL, bold=True))
        text.setZValue(10)
        self._box.addItem(text)
        text.setPos(index, height)


def _bar(positions: list[int], heights: Sequence[float], width: float, fill: object, line: object = None) -> object:
    pen = pg.mkPen(line, width=2) if line is not None else pg.mkPen(None)
    return pg.BarGraphItem(x=positions, height=list(heights), width=width, brush=fill, pen=pen)
