"""Ports of a sale: reservations of goods and allowance, pending refunds, the till's counter, the outbox."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.application.ports.visitor_ports import Keys, LedgerLine
    from pos.domain.money import Money
    from pos.domain.payment.pending_refund import PendingRefund
    from pos.domain.sales.cart import Cart


@dataclass(frozen=True, slots=True)
class Hold:
    """The reservation of the sale with this `key` until `until`; then it expires by time alone.

    `kind` is `payment`, `parked` or `pickup`, `shift` the row of the shift in which it was made (None for a customer
    order), `basket` the output of `basket_json`. `lapsed`: a parked basket whose goods went back to the shelf;
    `goods_only`: for some of its goods no allowance is reserved; `beside`: the pieces by product that it does not
    reserve, because the customer orders in it did. The last two only `parked` reads.
    """

    key: str
    till: str
    shift: int | None
    kind: str
    person: str
    note: str
    at: datetime
    until: datetime
    regime: str | None
    basket: str
    lapsed: bool = False
    goods_only: bool = False
    beside: Mapping[int, int] = field(default_factory=dict)


class Reservations(Protocol):
    """Current reservations. The stock counts the pieces of their lines as held."""

    def put(self, hold: Hold, cart: Cart, carriers: Mapping[str, int], coming: Mapping[int, int]) -> None:
        """Record a reservation of the lines of `cart`, whose pieces `Stock.hold` has reserved except those `coming`
        back.

        `carriers` are the rows of the visitors, by label, whose allowance is reserved too; `coming` are pieces by
        product.
        """

    def take(self, key: str) -> Mapping[int, int]:
        """Remove the reservation for its sale; the caller must deduct the pieces it held, by product."""

    def extend(self, key: str, at: datetime, until: datetime) -> None:
        """Let a reservation that counts at `at` count until then, if that is longer."""

    def set_until(self, key: str, until: datetime) -> None:
        """Let a reservation end at another instant."""

    def drop(self, key: str, *kinds: str) -> Hold | None:
        """Release a reservation of these kinds; None if there is none."""

    def lapse(self, at: datetime) -> Sequence[Hold]:
        """Release what has expired at `at`: payments and customer orders are removed, parked baskets stay without their
        goods.
        """

    def pending(self, keys: Keys, at: datetime, besides: str) -> Sequence[LedgerLine]:
        """Lines reserved at `at` for the person, for any destination, by sales other than `besides`, as if bought at
        `at`; each with the regime of its sale.
        """

    def rewrite(self, key: str, basket: str) -> None:
        """Put another text of `basket_json` in the place of that of a reservation."""

    def of_product(self, product_id: int, at: datetime) -> Sequence[Hold]:
        """The reservations that hold pieces of a product at `at`, parked or being paid."""

    def parked(self) -> Sequence[Hold]:
        """All parked baskets of the shop, oldest first."""

    def parked_with(self, products: Collection[int]) -> Sequence[Hold]:
        """Those that hold some of these products, which the lapsed ones do not; found by index."""

    def left_in(self, till: str, shift: int) -> Sequence[Hold]:
        """The parked baskets of a till that were not handed over in this shift."""

    def hand_over(self, till: str, shift: int) -> None: ...


class StoredPendingRefunds(Protocol):
    """Card and QR tenders to be refunded."""

    def add(self, owed: PendingRefund, shift: int | None) -> None: ...

    def of_sale(self, key: str) -> Sequence[tuple[PendingRefund, bool]]:
        """All of one sale, each with whether it is open; else it is refunded, as long as the sale is not recorded."""

    def open(self) -> Sequence[PendingRefund]:
        """The open ones of the shop, oldest first."""

    def settle(self, key: str, no: int, person: str, at: datetime) -> bool:
        """Mark one as refunded or as part of its sale; False if it is not open."""


@dataclass(frozen=True, slots=True)
class RegisterEntry:
    """The till's number for the new sale and the hash of the previous one."""

    number: int
    chain: str


class Register(Protocol):
    """The till's counter, running grand total and head of its chain."""

    def take_number(self, till: str, amount: Money) -> RegisterEntry:
        """The next number; raises the grand total by `amount`. A rollback restores both."""

    def go_on_behind(self, till: str, last: int) -> RegisterEntry:
        """Take the number behind `last` instead of the one just taken, in the same transaction."""

    def last_number(self, till: str) -> int:
        """The last number taken; 0 before the first."""

    def close_chain(self, till: str, mac: str) -> None:
        """Set the head of the chain to the hash of the sale just recorded."""


class Outbox(Protocol):
    """Printouts and files that are retried later if they fail now."""

    def sending(self, till: str, number: int) -> int:
        """Count a printout of a receipt: 0 for the original, then the number of the copy."""

    def done(self, till: str, number: int) -> None:
        """Record that it was printed."""

    def is_done(self, till: str, number: int) -> bool:
        """Whether the original was printed."""

    def unfinished(self, till: str) -> Sequence[int]:
        """The numbers in the till's open shift whose original was not printed, or whose printing is uncertain, in
        order.
        """

    def queue_z(self, till: str, number: int) -> None:
        """Record that a new Z is not on paper yet."""

    def z_printed(self, till: str, number: int) -> None:
        """Record that a Z was printed."""

    def unprinted_z(self, till: str) -> int | None:
        """The number of the till's last Z if it was not printed, or its printing is uncertain."""

    def queue_files(self, till: str, number: int, forms: Sequence[str]) -> None:
        """Queue these files of a Z for the export folder."""

    def owed_files(self, till: str) -> tuple[int, Sequence[str]] | None:
        """The oldest Z of the till with queued files, and those files; None if there is none."""

    def files_there(self, till: str, number: int, forms: Sequence[str]) -> None:
        """Record that these files of a Z are in the folder."""
