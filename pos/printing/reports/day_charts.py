"""Charts of the day report: upright bars by hour or day, beside those of the earlier period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from reportlab.graphics.charts.barcharts import VerticalBarChart
from reportlab.graphics.shapes import Drawing, String
from reportlab.lib.colors import Color, HexColor
from reportlab.pdfbase.ttfonts import TTFont

from pos.application.text.formatting import number_text
from pos.domain.money import Money

NOW, BEFORE = HexColor("#0A6C74"), HexColor("#B3CFD2")
_GRID, _INK = HexColor("#D5DCE3"), HexColor("#5B6B7A")
_SIZE = 6.5
_LEFT, _BELOW, _ABOVE = 40.0, 14.0, 12.0
_STEPS = 4


@dataclass(frozen=True, slots=True)
class ChartColumn:
    """A column of a chart: name, present value, and earlier value if known."""

    name: str
    now: Money
    before: Money | None = None


def columns_drawn(columns: Sequence[ChartColumn], width: float, height: float, face: TTFont, language: str) -> Drawing:
    """The chart at this size in points; the language formats the numbers of its scale."""
    drawing = Drawing(width, height)
    compared = any(column.before is not None for column in columns)
    series = [[_units(column.now) for column in columns]]
    if compared:
        series.insert(0, [_units(column.before) for column in columns])
    chart: Any = VerticalBarChart()
    chart.x, chart.y = _LEFT, _BELOW
    chart.width, chart.height = width - _LEFT, height - _BELOW - _ABOVE
    chart.data = series
    chart.categoryAxis.categoryNames = [column.name for column in columns]
    chart.groupSpacing, chart.barSpacing = 5 if compared else 8, 0
    _axes(chart, max((max(row) for row in series), default=0.0), face, language)
    for index, colour in enumerate((BEFORE, NOW) if compared else (NOW,)):
        _bar(chart, index, colour)
    drawing.add(chart)
    _figures(drawing, chart, columns, face, language)
    return drawing


def _units(money: Money | None) -> float:
    """For the length of a bar only: no printed number is derived from it."""
    return 0.0 if money is None else max(0.0, float(money.units))


def _axes(chart: Any, most: float, face: TTFont, language: str) -> None:
    step = _step(most / _STEPS)
    value, names = chart.valueAxis, chart.categoryAxis
    value.valueMin, value.valueStep = 0, step
    value.valueMax = step * max(1, -int(-most // step))
    value.labelTextFormat = lambda number: number_text(round(number), language)
    value.visibleAxis, value.visibleTicks, value.visibleGrid = False, False, True
    value.gridStrokeColor, value.gridStrokeWidth = _GRID, 0.4
    names.visibleTicks, names.strokeColor, names.strokeWidth = False, _INK, 0.6
    for axis in (value, names):
        axis.labels.fontName, axis.labels.fontSize, axis.labels.fillColor = face.fontName, _SIZE, _INK
    names.labels.dy = -1


def _bar(chart: Any, index: int, colour: Color) -> None:
    chart.bars[index].fillColor, chart.bars[index].strokeColor = colour, None


def _figures(drawing: Drawing, chart: Any, columns: Sequence[ChartColumn], face: TTFont, language: str) -> None:
    """The present values above the bars, if all fit; whole units of the currency."""
    slot, series = chart.width / max(1, len(columns)), len(chart.data)
    texts = [number_text(column.now.units, language) if column.now.minor > 0 else "" for column in columns]
    if any(face.stringWidth(text, _SIZE) > slot - 1 for text in texts):
        return
    for index, (column, text) in enumerate(zip(columns, texts, strict=True)):
        y = chart.y + chart.height * _units(column.now) / chart.valueAxis.valueMax + 2
        x = chart.x + slot * (index + (0.5 if series == 1 else 0.72))
        drawing.add(String(x, y, text, fontName=face.fontName, fontSize=_SIZE, fillColor=_INK, textAnchor="middle"))


def _step(least: float) -> float:
    """The next of 1, 2, 5, 10, 20 … that is not less."""
    step = 1.0
    while True:
        for times in (1, 2, 5):
            if step * times >= least:
                return step * times
        step *= 10
