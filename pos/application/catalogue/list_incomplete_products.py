"""Products with missing data, in pages, by the regime that needs the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pos.application.access.authorize import authorized_read
from pos.application.ports.catalogue_ports import MissingData, StoredMissingData
from pos.application.settings.context import UseCase
from pos.domain.catalogue.barcode import read_code
from pos.domain.catalogue.paper_needs import Paper, lacking_fields
from pos.domain.catalogue.product import Product
from pos.domain.quota.required_attributes import Needs, needed_of, needs_on, together
from pos.domain.quota.rule import Regime, UnknownRegime
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import Person

ALL, UNSELLABLE = "all", "unsellable"
"""The lists of no regime: products that lack anything, and products that cannot be sold.

A list of each paper for the border comes after them. What only a paper wants is not in ALL: without it goods are sold,
and their allowance is known.
"""

_SLICE = 50_000


@dataclass(frozen=True, slots=True)
class MissingDataCursor:
    """The cursor of a page: the id of its last product, and whether all products that cannot be sold are done."""

    after: int = 0
    sellable: bool = False


@dataclass(frozen=True, slots=True)
class IncompleteProductRow:
    """A product with its stock and its missing fields by list; the other lists have none."""

    product: Product
    on_hand: int
    lacks: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class IncompleteProductPage:
    """A page of products, and the cursor of the next; None after the last."""

    products: tuple[IncompleteProductRow, ...]
    next: MissingDataCursor | None


@dataclass(frozen=True, slots=True)
class MissingDataCounts:
    """Number of products on each list; `next` is where counting goes on, None when it is complete."""

    catalogue: int
    lists: Mapping[str, MissingData]
    next: int | None = None

    def plus(self, further: MissingDataCounts) -> MissingDataCounts:
        """The sum with the next slice."""
        lists = {name: _sum(mine, further.lists[name]) for name, mine in self.lists.items()}
        return MissingDataCounts(self.catalogue + further.catalogue, lists, further.next)

    def changed(self, before: IncompleteProductRow, after: IncompleteProductRow) -> MissingDataCounts:
        """The counts after one product has changed, without counting again."""
        lists = {
            name: _sum(mine, _one(after.lacks.get(name, ())), less=_one(before.lacks.get(name, ())))
            for name, mine in self.lists.items()
        }
        return MissingDataCounts(self.catalogue, lists, self.next)


class ListIncompleteProducts(UseCase):
    """Lists incomplete products. Needs the permission `catalogue`.

    The needs of a regime are those of its rules in force today, in its own time zone.
    """

    def in_use(self) -> tuple[Regime, ...]:
        """The regimes in use, that of the way to China first."""
        settings, known = self.settings(), self.regimes()
        used = dict.fromkeys(settings.regimes.values())
        return tuple(known[name] for name in used if name in known)

    def __call__(
        self, person: Person, which: str = ALL, after: MissingDataCursor | None = None, limit: int = 100
    ) -> IncompleteProductPage:
        """The next products of a list: ALL, UNSELLABLE, the id of a regime, or a paper. Raises UnknownRegime.

        ALL begins with products that cannot be sold; otherwise the order is that of their creation.
        """
        paper = Paper(which) if which in set(Paper) else None
        needs = self.needs_by_list(ALL if paper else which)
        cursor = after or MissingDataCursor()
        at = self.now()
        with authorized_read(self.store, person, "catalogue") as work:
            rows: list[tuple[Product, int]] = []
            if paper is not None:
                rows += work.products.lacking_for(paper, at, limit, cursor.after)
            if which in (ALL, UNSELLABLE) and not cursor.sellable:
                rows += work.products.unsellable(at, limit, cursor.after)
                if len(rows) < limit:
                    cursor = MissingDataCursor(sellable=True)
            if paper is None and which != UNSELLABLE and len(rows) < limit and (cursor.sellable or which != ALL):
                rest = limit - len(rows)
                rows += work.products.lacking(needs[which], at, rest, cursor.after, sellable=which == ALL)
        page = tuple(_incomplete_product(product, on_hand, needs) for product, on_hand in rows)
        if len(page) < limit:
            return IncompleteProductPage(page, None)
        last = page[-1].product
        return IncompleteProductPage(page, MissingDataCursor(last.id, which == ALL and not last.missing))

    def count(self, person: Person, after: int = 0, products: int = _SLICE) -> MissingDataCounts:
        """Count the next `products` of the catalogue: few enough to delay no scan."""
        needs = self.needs_by_list()
        with authorized_read(self.store, person, "catalogue") as work:
            return _counts(work.products.count_incomplete(needs, self.now(), products, after))

    def show(self, code: str, person: Person) -> IncompleteProductRow:
        """The product of a code, complete or not. Raises UnknownCode, BadCheckDigit."""
        canonical = read_code(code).canonical
        needs = self.needs_by_list()
        with authorized_read(self.store, person, "catalogue") as work:
            product = work.products.by_code(canonical, self.now())
            if product is None:
                raise UnknownCode(canonical)
            return _incomplete_product(product, work.stock.on_hand(product.id), needs)

    def of(self, product: Product) -> IncompleteProductRow:
        """Missing fields of a product just read or completed."""
        with self.store.reading() as work:
            on_hand = work.stock.on_hand(product.id)
        return _incomplete_product(product, on_hand, self.needs_by_list())

    def needs(self) -> Needs:
        """The needs of all regimes in use together."""
        return self.needs_by_list()[ALL]

    def needs_by_list(self, which: str = ALL) -> Mapping[str, Needs]:
        """The needs by list: of each regime in use and of `which`, and of those in use together."""
        used = {regime.id: needs_on(regime, self.now().astimezone(regime.zone).date()) for regime in self.in_use()}
        needs = {ALL: together(used.values()), **used}
        if which not in needs and which != UNSELLABLE:
            other = self.regimes().get(which)
            if other is None:
                raise UnknownRegime(which)
            needs[which] = needs_on(other, self.now().astimezone(other.zone).date())
        return needs


def lacks(product: Product, needs: Needs) -> tuple[str, ...]:
    """Everything that a product misses: to be sold, and of what customs wants to know."""
    return (*product.missing, *_lacking(product, needs))


def _incomplete_product(product: Product, on_hand: int, needs: Mapping[str, Needs]) -> IncompleteProductRow:
    by_list = {name: _lacking(product, fields) for name, fields in needs.items()}
    lists = {**by_list, ALL: lacks(product, needs[ALL]), UNSELLABLE: product.missing}
    lists |= {paper.value: lacking_fields(paper, product) for paper in Paper}
    return IncompleteProductRow(product, on_hand, lists)


def _lacking(product: Product, needs: Needs) -> tuple[str, ...]:
    fields = needed_of(product.category or "", needs)
    return tuple(name for name in fields if getattr(product.attributes, name) is None)


def _counts(stored: StoredMissingData) -> MissingDataCounts:
    """ALL counts a product once that cannot be sold and also lacks an attribute."""
    lists = dict(stored.lacking)
    every = stored.unsellable.products + lists[ALL].products - stored.both[ALL]
    lists[ALL] = MissingData(every, {**stored.unsellable.fields, **lists[ALL].fields})
    papers = {paper.value: missing for paper, missing in stored.papers.items()}
    return MissingDataCounts(stored.products, {**lists, UNSELLABLE: stored.unsellable, **papers}, stored.last)


def _one(fields: tuple[str, ...]) -> MissingData:
    return MissingData(1 if fields else 0, dict.fromkeys(fields, 1))


_NOTHING = _one(())


def _sum(left: MissingData, right: MissingData, *, less: MissingData = _NOTHING) -> MissingData:
    names = dict.fromkeys((*left.fields, *right.fields))
    fields = {name: left.fields.get(name, 0) + right.fields.get(name, 0) - less.fields.get(name, 0) for name in names}
    return MissingData(left.products + right.products - less.products, fields)
