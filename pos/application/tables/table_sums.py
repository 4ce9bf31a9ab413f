"""Column sums of a table, accumulated while its rows are written: amounts by currency."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from pos.application.tables.table import Cell, Column
from pos.application.tables.table_text import has_currencies
from pos.domain.money import Money

Sum = int | Decimal | Money
_OF_ALL = ""


class TableSums:
    """The sums of the summed columns; exact, as cells are."""

    def __init__(self, columns: Sequence[Column]) -> None:
        self._summed = [index for index, column in enumerate(columns) if column.is_summed]
        self._own = {index for index in self._summed if has_currencies(columns[index])}
        self._sums: dict[str, dict[int, Sum]] = {}

    def add(self, row: Sequence[Cell]) -> None:
        """Add the cells of a row; unknown ones add nothing."""
        for index in self._summed:
            cell = row[index]
            if isinstance(cell, Money):
                known = self._sums.setdefault(cell.currency.code if index in self._own else _OF_ALL, {})
                before = known.get(index)
                known[index] = before + cell if isinstance(before, Money) else cell
            elif isinstance(cell, int | Decimal):
                known = self._sums.setdefault(_OF_ALL, {})
                before = known.get(index, 0)
                known[index] = cell if isinstance(before, Money) else before + cell

    def lines(self) -> list[Mapping[int, Sum]]:
        """Sums by column index: the first line has all numbers and one currency, each further line one currency."""
        of_all = self._sums.get(_OF_ALL, {})
        by_currency = [known for code, known in sorted(self._sums.items()) if code != _OF_ALL]
        if not by_currency:
            return [of_all] if of_all else []
        return [{**of_all, **by_currency[0]}, *by_currency[1:]]
