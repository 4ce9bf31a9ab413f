"""One line of the basket: a product, its price, its quantity, the visitor who carries it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pos.domain.catalogue.piece import NO_PIECE, Piece
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pickup.agreed_price import OfOrder
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import Promoted

MOST_OF_ONE_LINE = 9_999
"""More of one article in one line is a slip of the finger, or a barcode typed as a quantity."""
LONGEST_NOTE = 100
_DEAREST = 100
"""A price typed that is so many times the catalogue's is a barcode, or a slip of the finger."""
_DEAREST_OPEN = 9_999_999
"""An open price above it, in whole units of its currency, is a barcode."""


@dataclass(frozen=True, slots=True)
class CartLine:
    """So many of one product for one carrier (a visitor's label, None without a carrier).

    `catalogue` is the price on file where another one was given by hand: zero at an open price. `promotions` and
    `share` (of the basket's discount) are found by the Cart whenever a row changes; a row has either a `discount` or
    promotions. `piece` is what the scanned code said beyond the article: a single one is a row for itself.
    """

    id: int
    product: Product
    unit_price: Money
    quantity: int
    carrier: str | None = None
    discount: Discount | None = None
    catalogue: Money | None = None
    note: str = ""
    promotions: tuple[Promoted, ...] = ()
    share: Money | None = None
    piece: Piece = NO_PIECE
    agreed: OfOrder | None = None
    """Of goods of a customer order: what was agreed for a piece, which stays unless a promotion makes it cheaper."""

    @property
    def attributes(self) -> Attributes:
        """The customs attributes of one of its pieces."""
        return self.piece.attributes(self.product.attributes)

    @property
    def has_open_price(self) -> bool:
        """Whether it has an open price: one given by hand for goods without a price on file."""
        return self.catalogue is not None and not self.catalogue

    @property
    def gross(self) -> Money:
        """Price times quantity, before anything is taken off."""
        return self.unit_price * self.quantity

    @property
    def net(self) -> Money:
        """What the row costs before the basket's discount."""
        gross = self.gross
        if self.discount is not None:
            return gross - self.discount.off(gross)
        for one in self.promotions:
            gross = gross - one.amount
        return gross

    @property
    def off(self) -> Money:
        """All that is taken off the row: by hand or by promotions, and its share of the basket's discount."""
        if self.is_plain:
            return Money(0, self.unit_price.currency)
        return self.gross - self.amount

    @property
    def is_plain(self) -> bool:
        """Whether nothing is taken off the row, as nearly always."""
        return self.discount is None and self.share is None and not self.promotions

    @property
    def amount(self) -> Money:
        """What the buyer pays for the row."""
        if self.is_plain:
            return self.unit_price * self.quantity
        return self.net if self.share is None else self.net - self.share

    def at_price(self, price: Money | None, field: str = "price") -> CartLine:
        """The line with a price given by hand, the one on file beside it; None and the price on file take it away.

        An open price is changed to another one, and never to none.
        """
        if self.has_open_price:
            if price is None:
                raise BadField(field, "missing")
            if not 0 < price.units <= _DEAREST_OPEN:
                raise BadField(field, "out_of_range", str(price))
            return replace(self, unit_price=price)
        catalogue = self.catalogue or self.unit_price
        if price is None or price == catalogue:
            return replace(self, unit_price=catalogue, catalogue=None)
        if not 0 < price.minor <= catalogue.minor * _DEAREST:
            raise BadField(field, "out_of_range", str(price))
        return replace(self, unit_price=price, catalogue=catalogue)

    def at_price_on_file(self) -> CartLine:
        """The line at what its product costs now, of no customer order; a price set by hand stays, beside that on file.

        A percentage shared over rows applies to each row's new price. Goods without a price on file keep theirs.
        """
        line = replace(self, agreed=None)
        price = None if line.product.price is None else line.piece.unit_price(line.product.price)
        if price is None or price == (line.unit_price if line.catalogue is None else line.catalogue):
            return line
        if line.catalogue is not None:
            return replace(line, catalogue=None if line.unit_price == price else price)
        discount = line.discount
        if discount is not None and discount.percent is not None:
            discount = Discount(percent=discount.percent)
        return replace(line, unit_price=price, discount=discount)

    def worth(self, pieces: int) -> Money:
        """What so many of its pieces cost."""
        return Money.rounded(self.amount.units * pieces / self.quantity, self.unit_price.currency)

    def joined(self, other: CartLine) -> CartLine | None:
        """The line with the pieces of `other`; None where they are not the same goods at the same price for one."""
        same = all(
            getattr(self, name) == getattr(other, name)
            for name in ("unit_price", "catalogue", "carrier", "note", "piece", "agreed")
        )
        quantity = self.quantity + other.quantity
        if self.piece.is_single or not same or self.product.id != other.product.id or quantity > MOST_OF_ONE_LINE:
            return None
        if self.discount is None and other.discount is None:
            return replace(self, quantity=quantity)
        if self.discount is None or other.discount is None:
            return None
        both = self.discount.on(self.gross).together(other.discount.on(other.gross))
        return None if both is None else replace(self, quantity=quantity, discount=both)

    def takes(self, product: Product, carrier: str | None, piece: Piece = NO_PIECE) -> bool:
        """Whether one more piece of `product` for `carrier` belongs to this line."""
        return (
            self.product.id == product.id
            and self.piece == piece
            and not piece.is_single
            and self.carrier == carrier
            and self.discount is None
            and self.catalogue is None
            and self.agreed is None
            and not self.note
            and self.unit_price == product.price
        )

    def takes_agreed(self, of: OfOrder, carrier: str | None, piece: Piece = NO_PIECE) -> bool:
        """Whether further pieces of a line of a customer order for `carrier` belong to this row."""
        return (
            self.agreed == of
            and self.piece == piece
            and not piece.is_single
            and self.carrier == carrier
            and self.discount is None
            and self.catalogue is None
            and not self.note
        )


def check_quantity(quantity: int, field: str = "quantity") -> None:
    """Refuse what cannot be a number of pieces: nothing, less, or more than a hand types on purpose."""
    if not 1 <= quantity <= MOST_OF_ONE_LINE:
        raise BadField(field, "out_of_range", str(quantity))


def check_note(note: str, field: str = "note") -> str:
    """Return a note without blanks around it, or refuse what is no line of text."""
    note = note.strip()
    if len(note) > LONGEST_NOTE:
        raise BadField(field, "too_long", str(len(note)))
    if not note.isprintable():
        raise BadField(field, "not_a_text", "".join(char if char.isprintable() else "?" for char in note[:40]))
    return note


def line_by_hand(
    number: int, product: Product, price: Money, quantity: int, carrier: str | None, piece: Piece, field: str = "price"
) -> CartLine:
    """A line at a price given by hand, which is an open one where none is on file. Raises BadField."""
    on_file = product.price
    if on_file is not None:
        return CartLine(number, product, piece.unit_price(on_file), quantity, carrier, piece=piece).at_price(
            price, field
        )
    none = Money.zero(price.currency)
    return CartLine(number, product, price, quantity, carrier, catalogue=none, piece=piece).at_price(price, field)
