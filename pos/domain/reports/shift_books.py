"""What a closed shift has in the books, summed as its day voucher and its report of retail sales need it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Literal

from pos.domain.money import Money

GoodsKind = Literal["sale", "return", "void"]
"""Sold, brought back, or voided as a whole sale."""

Flow = Literal["payment", "change", "refund"]

DepositStep = Literal["taken", "returned", "kept"]


@dataclass(frozen=True, slots=True)
class GoodsSum:
    """Goods of one VAT rate (None: free of it): what was paid for them, with the `tax` in it."""

    kind: GoodsKind
    vat: Decimal | None
    amount: Money
    tax: Money


@dataclass(frozen=True, slots=True)
class MoneySum:
    """Money that customers gave or got back by one method at one rate, units of the price currency for one unit.

    Each receipt was rounded alone: `value` is the sum of what it counted for, `worth` of what it was worth at the
    customs rates of its receipt. Both are in the price currency, as in `Spread`.
    """

    flow: Flow
    method: str
    rate: Fraction
    amount: Money
    value: Money
    worth: Money


@dataclass(frozen=True, slots=True)
class CashMovement:
    """Cash that moved without a receipt: float, in, out, drop, or what a count at a hand-over was off by.

    `amount` is below zero where it left the drawer.
    """

    kind: str
    amount: Money
    at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class DepositMovement:
    """A deposit on a customer order that was taken, given back or kept: `value` at its own `rate`.

    Both are in the price currency; `order` is the code of the customer order.
    """

    kind: DepositStep
    method: str
    amount: Money
    value: Money
    rate: Fraction
    at: datetime
    order: str


@dataclass(frozen=True, slots=True)
class ShiftBooks:
    """The sums of a shift; `day` is the business day of its Z."""

    day: date
    goods: tuple[GoodsSum, ...]
    money: tuple[MoneySum, ...]
    moves: tuple[CashMovement, ...]
    rounding: Money
    deposits: tuple[DepositMovement, ...] = ()


@dataclass(frozen=True, slots=True)
class SoldGoods:
    """Pieces of an article at one price and VAT rate, as they were called when they were sold or came back.

    `amount` = `price` × `quantity` − `discount`; of goods that came back only what was paid for them is known, and
    `price` is that by the piece.
    """

    kind: GoodsKind
    code: str
    name: str
    vat: Decimal | None
    price: Fraction
    quantity: int
    amount: Money
    discount: Money
    tax: Money
    names: Mapping[str, str] = field(default_factory=dict, compare=False)
