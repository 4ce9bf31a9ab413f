"""An unpaid sale: immutable, so that undo is simply the cart before."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from pos.domain.catalogue.piece import NO_PIECE, Piece, PieceInBasket, SerialNumberTwice
from pos.domain.catalogue.product import Product
from pos.domain.errors import BadField, BadInput
from pos.domain.money import Currency, Money, total
from pos.domain.pickup.agreed_price import OfOrder
from pos.domain.pricing.discount import Discount
from pos.domain.pricing.promotion import NO_OFFERS, Offers
from pos.domain.sales.cart_line import CartLine, check_note, check_quantity, line_by_hand
from pos.domain.sales.pricing import priced


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
class Cart:
    """The basket: lines in the order of their first scan; `last` is the id of the line touched last.

    `basket` is a discount on the whole of it, spread over the lines again whenever they change.
    """

    currency: Currency
    lines: tuple[CartLine, ...] = ()
    last: int | None = None
    next_id: int = 1
    offers: Offers = NO_OFFERS
    basket: Discount | None = None
    note: str = ""

    def _with(self, lines: Sequence[CartLine], last: int | None, next_id: int | None = None) -> Cart:
        """The cart with these lines, each priced again."""
        made = priced(lines, self.offers, self.basket)
        return replace(self, lines=made, last=last, next_id=self.next_id if next_id is None else next_id)

    def priced(self) -> Cart:
        """The cart with every line priced: for one that was made of lines."""
        return self._with(self.lines, self.last)

    def adding(self, product: Product, quantity: int = 1, carrier: str | None = None, piece: Piece = NO_PIECE) -> Cart:
        """One scan: a further piece of a line that has it, or a new line. The product must have a price.

        Raises SerialNumberTwice and PieceInBasket.
        """
        check_quantity(quantity)
        self.check_new(product, piece)
        if piece.is_single and quantity > 1:
            raise SerialNumberTwice(product.code, quantity)
        assert product.price is not None, "an incomplete product is refused before it reaches the cart"
        for line in self.lines:
            if line.takes(product, carrier, piece):
                return self.with_quantity(line.id, line.quantity + quantity)
        new = CartLine(self.next_id, product, piece.unit_price(product.price), quantity, carrier, piece=piece)
        return self._with((*self.lines, new), new.id, new.id + 1)

    def adding_agreed(
        self, of: OfOrder, product: Product, quantity: int, carrier: str | None = None, piece: Piece = NO_PIECE
    ) -> Cart:
        """Pieces of a customer order, at the price agreed: more of a row of theirs, or a new one.

        Raises SerialNumberTwice and PieceInBasket.
        """
        check_quantity(quantity)
        self.check_new(product, piece)
        if piece.is_single and quantity > 1:
            raise SerialNumberTwice(product.code, quantity)
        for line in self.lines:
            if line.takes_agreed(of, carrier, piece):
                return self.with_quantity(line.id, line.quantity + quantity)
        new = CartLine(self.next_id, product, of.price, quantity, carrier, piece=piece, agreed=of)
        return self._with((*self.lines, new), new.id, new.id + 1)

    def agreed_pieces(self, order: str) -> Mapping[int, int]:
        """How many pieces of each line of a customer order the basket has."""
        pieces: dict[int, int] = {}
        for line in self.lines:
            if line.agreed is not None and line.agreed.order == order:
                pieces[line.agreed.line] = pieces.get(line.agreed.line, 0) + line.quantity
        return pieces

    def adding_at(
        self, price: Money, product: Product, quantity: int = 1, carrier: str | None = None, piece: Piece = NO_PIECE
    ) -> Cart:
        """One scan at a price given by hand: always a line of its own. Raises BadField and PieceInBasket."""
        check_quantity(quantity)
        self.check_new(product, piece)
        new = line_by_hand(self.next_id, product, price, quantity, carrier, piece)
        return self._with((*self.lines, new), new.id, new.id + 1)

    def check_new(self, product: Product, piece: Piece) -> None:
        """Refuse a piece with a number of its own that is in the basket already."""
        if piece.serial is not None and any(
            line.piece.serial == piece.serial and line.product.id == product.id for line in self.lines
        ):
            raise PieceInBasket(product.code, piece.serial)

    def line(self, line_id: int) -> CartLine:
        """The line with this id, or NoSuchLine."""
        for line in self.lines:
            if line.id == line_id:
                return line
        raise NoSuchLine(line_id)

    def _changing(self, line_id: int, change: Callable[[CartLine], CartLine]) -> Cart:
        self.line(line_id)
        return self._with([change(line) if line.id == line_id else line for line in self.lines], line_id)

    def with_quantity(self, line_id: int, quantity: int) -> Cart:
        """The cart with another quantity in one line; a percentage off it is then of the new line.

        Raises SerialNumberTwice.
        """
        check_quantity(quantity)
        single = self.line(line_id)
        if single.piece.is_single and quantity > 1:
            raise SerialNumberTwice(single.product.code, quantity)

        def change(line: CartLine) -> CartLine:
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
        made: list[CartLine] = []
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
        """The cart with every line without a carrier given to `carrier`."""
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

    def given_away(self, line: CartLine) -> Fraction:
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


def _joined(lines: Sequence[CartLine], touched: set[int]) -> tuple[CartLine, ...]:
    """Lines that are one article for one carrier as one line, where at least one of the two was touched."""
    joined: list[CartLine] = []
    for line in lines:
        for index, other in enumerate(joined):
            both = other.joined(line) if line.id in touched or other.id in touched else None
            if both is not None:
                joined[index] = both
                touched.add(both.id)
                break
        else:
            joined.append(line)
    return tuple(joined)
