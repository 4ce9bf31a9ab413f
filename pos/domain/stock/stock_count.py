"""Counting what lies in the shop while it sells: when a difference is one, and by how much."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from pos.domain.document_number import read_document_number
from pos.domain.errors import BadField, BadInput, Refused, readable

COUNTING, RECOUNT, POSTED, DROPPED = "counting", "recount", "posted", "dropped"
SCOPES = ("all", "category", "shelf", "products")
COUNT_REASONS = ("miscounted", "unrecorded", "damaged", "theft", "expired", "wrong_goods", "unknown")
"""Why the shelf and the books differ: the reason of each line before it is posted."""
LOSSES = frozenset({"damaged", "theft", "expired"})
"""Reasons for which goods are missing, and of which none are left over."""

LONGEST_NOTE = 120
MOST = 1_000_000
"""The most pieces of one product that a sheet takes: more is a code that was scanned into the field."""


def count_name(number: int) -> str:
    """The number of a stock-take as documents bear it: C-000003."""
    return f"C-{number:06d}"


def read_count_name(text: str) -> int:
    """The number in `C-000003`, `c-3` or `3`; raises BadField for what can be none."""
    number = read_document_number(text, "C")
    if number is None:
        raise BadField("NUMBER", "not_a_whole_number", text.strip()[:20])
    return number


@dataclass(eq=False)
class NoSuchCount(BadInput):
    """There is no stock-take of this number."""

    fact = "no_such_count"

    count: int


@dataclass(eq=False)
class CountOver(Refused):
    """The stock-take was posted or dropped: nothing is counted on it any more."""

    fact = "count_over"

    count: int


@dataclass(eq=False)
class CountDropped(CountOver):
    """The stock-take was discarded: what was counted for it is not posted."""

    fact = "count_dropped"


@dataclass(eq=False)
class CountOfAnother(Refused):
    """Another person has begun the stock-take: it is theirs to discard."""

    fact = "count_of_another"

    count: int
    person: str


@dataclass(eq=False)
class NotPosted(Refused):
    """The stock-take was not posted: there is no document of it yet."""

    fact = "not_posted"

    count: int


@dataclass(eq=False)
class CountedElsewhere(Refused):
    """The product is being counted at this place by another stock-take: it would be corrected twice."""

    fact = "counted_elsewhere"

    code: str
    count: int


@dataclass(eq=False)
class NothingToCount(Refused):
    """Nothing lies at the place in the scope that was asked for."""

    fact = "nothing_to_count"

    place: str


@dataclass(eq=False)
class SheetsOpen(Refused):
    """The count goes on: `people` have sheets that are not finished."""

    fact = "sheets_open"

    count: int
    people: tuple[str, ...]


@dataclass(eq=False)
class SheetDone(Refused):
    """The sheet was finished: further counts need a new one."""

    fact = "sheet_done"

    count: int
    sheet: int


@dataclass(eq=False)
class NotRecounted(Refused):
    """The product is not among those that are counted again: its first count stands."""

    fact = "not_recounted"

    code: str


@dataclass(eq=False)
class FewerCounted(Refused):
    """The sheet has fewer pieces of the product than should come off it."""

    fact = "fewer_counted"

    code: str
    counted: int


@dataclass(eq=False)
class CountUnsettled(Refused):
    """Lines of a stock-take that cannot be posted: sold while they were counted, so that the difference is unknown."""

    fact = "count_unsettled"

    count: int
    codes: tuple[str, ...]


@dataclass(eq=False)
class NothingToRecount(Refused):
    """Nothing differs: there is nothing to count again."""

    fact = "nothing_to_recount"

    count: int


@dataclass(eq=False)
class RecountedOnce(Refused):
    """A recount was ordered before: there is only one, and its sheets are added to each other."""

    fact = "recounted_once"

    count: int


@dataclass(eq=False)
class ReasonMissing(Refused):
    """A difference needs a reason before it is posted."""

    fact = "reason_missing"

    code: str


@dataclass(eq=False)
class SurplusIsNoLoss(Refused):
    """More was found than the books say: its cause is not one for which goods are missing."""

    fact = "surplus_is_no_loss"

    code: str
    cause: str


def explains(reason: str, least: int) -> bool:
    """Whether a reason can be that of a difference of at least `least` pieces, negative where goods are missing."""
    return reason not in LOSSES or least < 0


@dataclass(frozen=True, slots=True)
class StockCount:
    """A stock-take of a place. `last_move` is the newest movement when the books were read for it."""

    id: int
    number: int
    state: str
    location: str
    scope: str
    scope_value: str
    blind: bool
    at: datetime
    person: str
    last_move: int
    posted_at: datetime | None = None
    posted_by: str | None = None

    @property
    def name(self) -> str:
        """Its number as documents bear it: C-000003."""
        return count_name(self.number)

    @property
    def is_open(self) -> bool:
        """Whether it can be counted on."""
        return self.state in (COUNTING, RECOUNT)

    def check_open(self) -> None:
        """Raise CountOver, CountDropped."""
        if self.state == DROPPED:
            raise CountDropped(self.number)
        if not self.is_open:
            raise CountOver(self.number)

    @property
    def round(self) -> int:
        """1, or 2 while differences are counted again."""
        return 2 if self.state == RECOUNT else 1


@dataclass(frozen=True, slots=True)
class StockTakeSheet:
    """What one person counts of a stock-take, in the first round or the recount."""

    count: int
    number: int
    round: int
    person: str
    at: datetime
    done_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class CountedPieces:
    """What was found of a product: `pieces`, counted between two movements of the shop's books.

    `books` is what the books had at the first of the two; `came` and `went` (both positive) what they had come and go
    from there to the second, while it was being counted.
    """

    pieces: int
    books: int
    came: int = 0
    went: int = 0

    @property
    def least(self) -> int:
        """The difference if all that came meanwhile was counted, and nothing that went was missed."""
        return self.pieces - self.came - self.books

    @property
    def most(self) -> int:
        """The difference if nothing that came meanwhile was counted, and all that went had not been."""
        return self.pieces + self.went - self.books

    @property
    def difference(self) -> int | None:
        """More (+) or fewer (−) than the books have; None where it is unknown.

        What came or went after the count or before it is in the books at their time and is no difference. Only what
        moves while its own product is being counted is uncertain, by as much as moved: where the books may be right
        they stand, else it must be counted again.
        """
        if self.least <= 0 <= self.most:
            return 0
        return self.least if self.least == self.most else None


def missing_by_lot(missing: int, there: Mapping[int | None, int], seen: Mapping[int, int]) -> dict[int | None, int]:
    """Which lots the `missing` pieces of a product were of, when the lots of the counted pieces are unknown.

    `there` is on hand by lot, those that expire first in front and what is of no lot (None) last; `seen` what was
    found of a named lot. Tills sell what expires first, so that is missing first, but never what was seen; what
    cannot be covered is of no lot.
    """
    taken: dict[int | None, int] = {}
    left = missing
    for keep in (True, False):
        for lot, pieces in there.items():
            kept = seen.get(lot, 0) if keep and lot is not None else 0
            room = pieces - taken.get(lot, 0) - kept
            out = min(left, max(room, 0))
            if out:
                taken[lot] = taken.get(lot, 0) + out
                left -= out
    if left:
        taken[None] = taken.get(None, 0) + left
    return taken


def check_scope(scope: str, value: str, products: Sequence[str]) -> None:
    """Refuse a scope that says nothing: a category or a shelf without its name, products without one."""
    if scope not in SCOPES:
        raise BadField("scope", "unknown", scope[:20])
    if scope in ("category", "shelf") and not value.strip():
        raise BadField(scope, "missing")
    if scope == "products" and not products:
        raise BadField("products", "missing")


def check_pieces(pieces: int, field: str = "quantity") -> int:
    """Refuse a number that no count can have."""
    if pieces < 0:
        raise BadField(field, "negative", str(pieces))
    if pieces > MOST:
        raise BadField(field, "too_large", str(pieces)[:20])
    return pieces


def check_reason(reason: str, known: Sequence[str], field: str = "reason") -> str:
    """Refuse a reason that is not on the list."""
    if reason not in known:
        raise BadField(field, "unknown" if reason else "missing", reason[:20])
    return reason


def check_note(note: str, field: str = "note") -> str:
    """Return a note trimmed, or refuse it."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise BadField(field, "too_long", note[:40])
    if not note.isprintable():
        raise BadField(field, "not_a_text", readable(note)[:40])
    return note
