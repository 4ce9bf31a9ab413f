"""What the list of low stock needs of the store, as a Protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.stock.low_stock import Flow


@dataclass(frozen=True, slots=True)
class Standing:
    """Pieces of a product: `owned` anywhere, `available` without what is set aside; and its reorder point."""

    product: int
    owned: int
    available: int
    reorder_point: int | None


class LowStockFacts(Protocol):
    """What sold, what is left, and what a carton holds."""

    def flows(self, now: datetime, days: int, product: int | None = None) -> Mapping[int, Sequence[Flow]]:
        """What moved in the last `days` times 24 hours, by product (or of one), the newest day first."""
        ...

    def with_point(self) -> Sequence[int]:
        """The products that have a reorder point."""
        ...

    def standing(self, products: Iterable[int]) -> Iterator[Standing]:
        """What is left of these products."""
        ...

    def cartons(self, products: Sequence[int]) -> Mapping[int, int]:
        """Pieces in the smallest carton of these products, without those that have none on file."""
        ...
