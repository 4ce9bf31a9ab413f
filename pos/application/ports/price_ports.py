"""Prices from a date, as the store keeps them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class DatedPrice:
    """A price that holds from `since` on; `person` has set it at `set_at`."""

    price: Money
    since: datetime
    person: str
    set_at: datetime


class Prices(Protocol):
    """Prices from a date: of a product the one with the latest `since` that has come is in force, else its own."""

    def of(self, product_id: int) -> Sequence[DatedPrice]:
        """Those of a product, the earliest first."""
        ...

    def to_come(self, product_id: int, at: datetime) -> Sequence[DatedPrice]:
        """Those of a product that hold from later than `at`, the earliest first."""
        ...

    def held(self, product_id: int, until: datetime, limit: int) -> Sequence[DatedPrice]:
        """At most `limit` of those that held from `until` or before, the newest first."""
        ...

    def own(self, product_id: int) -> Money | None:
        """The price that holds before the first of them."""
        ...

    def set(self, product_id: int, dated: DatedPrice) -> None:
        """Record one; it takes the place of one from the same instant."""
        ...

    def set_many(self, prices: Sequence[tuple[int, DatedPrice]]) -> None:
        """Record one of each of several products."""
        ...

    def withdraw(self, product_id: int, since: datetime) -> bool:
        """Take away the one from this instant; whether there was one."""
        ...
