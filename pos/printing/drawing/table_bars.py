"""Bar charts of tables: upright where the names fit below, else horizontal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pos.printing.drawing.table_pages import BAR, INK, TablePages

_HIGH = 110.0
_NAME, _FIGURE = 6.5, 6.5
_LYING = 13.0
_MOST_LYING = 25


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: its name, length and value text."""

    name: str
    length: Fraction
    figure: str


def draw_bars(pages: TablePages, bars: Sequence[Bar]) -> int:
    """Draw the bars at the present position and advance; returns how many fitted."""
    longest = max((abs(bar.length) for bar in bars), default=Fraction(0))
    if not longest:
        return len(bars)
    slot = pages.width / len(bars)
    if all(pages.width_of(bar.name, _NAME) <= slot - 2 for bar in bars) and pages.room > _HIGH + 60:
        _upright(pages, bars, slot)
    else:
        bars = bars[: min(_MOST_LYING, int(pages.room / _LYING) - 2)]
        _lying(pages, bars, longest)
    pages.y += 10
    return len(bars)


def _upright(pages: TablePages, bars: Sequence[Bar], slot: float) -> None:
    figures = all(pages.width_of(bar.figure, _FIGURE) <= slot - 1 for bar in bars)
    lengths = [Fraction(0), *(bar.length for bar in bars)]
    top, bottom = max(lengths), min(lengths)
    scale = float(Fraction(_HIGH) / (top - bottom))
    zero = float(top) * scale + 10
    thick = min(slot * 0.66, 28.0)
    for index, bar in enumerate(bars):
        middle = (index + 0.5) * slot
        high = abs(float(bar.length)) * scale
        above = zero - high if bar.length >= 0 else zero
        pages.box(middle - thick / 2, above, thick, high, BAR)
        if figures and bar.length:
            wide = pages.width_of(bar.figure, _FIGURE)
            pages.text(middle - wide / 2, bar.figure, _FIGURE, below=above - _FIGURE - 2)
        wide = pages.width_of(bar.name, _NAME)
        pages.text(middle - wide / 2, bar.name, _NAME, muted=True, below=_HIGH + 13)
    pages.box(0, zero, pages.width, 0.5, INK)
    pages.y += _HIGH + 13 + _NAME + 4


def _lying(pages: TablePages, bars: Sequence[Bar], longest: Fraction) -> None:
    names = min(pages.width * 0.35, max(pages.width_of(bar.name, _NAME) for bar in bars) + 6)
    figures = max(pages.width_of(bar.figure, _FIGURE) for bar in bars) + 6
    room = pages.width - names - figures
    for bar in bars:
        pages.text(0, bar.name, _NAME, width=names - 6, below=2)
        long = room * float(abs(bar.length) / longest)
        pages.box(names, 2, long, _LYING - 5, BAR if bar.length >= 0 else INK)
        pages.text(names + long + 4, bar.figure, _FIGURE, below=2)
        pages.y += _LYING
