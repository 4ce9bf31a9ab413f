"""Goods that are written into the catalogue at the counter before they are added to the basket."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pos.application.sales.checkout import Checkout
from pos.application.sales.checkout_view import CheckoutView


@dataclass
class GoodsSavedFirst:
    """`save` writes the product and returns its id; `quantity` pieces of it are added then, none for 0."""

    save: Callable[[], int]
    quantity: int
    product_id: int | None = None
    """None until it is saved."""

    @property
    def is_saved(self) -> bool:
        return self.product_id is not None

    def add_to(self, checkout: Checkout) -> CheckoutView:
        """Write the product, and add its pieces; rows that hold it already are judged by what is known now."""
        self.product_id = self.save()
        view = checkout.refresh(self.product_id)
        return checkout.add(self.product_id, self.quantity) if self.quantity else view
