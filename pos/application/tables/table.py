"""A table for a file of any format: typed cells under titled columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Protocol

from pos.application.text.translator import Translator
from pos.domain.money import Money


class CellKind(Enum):
    """The type of a column's cells; any cell may be None, which is unknown and stays empty."""

    TEXT = "text"
    """str"""
    COUNT = "count"
    """int"""
    AMOUNT = "amount"
    """Money, all of the currency in the column's unit (CNY), or each of its own currency without a unit"""
    SHARE = "share"
    """Decimal, 1 is the whole"""
    DAY = "day"
    """date"""
    INSTANT = "instant"
    """datetime with a zone, written in the table's zone"""
    FIGURE = "figure"
    """Decimal in the unit of its column: a weight, a rate"""


Cell = str | int | Decimal | Money | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title in the reader's language, the type of its cells, their unit, whether it has a sum.

    The unit is that of numbers (kg), or the code of the one currency of all amounts (CNY); amounts without one have
    their own currency, in a separate column where a file has typed cells, and are summed by currency.
    """

    name: str
    kind: CellKind = CellKind.TEXT
    unit: str = ""
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A bar chart of a table: one bar a row, named by the column `names`, with its length from `lengths`."""

    names: int
    lengths: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, one per column. `key` names it for programs (ASCII, `by-hour`), `title` for people.

    `properties` are its heading: the shop, the days, the search criteria. `rows` may be read only once.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    properties: Sequence[tuple[str, str]] = ()
    zone: tzinfo = UTC
    bars: Bars | None = None


class TableFiles(Protocol):
    """Writes tables for people: XLSX and PDF hold all of them, a CSV one table."""

    def save(self, tables: Sequence[Table], path: Path, tr: Translator) -> None:
        """The format is that of the suffix: .xlsx, .pdf or .csv; written atomically.

        Raises UnknownFileKind for another suffix, TooManyTables for a CSV of several, TooManyRows for more than a
        workbook or a print can hold, InfrastructureError when the disk refuses.
        """
