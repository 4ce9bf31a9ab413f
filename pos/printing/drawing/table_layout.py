"""Layout of a printed table: column widths, page orientation and font size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from reportlab.lib.pagesizes import A4
from reportlab.lib.units import mm

MARGIN = 15 * mm
PORTRAIT = A4
LANDSCAPE = (A4[1], A4[0])
GAP = 8.0
"""Points between two columns."""

_SIZES = (8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0, 4.5)
_NARROWEST = 9.0
"""The width of a column of wrapping texts, in letters."""


@dataclass(frozen=True, slots=True)
class Measured:
    """A column measured at one point: its widest width with the title on one line, and its least width."""

    widest: float
    least: float
    wraps: bool

    @classmethod
    def of(cls, cells: float, cell_word: float, name: float, name_word: float, *, wraps: bool) -> Measured:
        """Measure the widest cell and word, and those of the title. Numbers stay on a line, their titles wrap."""
        widest = max(cells, min(name, 2 * name_word))
        if not wraps:
            return cls(widest, max(cells, name_word), wraps=False)
        word = max(cell_word, name_word)
        return cls(widest, min(widest, max(_NARROWEST, min(word, 1.4 * _NARROWEST))), wraps=True)


@dataclass(frozen=True, slots=True)
class Layout:
    """The page in points, the font size, the width of each column without the gap after it."""

    page: tuple[float, float]
    size: float
    widths: tuple[float, ...]

    @property
    def content(self) -> float:
        """The width between the margins."""
        return self.page[0] - 2 * MARGIN


def laid_out(columns: Sequence[Measured]) -> Layout:
    """Portrait if everything fits, else landscape; then texts wrap, then the font shrinks."""
    for page in (PORTRAIT, LANDSCAPE):
        whole = _fitted(columns, page, _SIZES[0], [one.widest for one in columns])
        if whole is not None:
            return whole
    for page, sizes in ((PORTRAIT, _SIZES[:1]), (LANDSCAPE, _SIZES)):
        for size in sizes:
            wrapped = _fitted(columns, page, size, [one.least for one in columns])
            if wrapped is not None:
                return wrapped
    return _squeezed(columns)


def _fitted(
    columns: Sequence[Measured], page: tuple[float, float], size: float, least: Sequence[float]
) -> Layout | None:
    """The layout with each column at least as wide as `least`; None if they do not fit."""
    room = page[0] - 2 * MARGIN - GAP * (len(columns) - 1) - size * sum(least)
    if room < 0:
        return None
    extra = [one.widest - small for one, small in zip(columns, least, strict=True)]
    given = min(1.0, room / (size * sum(extra))) if sum(extra) > 0 else 0.0
    widths = [size * (small + given * more) for small, more in zip(least, extra, strict=True)]
    left = page[0] - 2 * MARGIN - GAP * (len(columns) - 1) - sum(widths)
    texts = [index for index, one in enumerate(columns) if one.wraps]
    if texts:
        widths[texts[0]] += left  # a table is as wide as its page
    return Layout(page, size, tuple(widths))


def _squeezed(columns: Sequence[Measured]) -> Layout:
    """For more columns than fit a page: equal shares, all cells wrap."""
    size = _SIZES[-1]
    room = LANDSCAPE[0] - 2 * MARGIN - GAP * (len(columns) - 1)
    least = [one.least for one in columns]
    return Layout(LANDSCAPE, size, tuple(room * one / sum(least) for one in least))
