"""Shares of the sales as half-page cards: a name, a proportional bar, a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

from pos.application.tables.table import Cell, Table
from pos.application.text.formatting import currency_symbol, number_text
from pos.application.text.translator import Translator
from pos.application.text.typography import strung
from pos.domain.money import Money
from pos.domain.reports.rounded_parts import whole_units
from pos.printing.drawing.printable import printable
from pos.printing.drawing.table_pages import TablePages
from pos.printing.reports.day_charts import NOW

MOST = 8
"""Rows of a card; a longer table is printed in full further below."""

_NO_PARTS = "top-products"
"""Its rows are not all of the sales."""

_ROW, _TITLE, _SIZE = 13.0, 9.5, 7.5
_NAMES = 0.46
_FIGURE = 62.0


@dataclass(frozen=True, slots=True)
class Card:
    """A title and its rows: name, bar length, value text."""

    title: str
    rows: tuple[tuple[str, int, str], ...]

    @classmethod
    def of(cls, table: Table, tr: Translator) -> Card:
        """The chart of a table: its longest rows, in order."""
        assert table.bars is not None, "only a table with a picture becomes a card"
        rows, title, every = [], table.title, list(table.rows)
        units = iter(_whole(table, [row[table.bars.lengths] for row in every]))
        for row in every[:MOST]:
            cell = row[table.bars.lengths]
            if isinstance(cell, Money):
                title = strung(tr, (table.title, currency_symbol(cell.currency)))
                rows.append((str(row[table.bars.names]), cell.minor, number_text(next(units), tr.language)))
            elif isinstance(cell, int):
                rows.append((str(row[table.bars.names]), cell, number_text(cell, tr.language)))
        return cls(title, tuple(rows))

    @property
    def height(self) -> float:
        return _TITLE + 8 + _ROW * len(self.rows) + 8


def _whole(table: Table, cells: Sequence[Cell]) -> Sequence[Fraction | int]:
    """The amounts that are shown, in whole units: parts of the sales as the window rounds them, products alone."""
    amounts = [cell for cell in cells if isinstance(cell, Money)]
    if table.key == _NO_PARTS:
        return [amount.units for amount in amounts]
    shown, rest = amounts[:MOST], amounts[MOST:]
    if rest:
        shown.append(sum(rest[1:], rest[0]))
    return whole_units(shown)


def draw_cards(pages: TablePages, cards: Sequence[Card]) -> None:
    """Draw all cards, two per row."""
    gap = 20.0
    width = (pages.width - gap) / 2
    for first in range(0, len(cards), 2):
        pair = cards[first : first + 2]
        high = max(card.height for card in pair)
        if high > pages.room:
            pages.new_page(pages.page)
        for index, card in enumerate(pair):
            _draw(pages, card, index * (width + gap), width)
        pages.y += high


def _draw(pages: TablePages, card: Card, x: float, width: float) -> None:
    top = pages.y
    pages.text(x, card.title, _TITLE, bold=True, width=width)
    pages.y += _TITLE + 5
    pages.line(x, width)
    pages.y += 3
    longest = max((length for _, length, _ in card.rows), default=0)
    names = width * _NAMES
    room = width - names - _FIGURE - 6
    for name, length, figure in card.rows:
        pages.text(x, _cut(pages, printable(name), names - 6), _SIZE, below=1)
        if length > 0 and longest:
            pages.bar(x + names, 2.5, max(1.0, room * length / longest), _ROW - 6.5, NOW)
        pages.text(x + width, figure, _SIZE, at_right=True, below=1)
        pages.y += _ROW
    pages.y = top


def _cut(pages: TablePages, text: str, width: float) -> str:
    """The part of a name that fits: a smaller font would be unreadable."""
    if pages.width_of(text, _SIZE) <= width:
        return text
    while text and pages.width_of(f"{text}…", _SIZE) > width:
        text = text[:-1].rstrip()
    return f"{text}…"
