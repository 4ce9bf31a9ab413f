"""The figures at the top of a day report, each with its earlier value if known."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from pos.application.text.formatting import money_text, number_text, percent_text, pieces_text
from pos.application.text.typography import labelled
from pos.application.text.words import Words
from pos.domain.money import Money
from pos.domain.reports.day_report import DayReport
from pos.printing.drawing.table_pages import SHADE, TablePages

_TILE, _GAP = 46.0, 8.0
_IN_ROW = 3


@dataclass(frozen=True, slots=True)
class PrintedTile:
    """A name, a value, and a note below it."""

    name: str
    figure: str
    note: str


def draw_tiles(pages: TablePages, report: DayReport, words: Words) -> None:
    """Draw the tiles, three per row."""
    tiles = [*_beside_before(report, words), _net(report, words), _margin(report, words), _visitors(report, words)]
    width = (pages.width - _GAP * (_IN_ROW - 1)) / _IN_ROW
    for index, tile in enumerate(tiles):
        x = index % _IN_ROW * (width + _GAP)
        pages.box(x, 0, width, _TILE, SHADE)
        pages.text(x + 8, tile.name, 7.5, muted=True, width=width - 16, below=5)
        pages.text(x + 8, tile.figure, 14, bold=True, width=width - 16, below=14)
        pages.text(x + 8, tile.note, 7, muted=True, width=width - 16, below=33)
        if index % _IN_ROW == _IN_ROW - 1 or index == len(tiles) - 1:
            pages.y += _TILE + _GAP
    pages.y += 4


def _beside_before(report: DayReport, words: Words) -> Iterator[PrintedTile]:
    compared, now, language = report.compared, report.sales, words.language
    then = compared.sales if compared is not None and compared.whole.count else None

    def money(name: str, amount: Money, was: Money | None) -> PrintedTile:
        note = "" if was is None else _change(amount.minor, was.minor, money_text(was, language), words)
        return PrintedTile(name, money_text(amount, language), note)

    yield money(words("Sales"), now.amount, None if then is None else then.amount)
    note = "" if then is None else _change(now.count, then.count, number_text(then.count, language), words)
    yield PrintedTile(words("Receipts"), number_text(now.count, language), note or pieces_text(now.pieces, words))
    yield money(words("Average basket"), now.average, None if then is None else then.average)


def _change(now: int, then: int, shown: str, words: Words) -> str:
    before = words("previous: {figure}", figure=shown)
    if then <= 0:
        return before
    return f"{percent_text(Fraction(100 * (now - then), then), words.language, 1, plus=True)} · {before}"


def _net(report: DayReport, words: Words) -> PrintedTile:
    net = money_text(report.sales.amount - report.returns.amount, words.language)
    back = words("{amount} returned", amount=money_text(report.returns.amount, words.language))
    return PrintedTile(words("Net sales"), net, back)


def _margin(report: DayReport, words: Words) -> PrintedTile:
    margin, language = report.margin, words.language
    if margin is None or margin.rate is None:
        return PrintedTile(words("Margin"), words("unknown"), words("no known cost"))
    note = percent_text(100 * margin.rate, language, 1)
    if margin.coverage is not None and margin.coverage < 1:
        known = words("cost known: {percent}", percent=percent_text(100 * margin.coverage, language, 0))
        note = f"{note} · {known}"
    return PrintedTile(words("Margin"), money_text(margin.amount, language), note)


def _visitors(report: DayReport, words: Words) -> PrintedTile:
    count = number_text(sum(count for _, count in report.visitors), words.language)
    voids = labelled(words, words("Removed lines"), number_text(len(report.details.voids), words.language))
    return PrintedTile(words.within("visitors of receipts", "Visits"), count, voids)
