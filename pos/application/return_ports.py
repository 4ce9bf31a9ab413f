"""What returns need of the store, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from pos.domain.goods_return import GoodsReturn


@dataclass(frozen=True, slots=True)
class Refundable:
    """What may come back of a line: `sold` pieces less those `refunded` already."""

    line: int
    sold: int
    refunded: int


class Returns(Protocol):
    """Recorded returns; each stands in the till's numbering and chain as a sale does."""

    def refundable(self, till: str, number: int) -> Sequence[Refundable]:
        """Every line of a sale with what came back of it."""
        ...

    def take_back(self, till: str, number: int, line: int, quantity: int) -> int | None:
        """Count pieces of a line as come back: how many have now, or None and nothing is counted."""
        ...

    def record(self, back: GoodsReturn, before: str, business_date: date) -> GoodsReturn:
        """Write the return with its lines, refunds, cash and stock; return it with its `mac`."""
        ...

    def with_key(self, key: str) -> GoodsReturn | None:
        """The return made for a key."""
        ...

    def by_number(self, till: str, number: int) -> GoodsReturn | None:
        """The return with this receipt number."""
        ...

    def reversing(self, till: str, number: int) -> Sequence[GoodsReturn]:
        """The returns of goods of one sale, oldest first."""
        ...
