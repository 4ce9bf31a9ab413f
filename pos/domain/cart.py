"""An unpaid sale: immutable, so that undo is simply the cart before."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from pos.domain.discount import Discount
from pos.domain.errors import BadField, BadInput
from pos.domain.money import Currency, Money, total
from pos.domain.product import Product

MOST_OF_ONE_LINE = 9_999
"""More of one article in one line is a slip of the finger, or a barcode typed as a quantity."""


@dataclass(eq=False)
class EmptyCart(BadInput):
    """There is nothing in the basket."""


@dataclass(eq=False)
class NoSuchLine(BadInput):
    """The basket has no line with this number."""

    line: int


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one product for one carrier (a visitor's label, None while nobody carries it)."""

    id: int
    product: Product
    unit_price: Money
    quantity: int
    carrier: str | None = None
    discount: Discount | None = None

    @property
    def gross(self) -> Money:
        """Price times quantity, before the discount."""
        return self.unit_price * self.quantity

    @property
    def off(self) -> Money:
        """What the discount takes off the whole line."""
        return self.discount.off(self.gross) if self.discount else Money.zero(self.unit_price.currency)

    @property
    def amount(self) -> Money:
        """What the buyer pays for the line."""
        return self.gross - self.off

    def takes(self, product: Product, carrier: str | None) -> bool:
        """Whether one more piece of `product` for `carrier` belongs to this line."""
        return (
            self.product.id == product.id
            and self.carrier == carrier
            and self.discount is None
            and self.unit_price == product.price
        )


@dataclass(frozen=True, slots=True)
class Cart:
    """The basket: lines in the order of their first scan; `last` is the id of the line touched last."""

    currency: Currency
    lines: tuple[Line, ...] = ()
    last: int | None = None
    next_id: int = 1

    def adding(self, product: Product, quantity: int = 1, carrier: str | None = None) -> Cart:
        """One scan: a further piece of a line that has it, or a new line. The product must have a price."""
        check_quantity(quantity)
        assert product.price is not None, "an incomplete product is refused before it reaches the cart"
        for line in self.lines:
            if line.takes(product, carrier):
                return self.with_quantity(line.id, line.quantity + quantity)
        new = Line(self.next_id, product, product.price, quantity, carrier)
        return Cart(self.currency, (*self.lines, new), new.id, new.id + 1)

    def line(self, line_id: int) -> Line:
        """The line with this id, or NoSuchLine."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NoSuchLine(line_id)

    def _changing(self, line_id: int, change: Callable[[Line], Line]) -> Cart:
        self.line(line_id)
        lines = tuple(change(line) if line.id == line_id else line for line in self.lines)
        return replace(self, lines=lines, last=line_id)

    def with_quantity(self, line_id: int, quantity: int) -> Cart:
        """The cart with another quantity in one line."""
        check_quantity(quantity)
        return self._changing(line_id, lambda line: replace(line, quantity=quantity))

    def with_discount(self, line_id: int, discount: Discount | None, field: str = "discount") -> Cart:
        """The cart with a discount (or none) on one line."""
        if discount is not None:
            discount.check(self.line(line_id).gross, field)
        return self._changing(line_id, lambda line: replace(line, discount=discount))

    def carried_by(self, line_id: int, carrier: str) -> Cart:
        """The cart with one line given to another visitor."""
        return self._changing(line_id, lambda line: replace(line, carrier=carrier))

    def knowing(self, product: Product) -> Cart:
        """The cart with what is now on file of a product; prices, quantities and discounts stay."""
        return replace(
            self, lines=tuple(replace(x, product=product) if x.product.id == product.id else x for x in self.lines)
        )

    def with_carrier(self, carrier: str | None) -> Cart:
        """The cart with every line that nobody carries given to `carrier`."""
        return replace(self, lines=tuple(replace(x, carrier=carrier) if x.carrier is None else x for x in self.lines))

    def without(self, line_id: int) -> Cart:
        """The cart without one line; the one that takes its place becomes the one touched last."""
        self.line(line_id)
        at = next(i for i, line in enumerate(self.lines) if line.id == line_id)
        lines = self.lines[:at] + self.lines[at + 1 :]
        last = lines[min(at, len(lines) - 1)].id if lines else None
        return replace(self, lines=lines, last=last)

    @property
    def total(self) -> Money:
        """What the buyer pays for everything."""
        return total((line.amount for line in self.lines), self.currency)

    @property
    def pieces(self) -> int:
        """How many pieces there are in all lines."""
        return sum(line.quantity for line in self.lines)

    def quantity_of(self, product_id: int) -> int:
        """How many of one product there are in all lines."""
        return sum(line.quantity for line in self.lines if line.product.id == product_id)

    def check_not_empty(self) -> None:
        """Refuse a basket with nothing in it."""
        if not self.lines:
            raise EmptyCart


def check_quantity(quantity: int, field: str = "quantity") -> None:
    """Refuse what cannot be a number of pieces: nothing, less, or more than a hand types on purpose."""
    if not 1 <= quantity <= MOST_OF_ONE_LINE:
        raise BadField(field, "out_of_range", str(quantity))
