"""Port of the journal: its queries, its entries in pages, and the check of its chains."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry. `details` are stored unchanged; `mac` chains it to the previous entry of its till."""

    id: int
    till: str
    number: int
    at: datetime
    person: str
    act: str
    details: Mapping[str, Any]
    mac: str


@dataclass(frozen=True, slots=True)
class OtherClocks:
    """The time according to all tills and the server; entries before the last accepted clock do not count.

    `last` is the newest entry of any till, `authorize` that of the other tills with an open shift, `own` the newest
    entry of this till for which its clock was checked. `server` is the clock of the database server; None where the
    shop is a file.
    """

    last: datetime | None
    authorize: datetime | None
    own: datetime | None = None
    server: datetime | None = None


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Filter of entries: acts (none: all), a person, a till, from an instant to before another, search words.

    Every word of `text` must occur in the act, the person or the details of an entry.
    """

    acts: tuple[str, ...] = ()
    person: str = ""
    till: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class JournalCursor:
    """The end of a page of the journal."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries, newest first. `next` is the start of the older entries, None at the end.

    A page of a search may be short or empty with more to come: each call examines a limited number of entries.
    """

    entries: tuple[JournalEntry, ...]
    next: JournalCursor | None
    goods: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names of the goods whose codes occur in the entries: by code, then by language; "" has the name as supplied."""


MISSING, CHANGED, CUT = "missing", "changed", "cut"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """A fault in the journal of a till.

    `what`: MISSING (entry `number` is absent), CHANGED (its content was changed, or a previous entry is missing), CUT
    (the end of the journal differs from the one stored for the till).
    """

    till: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class ChainWalk:
    """Progress of the check of the journal chains; begins empty.

    `ends` are the tills with their last entry number at the beginning: entries written during the check are not
    included.
    """

    ends: tuple[tuple[str, int], ...] | None = None
    at: int = 0
    """The index in `ends` of the till being checked."""
    number: int = 0
    mac: str = ""
    walked: int = 0
    faults: tuple[ChainFault, ...] = field(default=())
    cut: tuple[ChainFault, ...] = field(default=())

    @property
    def is_done(self) -> bool:
        """Whether every chain is checked to its end."""
        return self.ends is not None and self.at >= len(self.ends)

    @property
    def entries(self) -> int:
        """The number of entries at the beginning."""
        return sum(number for _, number in self.ends or ())

    @property
    def found(self) -> tuple[ChainFault, ...]:
        """All faults so far."""
        return self.faults + self.cut
