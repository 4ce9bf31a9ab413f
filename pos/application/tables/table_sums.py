"""What the columns of a table come to, gathered while its rows go by: amounts for each currency on its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pos.application.tables.table import Cell, Column
from pos.application.tables.table_text import has_currencies
from pos.domain.money import Money

Sum = int | Decimal | Money
_OF_ALL = ""


class TableSums:
    """The sums of the columns that have any; exact, as cells are."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._summed = [place for place, column in enumerate(columns) if column.is_summed]
        self._own = {place for place in self._summed if has_currencies(columns[place])}
        self._sums: dict[str, dict[int, Sum]] = {}

    def add(self, row: Sequence[Cell]) -> None:
        """Take the cells of a row; an unknown one adds nothing."""
        for place in self._summed:
            cell = row[place]
            if isinstance(cell, Money):
                known = self._sums.setdefault(cell.currency.code if place in self._own else _OF_ALL, {})
                before = known.get(place)
                known[place] = before + cell if isinstance(before, Money) else cell
            elif isinstance(cell, int | Decimal):
                known = self._sums.setdefault(_OF_ALL, {})
                before = known.get(place, 0)
                known[place] = cell if isinstance(before, Money) else before + cell

    def lines(self) -> list[Mapping[int, Sum]]:
        """Sums by the place of their column: on the first line all of one kind, a line for each further currency."""
        of_all = self._sums.get(_OF_ALL, {})
        by_currency = [known for code, known in sorted(self._sums.items()) if code != _OF_ALL]
        if not by_currency:
            return [of_all] if of_all else []
        return [{**of_all, **by_currency[0]}, *by_currency[1:]]
