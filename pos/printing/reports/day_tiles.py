"""The figures at the top of a day report, each with its earlier value if known."""

from __future__ import annotations

from pos.application.reports.day_figures import TileFigure, on_paper
from pos.application.text.formatting import percent_text
from pos.application.text.words import Words
from pos.domain.reports.day_report import DayReport
from pos.printing.drawing.table_pages import SHADE, TablePages

_TILE, _GAP = 46.0, 8.0
_IN_ROW = 3


def draw_tiles(pages: TablePages, report: DayReport, words: Words) -> None:
    """Draw the tiles, three per row."""
    tiles = on_paper(report, words)
    width = (pages.width - _GAP * (_IN_ROW - 1)) / _IN_ROW
    for index, tile in enumerate(tiles):
        x = index % _IN_ROW * (width + _GAP)
        pages.box(x, 0, width, _TILE, SHADE)
        pages.text(x + 8, tile.name, 7.5, muted=True, width=width - 16, below=5)
        pages.text(x + 8, tile.value, 14, bold=True, width=width - 16, below=14)
        pages.text(x + 8, _note(tile, words), 7, muted=True, width=width - 16, below=33)
        if index % _IN_ROW == _IN_ROW - 1 or index == len(tiles) - 1:
            pages.y += _TILE + _GAP
    pages.y += 4


def _note(tile: TileFigure, words: Words) -> str:
    """The change and the earlier value; without them the share and the remark."""
    if tile.previous is None:
        return " · ".join(part for part in (tile.share, tile.remark) if part)
    before = words("previous: {figure}", figure=tile.previous)
    if tile.change is None:
        return before
    return f"{percent_text(tile.change, words.language, 1, plus=True)} · {before}"
