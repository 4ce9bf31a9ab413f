"""The quick keys as they are being edited: what is on show and chosen, and every step back."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace

from pos.application.catalogue.quick_keys import EditedQuickKeys, page_of
from pos.domain.catalogue.product import Product
from pos.domain.catalogue.quick_keys import (
    MOST_KEYS,
    MOST_PAGES,
    Place,
    QuickKey,
    QuickKeys,
    QuickPage,
    beside,
    merged,
)
from pos.domain.errors import BadField, MovedMeanwhile

_MOST_STEPS = 200


@dataclass(frozen=True, slots=True)
class _View:
    """What is edited, and where: the page, the open folder and the chosen key of the row of keys on show."""

    keys: QuickKeys
    page_id: int = 0
    folder: int | None = None
    index: int | None = None


class KeysDraft:
    """Nothing is saved here. Each step can be undone; the letters of one title are one step."""

    def __init__(self) -> None:
        self._view = _View(QuickKeys())
        self._seen = QuickKeys()
        self._steps: list[_View] = []
        self._typed: object = None
        """The title that the last step changed; the next letter typed there belongs to the same step."""
        self.products: dict[int, Product] = {}
        self.language = "en"

    # ── what there is ────────────────────────────────────────────────────────────────────────────────────────

    @property
    def keys(self) -> QuickKeys:
        return self._view.keys

    @property
    def seen(self) -> QuickKeys:
        """What is in the store, as last read."""
        return self._seen

    @property
    def is_changed(self) -> bool:
        return self.keys != self._seen

    @property
    def can_undo(self) -> bool:
        return bool(self._steps)

    @property
    def page(self) -> QuickPage | None:
        """The page on show."""
        pages = self.keys.pages
        return next((page for page in pages if page.id == self._view.page_id), pages[0] if pages else None)

    @property
    def folder(self) -> int | None:
        """The open folder of the page."""
        page, folder = self.page, self._view.folder
        if page is None or folder is None or folder >= len(page.keys) or not page.keys[folder].is_folder:
            return None
        return folder

    @property
    def shown(self) -> Sequence[QuickKey]:
        """The keys on show."""
        return () if self.page is None else self.page.inside(self.folder)

    @property
    def index(self) -> int | None:
        """The chosen one of them."""
        index = self._view.index
        return index if index is not None and index < len(self.shown) else None

    @property
    def key(self) -> QuickKey | None:
        """The chosen key."""
        return None if self.index is None else self.shown[self.index]

    def title_of(self, key: QuickKey, language: str) -> str:
        """What stands on a key."""
        product = None if key.product is None else self.products.get(key.product)
        return key.title or ("" if product is None else product.name_in(language))

    # ── where one looks ──────────────────────────────────────────────────────────────────────────────────────

    def turn_to(self, page_id: int) -> None:
        self._look(page_id=page_id, folder=None, index=None)

    def turn(self, steps: int) -> None:
        """Show the page so many places on."""
        pages, page = self.keys.pages, self.page
        if page is not None:
            self.turn_to(pages[(pages.index(page) + steps) % len(pages)].id)

    def open(self, folder: int | None) -> None:
        """Open a folder, or leave it: then it is the chosen key."""
        self._look(folder=folder, index=None if folder is not None else self._view.folder)

    def choose(self, index: int | None) -> None:
        self._look(index=index)

    def _look(self, **where: int | None) -> None:
        self._view, self._typed = replace(self._view, **where), None  # type: ignore[arg-type]  # fields of _View by name

    # ── steps ────────────────────────────────────────────────────────────────────────────────────────────────

    def add(self, product: Product) -> bool:
        """A key for a product at the end of what is on show; False where it has one there, which is chosen then."""
        self.products[product.id] = product
        page = self.page
        if page is None:
            self.add_page("1")
            page = self.page
        assert page is not None, "there is one now"
        there = page.place_of(product.id, self.folder)
        if there is not None:
            self.choose(there[-1])
            return False
        self._check_room()
        self._on_page(lambda one: one.adding(QuickKey(product.id), self.folder), index=len(self.shown))
        return True

    def add_folder(self, title: str) -> None:
        """A new folder at the end of the page."""
        self._look(folder=None)
        self._check_room()
        self._on_page(lambda one: one.adding(QuickKey(None, title)), index=len(self.shown))

    def add_page(self, title: str, page: QuickPage | None = None) -> None:
        """A new page behind the others, which is on show then."""
        if len(self.keys.pages) >= MOST_PAGES:
            raise BadField("pages", "too_large", str(MOST_PAGES))
        new = replace(page or QuickPage(0, title), id=self.keys.new_id())
        self._step(keys=QuickKeys((*self.keys.pages, new)), page_id=new.id, folder=None, index=None)

    def add_most_sold(self, products: Sequence[Product], title: str) -> None:
        """A page of goods."""
        self.products |= {product.id: product for product in products}
        self.add_page(title, page_of(products, title, 0))

    def copy_page(self, title: str) -> None:
        if self.page is not None:
            self.add_page(title, replace(self.page, title=title))

    def remove_page(self) -> None:
        page, pages = self.page, self.keys.pages
        if page is not None:
            at = pages.index(page)
            rest = self.keys.without(page.id)
            then = rest.pages[min(at, len(rest.pages) - 1)].id if rest.pages else 0
            self._step(keys=rest, page_id=then, folder=None, index=None)

    def move_page(self, steps: int) -> None:
        page = self.page
        if page is not None and (moved := self.keys.moving(page.id, steps)) != self.keys:
            self._step(keys=moved, page_id=page.id)

    def name_page(self, title: str) -> None:
        if self.page is not None:
            self._on_page(lambda one: replace(one, title=title), typed=("page", self.page.id))

    def give_roles(self, roles: tuple[str, ...]) -> None:
        self._on_page(lambda one: replace(one, roles=roles))

    def remove(self) -> None:
        """Remove the chosen key; the next one is chosen then."""
        index = self.index
        if index is not None:
            left = len(self.shown) - 1
            self._on_page(lambda one: one.without(self._place(index)), index=min(index, left - 1) if left else None)

    def move(self, index: int, to: int) -> None:
        """Move a key to another index of what is on show."""
        to = min(max(to, 0), len(self.shown) - 1)
        if to != index:
            self._on_page(lambda one: one.moving(self._place(index), to), index=to)

    def put(self, index: int, folder: int | None) -> None:
        """Put a product's key into a folder of the page, or out of it."""
        page, key = self.page, self.shown[index]
        if page is None or key.is_folder or folder == self.folder:
            return
        assert key.product is not None, "it is no folder"
        if page.place_of(key.product, folder) is not None:
            raise BadField("code", "duplicate", self.title_of(key, self.language))
        if len(page.inside(folder)) >= MOST_KEYS:
            raise BadField("keys", "too_large", str(MOST_KEYS))
        put, _ = page.putting(self._place(index), folder)
        open_folder = self.folder
        left = len(put.inside(open_folder))
        self._step(
            keys=self.keys.changing(page.id, lambda _one: put),
            folder=open_folder,
            index=min(index, left - 1) if left else None,
        )

    def name_key(self, title: str) -> None:
        if self.index is not None:
            place = self._place(self.index)
            self._on_page(
                lambda one: one.changing(place, lambda key: replace(key, title=title)),
                typed=("key", self._view.page_id, place),
            )

    def colour_key(self, colour: str) -> None:
        if self.index is not None and self.key is not None and self.key.colour != colour:
            place = self._place(self.index)
            self._on_page(lambda one: one.changing(place, lambda key: replace(key, colour=colour)))

    def replace_all(self, read: EditedQuickKeys) -> None:
        """Other pages in place of all, as those of a file."""
        self.products |= read.products
        self._step(keys=read.keys, page_id=0, folder=None, index=None)

    def undo(self) -> bool:
        """Take the last step back; False where there is none."""
        if not self._steps:
            return False
        self._view, self._typed = self._steps.pop(), None
        return True

    # ── the store ────────────────────────────────────────────────────────────────────────────────────────────

    def take(self, edited: EditedQuickKeys) -> None:
        """What is in the store, where nothing is changed here."""
        self.products |= edited.products
        self._seen = edited.keys
        self._steps.clear()
        self._view = replace(self._view, keys=edited.keys)

    def drop(self) -> None:
        """Drop every change."""
        self._steps.clear()
        self._view = replace(self._view, keys=self._seen, folder=None, index=None)

    def saved(self, sent: QuickKeys, edited: EditedQuickKeys) -> None:
        """What was `sent` is saved; what was changed since is not."""
        given = _numbers_given(sent, edited.keys)
        was, mine = _renumbered(sent, given), _renumbered(self.keys, given)
        self.products |= edited.products
        self._seen = edited.keys
        self._steps.clear()
        keys = mine
        with suppress(MovedMeanwhile):
            keys = merged(edited.keys, was, mine)
        self._view = replace(self._view, keys=keys, page_id=given.get(self._view.page_id, self._view.page_id))

    def meet(self, edited: EditedQuickKeys) -> tuple[str, ...]:
        """Another person has changed the same pages: show theirs beside one's own. Returns the titles of one's own."""
        keys, titles = beside(edited.keys, self._seen, self.keys)
        self.products |= edited.products
        self._seen = edited.keys
        self._steps.clear()
        mine = next((page.id for page in keys.pages if titles and page.title == titles[0]), self._view.page_id)
        self._view = _View(keys, mine)
        return titles

    # ── by hand ──────────────────────────────────────────────────────────────────────────────────────────────

    def _place(self, index: int) -> Place:
        return (index,) if self.folder is None else (self.folder, index)

    def _check_room(self) -> None:
        if len(self.shown) >= MOST_KEYS:
            raise BadField("keys", "too_large", str(MOST_KEYS))

    def _on_page(
        self, change: Callable[[QuickPage], QuickPage], *, typed: object = None, index: int | str | None = "same"
    ) -> None:
        page = self.page
        if page is None:
            return
        keys = self.keys.changing(page.id, change)
        where = {} if index == "same" else {"index": index}
        self._step(typed=typed, keys=keys, page_id=page.id, folder=self.folder, **where)

    def _step(self, *, typed: object = None, **view: object) -> None:
        if typed is None or typed != self._typed:
            self._steps.append(self._view)
            del self._steps[:-_MOST_STEPS]
        self._typed = typed
        self._view = replace(self._view, **view)  # type: ignore[arg-type]  # fields of _View by name


def _numbers_given(sent: QuickKeys, stored: QuickKeys) -> Mapping[int, int]:
    """The number in the store of each page that was sent as a new one."""
    known = {page.id for page in sent.pages}
    free = [page for page in stored.pages if page.id not in known]
    given: dict[int, int] = {}
    for page in sent.pages:
        made = next((one for one in free if page.id < 1 and replace(one, id=page.id) == page), None)
        if made is not None:
            free.remove(made)
            given[page.id] = made.id
    return given


def _renumbered(keys: QuickKeys, given: Mapping[int, int]) -> QuickKeys:
    return QuickKeys(tuple(replace(page, id=given.get(page.id, page.id)) for page in keys.pages))
