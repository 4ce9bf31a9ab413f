"""What the steps need to know of visitors and to record about them, as Protocols."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.application.ports.customs_ports import CarriedLine
    from pos.domain.catalogue.product import Attributes
    from pos.domain.money import Money
    from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True, order=True)
class EntryKey:
    """Where a line of the ledger stands: line `line` of the sale with this row id, or of what was declared with it."""

    sale: int
    line: int
    declared: bool = False


class AllowanceMove(Enum):
    """Whether a ledger line was given to another visitor after its sale."""

    NO = ""
    HERE = "here"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of what a visitor bought, here or by his own word elsewhere: for the quota's history.

    `quantity` is what was not returned, `taxed` of it goes (or went) out as dutiable; `carried_out_at` is None while
    pending. `receipt` is the sale it belongs to, or with which it was declared. Without a `key` the line is not in
    the store yet.
    """

    at: datetime
    carried_out_at: datetime | None
    name: str
    category: str
    quantity: int
    taxed: int
    unit_price: Money
    discount: Money
    attributes: Attributes
    regime: str = ""
    receipt: str = ""
    key: EntryKey | None = None
    moved: AllowanceMove = AllowanceMove.NO
    other_side: bool = False
    """Bought to leave by another way out, and still here: it goes out with what is bought now."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The name of the goods by language, where a history was asked for; a ledger that judges has no use for it."""

    def name_in(self, language: str) -> str:
        """The name of the goods in a language, or as it came."""
        return self.names.get(language) or self.name

    def journaled(self) -> dict[str, object]:
        """The recorded line as the journal names it."""
        assert self.key is not None, "only what is recorded can be journaled"
        return {"receipt": self.receipt, "line": self.key.line, "declared": self.key.declared}


Keys = str | Sequence[str]
"""The key of one number of a paper, or those of all its numbers (`Visitor.keys`)."""


@dataclass(frozen=True, slots=True)
class LockedVisitor:
    """A visitor whose row is locked: the row of the paper shown, and that of the person to whom the paper belongs.

    `others` are the persons, locked too, to whom other numbers of the same paper belong and who are not linked yet.
    """

    visitor: int
    person: int
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Paper:
    """A document of a person as it may be shown. `own` is the one by which he was looked up, `visitor` its row."""

    kind: str
    country: str
    masked: str
    own: bool
    visitor: int = 0


@dataclass(frozen=True, slots=True)
class KnownVisitor:
    """What the store knows of a person beside his purchases.

    `papers` are all that are linked as his; `entries` the days on which he is known to have entered, newest first;
    `asked_on` the day on which he was asked about them last.
    """

    locked: LockedVisitor
    first_seen: datetime
    last_seen: datetime
    papers: tuple[Paper, ...]
    entries: tuple[date, ...]
    asked_on: date | None

    @property
    def is_linked(self) -> bool:
        """Whether other papers were linked with the one shown; those that bear its numbers are one with it anyhow."""
        own = {paper.visitor for paper in self.papers if paper.own}
        return any(paper.visitor not in own for paper in self.papers)


class Visitors(Protocol):
    """Visitors by the keyed hashes of the numbers on their papers. Linked papers are one person with one ledger.

    Whoever asks by the keys of several numbers gets the answer for all of them as one person.
    """

    def lock(self, visitors: Sequence[Visitor], at: datetime) -> Mapping[str, LockedVisitor]:
        """Make a row for each that has none, and lock the persons in one order for all tills; by label.

        Numbers of a paper that the store does not have yet are kept with the row. Steps call `lock_visitors`, which
        links the persons that a paper shows to be one.
        """
        ...

    def is_news(self, visitor: Visitor) -> bool:
        """Whether somebody who is known shows a number that is not, or numbers of several persons."""
        ...

    def shown(self, visitor: Visitor) -> Sequence[LockedVisitor]:
        """The row and the person of each number of the paper, each row once."""
        ...

    def known(self, keys: Keys) -> KnownVisitor | None:
        """What is known of the person; None for a stranger."""
        ...

    def carried_out(self, regime: str, since: datetime, until: datetime) -> Iterator[CarriedLine]:
        """Lines that left under a regime in the time, or that were bought in it and of which nobody knows."""
        ...

    def entries(self, keys: Keys) -> Sequence[date]:
        """The days on which the person is known to have entered, newest first; none for a stranger."""
        ...

    def ledger(self, keys: Keys, regime: str, since: datetime, beside: datetime | None = None) -> Sequence[LedgerLine]:
        """What the person bought or declared under `regime` since then, oldest first; empty for a stranger.

        With `beside` also what they bought or declared under other regimes since that instant, and of which nobody has
        said that it has left.
        """
        ...

    def history(self, keys: Keys, since: datetime) -> Sequence[LedgerLine]:
        """The same under every regime, and what was moved away from him after its sale."""
        ...

    def of_sale(self, till: str, number: int, label: str) -> Sequence[LedgerLine]:
        """The lines of one recorded sale that the visitor `label` carries, declared ones not among them."""
        ...

    def retax(self, entry: EntryKey, taxed: int) -> None:
        """Another number of units of a pending line goes out as dutiable."""
        ...

    def give_back(self, entry: EntryKey, units: int) -> None:
        """Units of a pending line of a sale came back: they use no allowance any more."""
        ...

    def leave(self, person: int, regime: str, bought: tuple[datetime, datetime], at: datetime) -> Sequence[LedgerLine]:
        """What the person bought from the first instant to the last (inclusive) and still had left at `at`.

        Returns those lines; none where nothing was pending.
        """
        ...

    def holder(self, entry: EntryKey) -> Visitor | None:
        """The visitor in whose ledger a line of a sale stands now, by his paper; None where he is forgotten."""
        ...

    def move(self, entries: Iterable[EntryKey], visitor: int) -> None:
        """Give lines of a sale to another visitor's ledger."""
        ...

    def tell_entries(self, visitor: int, entries: Iterable[date], asked_on: date) -> None:
        """Remember days of entry, and that the person was asked on this day."""
        ...

    def take_back_entries(self, visitor: int, entries: Iterable[date], asked_on: date | None) -> None:
        """Forget days of entry of one paper, and when its person was asked: as before (None: never)."""
        ...

    def link(self, paper: LockedVisitor, to: LockedVisitor) -> None:
        """From now on the two, with all papers linked to either, are one person. Both are locked."""
        ...

    def part(self, paper: LockedVisitor) -> None:
        """The paper is a person of its own again; its purchases go with it."""
        ...
