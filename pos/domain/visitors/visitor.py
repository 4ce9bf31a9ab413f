"""Who shops, and which side they leave to."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from string import ascii_uppercase

from pos.domain.errors import BadInput, Refused
from pos.domain.quota.window import age_on
from pos.domain.visitors.declared_purchases import Declared

_YEAR = timedelta(days=366)
_AGE_KNOWN_TO = timedelta(days=31)
"""How far a birth date computed from an age may be off: a kept basket may be resumed days after the age was written."""

MOST_VISITORS = 40
"""A tour list: so many visitors at most are one sale."""


@dataclass(eq=False)
class PartyFull(Refused):
    """More visitors do not shop together."""

    fact = "party_full"

    limit: int


@dataclass(eq=False)
class NoSuchVisitor(BadInput):
    """No visitor of this sale has the label."""

    fact = "no_such_visitor"

    label: str


@dataclass(frozen=True, slots=True)
class Visitor:
    """A person known by a travel document; of the number only a keyed hash and its masked form are here.

    `label` names the person within one sale (A, B …), `key` is the hex of the keyed hash of the identity,
    `document_key` that of the document's own number where it has one beside its holder's, `perhaps` are those under
    which the same document may have been entered. `born_from` is the earliest possible birth date, where only a part of
    it is known. `masked` and `name` are fit for a screen and a receipt. `entries` are the days on which the visitor is
    known to have entered the regime's side, today's included; `declared` are the purchases elsewhere that they state at
    this counter.
    """

    label: str
    key: str
    kind: str
    country: str
    nationality: str
    masked: str
    name: str
    birth_date: date | None
    residence: str | None
    expiry: date | None = None
    entries: tuple[date, ...] = ()
    declared: tuple[Declared, ...] = ()
    born_from: date | None = None
    """The earliest possible day of birth, where the document has only a part of it and `birth_date` is None."""
    is_born_about: bool = field(default=False, compare=False)
    """Whether `birth_date` was computed from an age: a kept basket stores the age alone."""
    document_key: str = field(default="", compare=False)
    perhaps: tuple[str, ...] = field(default=(), compare=False)
    identities: tuple[str, ...] = field(default=(), compare=False)
    """The same numbers under the members' key: as the center is asked for them. Empty in a shop without a center."""

    @property
    def own_keys(self) -> tuple[str, ...]:
        """The keys of the numbers that the document shown bears: the store keeps each of them."""
        return (self.key, self.document_key) if self.document_key else (self.key,)

    @property
    def keys(self) -> tuple[str, ...]:
        """Every key by which the person may be known, the surest first."""
        return (*self.own_keys, *self.perhaps)

    def is_one_with(self, other: Visitor) -> bool:
        """Whether the documents of the two bear a number in common."""
        return not set(self.keys).isdisjoint(other.keys)

    def is_born_otherwise(self, shown: Visitor) -> bool:
        """Whether the person's whole birth date is known, and the document shown now has another one."""
        if self.birth_date is None or shown.birth_date is None:
            return False
        if self.is_born_about:
            return not -_AGE_KNOWN_TO <= self.birth_date - shown.birth_date <= _YEAR + _AGE_KNOWN_TO
        return self.birth_date != shown.birth_date

    def with_document(self, shown: Visitor) -> Visitor | None:
        """The same person by a document with a name or a birth date that was unknown; None where it has neither."""
        whole, half = shown.birth_date is not None, shown.born_from is not None
        birth = self.birth_date is None and (whole or (half and self.born_from is None))
        if not self.is_one_with(shown) or not (birth or (shown.name and not self.name)):
            return None
        return replace(
            shown,
            label=self.label,
            residence=self.residence,
            name=shown.name or self.name,
            birth_date=shown.birth_date or self.birth_date,
            is_born_about=self.is_born_about and shown.birth_date is None,
            born_from=None if shown.birth_date or self.birth_date else shown.born_from or self.born_from,
            expiry=shown.expiry or self.expiry,
            entries=self.entries,
            declared=self.declared,
            identities=tuple(dict.fromkeys((*shown.identities, *self.identities))),
        )

    def age_on(self, day: date) -> int | None:
        """Full years of life on `day`; None without a whole birth date."""
        return None if self.birth_date is None else age_on(day, self.birth_date)

    def oldest_on(self, day: date) -> int | None:
        """The age on `day` at most, where a part of the birth date is known; None where all of it is, or nothing."""
        return None if self.birth_date is not None or self.born_from is None else age_on(day, self.born_from)

    def expired_on(self, day: date) -> bool:
        """Whether the document has run out: a warning only, the border judges documents, not the till."""
        return self.expiry is not None and self.expiry < day


def free_label(taken: Collection[str]) -> str:
    """A, B … Z, then AA, AB …: the first that is free."""
    labels: list[str] = [*ascii_uppercase, *(first + second for first in ascii_uppercase for second in ascii_uppercase)]
    return next(label for label in labels if label not in taken)


def knowing_entries(visitor: Visitor, known: Iterable[date]) -> Visitor:
    """The visitor with the known days of entry beside the given ones."""
    days = tuple(sorted({*visitor.entries, *known}))
    return visitor if days == visitor.entries else replace(visitor, entries=days)
