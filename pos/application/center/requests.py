"""What a till asks of the center, and what the center answers, as values. Their JSON is the front end's affair."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.center.ledger import LedgerGoods, LineId, Reassessed, StandingLine
from pos.domain.quota.rule import Verdict


@dataclass(frozen=True, slots=True)
class Caller:
    """The till that asks, by its credential: its number and its shop's at the center, and their names."""

    till: int
    shop: int
    till_name: str
    shop_name: str
    pass_ends_at: datetime | None = None
    """When a pass with an old members' key is no longer answered."""
    has_new_pass: bool = False
    """The till uses its new pass for the first time."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a till knows of a visitor beside the documents; None is not known.

    `born_from` is the earliest possible day of birth where the document has only a part of it.
    """

    birth_date: date | None = None
    born_from: date | None = None
    residence: str | None = None
    entries: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class RulesUsed:
    """The regime by which a till judges: its id, and the SHA-256 of its file in hex."""

    regime: str
    digest: str


@dataclass(frozen=True, slots=True)
class VisitorLookup:
    """Who a visitor is: `identities` are the hex of HMAC-SHA-256(members' key, identity) of all their documents."""

    identities: tuple[str, ...]
    person: Person
    regime: str


@dataclass(frozen=True, slots=True)
class ReservedLines:
    """Lines of a reservation that is not the asking sale's own, of one visitor."""

    own: bool
    """Of the asking shop."""
    regime: str
    received_at: datetime
    ends_at: datetime
    in_doubt: bool
    lines: tuple[LedgerGoods, ...]
    sale: str = ""
    """The key of the sale, of the asking shop's alone."""


@dataclass(frozen=True, slots=True)
class VisitorLedger:
    """A visitor as the center knows them: an opaque reference, the version of the ledger, and what stands on it.

    `at` is the center's instant. Lines of the asking shop bear the key of their sale; those of others bear none.
    """

    reference: str
    version: int
    at: datetime
    lines: tuple[StandingLine, ...]
    reservations: tuple[ReservedLines, ...]
    entries: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class VisitorShare:
    """One visitor's part of a reservation: the version by which the till judged, what it said, and the goods.

    `verdict` is what the till showed for the goods together with everything that is pending.
    """

    reference: str
    if_version: int
    person: Person
    verdict: Verdict
    lines: tuple[LedgerGoods, ...]


@dataclass(frozen=True, slots=True)
class UnitsBack:
    """Units of an own line that come back."""

    id: LineId
    units: int


@dataclass(frozen=True, slots=True)
class ReservationRequest:
    """One attempt at one payment. `key` is the key of the sale with the number of the attempt, `sale` that key alone.

    `replaces` is the key of an earlier attempt. `returns` and `reassessed` lines of the asking shop count with it only.
    `is_approved`: a person with the right to it approves goods over the allowance. `clock` is the till's.
    """

    key: str
    sale: str
    seconds: int
    rules: RulesUsed
    evaluator: str
    clock: datetime
    visitors: tuple[VisitorShare, ...]
    replaces: str | None = None
    returns: tuple[UnitsBack, ...] = ()
    reassessed: tuple[Reassessed, ...] = ()
    is_approved: bool = False


@dataclass(frozen=True, slots=True)
class Reserved:
    """The reservation stands until `ends_at`; `versions` by reference are those of the ledgers with it."""

    key: str
    ends_at: datetime
    versions: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class SoldShare:
    """What a visitor bought in a sale, by reference."""

    reference: str
    lines: tuple[LedgerGoods, ...]


@dataclass(frozen=True, slots=True)
class SaleConfirmation:
    """The sale of a reservation, as it was recorded at the till."""

    key: str
    visitors: tuple[SoldShare, ...]


@dataclass(frozen=True, slots=True)
class UnseenShare:
    """A visitor of a sale that was made while the center was away: by identities, as no reference was known."""

    identities: tuple[str, ...]
    person: Person
    lines: tuple[LedgerGoods, ...]


@dataclass(frozen=True, slots=True)
class UnseenSale:
    """A sale that was made while the center was away, by approval. `at` is the till's instant of it."""

    key: str
    sale: str
    at: datetime
    regime: str
    visitors: tuple[UnseenShare, ...]


@dataclass(frozen=True, slots=True)
class ReturnedUnits:
    """Units that came back at `at`, by the till's clock; a void is a return of every line.

    `reassessed` are own lines of the same visitors that the shop has judged again since.
    """

    key: str
    at: datetime
    units: tuple[UnitsBack, ...]
    reassessed: tuple[Reassessed, ...] = ()


@dataclass(frozen=True, slots=True)
class MovedLines:
    """Own lines that go from one visitor to another; `reassessed` as of what came back."""

    key: str
    from_visitor: str
    to_visitor: str
    lines: tuple[LineId, ...]
    reassessed: tuple[Reassessed, ...] = ()


@dataclass(frozen=True, slots=True)
class Departure:
    """A visitor left at `at` under a regime with what was bought from `first` to `last`."""

    key: str
    visitor: str
    regime: str
    first: datetime
    last: datetime
    at: datetime


@dataclass(frozen=True, slots=True)
class DeclaredGoods:
    """Goods that a visitor declared at a till as bought outside the center, at `at`."""

    key: str
    visitor: str
    regime: str
    at: datetime
    carried_out_at: datetime | None
    lines: tuple[LedgerGoods, ...]


@dataclass(frozen=True, slots=True)
class EntryDays:
    """Days on which a visitor entered; `taken_back`: the shop reported them by mistake."""

    key: str
    visitor: str
    days: tuple[date, ...]
    taken_back: bool = False


@dataclass(frozen=True, slots=True)
class DocumentLink:
    """Documents of one person: the identities of each."""

    key: str
    first: tuple[str, ...]
    second: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Booked:
    """What came is on the ledgers; their versions by reference, and what was flagged of it."""

    versions: Mapping[str, int]
    flags: tuple[str, ...] = ()
