"""Hand the whole catalogue out, one product at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from pos.application.exported_goods import ExportedGoods
from pos.application.ports import Clock, Store


@dataclass(frozen=True, slots=True)
class ExportCatalogue:
    """Every product with what is on hand, as of one instant; importing the file changes nothing."""

    store: Store
    now: Clock

    def __call__(self, write: Callable[[Iterable[ExportedGoods]], int]) -> int:
        """Give the products, by code, to `write`, which writes one at a time; how many it wrote."""
        with self.store.reading() as work:
            return write(work.products.exported(self.now()))
