"""Quick keys: the buttons of the checkout, in pages and folders, as plain values that are never changed in place."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from pos.domain.errors import BadField, MovedMeanwhile

COLOURS = ("red", "orange", "yellow", "green", "blue", "purple")
"""The palette of the keys; the theme has a ground for each, in light and in dark. An empty colour is the plain key."""
LONGEST_TITLE = 40
MOST_PAGES = 12
MOST_KEYS = 60
"""Of a page, and of a folder."""

Place = tuple[int, ...]
"""Where a key is on its page: (3,) on the page itself, (3, 0) in the folder that is there."""


@dataclass(frozen=True, slots=True)
class QuickKey:
    """A key of a product, or a folder of keys where `product` is None.

    The title of a product's key is empty where it is called as the product is, in each language.
    """

    product: int | None = None
    title: str = ""
    colour: str = ""
    keys: tuple[QuickKey, ...] = ()

    @property
    def is_folder(self) -> bool:
        return self.product is None


@dataclass(frozen=True, slots=True)
class QuickPage:
    """Keys under a title. `roles` are those that see the page; none means all roles.

    `id` is the page's number in the store; a page that was never saved has a number below 1 of its own.
    """

    id: int
    title: str
    roles: tuple[str, ...] = ()
    keys: tuple[QuickKey, ...] = ()

    def is_for(self, role: str) -> bool:
        return not self.roles or role in self.roles

    def key(self, place: Place) -> QuickKey | None:
        """The key at a place; None where there is none."""
        keys: Sequence[QuickKey] = self.keys
        found = None
        for index in place:
            if not 0 <= index < len(keys):
                return None
            found = keys[index]
            keys = found.keys
        return found

    def inside(self, folder: int | None) -> tuple[QuickKey, ...]:
        """The keys of a folder; those of the page itself for None."""
        return self.keys if folder is None else self.keys[folder].keys

    def place_of(self, product: int, folder: int | None = None) -> Place | None:
        """Where a product has a key, on the page itself or in a folder."""
        keys = enumerate(self.inside(folder))
        return next((_place(folder, index) for index, one in keys if one.product == product), None)

    def with_keys(self, keys: Sequence[QuickKey], folder: int | None = None) -> QuickPage:
        """The page with other keys, in a folder or on itself."""
        if folder is None:
            return replace(self, keys=tuple(keys))
        held = replace(self.keys[folder], keys=tuple(keys))
        return replace(self, keys=(*self.keys[:folder], held, *self.keys[folder + 1 :]))

    def adding(self, key: QuickKey, folder: int | None = None) -> QuickPage:
        """The page with one more key at the end."""
        return self.with_keys((*self.inside(folder), key), folder)

    def changing(self, place: Place, change: Callable[[QuickKey], QuickKey]) -> QuickPage:
        """The page with another key at a place."""
        folder, index = _parted(place)
        keys = self.inside(folder)
        return self.with_keys((*keys[:index], change(keys[index]), *keys[index + 1 :]), folder)

    def without(self, place: Place) -> QuickPage:
        """The page without the key at a place; a folder goes with its keys."""
        folder, index = _parted(place)
        keys = self.inside(folder)
        return self.with_keys((*keys[:index], *keys[index + 1 :]), folder)

    def moving(self, place: Place, to: int) -> QuickPage:
        """The page with a key moved to another index of the same row of keys."""
        folder, index = _parted(place)
        keys = list(self.inside(folder))
        keys.insert(min(max(to, 0), len(keys) - 1), keys.pop(index))
        return self.with_keys(keys, folder)

    def putting(self, place: Place, folder: int | None) -> tuple[QuickPage, Place]:
        """The page with a product's key moved to the end of a folder, or of the page itself; and where it is then."""
        key = self.key(place)
        assert key is not None
        assert not key.is_folder, "a folder holds no folder"
        rest = self.without(place)
        if folder is not None and len(place) == 1 and place[0] < folder:
            folder -= 1  # it stood before its folder
        page = rest.adding(key, folder)
        return page, _place(folder, len(page.inside(folder)) - 1)

    def products(self) -> Iterator[int]:
        """The product of every key, in order."""
        for key in self.keys:
            for one in (key, *key.keys):
                if one.product is not None:
                    yield one.product


@dataclass(frozen=True, slots=True)
class QuickKeys:
    """All pages, in order."""

    pages: tuple[QuickPage, ...] = ()

    def products(self) -> tuple[int, ...]:
        """The products of all keys, each once."""
        return tuple(dict.fromkeys(product for page in self.pages for product in page.products()))

    def new_id(self) -> int:
        """A number for a page that is not saved yet."""
        return min((0, *(page.id for page in self.pages))) - 1

    def changing(self, page_id: int, change: Callable[[QuickPage], QuickPage]) -> QuickKeys:
        return QuickKeys(tuple(change(page) if page.id == page_id else page for page in self.pages))

    def without(self, page_id: int) -> QuickKeys:
        return QuickKeys(tuple(page for page in self.pages if page.id != page_id))

    def moving(self, page_id: int, steps: int) -> QuickKeys:
        """With a page so many places further on, or back."""
        pages = list(self.pages)
        index = next(index for index, page in enumerate(pages) if page.id == page_id)
        pages.insert(min(max(index + steps, 0), len(pages) - 1), pages.pop(index))
        return QuickKeys(tuple(pages))

    def check(self, roles: Collection[str]) -> None:
        """Raises BadField that names page and key (`pages[0].keys[2].title`). `roles` are those that there are."""
        if len(self.pages) > MOST_PAGES:
            raise BadField("pages", "too_large", str(len(self.pages)))
        for index, page in enumerate(self.pages):
            _check_page(page, f"pages[{index}]", roles)


def merged(stored: QuickKeys, seen: QuickKeys, mine: QuickKeys) -> QuickKeys:
    """What `mine`, made from `seen`, makes of what is `stored` by now: pages that another one changed are kept.

    Raises MovedMeanwhile where both have changed one page, or the order or the number of the pages.
    """
    now, was, wanted = ({page.id: page for page in one.pages} for one in (stored, seen, mine))
    is_ordered_here, is_ordered_there = list(wanted) != list(was), list(now) != list(was)
    if is_ordered_here and is_ordered_there and list(now) != list(wanted):
        raise MovedMeanwhile
    kept: dict[int, QuickPage | None] = {}
    for page_id in {**now, **was, **wanted}:
        theirs, before, ours = now.get(page_id), was.get(page_id), wanted.get(page_id)
        if ours != before and theirs not in (before, ours):
            raise MovedMeanwhile
        kept[page_id] = theirs if ours == before else ours
    order = wanted if is_ordered_here else now
    return QuickKeys(tuple(page for page_id in order if (page := kept[page_id]) is not None))


def beside(stored: QuickKeys, seen: QuickKeys, mine: QuickKeys) -> tuple[QuickKeys, tuple[str, ...]]:
    """What is `stored` by now, with what `mine` makes of those `seen`: a page that both have changed stands twice.

    Returns the titles of the pages that stand beside that of another one.
    """
    was, now = ({page.id: page for page in one.pages} for one in (seen, stored))
    removed = {page_id for page_id in was if page_id not in {page.id for page in mine.pages}}
    both = QuickKeys(tuple(page for page in stored.pages if page.id not in removed or page != was.get(page.id)))
    titles = []
    for page in mine.pages:
        before, theirs = was.get(page.id), now.get(page.id)
        if page in (before, theirs):
            continue
        if before is not None and theirs == before:
            both = both.changing(page.id, lambda _page, mine=page: mine)  # type: ignore[misc]  # a default is no argument
            continue
        if before is not None:
            page = replace(page, title=f"{page.title[: LONGEST_TITLE - 2]} 2")
            titles.append(page.title)
        both = QuickKeys((*both.pages, replace(page, id=both.new_id())))
    return both, tuple(titles)


def _place(folder: int | None, index: int) -> Place:
    return (index,) if folder is None else (folder, index)


def _parted(place: Place) -> tuple[int | None, int]:
    return (None, place[0]) if len(place) == 1 else (place[0], place[1])


def _check_page(page: QuickPage, field: str, roles: Collection[str]) -> None:
    check_title(page.title, f"{field}.title", is_needed=True)
    for role in page.roles:
        if role not in roles:
            raise BadField(f"{field}.roles", "unknown", role[:40])
    _check_keys(page.keys, field)


def _check_keys(keys: Sequence[QuickKey], field: str) -> None:
    if len(keys) > MOST_KEYS:
        raise BadField(f"{field}.keys", "too_large", str(len(keys)))
    for index, key in enumerate(keys):
        name = f"{field}.keys[{index}]"
        check_title(key.title, f"{name}.{'folder' if key.is_folder else 'title'}", is_needed=key.is_folder)
        if key.colour and key.colour not in COLOURS:
            raise BadField(f"{name}.colour", "unknown", key.colour[:40])
        if key.is_folder:
            if any(one.is_folder for one in key.keys):
                raise BadField(f"{name}.keys", "too_deep")
            _check_keys(key.keys, name)


def check_title(title: str, field: str, *, is_needed: bool) -> None:
    """Raises BadField for a title that is missing, too long or not one line."""
    if is_needed and not title.strip():
        raise BadField(field, "missing")
    if len(title) > LONGEST_TITLE:
        raise BadField(field, "too_long", title[:LONGEST_TITLE])
    if not title.isprintable():
        raise BadField(field, "not_a_text", "".join(char if char.isprintable() else "?" for char in title))
