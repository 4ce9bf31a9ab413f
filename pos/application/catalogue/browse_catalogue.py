"""Browse the catalogue: search as you type, filter by missing data or low stock, in pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from pos.application.access.authorize import authorized_read
from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts, lacks
from pos.application.ports.catalogue_ports import EVERYTHING, LACKING, CatalogueFilter, Listed
from pos.application.ports.stock_ports import AtLocation
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.catalogue.product import Product
from pos.domain.quota.required_attributes import Needs, needed_of, needs_on
from pos.domain.staff.staff import Person

RIGHT = "catalogue"
MOST_COUNTED = 1_000
"""A search with more results asks to be narrowed and is not counted."""
MOST_SIFTED = 5_000
"""Search results examined by a filter."""
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class CataloguePage:
    """A page of goods and the cursor of the next page (None after the last).

    `result_count` is the number of results where known: of a search up to MOST_COUNTED, of the whole catalogue exactly,
    of a filter None.
    """

    goods: tuple[Listed, ...]
    next: int | None
    result_count: int | None = None


@dataclass(frozen=True, slots=True)
class MissingFor:
    """What a product lacks for one regime, by its id."""

    regime: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class BrowseCatalogue(UseCase):
    """Browses the catalogue. Needs the permission `catalogue`."""

    incomplete_products: ListIncompleteProducts

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
        needs = self.incomplete_products.needs()
        query = CatalogueFilter(shown, scope, needs if shown == LACKING else None)
        text = text[:_LONGEST].strip()
        with authorized_read(self.store, person, RIGHT) as work:
            if text:
                page = self._searched(work, text, query, after or 0, limit)
            else:
                page = self._listed(work, query, after, limit)
        return replace(page, goods=_with_lacks(page.goods, needs))

    def one(self, person: Person, product_id: int) -> Listed | None:
        needs = self.incomplete_products.needs()
        with authorized_read(self.store, person, RIGHT) as work:
            rows = work.catalogue.among([product_id], self.now())
        return _with_lacks(rows, needs)[0] if rows else None

    def lacking(self, product: Product) -> tuple[MissingFor, ...]:
        """Missing fields by regime in use; regimes without any are left out."""
        rows = []
        for regime in self.incomplete_products.in_use():
            needs = needs_on(regime, self.now().astimezone(regime.zone).date())
            fields = needed_of(product.category or "", needs)
            missing = tuple(name for name in fields if getattr(product.attributes, name) is None)
            if missing:
                rows.append(MissingFor(regime.id, missing))
        return tuple(rows)

    def stock(self, person: Person, product_id: int) -> Sequence[AtLocation]:
        """Stock by location and lot."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.stock.everywhere(product_id)

    def suppliers(self, person: Person) -> tuple[str, ...]:
        """Names of suppliers."""
        with authorized_read(self.store, person, RIGHT) as work:
            return tuple(one.name for one in work.suppliers.all() if one.active)

    def _listed(self, work: UnitOfWork, query: CatalogueFilter, after: int | None, limit: int) -> CataloguePage:
        goods = tuple(work.catalogue.page(query, self.now(), limit, after))
        is_whole = replace(query, needs=None) == CatalogueFilter()
        total = work.products.count() if is_whole and after is None else None
        return CataloguePage(goods, goods[-1].product.id if len(goods) == limit else None, total)

    def _searched(self, work: UnitOfWork, text: str, query: CatalogueFilter, offset: int, limit: int) -> CataloguePage:
        """Of a filter: the matches among the first MOST_SIFTED results of the search."""
        at = self.now()
        if query == CatalogueFilter():
            total = len(work.products.find_ids(text, MOST_COUNTED)) if offset == 0 else None
            ids = work.products.find_ids(text, limit, offset)
            following = offset + limit if len(ids) == limit else None
            return CataloguePage(tuple(work.catalogue.among(ids, at)), following, total)
        sifted = work.catalogue.sift(work.products.find_ids(text, MOST_SIFTED), query, at)
        goods = tuple(work.catalogue.among(sifted[offset : offset + limit], at))
        end = offset + limit
        return CataloguePage(goods, end if end < len(sifted) else None, len(sifted))


def _with_lacks(goods: Sequence[Listed], needs: Needs) -> tuple[Listed, ...]:
    """The goods, those marked that lack anything."""
    return tuple(replace(one, lacks=True) if lacks(one.product, needs) else one for one in goods)
