"""What a shop does about goods that its books do not have, and about goods whose last day is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from pos.domain.catalogue.category import any_covers


@dataclass(frozen=True, slots=True)
class StockPolicy:
    """Rules of one day (`today`, in the shop's zone), by category.

    `below` are the scopes that are sold although the books have none; `blocks` those of which no expired lot is sold.
    Of `marked` ones each piece is sold by its own marking code. What has its last day within `soon` days is named.
    """

    today: date
    below: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ("*",)
    marked: tuple[str, ...] = ()
    soon: int = 0

    def sells_below(self, category: str | None) -> bool:
        """Whether goods that customers hold are sold although the books have none."""
        return category is not None and any_covers(self.below, category)

    def sells_expired(self, category: str | None) -> bool:
        """Whether a lot whose last day is over is sold all the same, with a warning."""
        return not any_covers(self.blocks, category or "other")

    def asks_mark(self, category: str | None) -> bool:
        """Whether each piece is sold by its own marking code."""
        return bool(self.marked) and any_covers(self.marked, category or "other")

    def is_over(self, day: date | None) -> bool:
        """Whether a last day has passed."""
        return day is not None and day < self.today

    def is_near(self, day: date | None) -> bool:
        """Whether a last day is to come, and soon."""
        return day is not None and self.today <= day <= self.today + timedelta(days=self.soon)
