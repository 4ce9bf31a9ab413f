"""Port of the orders to suppliers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.purchasing.purchase_order import OrderLine, OrderSummary, PurchaseOrder


class Orders(Protocol):
    """Orders to suppliers, by number."""

    def add(self, order: PurchaseOrder) -> PurchaseOrder:
        """Add an order with its lines; return it with its id."""
        ...

    def by_number(self, number: int) -> PurchaseOrder | None:
        """The order with this number, with its lines."""
        ...

    def by_id(self, order_id: int) -> PurchaseOrder | None:
        """The order with this id, with its lines."""
        ...

    def listed(self, state: str | None, limit: int, before: int | None = None) -> Sequence[OrderSummary]:
        """Orders in a state (None: all), newest first, with a number below `before`."""
        ...

    def change(self, order: PurchaseOrder) -> None:
        """Write the open part of an order: its supplier, day, note and all of its lines."""
        ...

    def bring(self, order_id: int, lines: Sequence[OrderLine]) -> None:
        """Record the received pieces of these lines: `received`, `closed_short`; a product without a line gets one."""
        ...

    def end(self, order_id: int, state: str, at: datetime, person: str) -> None:
        """Close or cancel an open order."""
        ...

    def outstanding(self, products: Iterable[int]) -> Mapping[int, int]:
        """Pieces of these products that open orders still expect, without products that expect none."""
        ...
