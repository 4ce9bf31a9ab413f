"""The catalogue as a list, newest first, or those of given products that a list shows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, or_, select, true

from db.queries.gaps import lacks_any
from db.queries.price_in_force import UNPRICED as _UNPRICED
from db.queries.price_in_force import UNSELLABLE
from db.repositories.products import SqlProducts
from db.tables.catalogue import product
from db.tables.stock import stock
from pos.application.browse_ports import EVERYTHING, LACKING, LOW, UNPRICED, Listed, Wanted

_OWNED = func.coalesce(stock.c.owned, 0)


class SqlCatalogueList:
    """Lists of goods over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(self, wanted: Wanted, at: datetime, limit: int, before: int | None) -> Sequence[Listed]:
        """See CatalogueList.page."""
        older = true() if before is None else product.c.id < before
        return self._listed(and_(older, _wanted(wanted)), at, limit)

    def among(self, ids: Sequence[int], wanted: Wanted, at: datetime) -> Sequence[Listed]:
        """See CatalogueList.among."""
        if not ids:
            return ()
        found = self._listed(and_(product.c.id.in_(ids), _wanted(wanted)), at, len(ids))
        place = {product_id: n for n, product_id in enumerate(ids)}
        return sorted(found, key=lambda one: place[one.product.id])

    def _listed(self, which: ColumnElement[bool], at: datetime, limit: int) -> Sequence[Listed]:
        question = (
            select(product.c.id, func.coalesce(stock.c.on_hand, 0), _OWNED)
            .select_from(product.outerjoin(stock, stock.c.product_id == product.c.id))
            .where(which)
            .order_by(product.c.id.desc())
            .limit(limit)
        )
        rows: Sequence[Any] = self._connection.execute(question, {"at": at}).all()
        products = SqlProducts(self._connection).by_ids([row[0] for row in rows], at)
        return [Listed(products[row[0]], row[1], row[2]) for row in rows]


def _wanted(wanted: Wanted) -> ColumnElement[bool]:
    return and_(_in(wanted.scope), _shown(wanted))


def _in(scope: str) -> ColumnElement[bool]:
    """Of a branch the leaves lie side by side in the index of categories."""
    if scope == "*":
        return true()
    below = and_(product.c.category > f"{scope}.", product.c.category < f"{scope}/")
    return or_(product.c.category == scope, below)


def _shown(wanted: Wanted) -> ColumnElement[bool]:
    if wanted.shown == LACKING:
        return or_(UNSELLABLE, lacks_any(wanted.needs or {}))
    if wanted.shown == LOW:
        return and_(product.c.reorder_point.is_not(None), product.c.reorder_point >= _OWNED)
    if wanted.shown == UNPRICED:
        return _UNPRICED
    assert wanted.shown == EVERYTHING, wanted.shown
    return true()
