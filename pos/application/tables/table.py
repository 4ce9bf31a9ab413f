"""A table as a file is to have it: typed cells under worded columns, whatever the file is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, tzinfo
from decimal import Decimal
from enum import Enum
from pathlib import Path
from typing import Protocol

from pos.application.text.words import Words
from pos.domain.money import Money


class CellKind(Enum):
    """What the cells of a column are; any cell may be None, which is unknown and stays empty."""

    TEXT = "text"
    """str"""
    COUNT = "count"
    """int"""
    AMOUNT = "amount"
    """Money, all of the currency that the column's unit names (CNY), or each cell of its own where it names none"""
    SHARE = "share"
    """Decimal, 1 is all of it"""
    DAY = "day"
    """date"""
    INSTANT = "instant"
    """datetime of a known zone, written by the clock of the table's zone"""
    FIGURE = "figure"
    """Decimal, of the unit of its column: a weight, a rate"""


Cell = str | int | Decimal | Money | date | datetime | None


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name in the reader's words, what its cells are, their unit, whether their sum means anything.

    The unit is that of figures (kg), or the code of the one currency of all amounts (CNY); amounts without one bring
    theirs along, in a column of its own where a file has typed cells, and are summed for each currency.
    """

    name: str
    kind: CellKind = CellKind.TEXT
    unit: str = ""
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class Bars:
    """A picture of a table: one bar a row, named by the column `names`, as long as the figure in `lengths` says."""

    names: int
    lengths: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, a cell a column. `key` names it for machines (ASCII, `by-hour`), `title` for people.

    `facts` stand above it: the shop, the days, what was looked for. `rows` may be read only once.
    """

    key: str
    title: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[Cell]]
    facts: Sequence[tuple[str, str]] = ()
    zone: tzinfo = UTC
    bars: Bars | None = None


class TableFiles(Protocol):
    """Writes tables for people: XLSX and PDF hold all of them, a CSV is one table."""

    def save(self, tables: Sequence[Table], path: Path, words: Words) -> None:
        """The kind of file is that of the name: .xlsx, .pdf or .csv; there whole or not at all.

        Raises UnknownFileKind for another ending, TooManyTables for a CSV of several, TooManyRows for what a workbook
        or a print cannot hold, Trouble where the disk does not let.
        """
        ...
