"""Ports of the visitors and their ledgers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.application.ports.report_ports import CarriedLine
    from pos.domain.catalogue.product import Attributes
    from pos.domain.money import Money
    from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True, order=True)
class EntryKey:
    """The identity of a ledger line: line `line` of the sale with this row id, or of the declarations made with it."""

    sale: int
    line: int
    declared: bool = False


class AllowanceMove(Enum):
    """Whether a ledger line was moved to another visitor after its sale."""

    NO = ""
    HERE = "here"
    AWAY = "away"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One line of a visitor's purchases, here or declared elsewhere, for the quota's history.

    `quantity` is the part not returned; `taxed` of it is dutiable. `carried_out_at` is None while pending. `receipt` is
    the sale it belongs to, or with which it was declared. Without a `key` the line is not stored yet.
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
    """Bought for another destination and not carried out yet: it leaves with the current purchase."""
    names: Mapping[str, str] = field(default_factory=dict)
    """The name of the goods by language, for a history; the ledger of an evaluation does not need it."""
    voided_by: str = ""
    """The void of the whole receipt, in a history: the line is as it was sold, and counts for nothing."""

    def name_in(self, language: str) -> str:
        """The name of the goods in a language; without a translation, the name as supplied."""
        return self.names.get(language) or self.name

    def journaled(self) -> dict[str, object]:
        """The recorded line as a journal entry."""
        assert self.key is not None, "only what is recorded can be journaled"
        return {"receipt": self.receipt, "line": self.key.line, "declared": self.key.declared}


@dataclass(frozen=True, slots=True)
class Retaxed:
    """A stored line that was judged again: `taxed` of its units are dutiable from now on."""

    line: LedgerLine
    taxed: int

    @property
    def key(self) -> EntryKey:
        assert self.line.key is not None, "it was read from the store"
        return self.line.key

    def journaled(self) -> dict[str, object]:
        """As a journal entry."""
        return {**self.line.journaled(), "taxed": self.taxed}


Keys = str | Sequence[str]
"""The key of one document number, or those of all its numbers (`Visitor.keys`)."""


@dataclass(frozen=True, slots=True)
class LockedVisitor:
    """A visitor whose row is locked: the row of the presented document, and that of the person to whom it belongs.

    `others` are further persons, also locked, to whom other numbers of the same document belong and who are not linked
    yet.
    """

    visitor: int
    person: int
    others: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class IdDocument:
    """A document of a person, in its displayable form. `own` is the one used for the lookup, `visitor` its row."""

    kind: str
    country: str
    masked: str
    own: bool
    visitor: int = 0


@dataclass(frozen=True, slots=True)
class KnownVisitor:
    """The stored data of a person, without their purchases.

    `id_documents` are all documents linked to them; `entries` their known days of entry, newest first; `asked_on` the
    day on which they were last asked.
    """

    locked: LockedVisitor
    first_seen: datetime
    last_seen: datetime
    id_documents: tuple[IdDocument, ...]
    entries: tuple[date, ...]
    asked_on: date | None

    @property
    def is_linked(self) -> bool:
        """Whether other documents are linked to the presented one; documents with its numbers belong to it anyway."""
        own = {document.visitor for document in self.id_documents if document.own}
        return any(document.visitor not in own for document in self.id_documents)


class Visitors(Protocol):
    """Visitors by the keyed hashes of their document numbers. Linked documents are one person with one ledger.

    A query with the keys of several numbers treats them all as one person.
    """

    def lock(self, visitors: Sequence[Visitor], at: datetime) -> Mapping[str, LockedVisitor]:
        """Create missing rows and lock the persons in one order for all tills; by label.

        Document numbers new to the store are added to the row. Use cases call `lock_visitors`, which links the persons
        that a document shows to be the same.
        """

    def adds_numbers(self, visitor: Visitor) -> bool:
        """Whether a known person presents an unknown number, or numbers of several persons."""

    def shown(self, visitor: Visitor) -> Sequence[LockedVisitor]:
        """The row and the person of each number of the document, each row once."""

    def known(self, keys: Keys) -> KnownVisitor | None:
        """The stored data of the person; None for an unknown one."""

    def carried_out(self, regime: str, since: datetime, until: datetime) -> Iterator[CarriedLine]:
        """Lines that left under a regime in the period, or were bought in it and have no recorded departure."""

    def entries(self, keys: Keys) -> Sequence[date]:
        """The person's known days of entry, newest first; none for an unknown person."""

    def ledger(self, keys: Keys, regime: str, since: datetime, beside: datetime | None = None) -> Sequence[LedgerLine]:
        """The person's purchases and declarations under `regime` since then, oldest first; empty for an unknown person.

        With `beside` also the purchases under other regimes since that instant, and the declarations under them without
        a recorded departure.
        """

    def history(self, keys: Keys, since: datetime) -> Sequence[LedgerLine]:
        """The ledger under every regime, and the lines moved to another visitor after their sale."""

    def voided(self, keys: Keys, since: datetime) -> Sequence[LedgerLine]:
        """The lines of the visitor's sales since then that were voided, for a history."""

    def of_sale(self, till: str, number: int, label: str) -> Sequence[LedgerLine]:
        """The lines of one recorded sale that the visitor `label` carries, without declared ones."""

    def retax(self, entry: EntryKey, taxed: int) -> None:
        """Set the dutiable units of a pending line."""

    def give_back(self, entry: EntryKey, units: int) -> None:
        """Return units of a pending line of a sale: they no longer use any allowance."""

    def leave(self, person: int, regime: str, bought: tuple[datetime, datetime], at: datetime) -> Sequence[LedgerLine]:
        """Record at `at` the departure of the pending goods bought between two instants (inclusive).

        Returns those lines; none if nothing was pending.
        """

    def holder(self, entry: EntryKey) -> Visitor | None:
        """The visitor whose ledger holds a line of a sale, by document; None if they were erased."""

    def moved_to(self, till: str, number: int, label: str) -> Visitor | None:
        """The visitor to whom the lines of a label of a sale were moved last, by document, also where the goods came
        back since; None if they were not moved, or the visitor was erased.
        """

    def move(self, entries: Iterable[EntryKey], visitor: int) -> None:
        """Move lines of a sale to another visitor's ledger."""

    def record_entry_dates(self, visitor: int, entries: Iterable[date], asked_on: date) -> None:
        """Record days of entry, and that the person was asked on this day."""

    def withdraw_entry_dates(self, visitor: int, entries: Iterable[date], asked_on: date | None) -> None:
        """Remove days of entry of one document, and restore the day of the last question (None: never)."""

    def link(self, document: LockedVisitor, to: LockedVisitor) -> None:
        """Link two persons, with all their documents, into one. Both are locked."""

    def part(self, document: LockedVisitor) -> None:
        """Make the document a separate person again; its purchases move with it."""
