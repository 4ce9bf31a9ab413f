"""The text of table cells, and column titles with their units."""

from __future__ import annotations

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
from pos.application.text.words import Words
from pos.domain.money import CurrencyMismatch, Money

_NUMBERS = frozenset({CellKind.COUNT, CellKind.AMOUNT, CellKind.SHARE, CellKind.FIGURE})
_SHARE_DIGITS = 1


def column_title(column: Column) -> str:
    """The title of a column with its unit: Weight, kg."""
    return f"{column.name}, {column.unit}" if column.unit else column.name


def currency_title(column: Column, words: Words) -> str:
    """The title of the column with the currencies of another column's amounts."""
    return words("{name}: currency", name=column.name)


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


def cell_text(column: Column, cell: Cell, words: Words, zone: tzinfo) -> str:
    """The text of a cell in a language; empty for an unknown value."""
    language = words.language
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
