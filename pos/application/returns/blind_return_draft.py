"""A return without a receipt as it is being put together: goods, how many, at what price, where they go."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from pos.application.returns.blind_return import BlindLine, BlindOrder, PriceAboveTodays
from pos.domain.catalogue.piece import NO_PIECE, AsksWeight, Piece, PieceInBasket, SerialNumberTwice
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, total
from pos.domain.returns.goods_return import PLACES
from pos.domain.sales.cart_line import MOST_OF_ONE_LINE
from pos.domain.sales.goods_for_sale import check_complete


@dataclass(frozen=True, slots=True)
class BlindRow:
    """So many pieces of a product at a price that is still to be approved."""

    product: Product
    price: Money
    quantity: int = 1
    to: str = PLACES[0]
    piece: Piece = NO_PIECE

    @property
    def today(self) -> Money:
        """What a piece costs today."""
        assert self.product.price is not None, "check_complete was asked"
        return self.piece.unit_price(self.product.price)


@dataclass(frozen=True, slots=True)
class BlindReturnDraft:
    """A return without a receipt before it is recorded; its `key` stays the same however often it is tried."""

    key: str
    price_currency: Currency
    currency: Currency
    rows: tuple[BlindRow, ...] = ()

    @classmethod
    def fresh(cls, price: Currency) -> BlindReturnDraft:
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

    def adding(self, product: Product, piece: Piece = NO_PIECE) -> BlindReturnDraft:
        """The same with one piece more, at today's price where it is new.

        Raises IncompleteProduct, AsksWeight, PieceInBasket.
        """
        check_complete(product)
        if product.by_weight and piece.grams is None:
            raise AsksWeight(product.code)
        place = self.place_of(product, piece)
        if place >= 0 and piece.serial is not None:
            raise PieceInBasket(product.code, piece.serial)
        if place >= 0 and not piece.is_single:
            return self.counting(place, self.rows[place].quantity + 1)
        assert product.price is not None, "check_complete was asked"
        row = BlindRow(product, piece.unit_price(product.price), piece=piece)
        return replace(self, rows=(*self.rows, row))

    def place_of(self, product: Product, piece: Piece = NO_PIECE) -> int:
        """Where the last row of a product stands, of a piece with a number of its own the very one; −1 nowhere."""
        mine = (product.id, piece.serial, piece.grams)
        rows = [(row.product.id, row.piece.serial, row.piece.grams) for row in self.rows]
        return len(rows) - 1 - rows[::-1].index(mine) if mine in rows else -1

    def counting(self, place: int, quantity: int) -> BlindReturnDraft:
        """The same with so many pieces in a row; none takes it out."""
        if quantity > MOST_OF_ONE_LINE:
            raise BadField("quantity", "out_of_range", str(quantity))
        if quantity > 1 and self.rows[place].piece.is_single:
            raise SerialNumberTwice(self.rows[place].product.code, quantity)
        if quantity < 1:
            return replace(self, rows=self.rows[:place] + self.rows[place + 1 :])
        return self._changing(place, lambda row: replace(row, quantity=quantity))

    def at_price(self, place: int, price: Money) -> BlindReturnDraft:
        """The same with another price for each piece of a row; raises PriceAboveTodays."""
        row = self.rows[place]
        if price > row.today:
            raise PriceAboveTodays(row.product.code, price, row.today)
        return self._changing(place, lambda row: replace(row, price=price))

    def going_to(self, place: int, to: str) -> BlindReturnDraft:
        """The same with the goods of a row going elsewhere."""
        return self._changing(place, lambda row: replace(row, to=to))

    def paying_in(self, currency: Currency) -> BlindReturnDraft:
        """The same with the cash in another currency."""
        return replace(self, currency=currency)

    def order(self, reason: str, cashier: str) -> BlindOrder:
        """What is to be recorded."""
        lines = tuple(
            BlindLine(row.product.code, row.quantity, row.price, row.to, row.piece.grams, row.piece.serial)
            for row in self.rows
        )
        return BlindOrder(self.key, lines, self.currency, reason, cashier)

    def _changing(self, place: int, change: Callable[[BlindRow], BlindRow]) -> BlindReturnDraft:
        rows = tuple(change(row) if at == place else row for at, row in enumerate(self.rows))
        return replace(self, rows=rows)
