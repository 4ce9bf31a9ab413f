"""The catalogue as a list, newest first, or those of given products that a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, bindparam, func, or_, select, true

from db.catalogue.missing_data import lacks_any
from db.catalogue.price_in_force import UNPRICED as _UNPRICED
from db.catalogue.price_in_force import UNSELLABLE
from db.catalogue.products import SqlProducts
from db.tables.catalogue import product
from db.tables.stock import stock
from pos.application.ports.catalogue_ports import EVERYTHING, LACKING, LOW, UNPRICED, CatalogueFilter, Listed

_OWNED = func.coalesce(stock.c.owned, 0)
_BATCH = 500
_IDS = select(product.c.id).select_from(product.outerjoin(stock, stock.c.product_id == product.c.id))
_PIECES = select(stock.c.product_id, stock.c.on_hand, stock.c.owned).where(
    stock.c.product_id.in_(bindparam("ids", expanding=True))
)


class SqlCatalogueList:
    """Lists of goods over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, filters: CatalogueFilter, at: datetime, limit: int, before: int | None) -> Sequence[Listed]:
        older = true() if before is None else product.c.id < before
        question = _IDS.where(older, _matches(filters)).order_by(_newest(filters)).limit(limit)
        return self.among(self._connection.execute(question, {"at": at}).scalars().all(), at)

    def ids(self, filters: CatalogueFilter, at: datetime, limit: int) -> Sequence[int]:
        question = _IDS.where(_matches(filters)).order_by(_newest(filters)).limit(limit)
        return self._connection.execute(question, {"at": at}).scalars().all()

    def sift(self, ids: Sequence[int], filters: CatalogueFilter, at: datetime) -> Sequence[int]:
        let_through: set[int] = set()
        question = _IDS.where(product.c.id.in_(bindparam("ids", expanding=True)), _matches(filters))
        for start in range(0, len(ids), _BATCH):
            batch = {"ids": list(ids[start : start + _BATCH]), "at": at}
            let_through.update(self._connection.execute(question, batch).scalars())
        return [product_id for product_id in ids if product_id in let_through]

    def among(self, ids: Sequence[int], at: datetime) -> Sequence[Listed]:
        if not ids:
            return ()
        products = SqlProducts(self._connection).by_ids(ids, at)
        rows = self._connection.execute(_PIECES, {"ids": list(ids)})
        pieces = {row.product_id: (row.on_hand, row.owned) for row in rows}
        return [Listed(products[one], *pieces.get(one, (0, 0))) for one in ids if one in products]


def _newest(criteria: CatalogueFilter) -> ColumnElement[Any]:
    """Few goods have a reorder point, and an index holds them: without the sum the table would be read backwards."""
    return (product.c.id + 0).desc() if criteria.shown == LOW else product.c.id.desc()


def _matches(criteria: CatalogueFilter) -> ColumnElement[bool]:
    return and_(in_scope(criteria.scope), _shown(criteria))


def in_scope(scope: str) -> ColumnElement[bool]:
    """Products of a category or a branch, `*` for any.

    Of a branch the leaves lie side by side in the index of categories.
    """
    if scope == "*":
        return true()
    below = and_(product.c.category > f"{scope}.", product.c.category < f"{scope}/")
    return or_(product.c.category == scope, below)


def _shown(criteria: CatalogueFilter) -> ColumnElement[bool]:
    if criteria.shown == LACKING:
        return or_(UNSELLABLE, lacks_any(criteria.needs or {}))
    if criteria.shown == LOW:
        return and_(product.c.reorder_point.is_not(None), product.c.reorder_point >= _OWNED)
    if criteria.shown == UNPRICED:
        return _UNPRICED
    assert criteria.shown == EVERYTHING, criteria.shown
    return true()
