"""Port of the catalogue list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.catalogue.product import Product
    from pos.domain.quota.needs import Needs

EVERYTHING, LACKING, LOW, UNPRICED = SHOWN = ("all", "lacking", "low", "unpriced")
"""All products; those missing data for a limit or a sale; those at their reorder point; those without a price."""


@dataclass(frozen=True, slots=True)
class CatalogueFilter:
    """Which products a list shows: one of SHOWN, of a category or branch (`*`: any). `needs`: the fields that LACKING
    checks.
    """

    shown: str = EVERYTHING
    scope: str = "*"
    needs: Needs | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """A product as a list shows it: pieces on the shop floor, pieces owned anywhere, whether it is at its reorder
    point.
    """

    product: Product
    on_hand: int
    owned: int

    @property
    def is_low(self) -> bool:
        """Whether the reorder point is reached."""
        return self.product.reorder_point is not None and self.owned <= self.product.reorder_point


class CatalogueList(Protocol):
    """The catalogue as a list, one page at a time."""

    def page(self, wanted: CatalogueFilter, at: datetime, limit: int, before: int | None) -> Sequence[Listed]:
        """The newest products below the id `before`."""
        ...

    def sift(self, ids: Sequence[int], wanted: CatalogueFilter, at: datetime) -> Sequence[int]:
        """The products among `ids` that match the filter, in the given order."""
        ...

    def among(self, ids: Sequence[int], at: datetime) -> Sequence[Listed]:
        """These products, in the given order."""
        ...
