"""What the steps need to know of the stock and to change in it, as Protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol

from pos.domain.stock.stock import FLOOR, Lot, LotBalance, LotPart, Movement, Worth


@dataclass(frozen=True, slots=True)
class StockDeduction:
    """What a sale takes of a product: `quantity` pieces, of which `own` are held for it.

    Lots whose last day is before `today` are not taken, unless `expired` says so; `lots` are pieces of a lot that a
    scanned code named. `below`: the shop sells what its books do not have.
    """

    product: int
    quantity: int
    own: int = 0
    today: date | None = None
    lots: Mapping[int, int] = field(default_factory=dict)
    expired: bool = False
    below: bool = False


@dataclass(frozen=True, slots=True)
class AtPlace:
    """What lies at a place of a product, of one lot or (None) of none."""

    place: str
    lot: Lot | None
    on_hand: int


@dataclass(frozen=True, slots=True)
class OnFloor:
    """What lies on the shop floor of a product: pieces, those that nobody holds, and the lots among them.

    `lots` come by their last day, those without one last; what is of no lot is not among them.
    """

    on_hand: int
    free: int
    lots: Sequence[tuple[Lot, int]] = ()

    def expired(self, today: date) -> int:
        """Pieces of lots whose last day is over."""
        return sum(pieces for lot, pieces in self.lots if lot.is_expired(today))


class Stock(Protocol):
    """What is on hand; always the sum of the movements."""

    def on_hand(self, product_id: int) -> int:
        """Pieces on the shop floor."""
        ...

    def on_hand_of(self, product_ids: Sequence[int]) -> Mapping[int, int]:
        """Pieces on the shop floor of several products, by product."""
        ...

    def free(self, product_id: int, at: datetime) -> int:
        """Pieces on the shop floor that are not held for anybody at `at`."""
        ...

    def floor(self, product_id: int, at: datetime) -> OnFloor:
        """What lies on the shop floor, what of it nobody holds at `at`, and its lots: one SELECT where it has none."""
        ...

    def everywhere(self, product_id: int) -> Sequence[AtPlace]:
        """What lies where, place by place, lots by their last day."""
        ...

    def worth(self, product_id: int) -> Worth:
        """How many pieces are owned, anywhere, and what they cost."""
        ...

    def take(self, taking: StockDeduction) -> Sequence[LotPart] | None:
        """Take pieces off the shop floor if they are free or among the sale's `own` held ones, held no longer.

        Which lots they were of, those that expire first; None, and nothing is taken, where there are too few.
        """
        ...

    def deduct_at_once(self, takings: Sequence[StockDeduction]) -> Mapping[int, Sequence[LotPart]]:
        """Take of several products as `take` does, in one step where the store can; what was taken, by product.

        Nothing is taken of those that are not in the answer: they are to be asked for one by one.
        """
        ...

    def hold(self, product_id: int, quantity: int, *, below: bool = False) -> bool:
        """Set free pieces aside; False where there are fewer (`below`: sold all the same), and nothing is held."""
        ...

    def move(self, product_id: int, quantity: int, reason: str, at: datetime, person: str) -> None:
        """Record a movement on the shop floor that is not a sale's, of no lot and at average cost."""
        ...

    def move_many(self, moves: Sequence[tuple[int, int, int | None]], reason: str, at: datetime, person: str) -> None:
        """Bring the first pieces of many products in, in few statements: (product id, quantity, cost of them all)."""
        ...

    def record(self, moves: Sequence[Movement], at: datetime, person: str, document: str | None = None) -> None:
        """Record movements under the number of a paper. Raises NotThere where a place has fewer than go out."""
        ...

    def revalue(self, product_id: int, by: int, reason: str, at: datetime, person: str, document: str | None) -> bool:
        """Add to the value of what is owned; False, and nothing is done, where nothing is owned or it is unknown."""
        ...

    def lot(self, product_id: int, code: str, expiry: date | None, entry: str, at: datetime) -> Lot:
        """The lot of a product with this code and customs document, made if there is none. Raises LotConflict."""
        ...

    def lots_named(self, product_id: int, code: str) -> Sequence[Lot]:
        """The lots of a product with this code, under whatever document they came."""
        ...

    def lots_expiring(self, until: date, limit: int, after: tuple[date, int] | None = None) -> Sequence[LotBalance]:
        """Lots that are on hand and whose last day is `until` or before, soonest first, paged by (day, lot id)."""
        ...

    def lot_balances(
        self, product_id: int | None, limit: int, after: int = 0, entry: str = "", *, on_hand: bool = False
    ) -> Sequence[LotBalance]:
        """The accounts of lots, by id, of one product or of all; of one document, or only those on hand."""
        ...

    def next_number(self, kind: str) -> int:
        """The next number of a kind of paper (R, O, C, M)."""
        ...

    def last_move(self) -> int:
        """The newest movement of all, so that what comes after it can be told."""
        ...

    def moved_since(
        self, product_id: int, move: int, until: int | None = None, place: str = FLOOR
    ) -> Mapping[int | None, int]:
        """What came (+) and went (−) at a place after a movement (up to another), by lot."""
        ...
