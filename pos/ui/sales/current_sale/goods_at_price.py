"""Goods that are added to the basket at a price given by hand."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView
from pos.domain.money import Money
from pos.domain.sales.cart import Cart
from pos.domain.staff.staff import Person


@dataclass
class GoodsAtPrice:
    """`goods` are the text of a scan or a product's id. Both steps are taken on the worker thread."""

    goods: str | int
    quantity: int
    price: Money
    _checkout: Checkout | None = None

    def add_to(self, checkout: Checkout, person: Person) -> CheckoutView:
        """Add them. Raises NotAllowed where the price needs an approval."""
        self._checkout = checkout
        return checkout.add_at(self.price, self.goods, self.quantity, person)

    def added_to(self, cart: Cart) -> Cart:
        """The basket with them, for the figures of the approval; as it is where they can no longer be added."""
        return cart if self._checkout is None else self._checkout.cart_at(self.price, self.goods, self.quantity)[1]
