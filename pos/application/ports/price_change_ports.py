"""Port of the change of many prices at once."""

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
    """Filter of goods: category or branch (`*`: any), supplier, search words, price from `low` to `high`."""

    scope: str = "*"
    supplier: str = ""
    words: str = ""
    low: Money | None = None
    high: Money | None = None


@dataclass(frozen=True, slots=True)
class PricedGood:
    """A product with its price at an instant, and the average cost of a piece on hand."""

    id: int
    code: str
    names: tuple[tuple[str, str], ...]
    price: Money
    cost: Money | None

    def name_in(self, language: str) -> str:
        """The name in a language; without a translation, the name on file."""
        names = dict(self.names)
        return names.get(language) or names[""]


class PricedGoods(Protocol):
    """Goods with their price, one page at a time, by number."""

    def page(
        self, among: Among, ids: Sequence[int] | None, at: datetime, after: int, limit: int
    ) -> Sequence[PricedGood]:
        """The goods after a number; only `ids` if a search supplied them."""
        ...

    def set_together(self, since: datetime, set_at: datetime) -> Sequence[tuple[int, DatedPrice]]:
        """The goods whose price from `since` was set in the act at `set_at`, with that price."""
        ...
