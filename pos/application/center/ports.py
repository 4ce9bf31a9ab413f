"""What the steps of the center need of its store and its keys."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

from pos.domain.center.reservation import Reservation, ReservationState

if TYPE_CHECKING:
    from pos.application.center.requests import Caller, Person
    from pos.domain.center.ledger import LedgerEntry, LineId
    from pos.domain.center.retention import KeptEntry
    from pos.domain.quota.rule import Regime

Clock = Callable[[], datetime]


@dataclass(frozen=True, slots=True)
class CenterVisitor:
    """A person whose row is locked: their number, reference and version, and their own secret for the journal."""

    id: int
    reference: str
    version: int
    secret: bytes
    sealed: bytes | None = None
    """What is known of them, sealed under their secret; None: nothing."""
    is_new: bool = False
    """The center did not know them before this step."""


@dataclass(frozen=True, slots=True)
class RegimeInForce:
    """A regime with the SHA-256 of its file in hex."""

    regime: Regime
    digest: str
    content: bytes = b""
    """The file itself."""
    starts_on: date | None = None
    """Since when; None for one that ships with the program or lies in the folder of the service."""


class RegimesAt(Protocol):
    """The regimes in force by id: at an instant, without one now."""

    def __call__(self, at: datetime | None = None) -> Mapping[str, RegimeInForce]: ...


@dataclass(frozen=True, slots=True)
class ProposedRegime:
    """A file of a regime that a person proposed, to be in force from a day on, and who approved it, if anyone has."""

    id: int
    regime: str
    digest: str
    content: bytes
    starts_on: date
    by: str
    at: datetime
    approved_by: str | None
    approved_at: datetime | None


@dataclass(frozen=True, slots=True)
class RegimeChange:
    """A field that differs between two files of a regime, as the files write it; None where one has none.

    `rule` is the id of a rule, "" outside the rules. Without a `field` the whole rule came or went, named by its title.
    """

    rule: str
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class MemberTill:
    """A till of a member as the console lists it."""

    id: int
    member: int
    member_name: str
    name: str
    is_enabled: bool
    revoked_at: datetime | None
    last_contact: datetime | None
    members_key: int
    """The number of the members' key in its pass."""
    awaits_new_pass: bool
    """It was given a new pass and has not used it yet."""


@dataclass(frozen=True, slots=True)
class MembersKey:
    """A members' key: passes with it are answered until `ends_at`, documents sent under it until `sent_until`.

    Both are None for the key in use.
    """

    number: int
    fingerprint: str
    by: str
    at: datetime
    ends_at: datetime | None
    sent_until: datetime | None


class CenterKeys(Protocol):
    """The keys that never leave the center."""

    def hidden(self, identity: str) -> bytes:
        """HMAC of an identity as a till sent it: what the store keeps."""

    def sealed(self, person: Person, secret: bytes) -> bytes:
        """What is known of a visitor, under the cipher of their own secret."""

    def opened(self, sealed: bytes, secret: bytes) -> Person:
        """The same in clear."""

    def pseudonym(self, reference: str, secret: bytes) -> str:
        """What the journal calls a visitor: it says nothing once their secret is destroyed."""

    def chained(self, content: str, previous: bytes) -> bytes:
        """The hash of a journal entry that follows another."""


class Members(Protocol):
    """The shops that take part, and their tills."""

    def add_member(self, name: str, at: datetime) -> int: ...

    def disable(self, name: str) -> bool:
        """Whether there was such a member, enabled."""

    def add_till(self, member: int, name: str, credential: bytes, members_key: int, at: datetime) -> int: ...

    def renew(self, member: int, name: str, credential: bytes, members_key: int) -> bool:
        """Whether there was such a till, not revoked: it may use another credential from now on."""

    def use_new_pass(self, till: int, credential: bytes) -> bool:
        """The credential of before is worth nothing any more. Whether it was not done already."""

    def keys(self) -> Sequence[MembersKey]:
        """By number, the one in use last; empty before the first pass."""

    def add_key(self, number: int, fingerprint: str, by: str, at: datetime) -> None: ...

    def end_keys(self, ends_at: datetime, sent_until: datetime) -> None:
        """Every key that has no end ends then."""

    def revoke(self, member: int, name: str, at: datetime) -> bool:
        """Whether there was such a till, not revoked."""

    def member(self, name: str) -> int | None: ...

    def names(self) -> Sequence[str]:
        """Every member's, those without a till and disabled ones too."""

    def by_credential(self, digest: bytes) -> Caller | None:
        """The till with this credential, unless it was revoked or its shop disabled."""

    def tills(self) -> Sequence[MemberTill]: ...

    def take_turn(self, till: int, at: datetime) -> None:
        """Lock the till's row: its steps follow one another. Notes the contact."""

    def take_lookup(self, till: int, at: datetime, a_minute: int, burst: int) -> int:
        """Take one look-up of the till's allowance; the seconds to wait where there is none, else 0."""


class CenterVisitors(Protocol):
    """Visitors by hidden identities, and their ledgers. Linked documents are one person with one ledger."""

    def locked(self, hidden: Sequence[bytes], at: datetime) -> Sequence[CenterVisitor]:
        """The persons of these identities, made where there is none, and locked in one order. Several: not linked."""

    def lock(self, references: Collection[str]) -> Mapping[str, CenterVisitor]:
        """The persons of these references, locked in one order; an alias gives the person it was linked to."""

    def add_identities(self, visitor: int, hidden: Sequence[bytes], at: datetime) -> None:
        """Further documents of the person."""

    def link(self, head: CenterVisitor, joined: CenterVisitor) -> CenterVisitor:
        """Make one person of two; the reference of `joined` stays as an alias. Returns the person."""

    def aliases(self) -> Sequence[tuple[CenterVisitor, CenterVisitor]]:
        """Every alias with its person, the newest alias first; none is locked."""

    def unlink(self, head: CenterVisitor, alias: CenterVisitor) -> tuple[CenterVisitor, CenterVisitor]:
        """Make two persons of one whose row is locked: what stood on the ledger of either goes with it."""

    def keep_person(self, visitor: CenterVisitor, sealed: bytes) -> CenterVisitor:
        """Keep what is known of them now; returns them with it."""

    def entries(self, visitor: int) -> Sequence[LedgerEntry]:
        """Everything on the ledger, in the order in which it was written."""

    def write(self, visitor: int, entries: Sequence[LedgerEntry], key: str, till: int) -> int:
        """Write on the ledger; returns its version."""

    def raise_version(self, visitor: int) -> int:
        """What can be taken has changed without an entry: a reservation came or went."""

    def holder(self, line: LineId, shop: int) -> str | None:
        """The reference of the person on whose ledger a shop's line stands."""


class Reservations(Protocol):
    """Reservations by their key."""

    def of(self, key: str) -> Reservation | None:
        """Locked until the transaction ends."""

    def visitors_of(self, key: str) -> Sequence[str]:
        """The references of the visitors of a reservation, without a lock; empty where there is none."""

    def open_of(self, visitor: int) -> Sequence[Reservation]:
        """The person's reservations that count."""

    def in_doubt(self, now: datetime) -> Sequence[Reservation]: ...

    def add(self, reservation: Reservation, effects: str, filled: Mapping[int, int | None]) -> None:
        """`effects` is the JSON of what happens beside the sale when it is confirmed; `filled` says by visitor how full
        their fullest allowance is with these lines, in per cent.
        """

    def effects(self, key: str) -> str: ...

    def set_state(self, key: str, state: ReservationState, at: datetime) -> None: ...

    def extend(self, key: str, ends_at: datetime) -> None: ...

    def close_unknown(self, key: str, sale: str, at: datetime, shop: int, till: int) -> None:
        """A tombstone: what comes later under this key is refused."""


class AnsweredRequests(Protocol):
    """What was answered under which key: a request that comes again gets the same answer."""

    def claim(self, key: str, digest: bytes, at: datetime) -> str | None:
        """None where the key is new, now claimed; else the answer to it. Raises KeyReused for another content."""

    def answer(self, key: str, answer: str) -> None: ...


class CenterJournal(Protocol):
    """Who did what, chained by hashes, a chain for each till and one for the console."""

    def write(self, at: datetime, till: int, action: str, facts: Mapping[str, object]) -> None: ...


class Flags(Protocol):
    """What a person has to look at."""

    def add(self, at: datetime, visitor: int, key: str, kind: str, facts: Mapping[str, object]) -> None: ...

    def add_once(
        self,
        at: datetime,
        once: str,
        kind: str,
        facts: Mapping[str, object],
        *,
        visitor: int | None = None,
        till: int | None = None,
    ) -> bool:
        """Flag a visitor or a till, unless the same `once` of this kind is flagged already; whether it is new."""

    def since(self, at: datetime) -> Sequence[RaisedFlag]:
        """The oldest first."""


@dataclass(frozen=True, slots=True)
class RaisedFlag:
    """A flag as a person reads it: of which till, visitor and request it speaks, where it speaks of one."""

    at: datetime
    kind: str
    shop: str | None
    till: str | None
    reference: str | None
    key: str | None
    facts: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class CustomsRate:
    """What one unit of a currency is worth in `base` by the customs from a day on, and who wrote that when."""

    day: date
    currency: str
    base: str
    per_unit: Decimal
    by: str
    at: datetime


class Lookups(Protocol):
    """Whom each till has looked up of late, by the name that the journal has."""

    def note(self, day: date, till: int, visitor: str, at: datetime, *, is_new: bool) -> None:
        """The first look-up of a visitor by a till on a day counts."""

    def bought(self, till: int, visitor: str) -> None: ...

    def unknown(self, till: int, since: datetime) -> int:
        """How many visitors were unknown when the till looked them up."""

    def without_sale(self, till: int, day: date, before: datetime) -> tuple[int, int]:
        """How many visitors were looked up on a day until an instant, and how many of them bought nothing."""


class RegimeFiles(Protocol):
    """The regime files of the center, each written once."""

    def propose(self, file: RegimeInForce, starts_on: date, by: str, at: datetime) -> int:
        """The number of the file."""

    def approve(self, number: int, by: str, at: datetime) -> bool:
        """Whether it was not approved before."""

    def of(self, number: int) -> ProposedRegime | None: ...

    def all(self) -> Sequence[ProposedRegime]:
        """In the order in which they were proposed."""


class CustomsRates(Protocol):
    """The center's customs rates, written once for a day and a currency."""

    def add(self, rate: CustomsRate) -> bool:
        """Whether there was none of this day and currency."""

    def in_force(self, day: date) -> Sequence[CustomsRate]:
        """Of each currency the newest that began by `day`."""

    def all(self) -> Sequence[CustomsRate]:
        """The newest first."""


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """An entry of the journal: what its hash covers, and the hash."""

    number: int
    covered: str
    hash: bytes


@dataclass(frozen=True, slots=True)
class Chain:
    """The entries of one till, and which it knows as the last."""

    till: int
    entries: Iterable[ChainEntry]
    last_number: int
    last_hash: bytes


@dataclass(frozen=True, slots=True)
class BookedLine:
    """A line as it was sold, and how many of its units came back before they left."""

    at: datetime
    regime: str
    category: str
    units: int
    returned: int


@dataclass(frozen=True, slots=True)
class ShopAtCenter:
    """What the center has of a shop that takes part `since` an instant.

    `reserved` are the states of its reservations that are not sold, by their sale: the one that counts, if any does.
    """

    since: datetime
    lines: Mapping[LineId, BookedLine]
    reserved: Mapping[str, ReservationState]
    returned_after_departure: Collection[LineId]


class CenterAudit(Protocol):
    """What a verification reads."""

    def chains(self) -> Iterable[Chain]: ...

    def references(self) -> Sequence[str]:
        """Every person's; aliases are not among them."""

    def visitor(self, reference: str) -> CenterVisitor:
        """Without a lock."""

    def last_version(self, visitor: int) -> int:
        """The version of the person's last entry; 0 without one."""

    def is_flagged(self, visitor: int, kinds: Collection[str]) -> bool:
        """Whether there is a flag of one of these kinds."""

    def shop(self, member: str, since: datetime, until: datetime) -> ShopAtCenter | None:
        """A shop's lines of this time; None where no shop has the name."""

    def sold_without_entry(self) -> Sequence[str]:
        """Keys of reservations that are sold and stand on no ledger."""


class CenterErasure(Protocol):
    """What only the owner of the database may do. Nothing of it touches the journal."""

    def may_begin(self) -> bool:
        """Whether this is the owner's role; if so the rest of the transaction may erase."""

    def reservations(self, before: datetime) -> int:
        """Erase what was settled before an instant, and what was answered then; returns how many reservations."""

    def lookups(self, before: datetime) -> None:
        """Erase what alarms no longer ask for."""

    def persons(self, before: datetime, after: int, most: int) -> Sequence[tuple[int, str]]:
        """Persons with something of before an instant: number and reference, by number, those above `after`."""

    def ledger(self, person: int) -> Sequence[KeptEntry]:
        """In the order in which it was written."""

    def entries(self, person: int, old: Sequence[KeptEntry]) -> None: ...

    def flags(self, person: int, before: datetime) -> None: ...

    def person(self, person: int, before: datetime) -> bool:
        """Erase a person who is known since before an instant, and of whom nothing is left but what they are: their
        documents, their own key, their flags. False where a reservation is left.
        """


class CenterWork(Protocol):
    """One transaction at the center's database."""

    @property
    def members(self) -> Members: ...
    @property
    def visitors(self) -> CenterVisitors: ...
    @property
    def reservations(self) -> Reservations: ...
    @property
    def answered(self) -> AnsweredRequests: ...
    @property
    def journal(self) -> CenterJournal: ...
    @property
    def flags(self) -> Flags: ...
    @property
    def rates(self) -> CustomsRates: ...
    @property
    def regimes(self) -> RegimeFiles: ...
    @property
    def lookups(self) -> Lookups: ...
    @property
    def audit(self) -> CenterAudit: ...
    @property
    def erasure(self) -> CenterErasure: ...

    def commit(self) -> None: ...

    def standby(self) -> str:
        """`synchronous` or `streaming` where a standby follows, `none` where there is none."""


class CenterStore(Protocol):
    """The center's database. Without `commit` nothing of a transaction stays."""

    def begin(self) -> AbstractContextManager[CenterWork]: ...

    def reading(self) -> AbstractContextManager[CenterWork]: ...

    def single_read(self) -> AbstractContextManager[CenterWork]: ...

    def clean(self) -> None:
        """Let nothing of erased rows be left in the files of the tables."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CenterContext:
    """What surrounds every step of the center."""

    store: CenterStore
    now: Clock
    regimes: RegimesAt
    keys: CenterKeys
    evaluator: str
    """The version of the evaluator."""
