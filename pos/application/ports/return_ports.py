"""What returns need of the store, as a Protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.application.ports.visitor_ports import Keys
    from pos.domain.money import Money
    from pos.domain.period import Period
    from pos.domain.returns.goods_return import GoodsReturn


@dataclass(frozen=True, slots=True)
class Refundable:
    """What may come back of a line: `sold` pieces less those `refunded` already."""

    line: int
    sold: int
    refunded: int


@dataclass(frozen=True, slots=True)
class Sought:
    """One thing by which a receipt is sought: it fits in any of the meanings that are given."""

    receipt: tuple[str, int] | None = None
    number: int | None = None
    ending: str = ""
    """The last digits of a number, at whatever till."""
    beginning: tuple[str, str] | None = None
    """A till and the first of the six digits of a number."""
    days: tuple[date, ...] = ()
    """Any of these days: a word may mean two."""
    amount: int | None = None
    """In minor units: the total, or what was handed over."""
    products: tuple[int, ...] = ()


ANY, SALE, RETURN, EXCHANGE, DISCOUNT = "", "sale", "return", "exchange", "discount"
"""What is sought: anything; sales; returns; goods that came back for others; sales with something off."""
KINDS = (ANY, SALE, RETURN, EXCHANGE, DISCOUNT)


@dataclass(frozen=True, slots=True)
class ReceiptFilter:
    """Which receipts a search keeps to. `within` are the instants of a time of day, the last one not in it."""

    kind: str = SALE
    cashier: str = ""
    till: str = ""
    days: Period | None = None
    within: tuple[tuple[datetime, datetime], ...] = ()


@dataclass(frozen=True, slots=True)
class FoundReceipt:
    """A sale, or a return, in a list: the names of its first `goods` by language, how many pieces it has.

    `came_back` are those that came back of a sale; a return `reverses` a receipt, or "" where there was none.
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


@dataclass(frozen=True, slots=True)
class FoundReceiptPage:
    """Sales, newest first; `next` begins the page after it, None where there is none."""

    receipts: tuple[FoundReceipt, ...]
    next: int | None


class Returns(Protocol):
    """Recorded returns; each stands in the till's numbering and chain as a sale does."""

    def refundable(self, till: str, number: int) -> Sequence[Refundable]:
        """Every line of a sale with what came back of it."""
        ...

    def take_back(self, till: str, number: int, line: int, quantity: int) -> int | None:
        """Count pieces of a line as come back: how many have now, or None and nothing is counted."""
        ...

    def record(self, back: GoodsReturn, before: str, business_date: date) -> GoodsReturn:
        """Write the return with its lines, refunds, cash and stock; return it with its `mac`."""
        ...

    def with_key(self, key: str) -> GoodsReturn | None:
        """The return made for a key."""
        ...

    def by_number(self, till: str, number: int) -> GoodsReturn | None:
        """The return with this receipt number."""
        ...

    def found(
        self,
        sought: Sequence[Sought],
        visitor: Keys | None,
        limit: int,
        before: int | None,
        wanted: ReceiptFilter = ...,
    ) -> FoundReceiptPage:
        """Receipts that have all that is sought, of a visitor where one is named; newest first."""
        ...

    def reversing(self, till: str, number: int) -> Sequence[GoodsReturn]:
        """The returns of goods of one sale, oldest first."""
        ...
