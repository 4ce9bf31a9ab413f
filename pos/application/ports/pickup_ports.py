"""Port of the customer orders."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.money import Currency, Money
    from pos.domain.pickup.customer_order import CustomerOrder, OrderState
    from pos.domain.pickup.deposit import Deposit, DepositEntry, DepositSums
    from pos.domain.pickup.order_figures import OrderFigures


@dataclass(frozen=True, slots=True)
class ClaimedPieces:
    """Pieces of a product in an order that is claimed and holds nothing yet."""

    product: int
    order: int
    claimed_at: datetime
    pieces: int


@dataclass(frozen=True, slots=True)
class StreamItem:
    """Goods on the sheet of the stream that runs; `price` is None where they cost what is on file."""

    number: int
    product: int
    price: Money | None = None


@dataclass(frozen=True, slots=True)
class OrderFilter:
    """Which orders a list shows: in one of these states (none: any)."""

    states: tuple[OrderState, ...] = ()
    channel: str = ""
    to_tell: bool = False


class StoredPickups(Protocol):
    """Customer orders, with their lines and deposits."""

    def add(self, order: CustomerOrder, key: str, fingerprint: str) -> CustomerOrder | None:
        """Record an order that was taken by the request `key`, as the first write of its transaction.

        None where the key, the code or the number of its channel is taken; nothing is recorded then.
        """

    def with_key(self, key: str) -> tuple[CustomerOrder, str] | None:
        """The order that was taken by a request, and its fingerprint."""

    def with_ref(self, channel: str, channel_ref: str) -> CustomerOrder | None:
        """The order with the channel's own number."""

    def by_code(self, code: str) -> CustomerOrder | None: ...

    def with_codes(self, codes: Collection[str]) -> Sequence[CustomerOrder]:
        """Those of these few hundred codes that there are, in any order."""

    def lock(self, codes: Iterable[str]) -> Mapping[str, CustomerOrder]:
        """The orders with these codes, by code, locked in one order for all tills until the transaction ends."""

    def lock_goods(self, products: Iterable[int]) -> None:
        """Lock the balances of products: no other till takes or claims pieces of them until the transaction ends."""

    def save(self, order: CustomerOrder) -> None:
        """Write what may change of an order: its state, times, place, and what was packed and picked up."""

    def waiting(self, products: Collection[int] | None = None) -> Sequence[CustomerOrder]:
        """The queue by the time of the claim: orders for any of these products, or all."""

    def claimed(self, products: Collection[int]) -> Sequence[ClaimedPieces]:
        """What orders that are claimed and not confirmed want of these products."""

    def over(self, at: datetime, limit: int) -> Sequence[str]:
        """The codes of open orders whose time is over at `at`, the oldest first."""

    def has_over(self, at: datetime) -> bool: ...

    def by_code_begun(self, signs: str, limit: int) -> Sequence[CustomerOrder]:
        """Orders whose code begins with these signs."""

    def by_phone(self, digits: str, limit: int) -> Sequence[CustomerOrder]:
        """Orders of phones that end in these digits, newest first."""

    def by_name(self, words: str, limit: int) -> Sequence[CustomerOrder]:
        """Orders of buyers in whose names a word begins so: whole words first, then newest first."""

    def listed(self, which: OrderFilter, limit: int, before: int | None = None) -> Sequence[CustomerOrder]:
        """Orders newest first, below the id `before`."""

    def next_of(self, state: OrderState, limit: int) -> Sequence[CustomerOrder]:
        """Orders in an open state, those whose time ends first in front."""

    def counts(self) -> Mapping[str, int]:
        """How many orders are open, by state; and `tell`, of how many the buyer is to be informed."""

    def of_sale(self, till: str, number: int) -> Sequence[CustomerOrder]:
        """The orders that a sale has picked up."""

    # ── deposits ─────────────────────────────────────────────────────────────────────────────────────────────

    def add_entry(
        self, order: CustomerOrder, deposit: Deposit, entry: DepositEntry, day: date, key: str | None = None
    ) -> None:
        """Record an entry of the deposit of an order, on a business day."""

    def with_entry_key(self, key: str) -> tuple[str, Deposit] | None:
        """The code of the order whose deposit was taken by a request, and that deposit without its entries."""

    def owed(self, limit: int) -> Sequence[CustomerOrder]:
        """Orders that are closed and have something left of their deposits, the oldest first."""

    def not_come(self, no_show: str, limit: int) -> Sequence[str]:
        """The codes of expired orders that have something left of a deposit on these terms, the oldest first."""

    # ── figures ──────────────────────────────────────────────────────────────────────────────────────────────

    def figures_by_channel(self, since: datetime, until: datetime, price: Currency) -> Mapping[str, OrderFigures]:
        """Of the orders claimed from an instant on and before another."""

    def figures_by_quarter(
        self, since: datetime, until: datetime, price: Currency
    ) -> Sequence[tuple[datetime, OrderFigures]]:
        """The same by the quarter of an hour in which they were claimed, by when it begins."""

    def no_shows(self, since: datetime, until: datetime, limit: int) -> Sequence[CustomerOrder]:
        """Of these orders those whose time was over, the first claimed in front."""

    def deposit_sums(self, first: date, last: date) -> DepositSums:
        """What became of deposits on some business days."""

    def owed_sums(self) -> Sequence[Money]:
        """What is left of all deposits, by currency."""

    # ── the stream ───────────────────────────────────────────────────────────────────────────────────────────

    def stream_items(self) -> Sequence[StreamItem]:
        """The goods of the stream that runs, by number."""

    def put_stream(self, items: Sequence[StreamItem]) -> None:
        """Put these goods in place of those there are."""

    def add_stream_item(self, item: StreamItem) -> bool:
        """Put goods onto the sheet; False where their number has goods already."""

    def remove_stream_item(self, item: StreamItem) -> bool:
        """Take goods off the sheet; False where they do not stand there, at this number and price."""

    # ── personal data ────────────────────────────────────────────────────────────────────────────────────────

    def has_phones(self, before: datetime) -> bool:
        """Whether an order that was closed before an instant has a whole phone."""

    def mask_phones(self, before: datetime) -> int:
        """Cut the phones of such orders to their last digits; how many."""
