"""What is told of a scan that was taken: facts as refusals are, but nothing stands in the way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.errors import Refused, RuleBroken

News = tuple[RuleBroken, ...]


@dataclass(eq=False)
class CartonTaken(Refused):
    """The code named a carton: so many `cartons` of so many pieces `each`."""

    fact = "carton_taken"

    code: str
    cartons: int
    each: int
    pieces: int


@dataclass(eq=False)
class SoldBelow(Refused):
    """More is sold than the books have free of goods that this shop sells all the same."""

    fact = "sold_below"

    code: str
    wanted: int
    on_hand: int


@dataclass(eq=False)
class ExpiredOnSale(Refused):
    """Goods whose last day was `expiry`, of a category that this shop sells all the same."""

    fact = "expired_on_sale"

    code: str
    expiry: date


@dataclass(eq=False)
class ExpiresSoon(Refused):
    """The pieces that go out first have their last day soon."""

    fact = "expires_soon"

    code: str
    expiry: date


@dataclass(eq=False)
class UnknownLot(Refused):
    """The code names a lot that nobody has received here."""

    fact = "unknown_lot"

    code: str
    lot: str


QUIET = (CartonTaken, ExpiresSoon, UnknownLot)
"""What is worth a word and no alarm."""
