"""What became of the customer orders of some days, by channel and by hour."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from fractions import Fraction

from pos.domain.money import Money
from pos.domain.pickup.customer_order import OPEN, OrderState


@dataclass(frozen=True, slots=True)
class OrderFigures:
    """Of the orders that were claimed: how many, their pieces and worth, and what became of them.

    `picked` are the pieces that were handed out. A no-show is an order whose time is over.
    """

    worth: Money
    orders: int = 0
    pieces: int = 0
    picked: int = 0
    open: int = 0
    picked_up: int = 0
    cancelled: int = 0
    no_shows: int = 0

    @property
    def share_of_no_shows(self) -> Fraction | None:
        """Of the orders that were picked up or not; None while there is none."""
        ended = self.picked_up + self.no_shows
        return Fraction(self.no_shows, ended) if ended else None

    def plus(self, more: OrderFigures) -> OrderFigures:
        """Both together."""
        names = ("orders", "pieces", "picked", "open", "picked_up", "cancelled", "no_shows")
        sums = {name: getattr(self, name) + getattr(more, name) for name in names}
        return OrderFigures(self.worth + more.worth, **sums)

    def with_orders(self, state: OrderState, count: int) -> OrderFigures:
        """With so many orders more that are in a state."""
        field = "open" if state in OPEN else _FIELDS[state]
        return replace(self, orders=self.orders + count, **{field: getattr(self, field) + count})


_FIELDS = {
    OrderState.PICKED_UP: "picked_up",
    OrderState.CANCELLED: "cancelled",
    OrderState.EXPIRED: "no_shows",
}


def together(parts: Iterable[OrderFigures], none: Money) -> OrderFigures:
    """The sum of some; `none` is nothing in the price currency."""
    whole = OrderFigures(none)
    for part in parts:
        whole = whole.plus(part)
    return whole
