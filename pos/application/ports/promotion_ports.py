"""Port of the promotions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.pricing.promotion import Promotion


class StoredPromotions(Protocol):
    """Promotions: added and ended, never edited."""

    def all(self) -> Sequence[Promotion]:
        """All promotions, oldest first."""
        ...

    def at(self, instant: datetime) -> Sequence[Promotion]:
        """The promotions in force at `instant`, oldest first."""
        ...

    def by_id(self, number: int) -> Promotion | None:
        """The promotion with this number."""
        ...

    def add(self, wanted: Promotion, person: str) -> Promotion:
        """Add a promotion; return it with its number."""
        ...

    def end(self, number: int, at: datetime) -> None:
        """End a promotion that has not ended."""
        ...
