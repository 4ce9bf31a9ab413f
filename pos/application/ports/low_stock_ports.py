"""Port of the low-stock list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.stock.low_stock import Flow


@dataclass(frozen=True, slots=True)
class Standing:
    """Pieces of a product: `owned` anywhere, `available` without reserved ones; and its reorder point."""

    product: int
    owned: int
    available: int
    reorder_point: int | None


class LowStockFacts(Protocol):
    """Sales, remaining stock and carton sizes."""

    def flows(self, now: datetime, days: int, product: int | None = None) -> Mapping[int, Sequence[Flow]]:
        """Movements of the last `days` times 24 hours, by product (or of one), newest day first."""
        ...

    def with_point(self) -> Sequence[int]:
        """The products that have a reorder point."""
        ...

    def standing(self, products: Iterable[int]) -> Iterator[Standing]:
        """The remaining stock of these products."""
        ...

    def cartons(self, products: Sequence[int]) -> Mapping[int, int]:
        """Pieces in the smallest carton of these products, without products that have none on file."""
        ...
