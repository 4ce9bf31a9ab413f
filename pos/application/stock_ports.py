"""What the steps need to know of the stock and to change in it, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol


class Stock(Protocol):
    """What is on hand; always the sum of the movements."""

    def on_hand(self, product_id: int) -> int:
        """Pieces on hand."""
        ...

    def free(self, product_id: int, at: datetime) -> int:
        """Pieces on hand that are not held for anybody at `at`."""
        ...

    def take(self, product_id: int, quantity: int, own: int = 0) -> int | None:
        """Take pieces if they are free or are among the sale's `own` held ones, which are held no longer.

        What remains, or None and nothing is taken.
        """
        ...

    def hold(self, product_id: int, quantity: int) -> bool:
        """Set free pieces aside; False where there are fewer, and nothing is held."""
        ...

    def move(self, product_id: int, quantity: int, reason: str, at: datetime, person: str) -> None:
        """Record a movement that is not a sale's and change what is on hand by it."""
        ...

    def move_many(self, moves: Sequence[tuple[int, int]], reason: str, at: datetime, person: str) -> None:
        """Record movements given as (product id, quantity), as `move` does each."""
        ...
