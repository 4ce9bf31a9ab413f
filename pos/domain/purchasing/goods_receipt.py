"""A delivery as it is counted from zero: what came, of which lot, and how that compares with what was ordered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from pos.domain.document_number import read_document_number
from pos.domain.errors import BadInput, Refused
from pos.domain.money import Money
from pos.domain.purchasing.purchase_order import PurchaseOrder
from pos.domain.stock.stock import FLOOR

COUNTING, POSTED, DROPPED = "counting", "posted", "dropped"
MOST_PIECES = 1_000_000
LONGEST_NOTE, LONGEST_REASON = 40, 120
CHARGES = ("freight", "duty", "other")
"""What a delivery costs beside its goods."""


@dataclass(eq=False)
class NoSuchDelivery(BadInput):
    """No goods receipt has this number."""

    fact = "no_such_delivery"

    receipt: str


@dataclass(eq=False)
class DeliveryOver(Refused):
    """The delivery was posted or discarded: it is never edited. A mistake in it is put right by an adjustment."""

    fact = "delivery_over"

    receipt: str
    state: str


@dataclass(eq=False)
class DeliveryHeld(Refused):
    """The delivery is being counted at another till. Two counts at a time would count pieces twice."""

    fact = "delivery_held"

    receipt: str
    person: str
    till: str


@dataclass(eq=False)
class NothingCounted(Refused):
    """Nothing of the delivery was counted, or all of it was set aside."""

    fact = "nothing_counted"

    receipt: str


@dataclass(eq=False)
class NothingLeftToUndo(Refused):
    """Nothing was scanned in this delivery yet."""

    fact = "nothing_left_to_undo"

    receipt: str


@dataclass(eq=False)
class MissingLot(Refused):
    """These goods are kept by lot, and the delivered lot is unknown."""

    fact = "missing_lot"

    code: str
    pieces: int


@dataclass(eq=False)
class TooManyCounted(Refused):
    """More of a line than any delivery brings, or fewer than none."""

    fact = "too_many_counted"

    code: str
    counted: int


@dataclass(eq=False)
class NotOnThisOrder(Refused):
    """The delivery is not against an order that has these goods."""

    fact = "not_on_this_order"

    code: str


@dataclass(eq=False)
class NoSuchDeliveryLine(BadInput):
    """The delivery has no line of this number: another person removed it."""

    fact = "no_such_delivery_line"

    line: int


class DeliveryOutcome(Enum):
    """What counting one product of a delivery has come to."""

    WAITING = "waiting"
    COUNTING = "counting"
    COMPLETE = "complete"
    OVER = "over"
    SHORT = "short"
    WRONG = "wrong"
    ADDED = "added"
    COUNTED = "counted"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Charge:
    """What a delivery cost beside its goods; `late` if it was learnt after posting."""

    kind: str
    amount: Money
    late: bool = False


@dataclass(frozen=True, slots=True)
class GoodsReceiptLine:
    """Pieces of a product and lot. `cost` is that of one piece, where it is another than the order says.

    `set_aside`: it was not ordered and goes back with the driver. `closed_short`: no more of the product will come.
    `reason`: why goods that were not ordered are kept.
    """

    no: int
    product: int
    lot: str = ""
    expiry: date | None = None
    counted: int = 0
    cost: Money | None = None
    set_aside: bool = False
    closed_short: bool = False
    reason: str = ""

    @property
    def kept(self) -> int:
        """Pieces that come into the shop."""
        return 0 if self.set_aside else self.counted


@dataclass(frozen=True, slots=True)
class DeliveryScan:
    """One scan of a delivery, or a correction by hand (no `code`): so many pieces more or fewer on a line."""

    no: int
    line: int
    product: int
    pieces: int
    code: str
    at: datetime
    person: str


@dataclass(frozen=True, slots=True)
class GoodsReceipt:
    """A delivery: against an `order` (its id) or free. `held_by` counts it at the till `held_till`.

    `entry` is the number of its customs document; `content` what was posted, once it was.
    """

    id: int
    number: int
    state: str
    at: datetime
    person: str
    location: str = FLOOR
    order: int | None = None
    supplier: int | None = None
    delivery_note: str = ""
    entry: str = ""
    charges: tuple[Charge, ...] = ()
    held_by: str | None = None
    held_till: str | None = None
    posted_at: datetime | None = None
    posted_by: str | None = None
    content: str | None = None
    printed: int = 0
    key: str | None = None

    @property
    def name(self) -> str:
        """As documents name it: `R-000012`."""
        return receipt_name(self.number)

    def check_counting(self) -> None:
        """Raise DeliveryOver unless it is being counted."""
        if self.state != COUNTING:
            raise DeliveryOver(self.name, self.state)

    def check_held(self, till: str) -> None:
        """Raise DeliveryHeld where it is being counted at another till."""
        if self.held_till is not None and self.held_till != till:
            raise DeliveryHeld(self.name, self.held_by or "", self.held_till)


def receipt_name(number: int) -> str:
    """The number of a goods receipt as documents bear it."""
    return f"R-{number:06d}"


def read_receipt_name(text: str) -> int:
    """The number in `R-000012`, `r-12` or `12`; raises NoSuchDelivery for what can be none."""
    number = read_document_number(text, "R")
    if number is None:
        raise NoSuchDelivery(text.strip()[:20])
    return number


def outcome_of(expected: int | None, lines: Sequence[GoodsReceiptLine], *, ordered: bool) -> DeliveryOutcome:
    """How the counted lines of one product compare with the pieces `expected` of it (None: it was not ordered).

    `ordered` says whether the delivery is against an order at all. NOTHING was neither ordered nor counted.
    """
    counted = sum(line.counted for line in lines)
    if expected is None and not counted:
        return DeliveryOutcome.NOTHING
    if not ordered:
        return DeliveryOutcome.COUNTED
    if expected is None:
        return DeliveryOutcome.WRONG if any(line.set_aside for line in lines) else DeliveryOutcome.ADDED
    if counted > expected:
        return DeliveryOutcome.OVER
    if counted == expected:
        return DeliveryOutcome.COMPLETE
    if any(line.closed_short for line in lines):
        return DeliveryOutcome.SHORT
    return DeliveryOutcome.COUNTING if counted else DeliveryOutcome.WAITING


@dataclass(frozen=True, slots=True)
class DeliveryTally:
    """A delivery at a glance: products by outcome, pieces `counted` (without what is set aside) and `expected`."""

    counted: int
    expected: int | None
    by_outcome: Mapping[DeliveryOutcome, int]

    def of(self, *outcomes: DeliveryOutcome) -> int:
        """How many products came to one of these."""
        return sum(self.by_outcome.get(outcome, 0) for outcome in outcomes)


def expected_of(order: PurchaseOrder | None) -> dict[int, int]:
    """What of an order is still to come, by product; what is closed or has come in full is not expected again."""
    if order is None:
        return {}
    return {line.product: line.outstanding for line in order.lines if line.outstanding}


def by_product(lines: Iterable[GoodsReceiptLine]) -> dict[int, list[GoodsReceiptLine]]:
    """The lines of each product, in their order."""
    grouped: dict[int, list[GoodsReceiptLine]] = {}
    for line in sorted(lines, key=lambda one: one.no):
        grouped.setdefault(line.product, []).append(line)
    return grouped


def tally(order: PurchaseOrder | None, lines: Iterable[GoodsReceiptLine]) -> DeliveryTally:
    """Add a delivery up."""
    expected, counted = expected_of(order), by_product(lines)
    known = set() if order is None else {line.product for line in order.lines}
    outcomes = Counter(
        outcome_of(
            expected.get(product, 0) if product in known else None, counted.get(product, ()), ordered=order is not None
        )
        for product in [*expected, *(product for product in counted if product not in expected)]
    )
    pieces = sum(line.kept for of_product in counted.values() for line in of_product)
    return DeliveryTally(pieces, None if order is None else sum(expected.values()), outcomes)
