"""Which finished sale may still be voided as a whole, and why another one may not."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import Refused


@dataclass(eq=False)
class NotOfThisShift(Refused):
    """The receipt is not of the shift that runs at this till: its goods can be returned, it cannot be voided."""

    fact = "not_of_this_shift"

    receipt: str
    till: str


@dataclass(eq=False)
class AlreadyVoided(Refused):
    """The receipt was voided before, by the document `void`."""

    fact = "already_voided"

    receipt: str
    void: str


@dataclass(eq=False)
class PartlyReturned(Refused):
    """Some pieces of the receipt came back before, on these `returns`."""

    fact = "partly_returned"

    receipt: str
    pieces: int
    returns: tuple[str, ...]


@dataclass(eq=False)
class PartOfExchange(Refused):
    """The sale was paid with goods that came back on these `returns`: the two cannot be taken apart."""

    fact = "part_of_exchange"

    receipt: str
    returns: tuple[str, ...]


@dataclass(eq=False)
class AllowanceMoved(Refused):
    """The goods of a visitor on the receipt count for another visitor by now."""

    fact = "allowance_moved"

    receipt: str
    visitor: str


@dataclass(eq=False)
class GoodsHaveLeft(Refused):
    """The goods of a visitor of the receipt count as taken out: a departure was recorded, or the rules assume it."""

    fact = "goods_have_left"

    receipt: str
    visitor: str
