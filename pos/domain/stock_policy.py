"""What a shop does about goods that its books do not have, and about goods whose last day is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.domain.category import any_covers


@dataclass(frozen=True, slots=True)
class StockPolicy:
    """Rules of one day (`today`, in the shop's zone), by category.

    `below` are the scopes that are sold although the books have none; `blocks` those of which no expired lot is sold.
    """

    today: date
    below: tuple[str, ...] = ()
    blocks: tuple[str, ...] = ("*",)

    def sells_below(self, category: str | None) -> bool:
        """Whether goods that customers hold are sold although the books have none."""
        return category is not None and any_covers(self.below, category)

    def sells_expired(self, category: str | None) -> bool:
        """Whether a lot whose last day is over is sold all the same, with a warning."""
        return not any_covers(self.blocks, category or "other")
