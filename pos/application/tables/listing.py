"""A list of the window as tables for a reader."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from pos.application.settings.settings import Settings
from pos.application.tables.table import Bars, Cell, CellKind, Column, Table
from pos.application.text.formatting import instant_text
from pos.application.text.translator import Translator
from pos.domain.money import Money
from pos.domain.staff.staff import Person

T = TypeVar("T")
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class ColumnOf(Generic[T]):
    """A column as in `Column`, and the cell that a row has in it."""

    name: str
    cell: Callable[[T], Cell]
    kind: CellKind = CellKind.TEXT
    unit: str = ""
    is_summed: bool = False


@dataclass(frozen=True, slots=True)
class ListReader:
    """The reader of a table: permissions, language, current shop settings, display names of people."""

    person: Person
    translator: Translator
    settings: Settings
    at: datetime
    names: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, person: str) -> str:
        """The display name of a person."""
        return self.names.get(person, person)

    def table(
        self,
        key: str,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        properties: Iterable[tuple[str, str]] = (),
        bars: Bars | None = None,
    ) -> Table:
        """A table of the shop; `facts` are the search criteria, empty ones are left out."""
        zone, tr = self.settings.zone, self.translator
        made = f"{instant_text(self.at, zone, tr.language)} · {self.name_of(self.person.name)}"
        heading = [(tr("Shop"), self.settings.shop_name), (tr("As of"), made), *properties]
        return Table(key, title, columns, rows, [one for one in heading if one[1]], zone, bars)

    def table_of(
        self,
        key: str,
        title: str,
        columns: Sequence[ColumnOf[T]],
        rows: Iterable[T],
        properties: Iterable[tuple[str, str]] = (),
    ) -> Table:
        """The same, of rows that the columns turn into cells, on iteration."""
        titles = [Column(one.name, one.kind, one.unit, one.is_summed) for one in columns]
        return self.table(key, title, titles, ([one.cell(row) for one in columns] for row in rows), properties)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list to save: its journal name (one of EXPORTS), its title in English, the permission that shows it.

    `make` reads the store, rows only on iteration; of several tables the first is the visible one, and the only one in
    a CSV. `criteria` are the journal details of the search criteria.
    """

    key: str
    title: str
    right: str
    make: Callable[[ListReader], Sequence[Table]]
    criteria: Mapping[str, object] = field(default_factory=dict)


def in_pages(page: Callable[[P | None], tuple[Sequence[T], P | None]]) -> Iterator[T]:
    """All rows of all pages: `page` takes the cursor to go on from, None at first, and returns the next one."""
    after: P | None = None
    while True:
        rows, after = page(after)
        yield from rows
        if after is None:
            return


def after_last(rows: Sequence[T], limit: int, key: Callable[[T], P]) -> tuple[Sequence[T], P | None]:
    """A page and the cursor of the next one; a full page means that there may be more."""
    return rows, key(rows[-1]) if len(rows) >= limit else None


def price_of(minor: int | None, settings: Settings) -> Money | None:
    """An amount in the price currency; None if unknown."""
    return None if minor is None else Money(minor, settings.price)
