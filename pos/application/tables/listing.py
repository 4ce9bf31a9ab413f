"""What somebody looks at, as tables that can be made for whoever may see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from pos.application.settings.settings import Settings
from pos.application.tables.table import Bars, Cell, Column, Table
from pos.application.text.formatting import instant_text
from pos.application.text.words import Words
from pos.domain.money import Money
from pos.domain.staff.staff import Person

T = TypeVar("T")
P = TypeVar("P")


@dataclass(frozen=True, slots=True)
class ListReader:
    """Whom tables are made for: what she may see, her language, the shop of the moment, people by their shown names."""

    person: Person
    words: Words
    settings: Settings
    at: datetime
    names: Mapping[str, str] = field(default_factory=dict)

    def name_of(self, person: str) -> str:
        """Somebody by the name that is shown."""
        return self.names.get(person, person)

    def table(
        self,
        key: str,
        title: str,
        columns: Sequence[Column],
        rows: Iterable[Sequence[Cell]],
        facts: Iterable[tuple[str, str]] = (),
        bars: Bars | None = None,
    ) -> Table:
        """A table of the shop; `facts` say what was looked for, an empty one says nothing."""
        zone, words = self.settings.zone, self.words
        made = f"{instant_text(self.at, zone, words.language)} · {self.name_of(self.person.name)}"
        told = [(words("Shop"), self.settings.shop_name), (words("As of"), made), *facts]
        return Table(key, title, columns, rows, [fact for fact in told if fact[1]], zone, bars)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to be saved: its name in the journal (one of EXPORTS), its title in English, the right that shows it.

    `make` reads the store, rows only while they are taken; of several tables the first is what somebody looks at, and
    a CSV has that one. `told` is what the journal says of what was looked for.
    """

    key: str
    title: str
    right: str
    make: Callable[[ListReader], Sequence[Table]]
    told: Mapping[str, object] = field(default_factory=dict)


def in_pages(page: Callable[[P | None], tuple[Sequence[T], P | None]]) -> Iterator[T]:
    """Everything of pages: `page` is given the place after which to go on, None at first, and tells the next one."""
    after: P | None = None
    while True:
        rows, after = page(after)
        yield from rows
        if after is None:
            return


def after_last(rows: Sequence[T], limit: int, key: Callable[[T], P]) -> tuple[Sequence[T], P | None]:
    """A page and where the next one begins, of rows that go on where they were as many as asked for."""
    return rows, key(rows[-1]) if len(rows) >= limit else None


def price_of(minor: int | None, settings: Settings) -> Money | None:
    """An amount in the currency of the shop; None where nobody knows it."""
    return None if minor is None else Money(minor, settings.price)
