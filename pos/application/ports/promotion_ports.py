"""What promotions need of the store, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.pricing.promotion import Promotion


class StoredPromotions(Protocol):
    """Promotions: added and ended, never edited."""

    def all(self) -> Sequence[Promotion]:
        """Every promotion, eldest first."""
        ...

    def at(self, instant: datetime) -> Sequence[Promotion]:
        """Those that hold at `instant`, eldest first."""
        ...

    def by_id(self, number: int) -> Promotion | None:
        """The promotion with this number."""
        ...

    def add(self, wanted: Promotion, person: str) -> Promotion:
        """A new promotion; it with its number."""
        ...

    def end(self, number: int, at: datetime) -> None:
        """End a promotion that nobody has ended."""
        ...
