"""Draft of a return without a receipt: goods, quantities, prices, dispositions."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace

from pos.application.returns.blind_return import BlindLine, BlindOrder, PriceAboveTodays
from pos.domain.catalogue.piece import NO_PIECE, AsksWeight, Piece, PieceInBasket, SerialNumberTwice
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money, total
from pos.domain.returns.goods_return import DISPOSITIONS
from pos.domain.sales.cart_line import MOST_OF_ONE_LINE
from pos.domain.sales.goods_for_sale import check_complete


@dataclass(frozen=True, slots=True)
class BlindRow:
    """A number of pieces of a product at a price that still needs approval; `today` is what a piece is sold at."""

    product: Product
    price: Money
    today: Money
    quantity: int = 1
    to: str = DISPOSITIONS[0]
    piece: Piece = NO_PIECE


@dataclass(frozen=True, slots=True)
class BlindReturnDraft:
    """A return without a receipt before it is recorded; its `key` stays the same for every attempt."""

    key: str
    price_currency: Currency
    currency: Currency
    rows: tuple[BlindRow, ...] = ()

    @classmethod
    def fresh(cls, price: Currency) -> BlindReturnDraft:
        """An empty draft; the refund is in the currency of prices."""
        return cls(uuid.uuid4().hex, price, price)

    @property
    def pieces(self) -> int:
        return sum(row.quantity for row in self.rows)

    @property
    def worth(self) -> Money:
        return total((row.price * row.quantity for row in self.rows), self.price_currency)

    def adding(self, product: Product, today: Money, piece: Piece = NO_PIECE) -> BlindReturnDraft:
        """Add one piece, at the price at which it is sold `today` if the product is new.

        Raises IncompleteProduct, AsksWeight, PieceInBasket.
        """
        check_complete(product)
        if product.by_weight and piece.grams is None:
            raise AsksWeight(product.code)
        index = self.index_of(product, piece)
        if index >= 0 and piece.serial is not None:
            raise PieceInBasket(product.code, piece.serial)
        if index >= 0 and not piece.is_single:
            return self.counting(index, self.rows[index].quantity + 1)
        row = BlindRow(product, today, today, piece=piece)
        return replace(self, rows=(*self.rows, row))

    def index_of(self, product: Product, piece: Piece = NO_PIECE) -> int:
        """The index of the last row of a product, or of a serialised item; −1 if there is none."""
        mine = (product.id, piece.serial, piece.grams)
        rows = [(row.product.id, row.piece.serial, row.piece.grams) for row in self.rows]
        return len(rows) - 1 - rows[::-1].index(mine) if mine in rows else -1

    def counting(self, index: int, quantity: int) -> BlindReturnDraft:
        """Set the number of pieces in a row; none removes it."""
        if quantity > MOST_OF_ONE_LINE:
            raise BadField("quantity", "out_of_range", str(quantity))
        if quantity > 1 and self.rows[index].piece.is_single:
            raise SerialNumberTwice(self.rows[index].product.code, quantity)
        if quantity < 1:
            return replace(self, rows=self.rows[:index] + self.rows[index + 1 :])
        return self._changing(index, lambda row: replace(row, quantity=quantity))

    def at_price(self, index: int, price: Money) -> BlindReturnDraft:
        """Set the price of each piece in a row; raises PriceAboveTodays."""
        row = self.rows[index]
        if price > row.today:
            raise PriceAboveTodays(row.product.code, price, row.today)
        return self._changing(index, lambda row: replace(row, price=price))

    def going_to(self, index: int, to: str) -> BlindReturnDraft:
        """Set the disposition of a row's goods."""
        return self._changing(index, lambda row: replace(row, to=to))

    def paying_in(self, currency: Currency) -> BlindReturnDraft:
        return replace(self, currency=currency)

    def order(self, reason: str, cashier: str) -> BlindOrder:
        lines = tuple(
            BlindLine(row.product.code, row.quantity, row.price, row.to, row.piece.grams, row.piece.serial)
            for row in self.rows
        )
        return BlindOrder(self.key, lines, self.currency, reason, cashier)

    def _changing(self, index: int, change: Callable[[BlindRow], BlindRow]) -> BlindReturnDraft:
        rows = tuple(change(row) if at == index else row for at, row in enumerate(self.rows))
        return replace(self, rows=rows)
