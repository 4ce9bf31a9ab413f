"""The catalogue as people look through it: as they type, by what is missing or low, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.application.browse_ports import EVERYTHING, LACKING, Listed, Wanted
from pos.application.list_gaps import ListGaps
from pos.application.ports import Clock, Store
from pos.application.stock_ports import AtPlace
from pos.domain.product import Product
from pos.domain.quota.needs import needed_of, needs_on

MOST_COUNTED = 1_000
"""Beyond so many a search is told to be narrowed, not counted."""
_LONGEST = 100
_SIFTED = 200


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """Some goods of a list and where the next page begins (None after the last).

    `found` is how many there are, as far as that is known: of a search up to MOST_COUNTED, of the whole catalogue
    exactly, of a filter unknown (None).
    """

    goods: tuple[Listed, ...]
    next: int | None
    found: int | None = None


@dataclass(frozen=True, slots=True)
class LackingFor:
    """What a product lacks for one regime, by its id."""

    regime: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrowseCatalogue:
    """Looks through the catalogue."""

    store: Store
    now: Clock
    gaps: ListGaps

    def __call__(
        self, text: str = "", shown: str = EVERYTHING, scope: str = "*", after: int | None = None, limit: int = 50
    ) -> CataloguePage:
        """A page of what matches `text`, best first, or of all, newest first, after the `next` of the page before."""
        wanted = Wanted(shown, scope, self.gaps.needs() if shown == LACKING else None)
        text = text[:_LONGEST].strip()
        return self._searched(text, wanted, after or 0, limit) if text else self._listed(wanted, after, limit)

    def one(self, product_id: int) -> Listed | None:
        """One product as the list shows it."""
        with self.store.reading() as work:
            found = work.catalogue.among([product_id], Wanted(), self.now())
        return found[0] if found else None

    def lacking(self, product: Product) -> tuple[LackingFor, ...]:
        """What a product lacks for each regime by which the shop judges; nothing of some."""
        told = []
        for regime in self.gaps.in_use():
            needs = needs_on(regime, self.now().astimezone(regime.zone).date())
            fields = needed_of(product.category or "", needs)
            missing = tuple(name for name in fields if getattr(product.attributes, name) is None)
            if missing:
                told.append(LackingFor(regime.id, missing))
        return tuple(told)

    def stock(self, product_id: int) -> Sequence[AtPlace]:
        """What lies where, place by place and lot by lot."""
        with self.store.reading() as work:
            return work.stock.everywhere(product_id)

    def suppliers(self) -> tuple[str, ...]:
        """The names of those who deliver."""
        with self.store.reading() as work:
            return tuple(one.name for one in work.suppliers.all() if one.active)

    def _listed(self, wanted: Wanted, after: int | None, limit: int) -> CataloguePage:
        with self.store.reading() as work:
            goods = tuple(work.catalogue.page(wanted, self.now(), limit, after))
            is_whole = replace(wanted, needs=None) == Wanted()
            found = work.products.count() if is_whole and after is None else None
        return CataloguePage(goods, goods[-1].product.id if len(goods) == limit else None, found)

    def _searched(self, text: str, wanted: Wanted, offset: int, limit: int) -> CataloguePage:
        """Sift what the search finds until a page is full."""
        at, goods = self.now(), list[Listed]()
        with self.store.reading() as work:
            found = len(work.products.find_ids(text, MOST_COUNTED)) if offset == 0 and wanted == Wanted() else None
            while len(goods) < limit:
                size = limit if wanted == Wanted() else _SIFTED
                ids = work.products.find_ids(text, size, offset)
                goods += work.catalogue.among(ids, wanted, at)
                offset += len(ids)
                if len(ids) < size:
                    return CataloguePage(tuple(goods), None, found)
        return CataloguePage(tuple(goods), offset, found)
