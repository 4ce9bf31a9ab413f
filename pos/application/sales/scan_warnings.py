"""Warnings about an accepted scan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.errors import Refused, RuleBroken

ScanWarnings = tuple[RuleBroken, ...]


@dataclass(eq=False)
class CartonTaken(Refused):
    """The code named a carton: `cartons` of `each` pieces."""

    fact = "carton_taken"

    code: str
    cartons: int
    each: int
    pieces: int


@dataclass(eq=False)
class SoldBelow(Refused):
    """More is sold than the books have free, of goods that this shop may sell below zero."""

    fact = "sold_below"

    code: str
    wanted: int
    on_hand: int


@dataclass(eq=False)
class ExpiredOnSale(Refused):
    """Goods that expired on `expiry`, of a category that this shop sells anyway."""

    fact = "expired_on_sale"

    code: str
    expiry: date


@dataclass(eq=False)
class ExpiresSoon(Refused):
    """The pieces that go out first expire soon."""

    fact = "expires_soon"

    code: str
    expiry: date


@dataclass(eq=False)
class UnknownLot(Refused):
    """The code names a lot that was never received here."""

    fact = "unknown_lot"

    code: str
    lot: str


QUIET = (CartonTaken, ExpiresSoon, UnknownLot)
"""Warnings without an alarm."""
