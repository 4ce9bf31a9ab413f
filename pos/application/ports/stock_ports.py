"""Ports of the stock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

from pos.domain.stock.stock import FLOOR, Lot, LotBalance, LotPart, Movement, Worth

if TYPE_CHECKING:
    from pos.domain.stock.low_stock import Flow


@dataclass(frozen=True, slots=True)
class StockDeduction:
    """The deduction of a product by a sale: `quantity` pieces, of which `own` are reserved for it.

    Lots that expired before `today` are excluded unless `expired` is set; `lots` are pieces of lots named by scanned
    codes. `below`: the shop sells more than its books have.
    """

    product: int
    quantity: int
    own: int = 0
    today: date | None = None
    lots: Mapping[int, int] = field(default_factory=dict)
    expired: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class AtLocation:
    """Stock of a product at a location, of one lot or (None) of none."""

    location: str
    lot: Lot | None
    on_hand: int


@dataclass(frozen=True, slots=True)
class OnFloor:
    """Stock of a product on the shop floor: pieces, unreserved pieces, and the lots among them.

    `lots` are in order of expiry, lots without a date last; pieces without a lot are not among them.
    """

    on_hand: int
    free: int
    lots: Sequence[tuple[Lot, int]] = ()

    def expired(self, today: date) -> int:
        """Pieces of expired lots."""
        return sum(pieces for lot, pieces in self.lots if lot.is_expired(today))


class Stock(Protocol):
    """Stock on hand; always the sum of the movements."""

    def on_hand(self, product_id: int) -> int:
        """Pieces on the shop floor."""

    def on_hand_of(self, product_ids: Sequence[int]) -> Mapping[int, int]:
        """Pieces on the shop floor of several products, by product."""

    def free(self, product_id: int, at: datetime) -> int:
        """Pieces on the shop floor that are unreserved at `at`."""

    def floor(self, product_id: int, at: datetime) -> OnFloor:
        """The shop floor stock, its unreserved pieces at `at`, and its lots: one SELECT if there are no lots."""

    def everywhere(self, product_id: int) -> Sequence[AtLocation]:
        """The stock by location, lots in order of expiry."""

    def everywhere_of(self, product_ids: Sequence[int]) -> Mapping[int, Sequence[AtLocation]]:
        """The stock of several products by location, lots in order of expiry; without products that have none."""

    def free_of(self, product_ids: Sequence[int], at: datetime) -> Mapping[int, int]:
        """Pieces of several products on the shop floor that are unreserved at `at`, by product."""

    def worth(self, product_id: int) -> Worth:
        """The number of owned pieces, at any location, and their cost."""

    def take(self, taking: StockDeduction) -> Sequence[LotPart] | None:
        """Deduct pieces from the shop floor if they are free or among the sale's `own` reserved ones, and end the
        reservation.

        Returns the lots used, earliest expiry first; None, and nothing is deducted, if there are too few.
        """

    def deduct_at_once(self, takings: Sequence[StockDeduction]) -> Mapping[int, Sequence[LotPart]]:
        """Deduct several products as `take` does, in one step if the store can; return what was deducted, by product.

        Products missing from the result were not deducted: the caller deducts them one by one.
        """

    def hold(self, product_id: int, quantity: int, *, below: bool = False) -> bool:
        """Reserve free pieces; False if there are fewer (`below`: reserve anyway), and nothing is reserved."""

    def move(self, product_id: int, quantity: int, reason: str, at: datetime, person: str) -> None:
        """Record a movement on the shop floor outside a sale, without a lot and at average cost."""

    def move_many(self, moves: Sequence[tuple[int, int, int | None]], reason: str, at: datetime, person: str) -> None:
        """Record the first pieces of many products in few statements: (product id, quantity, total cost)."""

    def lock(self, product_ids: Iterable[int]) -> None:
        """Lock the stock of products until the end of the transaction: what is read of it afterwards stays true."""

    def record(
        self, moves: Sequence[Movement], at: datetime, person: str, document: str | None = None
    ) -> Sequence[int | None]:
        """Record movements under the number of a stock document; return their signed costs, None where unknown.

        Raises NotThere if a location has too few pieces.
        """

    def revalue(self, product_id: int, by: int, reason: str, at: datetime, person: str, document: str | None) -> bool:
        """Add to the value of owned pieces; False, without a change, if none are owned or the value is unknown."""

    def lot(self, product_id: int, code: str, expiry: date | None, entry: str, at: datetime) -> Lot:
        """The lot of a product with this code and customs document, created if absent. Raises LotConflict."""

    def lots_named(self, product_id: int, code: str) -> Sequence[Lot]:
        """The lots of a product with this code, under any customs document."""

    def lots_expiring(self, until: date, limit: int, after: tuple[date, int] | None = None) -> Sequence[LotBalance]:
        """Lots on hand that expire on `until` or before, soonest first, paged by (day, lot id)."""

    def lot_balances(
        self, product_id: int | None, limit: int, after: int = 0, entry: str = "", *, on_hand: bool = False
    ) -> Sequence[LotBalance]:
        """The balances of lots, by id, of one product or all; of one customs document, or only those on hand."""

    def next_number(self, kind: str) -> int:
        """The next number of a kind of document (R, O, C, M)."""

    def last_move(self) -> int:
        """The newest movement of all, a marker for later movements."""

    def moved_since(
        self, product_id: int, move: int, until: int | None = None, location: str = FLOOR
    ) -> Mapping[int | None, int]:
        """Received (+) and removed (−) pieces at a location after a movement (up to another), by lot."""


@dataclass(frozen=True, slots=True)
class MovementFilter:
    """Filter of movements: product, lot, reason, document, location; without any, all."""

    product: int | None = None
    lot: int | None = None
    reason: str = ""
    document: str = ""
    location: str = ""


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A movement in a list. `cost` in minor units with the sign of the pieces; None where unknown.

    `receipt` is the sale or return it belongs to.
    """

    id: int
    product: int
    code: str
    name: str
    names: Mapping[str, str]
    quantity: int
    reason: str
    location: str
    lot: str
    cost: int | None
    document: str
    receipt: str
    why: str
    note: str
    at: datetime
    person: str


class Movements(Protocol):
    """All recorded movements."""

    def list(self, filters: MovementFilter, limit: int, before: int | None = None) -> Sequence[MovementRow]:
        """The newest first, below the movement `before`."""


@dataclass(frozen=True, slots=True)
class SoldPiece:
    """A sold item with a marking code: the line of the receipt, and how it was returned (None: not returned)."""

    receipt: str
    line: int
    at: datetime
    back: str | None = None
    back_at: datetime | None = None


class Pieces(Protocol):
    """Serialised items that were sold here."""

    def sold(self, product_id: int, serial: str) -> SoldPiece | None:
        """The sale of an item that was not returned since; None if there is none."""

    def last(self, product_id: int, serial: str) -> SoldPiece | None:
        """The newest sale of an item, returned or not."""


@dataclass(frozen=True, slots=True)
class StockLevel:
    """Pieces of a product: `owned` anywhere, `available` without reserved ones; and its reorder point."""

    product: int
    owned: int
    available: int
    reorder_point: int | None


class LowStockFigures(Protocol):
    """Sales, remaining stock and carton sizes."""

    def flows(self, now: datetime, days: int, product: int | None = None) -> Mapping[int, Sequence[Flow]]:
        """Movements of the last `days` times 24 hours, by product (or of one), newest day first."""

    def with_point(self) -> Sequence[int]: ...

    def levels(self, products: Iterable[int]) -> Iterator[StockLevel]:
        """The remaining stock of these products."""

    def cartons(self, products: Sequence[int]) -> Mapping[int, int]:
        """Pieces in the smallest carton of these products, without products that have none on file."""
