"""A ticket: what a fiscal register is asked to register of one sale or one return, in the register's currency."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction

from pos.domain.money import Money, total

PIECES, KILOGRAMS, LITRES, PAIRS = "piece", "kilogram", "litre", "pair"
UNITS = (PIECES, KILOGRAMS, LITRES, PAIRS)
"""In what a position is counted; each register has codes of its own for them."""


class Operation(Enum):
    """What a ticket registers."""

    SALE = "sale"
    RETURN = "return"


class PaymentKind(Enum):
    """How money came or went, as registers tell it apart."""

    CASH = "cash"
    CARD = "card"
    MOBILE = "mobile"


@dataclass(frozen=True, slots=True)
class Position:
    """One row of goods: `count` units at `price`, less `discount`, which comes to `amount` with `tax` in it.

    `line` is the row of our receipt. `vat` is the rate in per cent, None for what is tax free. `mark` is the code of
    the single piece, `gtin` its article.
    """

    line: int
    name: str
    count: Decimal
    unit: str
    price: Money
    discount: Money
    amount: Money
    vat: Decimal | None
    tax: Money
    mark: str = ""
    gtin: str = ""

    @property
    def gross(self) -> Money:
        """Count times price, rounded half up."""
        return Money.rounded(self.price.units * Fraction(self.count), self.price.currency)


@dataclass(frozen=True, slots=True)
class TicketPayment:
    """Money of one kind."""

    kind: PaymentKind
    amount: Money


@dataclass(frozen=True, slots=True)
class ReturnBasis:
    """The fiscal receipt of the sale whose goods come back, as its register named it."""

    number: str
    at: str
    """The instant as the register wrote it: it is given back as it came."""
    registration: str
    total: Money
    is_offline: bool = False


@dataclass(frozen=True, slots=True)
class Ticket:
    """What is registered under `number`, which is never used for anything else: Σ payments − change = Σ positions.

    `receipt` is the number on our paper, `cashier` who made it. A return that is sent has a `basis`.
    """

    number: str
    operation: Operation
    at: datetime
    receipt: str
    cashier: str
    positions: tuple[Position, ...]
    payments: tuple[TicketPayment, ...]
    change: Money
    basis: ReturnBasis | None = None

    @property
    def total(self) -> Money:
        """What all positions come to."""
        return total((one.amount for one in self.positions), self.change.currency)

    @property
    def paid(self) -> Money:
        """What all payments come to, less the change."""
        return total((one.amount for one in self.payments), self.change.currency) - self.change

    def based_on(self, basis: ReturnBasis | None) -> Ticket:
        """The ticket with the fiscal receipt of the sale that it reverses."""
        return replace(self, basis=basis)

    def numbered(self, number: str) -> Ticket:
        """The ticket under another number."""
        return replace(self, number=number)


@dataclass(frozen=True, slots=True)
class CashMovement:
    """Cash that came into the register's drawer or left it without a sale; `amount` is above zero."""

    number: str
    is_in: bool
    amount: Money
    at: datetime
