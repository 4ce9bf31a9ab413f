"""The basket on its way to becoming a sale."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.returns.return_order import Exchange
from pos.domain.pricing.rates import RateTable
from pos.domain.sales.cart import Cart
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class SaleOrder:
    """What is to become a sale: handed to CompleteSale. `key` makes it idempotent."""

    key: str
    till: str
    cashier: str
    cart: Cart
    visitors: tuple[Visitor, ...]
    destination: str | None
    regime: str | None
    rates: RateTable
    over_quota: str = "refuse"
    """What becomes of a basket over the allowance: `refuse`, or `duty` to sell it as dutiable."""
    by: str = ""
    """Who booked it on the cashier, where that was somebody else; the journal names him."""
    exchange: Exchange | None = None
    """What comes back in the same act and pays for it."""
    agreed: frozenset[str] | None = None
    """For which visitors (by key) the destination was pressed; None where it was taken from their papers."""
