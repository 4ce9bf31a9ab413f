"""The text of table cells, column titles with their units, and the sums of columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, tzinfo
from decimal import Decimal

from pos.application.tables.table import Cell, CellKind, Column
from pos.application.text.formatting import (
    amount_text,
    date_text,
    instant_text,
    money_text,
    number_text,
    with_percent,
)
from pos.application.text.translator import Translator
from pos.domain.money import CurrencyMismatch, Money

_NUMBERS = frozenset({CellKind.COUNT, CellKind.AMOUNT, CellKind.SHARE, CellKind.FIGURE})
_SHARE_DIGITS = 1


def column_title(column: Column) -> str:
    """The title of a column with its unit: Weight, kg."""
    return f"{column.name}, {column.unit}" if column.unit else column.name


def currency_title(column: Column, tr: Translator) -> str:
    """The title of the column with the currencies of another column's amounts."""
    return tr("{name}: currency", name=column.name)


def is_number(column: Column) -> bool:
    """Whether cells are right-aligned."""
    return column.kind in _NUMBERS


def has_currencies(column: Column) -> bool:
    """Whether the amounts of a column have their own currencies."""
    return column.kind is CellKind.AMOUNT and not column.unit


def checked(column: Column, cell: Cell) -> Cell:
    """The cell. Raises CurrencyMismatch for an amount in another currency than its column."""
    if column.unit and isinstance(cell, Money) and cell.currency.code != column.unit:
        raise CurrencyMismatch(f"{column.name}: {column.unit} met {cell.currency}")
    return cell


def decimals_of(figure: Decimal) -> int:
    """The number of decimals of a cell."""
    exponent = figure.as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0


def cell_text(column: Column, cell: Cell, tr: Translator, zone: tzinfo) -> str:
    """The text of a cell in a language; empty for an unknown value."""
    language = tr.language
    match checked(column, cell):
        case None:
            return ""
        case Money() as money:
            return amount_text(money, language) if column.unit else money_text(money, language)
        case datetime() as instant:
            return instant_text(instant, zone, language)
        case date() as day:
            return date_text(day, language)
        case Decimal() as figure if column.kind is CellKind.SHARE:
            return with_percent(number_text(figure * 100, language, _SHARE_DIGITS), language)
        case Decimal() as figure:
            return number_text(figure, language, decimals_of(figure))
        case int() as count:
            return number_text(count, language)
        case text:
            return str(text)


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
