"""The catalogue as people look through it: as they type, by what is missing or low, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.application.access.authorize import authorized_read
from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts
from pos.application.ports.browse_ports import EVERYTHING, LACKING, CatalogueFilter, Listed
from pos.application.ports.stock_ports import AtPlace
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.domain.catalogue.product import Product
from pos.domain.quota.needs import needed_of, needs_on
from pos.domain.staff.staff import Person

RIGHT = "catalogue"
MOST_COUNTED = 1_000
"""Beyond so many a search is told to be narrowed, not counted."""
MOST_SIFTED = 5_000
"""So many of what a search finds are looked at for a filter."""
_LONGEST = 100


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
class MissingFor:
    """What a product lacks for one regime, by its id."""

    regime: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrowseCatalogue:
    """Looks through the catalogue; needs the right `catalogue`."""

    store: Store
    now: Clock
    gaps: ListIncompleteProducts

    def __call__(
        self,
        person: Person,
        text: str = "",
        shown: str = EVERYTHING,
        scope: str = "*",
        after: int | None = None,
        limit: int = 50,
    ) -> CataloguePage:
        """A page of what matches `text`, best first, or of all, newest first, after the `next` of the page before."""
        wanted = CatalogueFilter(shown, scope, self.gaps.needs() if shown == LACKING else None)
        text = text[:_LONGEST].strip()
        with authorized_read(self.store, person, RIGHT) as work:
            if text:
                return self._searched(work, text, wanted, after or 0, limit)
            return self._listed(work, wanted, after, limit)

    def one(self, person: Person, product_id: int) -> Listed | None:
        """One product as the list shows it."""
        with authorized_read(self.store, person, RIGHT) as work:
            found = work.catalogue.among([product_id], self.now())
        return found[0] if found else None

    def lacking(self, product: Product) -> tuple[MissingFor, ...]:
        """What a product lacks for each regime by which the shop judges; nothing of some."""
        told = []
        for regime in self.gaps.in_use():
            needs = needs_on(regime, self.now().astimezone(regime.zone).date())
            fields = needed_of(product.category or "", needs)
            missing = tuple(name for name in fields if getattr(product.attributes, name) is None)
            if missing:
                told.append(MissingFor(regime.id, missing))
        return tuple(told)

    def stock(self, person: Person, product_id: int) -> Sequence[AtPlace]:
        """What lies where, place by place and lot by lot."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.stock.everywhere(product_id)

    def suppliers(self, person: Person) -> tuple[str, ...]:
        """The names of those who deliver."""
        with authorized_read(self.store, person, RIGHT) as work:
            return tuple(one.name for one in work.suppliers.all() if one.active)

    def _listed(self, work: UnitOfWork, wanted: CatalogueFilter, after: int | None, limit: int) -> CataloguePage:
        goods = tuple(work.catalogue.page(wanted, self.now(), limit, after))
        is_whole = replace(wanted, needs=None) == CatalogueFilter()
        found = work.products.count() if is_whole and after is None else None
        return CataloguePage(goods, goods[-1].product.id if len(goods) == limit else None, found)

    def _searched(self, work: UnitOfWork, text: str, wanted: CatalogueFilter, offset: int, limit: int) -> CataloguePage:
        """Of a filter, what it lets through of the first MOST_SIFTED that the search finds."""
        at = self.now()
        if wanted == CatalogueFilter():
            found = len(work.products.find_ids(text, MOST_COUNTED)) if offset == 0 else None
            ids = work.products.find_ids(text, limit, offset)
            following = offset + limit if len(ids) == limit else None
            return CataloguePage(tuple(work.catalogue.among(ids, at)), following, found)
        sifted = work.catalogue.sift(work.products.find_ids(text, MOST_SIFTED), wanted, at)
        goods = tuple(work.catalogue.among(sifted[offset : offset + limit], at))
        end = offset + limit
        return CataloguePage(goods, end if end < len(sifted) else None, len(sifted))
