"""Goods in the shop: places, lots, movements and their reasons, and what the pieces on hand cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from pos.domain.errors import BadField, Refused, readable

PROCESSED, MADE = "processed", "made"
"""Goods that a batch of the workshop took (−) or gave back (+), and its output."""
REASONS = (
    "opening", "sale", "return", "receipt", "adjustment", "count", "waste", "sample", "transfer", PROCESSED, MADE,
)  # fmt: skip
"""Why goods came or went. On hand is always the sum of the movements."""

FLOOR, STORE_ROOM, QUARANTINE = "floor", "store", "quarantine"
LOCATIONS = (FLOOR, STORE_ROOM, QUARANTINE)
"""Where goods lie: where tills sell from, behind it, and apart from both."""

LONGEST_LOT, LONGEST_ENTRY = 20, 40


@dataclass(eq=False)
class OutOfStock(Refused):
    """Fewer on hand than wanted: the shop's books say that these goods are not here."""

    fact = "out_of_stock"

    code: str
    wanted: int
    on_hand: int


@dataclass(eq=False)
class ExpiredGoods(Refused):
    """What is left on the floor has expired: `sellable` pieces have not, of `wanted`; `expiry` is the oldest day."""

    fact = "expired_goods"

    code: str
    wanted: int
    sellable: int
    expiry: date


@dataclass(eq=False)
class NotThere(Refused):
    """Fewer of a product (of a lot, where one is named) at a place than should go out of it."""

    fact = "not_there"

    code: str
    place: str
    lot: str
    wanted: int
    on_hand: int


@dataclass(eq=False)
class LotConflict(Refused):
    """A lot is on file with another day of expiry: one lot has one."""

    fact = "lot_conflict"

    code: str
    lot: str
    expiry: date | None
    on_file: date | None


@dataclass(frozen=True, slots=True)
class Lot:
    """Pieces of one making that came in under one customs document (`entry`). `expiry` is the last day to sell it."""

    id: int
    product: int
    code: str
    expiry: date | None = None
    entry: str = ""

    def is_expired(self, today: date) -> bool:
        """Whether its last day is over."""
        return self.expiry is not None and self.expiry < today


@dataclass(frozen=True, slots=True)
class Movement:
    """Pieces of a product into (+) or out of (−) a place, of a lot (None: of none).

    `cost` is what all of them cost, in minor units of the price currency, never negative; None: as far as the books
    know it, what the pieces cost on average. Pieces that go out have one where what brought them is undone. A transfer
    has two that add up to nothing, and costs nothing. `why` is the stated reason, from a list.
    """

    product: int
    quantity: int
    reason: str
    location: str = FLOOR
    lot: int | None = None
    cost: int | None = None
    note: str = ""
    why: str = ""


@dataclass(frozen=True, slots=True)
class LotPart:
    """Pieces that went out together: so many of one lot (None: of none), and what they cost (None: unknown)."""

    lot: int | None
    quantity: int
    cost: int | None


@dataclass(frozen=True, slots=True)
class Worth:
    """What the pieces that a shop owns of a product cost together: `value` in minor units; None while unknown.

    Values are whole and nothing is lost: what goes out takes its share, rounded half up, and the last piece the rest.
    """

    pieces: int
    value: int | None

    def issuing(self, pieces: int, cost: int | None = None) -> tuple[Worth, int | None]:
        """After pieces went out, and what they cost: not known of those sold before they came.

        They go at their average, or for the `cost` for which they came in, as far as that much is left of it.
        """
        left = self.pieces - pieces
        if self.value is None or self.pieces <= 0:
            return Worth(left, self.value), None
        if pieces >= self.pieces:
            out = self.value
        else:
            out = _share(self.value, pieces, self.pieces) if cost is None else min(cost, self.value)
        return Worth(left, self.value - out), out

    def receiving(self, pieces: int, cost: int | None) -> Received:
        """After pieces came in for `cost` altogether (None: at the average, or unknown where there is none)."""
        owned = self.pieces + pieces
        if cost is None:
            return self._at_average(pieces, owned)
        if self.value is None or self.pieces < 0:
            # What lies here at an unknown cost is taken to have cost as much as what came; what was sold before it
            # came has taken its cost along.
            value = _share(cost, max(owned, 0), pieces)
            return Received(Worth(owned, value), cost, value - cost - (self.value or 0))
        return Received(Worth(owned, self.value + cost), cost, 0)

    def _at_average(self, pieces: int, owned: int) -> Received:
        if self.value is None:
            return Received(Worth(owned, None), None, 0)
        if self.pieces > 0:
            cost = _share(self.value, pieces, self.pieces)
            return Received(Worth(owned, self.value + cost), cost, 0)
        if owned <= 0:  # a hole that is not filled yet
            return Received(Worth(owned, self.value), None, 0)
        return Received(Worth(owned, None), None, -self.value)

    def revalued(self, by: int) -> Worth:
        """With a cost learnt later (freight, duty); unknown stays unknown."""
        return self if self.value is None else replace(self, value=self.value + by)


@dataclass(frozen=True, slots=True)
class Received:
    """The worth after pieces came in, their own cost, and by how much the value of the others changed."""

    worth: Worth
    cost: int | None
    revaluation: int


def _share(cost: int, pieces: int, of: int) -> int:
    return (2 * cost * pieces + of) // (2 * of)


def shared_out(parts: Sequence[LotPart], requests: Sequence[tuple[int, Sequence[int]]]) -> list[list[LotPart]]:
    """Give what went out of a product to the lines that sold it: (pieces, the lots a line named) → parts a line.

    Lines that name a lot are served first. The costs of the lines add up to those of the parts.
    """
    left = [[part.quantity, part.cost] for part in parts]
    given: list[list[LotPart]] = [[] for _ in requests]

    def give(line: int, at: int, most: int) -> int:
        there, cost = left[at]
        assert there is not None
        pieces = min(there, most)
        if not pieces:
            return 0
        worth = None
        if cost is not None:
            worth = _share(cost, pieces, there)
            cost -= worth
        left[at] = [there - pieces, cost]
        given[line].append(LotPart(parts[at].lot, pieces, worth))
        return pieces

    open_ = [pieces for pieces, _ in requests]
    for line, (_, lots) in enumerate(requests):
        for named in lots:
            for at, part in enumerate(parts):
                if part.lot == named:
                    open_[line] -= give(line, at, open_[line])
    for line in range(len(requests)):
        for at in range(len(parts)):
            if open_[line]:
                open_[line] -= give(line, at, open_[line])
    assert not any(open_), "more was sold than went out"
    return given


def check_location(location: str, field: str = "place") -> str:
    """Refuse what is no place of a shop."""
    if location not in LOCATIONS:
        raise BadField(field, "unknown", location[:20])
    return location


def check_lot(code: str, field: str = "lot") -> str:
    """Return a lot's code trimmed, or refuse it: printable, at most 20 characters (GS1 AI 10)."""
    return _text(code, LONGEST_LOT, field)


def check_entry(entry: str, field: str = "entry") -> str:
    """Return the number of a customs document trimmed, or refuse it."""
    return _text(entry, LONGEST_ENTRY, field)


def _text(text: str, longest: int, field: str) -> str:
    text = text.strip()
    if len(text) > longest:
        raise BadField(field, "too_long", text[:longest])
    if not text.isprintable():
        raise BadField(field, "not_a_text", readable(text)[:40])
    return text


@dataclass(frozen=True, slots=True)
class LotBalance:
    """The account of one lot (customs record of bonded goods): `on_hand` = came − sold + returned − destroyed ± rest.

    `places` says where what is on hand lies. `other` are adjustments and counts; `workshop` are pieces that batches
    made (+), and took (−) less those that came back.
    """

    lot: Lot
    code: str
    name: str
    received: int
    sold: int
    returned: int
    destroyed: int
    other: int
    on_hand: int
    locations: Mapping[str, int]
    names: Mapping[str, str] = field(default_factory=dict)
    category: str = ""
    workshop: int = 0

    def name_in(self, language: str) -> str:
        """The name of its goods in a language, or the one they came with."""
        return self.names.get(language) or self.name
