"""One scanned piece: what its own code says beyond the article, and what follows for its price and its weight."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Money, half_up

MOST_GRAMS = 500_000
"""More in one weighing than a counter's scale bears is a slip of the finger."""


@dataclass(eq=False)
class SerialNumberTwice(Refused):
    """A row of one piece with a marking code or a weight of its own: a further piece is scanned for itself."""

    fact = "single_piece"

    code: str
    quantity: int


@dataclass(eq=False)
class PieceInBasket(Refused):
    """The very piece is in the basket already."""

    fact = "piece_in_basket"

    code: str
    serial: str


@dataclass(eq=False)
class PieceHeld(Refused):
    """The very piece is in a basket that is parked or being paid, at `till`."""

    fact = "piece_held"

    code: str
    serial: str
    till: str


@dataclass(eq=False)
class PieceSold(Refused):
    """The very piece was sold before, on `receipt`, and has not come back since."""

    fact = "piece_sold"

    code: str
    serial: str
    receipt: str
    at: datetime


@dataclass(eq=False)
class AlreadyReturned(Refused):
    """The very piece came back before, with the return `receipt`, and was not sold since."""

    fact = "piece_back"

    code: str
    serial: str
    receipt: str
    at: datetime


@dataclass(eq=False)
class AsksMarkingCode(Refused):
    """Goods of which each piece bears a marking code, which was not scanned."""

    fact = "asks_marking_code"

    code: str


@dataclass(eq=False)
class CartonSerial(Refused):
    """A carton's code with a number of its own: what is sold are the pieces inside, each by its own code."""

    fact = "carton_serial"

    code: str
    pieces: int


@dataclass(eq=False)
class AsksWeight(Refused):
    """Goods by weight without their grams."""

    fact = "asks_weight"

    code: str


@dataclass(eq=False)
class NotByWeight(Refused):
    """A weight, or a price by weight, for goods that the catalogue sells by the piece."""

    fact = "not_by_weight"

    code: str


@dataclass(eq=False)
class LayoutConflict(BadInput):
    """The shop's settings read a code in two ways: as one with a weight and as one with a price in it."""

    fact = "layout_conflict"

    code: str
    field: str = "code"


@dataclass(frozen=True, slots=True)
class Piece:
    """What a code says of the one piece that bears it, or of the alike pieces of one lot.

    `serial` names the single piece, `lot` and `expiry` its making. `grams` is its net weight; where `price` was inside
    the code the weight is `computed` from it.
    """

    serial: str | None = None
    lot: str | None = None
    expiry: date | None = None
    grams: int | None = None
    price: Money | None = None
    computed: bool = False

    @property
    def is_single(self) -> bool:
        """Whether it is one piece for itself: with a number of its own, or weighed."""
        return self.serial is not None or self.grams is not None

    def unit_price(self, on_file: Money) -> Money:
        """What it costs by the price on file, which for a weighed piece is that of a kilogram; rounded half up once."""
        if self.price is not None:
            return self.price
        return on_file if self.grams is None else price_of(self.grams, on_file)

    def attributes(self, of_product: Attributes) -> Attributes:
        """The customs attributes of this piece: a weighed one has its own weight, and the product's packaging."""
        if self.grams is None:
            return of_product
        net = Decimal(self.grams)
        return replace(of_product, net_g=net, gross_kg=(net + _tare(of_product)) / 1000)

    def weighing(self, grams: int) -> Piece:
        """The same with a weight."""
        return replace(self, grams=check_grams(grams))


NO_PIECE = Piece()


def price_of(grams: int, per_kg: Money) -> Money:
    """What so many grams cost."""
    return Money.rounded(per_kg.units * grams / 1000, per_kg.currency)


def grams_for(price: Money, per_kg: Money) -> int:
    """How much of goods a price buys, in grams, rounded half up."""
    return half_up(price.units * 1000 / per_kg.units)


def check_grams(grams: int, field: str = "grams") -> int:
    """Refuse what cannot be the weight of one piece."""
    if grams <= 0:
        raise BadField(field, "not_positive", str(grams))
    if grams > MOST_GRAMS:
        raise BadField(field, "too_large", str(grams))
    return grams


def short_serial(serial: str) -> str:
    """A serial short enough for a line: its last six characters."""
    return f"…{serial[-6:]}" if len(serial) > 8 else serial


def _tare(of_product: Attributes) -> Decimal:
    """What the packaging weighs, in grams, where the catalogue knows both weights of the product."""
    if of_product.gross_kg is None or of_product.net_g is None:
        return Decimal(0)
    return max(of_product.gross_kg * 1000 - of_product.net_g, Decimal(0))
