"""The basket as an order, before it becomes a sale, and the conditions under which it is checked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from pos.application.returns.return_order import Exchange
from pos.application.settings.settings import Settings
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pricing.rates import RateTable
from pos.domain.sales.cart import Cart
from pos.domain.sales.parcel import Parcel, Recipient
from pos.domain.staff.staff import Approval, Person
from pos.domain.visitors.visitor import Visitor


@dataclass(frozen=True, slots=True)
class SaleOrder:
    """Input of CompleteSale. `key` makes it idempotent."""

    key: str
    till: str
    cashier: str
    cart: Cart
    visitors: tuple[Visitor, ...]
    destination: str | None
    regime: str | None
    rates: RateTable
    over_quota: str = "refuse"
    """How a basket over the allowance is handled: `refuse`, or `duty` to sell it as dutiable."""
    by: str = ""
    """The person who booked it for the cashier, if another person did; the journal names them."""
    exchange: Exchange | None = None
    """Goods returned in the same transaction, which pay for it."""
    agreed: frozenset[str] | None = None
    """The visitors (by key) for whom the destination was chosen; None where it follows from their documents."""
    parcel: Parcel | None = None
    """How the goods are sent; None for goods that are carried."""
    recipient: Recipient | None = None
    pickups: tuple[CustomerOrder, ...] = ()
    """The customer orders that it picks up, as they were when the basket was opened."""
    unseen: str = ""
    """Why the center of the shop did not see it: it is sold by approval, if at all. Empty where there is none."""


@dataclass(frozen=True, slots=True)
class SaleConditions:
    """When, by which settings, by whom and with whose approval a sale is made."""

    at: datetime
    settings: Settings
    person: Person
    approval: Approval | None = None
