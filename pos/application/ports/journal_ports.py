"""What the journal is asked, and what it answers: entries in pages, and whether its chains hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class JournalEntry:
    """One entry. `details` are the facts as they were written; `mac` chains it to the entry of its till before it."""

    id: int
    till: str
    number: int
    at: datetime
    person: str
    event: str
    details: Mapping[str, Any]
    mac: str


@dataclass(frozen=True, slots=True)
class OtherClocks:
    """The time as all tills and the server have it: what stood before a clock was last accepted no longer counts.

    `last` is the newest entry of any till, `open_tills` that of the other tills with an open shift, `own` the newest
    record of the till itself for which its clock was checked. `checked` is the newest such record of any till: a wrong
    PIN is recorded at any hour. `server` is the clock of the database server; None where the shop is a file.
    """

    last: datetime | None
    open_tills: datetime | None
    own: datetime | None = None
    checked: datetime | None = None
    server: datetime | None = None


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """Which entries: of these acts (none: of all), a person, a till, from an instant to before another, with words.

    Every word of `text` has to stand in the act, the person or the facts of an entry.
    """

    events: tuple[str, ...] = ()
    person: str = ""
    till: str = ""
    since: datetime | None = None
    until: datetime | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class JournalCursor:
    """Where a page of the journal ended."""

    at: datetime
    id: int


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries, newest first. `next` begins what is older, None at the end.

    A page of a search may be short, or empty, with more to come: only so much is looked through at once.
    """

    entries: tuple[JournalEntry, ...]
    next: JournalCursor | None
    goods: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """Names of the goods whose codes stand there: by code, then by language; the one as it came by an empty text."""


MISSING, CHANGED, CUT = "missing", "changed", "cut"


@dataclass(frozen=True, slots=True)
class ChainFault:
    """What is wrong with the journal of a till.

    `what`: MISSING (entry `number` is not there), CHANGED (its content was changed, or one before it is missing),
    CUT (the end of the journal is not the one that the till remembers).
    """

    till: str
    number: int
    what: str


@dataclass(frozen=True, slots=True)
class ChainWalk:
    """How far the chains of the journal have been walked; begins empty.

    `ends` are the tills with the number of their last entry at the beginning: what is written meanwhile is not walked.
    """

    ends: tuple[tuple[str, int], ...] | None = None
    at: int = 0
    """The till that is being walked, by its place in `ends`."""
    number: int = 0
    mac: str = ""
    walked: int = 0
    faults: tuple[ChainFault, ...] = field(default=())
    cut: tuple[ChainFault, ...] = field(default=())

    @property
    def is_done(self) -> bool:
        """Whether every chain has been walked to its end."""
        return self.ends is not None and self.at >= len(self.ends)

    @property
    def entries(self) -> int:
        """How many entries there were at the beginning."""
        return sum(number for _, number in self.ends or ())

    @property
    def all_faults(self) -> tuple[ChainFault, ...]:
        """Everything that was found wrong so far."""
        return self.faults + self.cut
