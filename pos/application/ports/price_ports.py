"""Port of the dated prices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class DatedPrice:
    """A price in force from `since` on, set by `person` at `set_at`."""

    price: Money
    since: datetime
    person: str
    set_at: datetime


class Prices(Protocol):
    """Dated prices: the price with the latest `since` that has passed is in force; without one, the product's own
    price.
    """

    def of(self, product_id: int) -> Sequence[DatedPrice]:
        """The dated prices of a product, earliest first."""
        ...

    def to_come(self, product_id: int, at: datetime) -> Sequence[DatedPrice]:
        """The prices of a product that start later than `at`, earliest first."""
        ...

    def held(self, product_id: int, until: datetime, limit: int) -> Sequence[DatedPrice]:
        """At most `limit` prices that started at `until` or before, newest first."""
        ...

    def own(self, product_id: int) -> Money | None:
        """The price in force before the first dated price."""
        ...

    def set(self, product_id: int, dated: DatedPrice) -> None:
        """Record a price; it replaces one from the same instant."""
        ...

    def set_many(self, prices: Sequence[tuple[int, DatedPrice]]) -> None:
        """Record one price each for several products."""
        ...

    def withdraw(self, product_id: int, since: datetime) -> bool:
        """Remove the price from this instant; return whether there was one."""
        ...
