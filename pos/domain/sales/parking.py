"""Goods and allowance set aside for one sale: while its payment is open, or while it is parked."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.errors import BadField, Refused

KINDS = PAYMENT, PARKED = "payment", "parked"
"""Why something is held for a sale."""
PICKUP = "pickup"
"""Why goods are held for a customer order."""

LONGEST_NOTE = 80


@dataclass(eq=False)
class GoodsReserved(Refused):
    """Fewer are free than wanted: `held` of the goods are set aside for other customers."""

    fact = "goods_held"

    code: str
    wanted: int
    free: int
    held: int


@dataclass(eq=False)
class NoSuchParkedSale(Refused):
    """The parked sale no longer exists: it was resumed or discarded."""

    fact = "no_such_parked_sale"


@dataclass(eq=False)
class ExchangeInHand(Refused):
    """A basket that is paid with goods coming back cannot wait: they lie on the counter."""

    fact = "exchange_in_hand"


@dataclass(eq=False)
class BasketNotEmpty(Refused):
    """Another basket cannot be resumed while there are goods in the one in hand."""

    fact = "basket_in_hand"


@dataclass(eq=False)
class ParkedSalesOpen(Refused):
    """So many parked sales of the shift are neither settled nor handed over to the next one."""

    fact = "parked_sales_open"

    count: int


def check_note(text: str) -> str:
    """A note trimmed, perhaps empty; raises BadField for more than a line."""
    note = text.strip()
    if len(note) > LONGEST_NOTE:
        raise BadField("note", "too_long", note[:40])
    if note and not note.isprintable():
        raise BadField("note", "character", "")
    return note
