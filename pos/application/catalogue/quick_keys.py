"""Quick keys: shown at the till by role, edited with the permission `catalogue`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from pos.application.access.authorize import authorized_read, authorized_write
from pos.application.access.journal_export import JournalExport
from pos.application.access.known_product import known_product
from pos.application.catalogue.quick_keys_file import quick_keys_json, read_quick_keys
from pos.application.reports.report_period import report_period
from pos.application.settings.context import UseCase
from pos.domain.catalogue.quick_keys import MOST_KEYS, QuickKey, QuickKeys, QuickPage, merged
from pos.domain.staff.rights import ROLES

if TYPE_CHECKING:
    from pos.application.ports.store import UnitOfWork
    from pos.domain.catalogue.product import Product
    from pos.domain.staff.staff import Person

RIGHT = "catalogue"
"""The permission to edit the quick keys."""
MOST_SOLD = 20
"""Keys on the page of the goods that sold most."""
_WEEKS = 4


@dataclass(frozen=True, slots=True)
class ShownKey:
    """A key of the till: a product as it is by now, or a folder (`product` is None) with its keys."""

    title: str
    colour: str = ""
    product: Product | None = None
    keys: tuple[ShownKey, ...] = ()

    def title_in(self, language: str) -> str:
        """What stands on it: its own title, else the product's name in a language."""
        if self.title or self.product is None:
            return self.title
        return self.product.name_in(language)

    def with_folded(self) -> Iterator[ShownKey]:
        """Itself and the keys of its folder."""
        yield self
        yield from self.keys


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of the till."""

    title: str
    keys: tuple[ShownKey, ...]

    def products(self) -> Iterator[Product]:
        for key in self.keys:
            for one in key.with_folded():
                if one.product is not None:
                    yield one.product


class ShowQuickKeys(UseCase):
    """The quick keys for a person at the till."""

    def __call__(self, person: Person) -> Sequence[ShownPage]:
        """The pages of the person's role, with goods as they are by now: without keys of goods that are gone, empty
        folders and empty pages.
        """
        at = self.now()
        with self.store.reading() as work:
            keys = QuickKeys(tuple(page for page in work.quick_keys.all().pages if page.is_for(person.role)))
            products = work.products.by_ids(keys.products(), at)
        pages = (ShownPage(page.title, tuple(_shown(page.keys, products))) for page in keys.pages)
        return [page for page in pages if page.keys]


def _shown(keys: Sequence[QuickKey], products: Mapping[int, Product]) -> Iterator[ShownKey]:
    for key in keys:
        product = None if key.product is None else products.get(key.product)
        inside = tuple(_shown(key.keys, products))
        if product is not None or inside:
            yield ShownKey(key.title, key.colour, product, inside)


@dataclass(frozen=True, slots=True)
class EditedQuickKeys:
    """All quick keys, and the products that they name."""

    keys: QuickKeys
    products: Mapping[int, Product]


class EditQuickKeys(UseCase):
    """Edits the quick keys. Each step needs the permission `catalogue`; what is saved is written into the journal."""

    def all(self, person: Person) -> EditedQuickKeys:
        """Every page, of every role."""
        with authorized_read(self.store, person, RIGHT) as work:
            return self._edited(work, work.quick_keys.all())

    def save(self, keys: QuickKeys, seen: QuickKeys, person: Person) -> EditedQuickKeys:
        """Save `keys`, which were made of those `seen`; pages that another one has changed since are kept.

        Raises BadField, UnknownCode, NotAllowed, and MovedMeanwhile where another one has changed the same page.
        """
        keys.check(ROLES)
        with authorized_write(self.store, person, RIGHT) as (work, person):
            work.quick_keys.lock()
            before = work.quick_keys.all()
            saved = self._save(work, before, merged(before, seen, keys), person)
            edited = self._edited(work, saved)
            work.commit()
        return edited

    def most_sold(self, person: Person) -> Sequence[Product]:
        """The goods of which most pieces were sold in the last four weeks, most first, without those that cannot be
        sold by now.
        """
        at = self.now()
        today = at.astimezone(self.settings().zone).date()
        days = report_period(at, self.settings(), today - timedelta(weeks=_WEEKS), today)
        with authorized_read(self.store, person, RIGHT) as work:
            ids = work.reports.most_sold(days, 2 * MOST_SOLD)
            products = work.products.by_ids(ids, at)
        sold = (products[product_id] for product_id in ids if product_id in products)
        return [product for product in sold if not product.missing][:MOST_SOLD]

    def export(self, person: Person) -> str:
        """The text of a file of all quick keys; logged in the journal."""
        JournalExport(self.store, self.now, self.till)(person, RIGHT, "quick_keys")
        with authorized_read(self.store, person, RIGHT) as work:
            edited = self._edited(work, work.quick_keys.all())
        return quick_keys_json(edited.keys, edited.products)

    def read(self, text: str, person: Person) -> EditedQuickKeys:
        """The quick keys of a file; nothing is written. Raises BadField that names page and key, NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            keys = read_quick_keys(text, work.products.codes_known)
            return self._edited(work, keys)

    def replace(self, text: str, person: Person) -> EditedQuickKeys:
        """Put the quick keys of a file in place of all there are. Raises as `read`."""
        keys = self.read(text, person).keys
        with authorized_write(self.store, person, RIGHT) as (work, person):
            work.quick_keys.lock()
            before = work.quick_keys.all()
            same = {(page.title, page.roles, page.keys): page.id for page in before.pages}
            ids = [same.pop((page.title, page.roles, page.keys), page.id) for page in keys.pages]
            pages = (QuickPage(number, one.title, one.roles, one.keys) for number, one in zip(ids, keys.pages))
            edited = self._edited(work, self._save(work, before, QuickKeys(tuple(pages)), person))
            work.commit()
        return edited

    def _save(self, work: UnitOfWork, before: QuickKeys, after: QuickKeys, person: Person) -> QuickKeys:
        after.check(ROLES)  # two may have added more pages than there may be
        at = self.now()
        if after == before:
            return before
        for product_id in set(after.products()) - set(before.products()):
            known_product(work, product_id, at)
        saved = work.quick_keys.put(after)
        work.journal.write(at, self.till, person.name, "set_quick_keys", _changes(before, saved))
        return saved

    def _edited(self, work: UnitOfWork, keys: QuickKeys) -> EditedQuickKeys:
        return EditedQuickKeys(keys, work.products.by_ids(keys.products(), self.now()))


def _changes(before: QuickKeys, after: QuickKeys) -> dict[str, object]:
    """The titles of the pages that were added, changed or removed, for the journal."""
    was, now = ({page.id: page for page in one.pages} for one in (before, after))
    details = {
        "pages": [page.title for page in after.pages],
        "changed": [page.title for page in after.pages if was.get(page.id) != page],
        "removed": [page.title for page in before.pages if page.id not in now],
    }
    return {name: titles for name, titles in details.items() if titles}


def page_of(products: Sequence[Product], title: str, page_id: int) -> QuickPage:
    """A page with a key for each of the products."""
    return QuickPage(page_id, title, (), tuple(QuickKey(product.id) for product in products[:MOST_KEYS]))
