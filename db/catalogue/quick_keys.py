"""Reads and writes the quick keys; of a changed page all keys are written again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, delete, insert, select, text, update

from db.engine.compiled_statement import CompiledStatement
from db.engine.dialect import is_sqlite
from db.tables.catalogue import quick_key, quick_page
from pos.domain.catalogue.quick_keys import QuickKey, QuickKeys, QuickPage

_PAGES = CompiledStatement(select(quick_page).order_by(quick_page.c.position, quick_page.c.id))
_KEYS = CompiledStatement(select(quick_key).order_by(quick_key.c.page_id, quick_key.c.place, quick_key.c.inside))
_ADD_PAGE = insert(quick_page).returning(quick_page.c.id)
_SET_PAGE = update(quick_page).where(quick_page.c.id == bindparam("page"))
_DROP_KEYS = delete(quick_key).where(quick_key.c.page_id == bindparam("page"))
_DROP_PAGE = delete(quick_page).where(quick_page.c.id == bindparam("page"))
_LOCK = text("LOCK TABLE quick_page IN SHARE ROW EXCLUSIVE MODE")


class SqlQuickKeys:
    """Quick keys over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> QuickKeys:
        of_page: defaultdict[int, dict[int, QuickKey]] = defaultdict(dict)
        held: defaultdict[tuple[int, int], list[QuickKey]] = defaultdict(list)
        for row in _KEYS.rows(self._connection, {}):
            if row.inside:
                held[row.page_id, row.place].append(QuickKey(row.product_id, row.title, row.colour))
            else:
                of_page[row.page_id][row.place] = QuickKey(row.product_id, row.title, row.colour)
        pages = []
        for row in _PAGES.rows(self._connection, {}):
            keys = (
                QuickKey(key.product, key.title, key.colour, tuple(held[row.id, place]))
                for place, key in of_page[row.id].items()
            )
            pages.append(QuickPage(row.id, row.title, tuple(filter(None, row.roles.split(","))), tuple(keys)))
        return QuickKeys(tuple(pages))

    def lock(self) -> None:
        if not is_sqlite(self._connection):  # SQLite has one writer anyway
            self._connection.execute(_LOCK)

    def put(self, keys: QuickKeys) -> QuickKeys:
        stored = {page.id: (position, page) for position, page in enumerate(self.all().pages)}
        for page_id in stored.keys() - {page.id for page in keys.pages}:
            self._connection.execute(_DROP_KEYS, {"page": page_id})
            self._connection.execute(_DROP_PAGE, {"page": page_id})
        pages = []
        for position, page in enumerate(keys.pages):
            if stored.get(page.id) != (position, page):
                page = self._put_page(position, page, is_new=page.id not in stored)
            pages.append(page)
        return QuickKeys(tuple(pages))

    def _put_page(self, position: int, page: QuickPage, *, is_new: bool) -> QuickPage:
        values = {"position": position, "title": page.title, "roles": ",".join(page.roles)}
        page_id = page.id
        if is_new:
            page_id = self._connection.execute(_ADD_PAGE, values).scalar_one()
        else:
            self._connection.execute(_SET_PAGE.values(values), {"page": page_id})
            self._connection.execute(_DROP_KEYS, {"page": page_id})
        rows = list(_rows(page_id, page))
        if rows:
            self._connection.execute(insert(quick_key), rows)
        return QuickPage(page_id, page.title, page.roles, page.keys)


def _rows(page_id: int, page: QuickPage) -> Iterator[dict[str, Any]]:
    for place, key in enumerate(page.keys):
        for inside, one in enumerate((key, *key.keys)):
            yield {
                "page_id": page_id,
                "place": place,
                "inside": inside,
                "product_id": one.product,
                "title": one.title,
                "colour": one.colour,
            }
