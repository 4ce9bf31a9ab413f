"""What the console needs of the center's store, and of its keys."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from pos.application.center.ports import CenterContext, CenterVisitor, CenterWork
from pos.application.center_console.account import Account, ConsoleRole


@dataclass(frozen=True, slots=True)
class KeptAccount:
    """An account with the hash of its password."""

    account: Account
    password: str


@dataclass(frozen=True, slots=True)
class KeptSession:
    """A session: who, their last step, and when it ends whatever they do."""

    account: Account
    last_at: datetime
    ends_at: datetime


class Passwords(Protocol):
    """Hashes passwords slowly."""

    def hashed(self, password: str) -> str: ...

    def is_right(self, stored: str | None, password: str) -> bool:
        """Without a stored hash it takes the same time and is wrong."""


class Accounts(Protocol):
    """Accounts by name; capital letters make no other name."""

    def add(self, name: str, role: ConsoleRole, password: str, language: str, at: datetime) -> bool:
        """Whether there was none of this name. The password is one that another person knows."""

    def of_name(self, name: str) -> KeptAccount | None: ...

    def all(self) -> Sequence[Account]:
        """By name."""

    def set_password(self, account: int, password: str, *, is_own: bool) -> None: ...

    def set_language(self, account: int, language: str) -> None: ...

    def disable(self, account: int) -> None: ...

    def note_sign_in(self, account: int, at: datetime) -> None: ...


class Sessions(Protocol):
    """Sessions by the digest of their token."""

    def begin(self, token: bytes, account: int, at: datetime, ends_at: datetime) -> None: ...

    def of(self, token: bytes) -> KeptSession | None: ...

    def touch(self, token: bytes, at: datetime) -> None:
        """Their last step was now. No standby is waited for: a center without one is still to be looked at."""

    def end(self, token: bytes) -> None: ...

    def end_all_of(self, account: int, but: bytes | None = None) -> None: ...

    def forget(self, before: datetime) -> None:
        """Sessions that ended before an instant."""


class WrongPasswords(Protocol):
    """How often passwords were wrong, by what is hidden of a name or an address."""

    def locked(self, subject: bytes, at: datetime) -> tuple[int, datetime]:
        """How often, and when last; the count is locked until the transaction ends."""

    def keep(self, subject: bytes, count: int, at: datetime) -> None: ...

    def forget(self, before: datetime) -> None: ...


@dataclass(frozen=True, slots=True)
class HourOfRegime:
    """What was bought under a regime in an hour: sales that are settled, visitors, and how full their allowances were
    then: below half, from half, full, and above. `unknown`: of regimes without a sum.
    """

    regime: str
    begins_at: datetime
    sales: int
    visitors: int
    below_half: int
    from_half: int
    full: int
    above: int
    unknown: int


@dataclass(frozen=True, slots=True)
class DayFigures:
    """The sums of a day, and what is open now."""

    looked_up: int
    visitors: int
    sales: int
    open: int
    in_doubt: int
    flags: int
    unseen_sales: int
    tills: int


@dataclass(frozen=True, slots=True)
class JournalCriteria:
    """Which entries of the journal: of days from `since` until before `until`, of a shop, of an action, with a text."""

    since: datetime
    until: datetime
    shop: str = ""
    action: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, order=True)
class JournalPlace:
    """The place of an entry: by instant, then by till and number."""

    at: datetime
    till: int
    entry: int


@dataclass(frozen=True, slots=True)
class JournalRow:
    """An entry of the journal. Without a shop a person did it."""

    place: JournalPlace
    shop: str | None
    till: str | None
    action: str
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class FlagRow:
    """A flag, with the visitor as the store knows them."""

    at: datetime
    kind: str
    shop: str | None
    till: str | None
    visitor: CenterVisitor | None
    key: str | None
    facts: Mapping[str, object]


class ConsoleReading(Protocol):
    """What the pages read."""

    def figures(self, begin: datetime, day: date, now: datetime) -> DayFigures: ...

    def hours(self, begin: datetime, zone: str) -> Sequence[HourOfRegime]:
        """By regime and hour of a time zone, those in which something was bought."""

    def journal(self, criteria: JournalCriteria, most: int, after: JournalPlace | None) -> Sequence[JournalRow]:
        """The newest first; `after` a place only what is older."""

    def flags(self, since: datetime, until: datetime, kind: str, most: int) -> Sequence[FlagRow]:
        """The newest first."""

    def visitors(self, numbers: Collection[int]) -> Mapping[int, CenterVisitor]:
        """Persons by their number; none is locked."""


class ConsoleWork(CenterWork, Protocol):
    """One transaction at the center's database, with what the console alone needs."""

    @property
    def accounts(self) -> Accounts: ...
    @property
    def sessions(self) -> Sessions: ...
    @property
    def wrong_passwords(self) -> WrongPasswords: ...
    @property
    def console(self) -> ConsoleReading: ...


class ConsoleStore(Protocol):
    """The center's database."""

    def begin(self) -> AbstractContextManager[ConsoleWork]: ...

    def reading(self) -> AbstractContextManager[ConsoleWork]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class ConsoleContext:
    """What surrounds every step of the console."""

    center: CenterContext
    books: ConsoleStore
    passwords: Passwords

    def name_of(self, visitor: CenterVisitor) -> str:
        """A visitor as the journal calls them."""
        return self.center.keys.pseudonym(visitor.reference, visitor.secret)
