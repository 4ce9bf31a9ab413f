"""A return without a receipt as it is being put together: goods, how many, at what price, where they go."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from pos.application.blind_return import BlindLine, BlindOrder, PriceAboveTodays
from pos.application.goods_for_sale import check_complete
from pos.domain.cart import MOST_OF_ONE_LINE
from pos.domain.errors import BadField
from pos.domain.goods_return import PLACES
from pos.domain.money import Currency, Money, total
from pos.domain.product import Product


@dataclass(frozen=True, slots=True)
class BlindRow:
    """So many pieces of a product at a price that is still to be approved."""

    product: Product
    price: Money
    quantity: int = 1
    to: str = PLACES[0]


@dataclass(frozen=True, slots=True)
class BlindInHand:
    """A return without a receipt before it is recorded; its `key` stays the same however often it is tried."""

    key: str
    price_currency: Currency
    currency: Currency
    rows: tuple[BlindRow, ...] = ()

    @classmethod
    def fresh(cls, price: Currency) -> BlindInHand:
        """Nothing comes back yet; the money goes back in the currency of prices."""
        return cls(uuid.uuid4().hex, price, price)

    @property
    def pieces(self) -> int:
        """How many pieces come back."""
        return sum(row.quantity for row in self.rows)

    @property
    def worth(self) -> Money:
        """What they come to."""
        return total((row.price * row.quantity for row in self.rows), self.price_currency)

    def adding(self, product: Product) -> BlindInHand:
        """The same with one piece more, at today's price where it is new; raises IncompleteProduct."""
        check_complete(product)
        assert product.price is not None, "check_complete was asked"
        for place, row in enumerate(self.rows):
            if row.product.id == product.id:
                return self.counting(place, row.quantity + 1)
        return replace(self, rows=(*self.rows, BlindRow(product, product.price)))

    def place_of(self, product: Product) -> int:
        """Where the row of a product stands; −1 nowhere."""
        return next((place for place, row in enumerate(self.rows) if row.product.id == product.id), -1)

    def counting(self, place: int, quantity: int) -> BlindInHand:
        """The same with so many pieces in a row; none takes it out."""
        if quantity > MOST_OF_ONE_LINE:
            raise BadField("quantity", "out_of_range", str(quantity))
        if quantity < 1:
            return replace(self, rows=self.rows[:place] + self.rows[place + 1 :])
        return self._changing(place, lambda row: replace(row, quantity=quantity))

    def at_price(self, place: int, price: Money) -> BlindInHand:
        """The same with another price for each piece of a row; raises PriceAboveTodays."""
        product = self.rows[place].product
        if product.price is not None and price > product.price:
            raise PriceAboveTodays(product.code, price, product.price)
        return self._changing(place, lambda row: replace(row, price=price))

    def going_to(self, place: int, to: str) -> BlindInHand:
        """The same with the goods of a row going elsewhere."""
        return self._changing(place, lambda row: replace(row, to=to))

    def paying_in(self, currency: Currency) -> BlindInHand:
        """The same with the cash in another currency."""
        return replace(self, currency=currency)

    def order(self, reason: str, cashier: str) -> BlindOrder:
        """What is to be recorded."""
        lines = tuple(BlindLine(row.product.code, row.quantity, row.price, row.to) for row in self.rows)
        return BlindOrder(self.key, lines, self.currency, reason, cashier)

    def _changing(self, place: int, change: Callable[[BlindRow], BlindRow]) -> BlindInHand:
        rows = tuple(change(row) if at == place else row for at, row in enumerate(self.rows))
        return replace(self, rows=rows)
