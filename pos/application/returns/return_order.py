"""What is to come back: the order of a return, before anything is recorded."""

from __future__ import annotations

from dataclasses import dataclass

from pos.domain.money import Currency


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """So many pieces of a line of the receipt, and where they go: shelf, quarantine or waste."""

    line: int
    quantity: int
    to: str = "shelf"


@dataclass(frozen=True, slots=True)
class ReturnOrder:
    """What is to come back, and how the money is wanted; `key` makes it idempotent."""

    key: str
    receipt: str
    lines: tuple[ReturnLine, ...]
    method: str
    currency: Currency
    reason: str
    cashier: str
    by: str = ""
    """Who booked it on the cashier, where that was somebody else."""


@dataclass(frozen=True, slots=True)
class Back:
    """Goods of one receipt that are to come back in exchange for others."""

    receipt: str
    lines: tuple[ReturnLine, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """What comes back with a sale, and how money is wanted where it is worth more than the sale.

    Without a wish (`method` and `currency`) the money goes back as most plainly it came.
    """

    back: tuple[Back, ...]
    method: str | None = None
    currency: Currency | None = None
