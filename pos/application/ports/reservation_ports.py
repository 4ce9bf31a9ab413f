"""What the steps that set goods and allowance aside need from the store, as Protocols."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.application.ports.visitor_ports import Keys, LedgerLine
    from pos.domain.payment.pending_refund import PendingRefund
    from pos.domain.sales.cart import Cart


@dataclass(frozen=True, slots=True)
class Hold:
    """What is set aside for the sale with this `key` until `until`; after that it lapses by its time alone.

    `kind` is `payment` or `parked`, `shift` the row of the shift in which it was made, `basket` the basket as
    `basket_json` writes it. `lapsed`: a parked basket whose goods went back to the shelf; `goods_only`: of some of its
    goods nobody's allowance is held.
    """

    key: str
    till: str
    shift: int
    kind: str
    person: str
    note: str
    at: datetime
    until: datetime
    regime: str | None
    basket: str
    lapsed: bool = False
    goods_only: bool = False


class Reservations(Protocol):
    """Live holds. The pieces of their lines are counted in the stock as held."""

    def put(self, hold: Hold, cart: Cart, carriers: Mapping[str, int], coming: Mapping[int, int]) -> None:
        """Write a hold over the lines of `cart`, whose pieces `Stock.hold` has set aside but for those `coming` back.

        `carriers` are the rows of the visitors, by label, whose allowance is held too; `coming` are pieces by product.
        """
        ...

    def take(self, key: str) -> Mapping[int, int]:
        """The hold becomes its sale: it is gone, and the pieces that it held, by product, are the caller's to take."""
        ...

    def drop(self, key: str, *kinds: str) -> Hold | None:
        """Give back what a hold of these kinds holds; None where there is none."""
        ...

    def lapse(self, at: datetime) -> Sequence[Hold]:
        """Give back what has lapsed at `at`: payments are gone, parked baskets stay without their goods."""
        ...

    def pending(self, keys: Keys, at: datetime, besides: str) -> Sequence[LedgerLine]:
        """What is held at `at` for the person, to whichever side, by sales `besides` this key, as if bought at `at`."""
        ...

    def of_product(self, product_id: int, at: datetime) -> Sequence[Hold]:
        """Those that hold pieces of a product at `at`, parked or being paid."""
        ...

    def parked(self) -> Sequence[Hold]:
        """Every parked basket of the shop, oldest first."""
        ...

    def left_in(self, till: str, shift: int) -> Sequence[Hold]:
        """The parked baskets of a till that nobody has handed over in this shift."""
        ...

    def hand_over(self, till: str, shift: int) -> None:
        """They are the next shift's from now on."""
        ...


class StoredPendingRefunds(Protocol):
    """Tenders by card and QR that are to be given back."""

    def add(self, owed: PendingRefund, shift: int | None) -> None:
        """Write one down."""
        ...

    def of_sale(self, key: str) -> Sequence[PendingRefund]:
        """Those of one sale that are open."""
        ...

    def count_of_sale(self, key: str) -> int:
        """How many there are of one sale, settled ones too."""
        ...

    def open(self) -> Sequence[PendingRefund]:
        """Those of the shop that are open, oldest first."""
        ...

    def settle(self, key: str, no: int, person: str, at: datetime) -> bool:
        """It is given back, or became part of its sale; False where it is not open."""
        ...
