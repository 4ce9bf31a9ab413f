"""Orders of returns and exchanges, before they are recorded."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Currency


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """A number of pieces of a receipt line, and their disposition: shelf, quarantine or waste."""

    line: int
    quantity: int
    to: str = "shelf"


@dataclass(frozen=True, slots=True)
class ReturnOrder:
    """The lines to return and the requested refund; `key` makes it idempotent."""

    key: str
    receipt: str
    lines: tuple[ReturnLine, ...]
    method: str
    currency: Currency
    reason: str
    cashier: str
    by: str = ""
    """The person who booked it for the cashier, if another person did."""


@dataclass(frozen=True, slots=True)
class Back:
    """Goods of one receipt to be returned in exchange for others."""

    receipt: str
    lines: tuple[ReturnLine, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """The returns of a sale, and the requested refund if they are worth more than the sale.

    Without `method` and `currency` the default refund method applies.
    """

    back: tuple[Back, ...]
    method: str | None = None
    currency: Currency | None = None
