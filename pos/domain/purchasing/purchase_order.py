"""What the shop has ordered from a supplier, and how much of it has come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from pos.domain.document_number import read_document_number
from pos.domain.errors import BadField, BadInput, Refused
from pos.domain.money import Money
from pos.domain.purchasing.order_totals import NO_TOTALS, OrderTotals

OPEN, CLOSED, DROPPED = "open", "closed", "dropped"
STATES = (OPEN, CLOSED, DROPPED)
ORIGINS = ("low_stock", "file", "hand")
"""What an order came from."""

MOST_LINES, MOST_PIECES, LONGEST_NOTE = 2000, 1_000_000, 120


@dataclass(eq=False)
class NoSuchOrder(BadInput):
    """The shop has no order of this number."""

    fact = "no_such_order"

    order: str


@dataclass(eq=False)
class OrderOver(Refused):
    """The order is closed or was dropped: nothing about it changes any more."""

    fact = "order_over"

    order: str
    state: str


@dataclass(eq=False)
class OrderBeingReceived(Refused):
    """A delivery of the order is being counted: post it or discard it first."""

    fact = "order_being_received"

    order: str
    receipt: str


@dataclass(eq=False)
class AlreadyReceived(Refused):
    """So many of a product have come for the order, and no fewer can have been ordered."""

    fact = "came_already"

    code: str
    ordered: int
    received: int


@dataclass(frozen=True, slots=True)
class OrderLine:
    """Pieces of a product that are expected; `received` of them have come. `cost` is the expected cost of a piece.

    `closed_short`: the rest will not come. `reason`: why it was added, where it came without having been ordered.
    """

    product: int
    ordered: int
    received: int = 0
    cost: Money | None = None
    closed_short: bool = False
    reason: str = ""

    @property
    def total(self) -> Money | None:
        """What the ordered pieces cost together, None where that is unknown."""
        return None if self.cost is None else self.cost * self.ordered

    @property
    def outstanding(self) -> int:
        """Pieces that are still to come."""
        return 0 if self.closed_short else max(self.ordered - self.received, 0)


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """An order to a supplier, one line a product. `expected_on` is the day for which it was promised."""

    id: int
    number: int
    state: str
    origin: str
    at: datetime
    person: str
    supplier: int | None = None
    expected_on: date | None = None
    note: str = ""
    lines: tuple[OrderLine, ...] = ()
    closed_at: datetime | None = None
    closed_by: str | None = None

    @property
    def name(self) -> str:
        """As documents name it: `O-000012`."""
        return order_name(self.number)

    @property
    def totals(self) -> OrderTotals:
        """What it comes to, of all that was ordered; what came without having been ordered is no part of it."""
        return OrderTotals.of((line.ordered, line.cost) for line in self.lines)

    @property
    def is_complete(self) -> bool:
        """Whether nothing of it is still to come."""
        return not any(line.outstanding for line in self.lines)

    def outstanding_of(self, line: OrderLine) -> int:
        """Pieces of a line that are still to come: none of an order that is closed or was dropped."""
        return line.outstanding if self.state == OPEN else 0

    def line_of(self, product: int) -> OrderLine | None:
        return next((line for line in self.lines if line.product == product), None)

    def check_open(self) -> None:
        """Raise OrderOver unless it is open."""
        if self.state != OPEN:
            raise OrderOver(self.name, self.state)


@dataclass(frozen=True, slots=True)
class OrderSummary:
    """What a list shows of an order: `lines` of goods, pieces `ordered` and still `outstanding`, what it comes to."""

    number: int
    state: str
    origin: str
    supplier: str
    expected_on: date | None
    note: str
    at: datetime
    person: str
    lines: int
    ordered: int
    outstanding: int
    totals: OrderTotals = NO_TOTALS

    @property
    def name(self) -> str:
        """As documents name it."""
        return order_name(self.number)


def order_name(number: int) -> str:
    """The number of an order as documents bear it."""
    return f"O-{number:06d}"


def read_order_name(text: str) -> int:
    """The number in `O-000012`, `o-12` or `12`; raises NoSuchOrder for what can be none."""
    number = read_document_number(text, "O")
    if number is None:
        raise NoSuchOrder(text.strip()[:20])
    return number


def check_pieces(pieces: int, field: str) -> int:
    """Refuse a quantity out of range: fewer than one piece, more than a million."""
    if pieces < 1:
        raise BadField(field, "not_positive", str(pieces))
    if pieces > MOST_PIECES:
        raise BadField(field, "too_large", str(pieces))
    return pieces


def check_cost(cost: Money | None, field: str) -> Money | None:
    """Refuse a cost below nothing; goods may cost nothing."""
    if cost is not None and cost.minor < 0:
        raise BadField(field, "negative", str(cost))
    return cost
