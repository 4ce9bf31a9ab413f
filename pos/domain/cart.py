"""An unpaid sale: immutable, so that undo is simply the cart before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pos.domain.discount import Discount
from pos.domain.errors import BadField, BadInput
from pos.domain.money import Currency, Money, total
from pos.domain.piece import NO_PIECE, Piece, PieceInBasket, SinglePiece
from pos.domain.pricing import priced
from pos.domain.product import Attributes, Product
from pos.domain.promotion import NO_OFFERS, Offers, Promoted

MOST_OF_ONE_LINE = 9_999
"""More of one article in one line is a slip of the finger, or a barcode typed as a quantity."""
LONGEST_NOTE = 100
_DEAREST = 100
"""A price typed that is so many times the catalogue's is a barcode, or a slip of the finger."""


@dataclass(eq=False)
class EmptyCart(BadInput):
    """There is nothing in the basket."""

    fact = "empty_cart"


@dataclass(eq=False)
class NoSuchLine(BadInput):
    """The basket has no line with this number."""

    fact = "no_such_line"

    line: int


@dataclass(frozen=True, slots=True)
class Line:
    """So many of one product for one carrier (a visitor's label, None while nobody carries it).

    `catalogue` is the price on file where another one was given by hand. `promotions` and `share` (of the basket's
    discount) are found by the Cart whenever a row changes; a row has either a `discount` or promotions. `piece` is what
    the scanned code said beyond the article: a single one is a row for itself.
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

    @property
    def attributes(self) -> Attributes:
        """The customs attributes of one of its pieces."""
        return self.piece.attributes(self.product.attributes)

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

    def at_price(self, price: Money | None, field: str = "price") -> Line:
        """The line with a price given by hand, the one on file beside it; None, or that very price, is no such."""
        catalogue = self.catalogue or self.unit_price
        if price is None or price == catalogue:
            return replace(self, unit_price=catalogue, catalogue=None)
        if not 0 < price.minor <= catalogue.minor * _DEAREST:
            raise BadField(field, "out_of_range", str(price))
        return replace(self, unit_price=price, catalogue=catalogue)

    def worth(self, pieces: int) -> Money:
        """What so many of its pieces cost."""
        return Money.rounded(self.amount.units * pieces / self.quantity, self.unit_price.currency)

    def joined(self, other: Line) -> Line | None:
        """The line with the pieces of `other`; None where they are not the same goods at the same price for one."""
        same = all(
            getattr(self, name) == getattr(other, name)
            for name in ("unit_price", "catalogue", "carrier", "note", "piece")
        )
        quantity = self.quantity + other.quantity
        if self.piece.is_single or not same or self.product.id != other.product.id or quantity > MOST_OF_ONE_LINE:
            return None
        if self.discount is None and other.discount is None:
            return replace(self, quantity=quantity)
        if self.discount is None or other.discount is None:
            return None
        both = self.discount.part(self.gross, 0, 1, 1).together(other.discount.part(other.gross, 0, 1, 1))
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
            and not self.note
            and self.unit_price == product.price
        )


@dataclass(frozen=True, slots=True)
class Cart:
    """The basket: lines in the order of their first scan; `last` is the id of the line touched last.

    `basket` is a discount on the whole of it, spread anew over the lines whenever they change.
    """

    currency: Currency
    lines: tuple[Line, ...] = ()
    last: int | None = None
    next_id: int = 1
    offers: Offers = NO_OFFERS
    basket: Discount | None = None
    note: str = ""

    def _with(self, lines: Sequence[Line], last: int | None, next_id: int | None = None) -> Cart:
        """The cart with these lines, each priced anew."""
        made = priced(lines, self.offers, self.basket)
        return replace(self, lines=made, last=last, next_id=self.next_id if next_id is None else next_id)

    def priced(self) -> Cart:
        """The cart with every line priced: for one that was made of lines."""
        return self._with(self.lines, self.last)

    def adding(self, product: Product, quantity: int = 1, carrier: str | None = None, piece: Piece = NO_PIECE) -> Cart:
        """One scan: a further piece of a line that has it, or a new line. The product must have a price.

        Raises SinglePiece and PieceInBasket.
        """
        check_quantity(quantity)
        self.check_new(product, piece)
        if piece.is_single and quantity > 1:
            raise SinglePiece(product.code, quantity)
        assert product.price is not None, "an incomplete product is refused before it reaches the cart"
        for line in self.lines:
            if line.takes(product, carrier, piece):
                return self.with_quantity(line.id, line.quantity + quantity)
        new = Line(self.next_id, product, piece.unit_price(product.price), quantity, carrier, piece=piece)
        return self._with((*self.lines, new), new.id, new.id + 1)

    def check_new(self, product: Product, piece: Piece) -> None:
        """Refuse a piece with a number of its own that is in the basket already."""
        if piece.serial is not None and any(
            line.piece.serial == piece.serial and line.product.id == product.id for line in self.lines
        ):
            raise PieceInBasket(product.code, piece.serial)

    def line(self, line_id: int) -> Line:
        """The line with this id, or NoSuchLine."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NoSuchLine(line_id)

    def _changing(self, line_id: int, change: Callable[[Line], Line]) -> Cart:
        self.line(line_id)
        return self._with([change(line) if line.id == line_id else line for line in self.lines], line_id)

    def with_quantity(self, line_id: int, quantity: int) -> Cart:
        """The cart with another quantity in one line; a percentage off it is then of the new line.

        Raises SinglePiece.
        """
        check_quantity(quantity)
        single = self.line(line_id)
        if single.piece.is_single and quantity > 1:
            raise SinglePiece(single.product.code, quantity)

        def change(line: Line) -> Line:
            discount = line.discount
            if discount is not None and discount.percent is not None:
                discount = Discount(percent=discount.percent)
            return replace(line, quantity=quantity, discount=discount)

        return self._changing(line_id, change)

    def with_discount(self, line_id: int, discount: Discount | None, field: str = "discount") -> Cart:
        """The cart with a discount (or none) on one line."""
        if discount is not None:
            discount.check(self.line(line_id).gross, field)
        return self._changing(line_id, lambda line: replace(line, discount=discount))

    def with_price(self, line_id: int, price: Money | None, field: str = "price") -> Cart:
        """The cart with a price given by hand in one line; None is the catalogue's again."""
        return self._changing(line_id, lambda line: line.at_price(price, field))

    def with_note(self, line_id: int | None, note: str) -> Cart:
        """The cart with a note on one line, or on the whole (None); an empty one takes it away."""
        note = check_note(note)
        if line_id is None:
            return replace(self, note=note)
        return self._changing(line_id, lambda line: replace(line, note=note))

    def with_basket_discount(self, discount: Discount | None, field: str = "discount") -> Cart:
        """The cart with a discount (or none) on the whole of it."""
        if discount is not None:
            discount.check(self.net, field)
        return replace(self, basket=discount).priced()

    def carried_by(self, line_id: int, carrier: str, pieces: int | None = None) -> Cart:
        """The cart with `pieces` of one line (None: all) given to another visitor."""
        line = self.line(line_id)
        given = line.quantity if pieces is None else pieces
        if not 1 <= given <= line.quantity:
            raise BadField("quantity", "out_of_range", str(given))
        left = ((line.carrier, line.quantity - given),) if given < line.quantity else ()
        shared = self.shared({line_id: (*left, (carrier, given))})
        given_to = [x for x in shared.lines if x.product.id == line.product.id and x.carrier == carrier]
        moved = next((x for x in given_to if x.id == line_id), given_to[-1])
        return replace(shared, last=moved.id)

    def shared(self, shares: Mapping[int, Sequence[tuple[str | None, int]]], *, join: bool = True) -> Cart:
        """The cart with lines (by id) given to carriers, so many pieces to each; together they cost what they cost.

        A line that goes to several becomes several lines. Lines of one article that come to one carrier become one,
        where they are to `join`.
        """
        made: list[Line] = []
        next_id = self.next_id
        for line in self.lines:
            parts = [(carrier, pieces) for carrier, pieces in shares.get(line.id, ()) if pieces]
            if line.id not in shares:
                made.append(line)
                continue
            assert sum(pieces for _, pieces in parts) == line.quantity, "a share loses or doubles pieces"
            before = 0
            for number, (carrier, pieces) in enumerate(parts):
                discount = line.discount
                if discount is not None and len(parts) > 1:
                    discount = discount.part(line.gross, before, pieces, line.quantity)
                made.append(
                    replace(
                        line, id=next_id if number else line.id, quantity=pieces, carrier=carrier, discount=discount
                    )
                )
                next_id += bool(number)
                before += pieces
        touched = {line.id for line in made} - {line.id for line in self.lines} | set(shares)
        lines = _joined(made, touched) if join else tuple(made)
        last = self.last if any(line.id == self.last for line in lines) else (lines[-1].id if lines else None)
        return self._with(lines, last, next_id)

    def knowing(self, product: Product) -> Cart:
        """The cart with what is now on file of a product; prices, quantities and discounts stay."""
        lines = [replace(x, product=product) if x.product.id == product.id else x for x in self.lines]
        return self._with(lines, self.last)

    def with_carrier(self, carrier: str | None) -> Cart:
        """The cart with every line that nobody carries given to `carrier`."""
        return self._with([replace(x, carrier=carrier) if x.carrier is None else x for x in self.lines], self.last)

    def without(self, line_id: int) -> Cart:
        """The cart without one line; the one that takes its place becomes the one touched last."""
        self.line(line_id)
        at = next(i for i, line in enumerate(self.lines) if line.id == line_id)
        lines = self.lines[:at] + self.lines[at + 1 :]
        last = lines[min(at, len(lines) - 1)].id if lines else None
        return self._with(lines, last)

    @property
    def total(self) -> Money:
        """What the buyer pays for everything; asked at every scan."""
        minor, rest, currency = 0, [], self.currency
        for line in self.lines:
            if line.is_plain and line.unit_price.currency is currency:
                minor += line.unit_price.minor * line.quantity
            else:
                rest.append(line.amount)
        return total(rest, currency) + Money(minor, currency)

    @property
    def net(self) -> Money:
        """What everything costs before the basket's discount."""
        return total((line.net for line in self.lines), self.currency)

    @property
    def basket_off(self) -> Money | None:
        """What the discount on the whole takes off; None without one."""
        return None if self.basket is None else self.net - self.total

    def given_away(self, line: Line) -> Fraction:
        """The share of a line's price (0…1) that hands gave away: by its own discount and by the basket's together."""
        own = line.discount.share_of(line.gross) if line.discount is not None else Fraction(0)
        whole = self.basket.share_of(self.net) if self.basket is not None else Fraction(0)
        return own + (1 - own) * whole

    @property
    def most_given_away(self) -> Fraction:
        """The largest such share, in per cent: what a role's limit is measured against."""
        if self.basket is None and all(line.discount is None for line in self.lines):
            return Fraction(0)
        return 100 * max((self.given_away(line) for line in self.lines), default=Fraction(0))

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


def _joined(lines: Sequence[Line], touched: set[int]) -> tuple[Line, ...]:
    """Lines that are one article for one carrier as one line, where at least one of the two was touched."""
    joined: list[Line] = []
    for line in lines:
        for place, other in enumerate(joined):
            both = other.joined(line) if line.id in touched or other.id in touched else None
            if both is not None:
                joined[place] = both
                touched.add(both.id)
                break
        else:
            joined.append(line)
    return tuple(joined)


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
        raise BadField(field, "not_a_text", "".join(sign if sign.isprintable() else "?" for sign in note[:40]))
    return note
