"""What changing many prices at once asks of the store."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.application.ports.price_ports import DatedPrice
    from pos.domain.money import Money


@dataclass(frozen=True, slots=True)
class Among:
    """Which goods: of a category or branch (`*`: any), of a supplier, found by words, priced from `low` to `high`."""

    scope: str = "*"
    supplier: str = ""
    words: str = ""
    low: Money | None = None
    high: Money | None = None


@dataclass(frozen=True, slots=True)
class PricedGood:
    """A product with the price that holds at an instant, and what a piece of those that are here cost on average."""

    id: int
    code: str
    names: tuple[tuple[str, str], ...]
    price: Money
    cost: Money | None

    def name_in(self, language: str) -> str:
        """The name in a language, else the one on file."""
        names = dict(self.names)
        return names.get(language) or names[""]


class PricedGoods(Protocol):
    """Goods with their price, a page at a time, in the order of their numbers."""

    def page(
        self, among: Among, ids: Sequence[int] | None, at: datetime, after: int, limit: int
    ) -> Sequence[PricedGood]:
        """Those after a number; of `ids` where words have found some."""
        ...

    def set_together(self, since: datetime, set_at: datetime) -> Sequence[tuple[int, DatedPrice]]:
        """The goods whose price from `since` was set in one act, with it."""
        ...
