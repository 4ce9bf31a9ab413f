"""Port of the returns and the search of receipts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.application.ports.visitor_ports import Keys
    from pos.domain.money import Money
    from pos.domain.period import Period
    from pos.domain.returns.goods_return import GoodsReturn


@dataclass(frozen=True, slots=True)
class Refundable:
    """The returnable pieces of a line: `sold` pieces less those already `refunded`."""

    line: int
    sold: int
    refunded: int


@dataclass(frozen=True, slots=True)
class Sought:
    """One term of a receipt search; it matches in any of its given meanings."""

    receipt: tuple[str, int] | None = None
    number: int | None = None
    ending: str = ""
    """The last digits of a receipt number, at any till."""
    beginning: tuple[str, str] | None = None
    """A till and the first of the six digits of a number."""
    days: tuple[date, ...] = ()
    """Any of these days: a word may mean two."""
    amount: Decimal | None = None
    """The total, or the amount tendered, in any currency."""
    products: tuple[int, ...] = ()


ANY, SALE, RETURN, EXCHANGE, DISCOUNT, VOID = "", "sale", "return", "exchange", "discount", "void"
"""Kind of receipt: any; sales; returns; exchanges; sales with a discount; voids of sales."""
KINDS = (ANY, SALE, RETURN, EXCHANGE, DISCOUNT, VOID)


@dataclass(frozen=True, slots=True)
class ReceiptFilter:
    """Filter of a receipt search. `within` are the instants of a time of day, the end exclusive."""

    kind: str = SALE
    cashier: str = ""
    till: str = ""
    days: Period | None = None
    within: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """A sale or a return in a list: the names of its first `goods` by language, and its number of pieces.

    `came_back` are the returned pieces of a sale; a return `reverses` a receipt, or "" if there was none. A sale is
    `voided_by` a void, which is a return with `is_void`; "" for one that stands.
    """

    receipt: str
    at: datetime
    cashier: str
    total: Money
    pieces: int
    came_back: int
    goods: tuple[Mapping[str, str], ...]
    lines: int
    kind: str = SALE
    reverses: str = ""
    voided_by: str = ""
    is_void: bool = False


@dataclass(frozen=True, slots=True)
class FoundReceiptPage:
    """Receipts, newest first; `next` is the start of the next page, None if there is none."""

    receipts: tuple[FoundReceipt, ...]
    next: int | None


class Returns(Protocol):
    """Recorded returns; they share the till's numbering and chain with sales."""

    def refundable(self, till: str, number: int) -> Sequence[Refundable]:
        """Every line of a sale with its returned pieces."""

    def add_returned(self, till: str, number: int, line: int, quantity: int) -> int | None:
        """Count pieces of a line as returned: the total returned, or None if there are too few, and
        nothing is counted.
        """

    def record(self, back: GoodsReturn, before: str, business_date: date) -> GoodsReturn:
        """Write the return with its lines, refunds, cash and stock; return it with its `mac`."""

    def with_key(self, key: str) -> GoodsReturn | None: ...

    def by_number(self, till: str, number: int) -> GoodsReturn | None: ...

    def find(
        self,
        sought: Sequence[Sought],
        visitor: Keys | None,
        limit: int,
        before: int | None,
        filters: ReceiptFilter = ...,
    ) -> FoundReceiptPage:
        """Receipts that match all terms, of one visitor if given; newest first."""

    def reversing(self, till: str, number: int) -> Sequence[GoodsReturn]:
        """The returns of goods of one sale, oldest first."""
