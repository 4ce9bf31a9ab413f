"""The accounts of lots: which goods came under which document, and where they went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, case, func, or_, select

from db.tables.catalogue import product
from db.tables.stock import lot, stock_move, stock_place
from pos.domain.catalogue.product import LANGUAGES
from pos.domain.stock.stock import MADE, PROCESSED, Lot, LotBalance

_RECEIVED = ("opening", "receipt")
_DESTROYED = ("waste", "sample")
_OF_WORKSHOP = (PROCESSED, MADE)


def balances(
    connection: Connection, product_id: int | None, limit: int, after: int, entry: str = "", *, on_hand: bool = False
) -> list[LotBalance]:
    """The accounts of lots, by id; those of one customs document, or only those that are on hand anywhere."""
    query = _lots().where(lot.c.id > after).order_by(lot.c.id).limit(limit)
    if entry:
        query = query.where(lot.c.entry == entry)
    if on_hand:
        query = query.where(lot.c.id.in_(_there()))
    if product_id is not None:
        query = query.where(lot.c.product_id == product_id)
    return _accounts(connection, connection.execute(query).all())


def expiring(connection: Connection, until: date, limit: int, after: tuple[date, int] | None) -> list[LotBalance]:
    """Lots that are on hand somewhere and end by `until`, soonest first."""
    query = _lots().where(lot.c.expiry <= until, lot.c.id.in_(_there())).order_by(lot.c.expiry, lot.c.id).limit(limit)
    if after is not None:
        day, number = after
        query = query.where(or_(lot.c.expiry > day, and_(lot.c.expiry == day, lot.c.id > number)))
    return _accounts(connection, connection.execute(query).all())


def _there() -> Select[Any]:
    return select(stock_place.c.lot_id).where(stock_place.c.on_hand > 0, stock_place.c.lot_id > 0)


def _lots() -> Select[Any]:
    names = [product.c[f"name_{language}"] for language in LANGUAGES]
    goods = product.c.code.label("goods_code"), product.c.name.label("goods_name"), product.c.category, *names
    return select(lot, *goods).join(product, product.c.id == lot.c.product_id)


def _accounts(connection: Connection, rows: Sequence[Row[Any]]) -> list[LotBalance]:
    ids = [row.id for row in rows]
    if not ids:
        return []

    def summed(*reasons: str) -> Any:
        return func.coalesce(func.sum(case((stock_move.c.reason.in_(reasons), stock_move.c.quantity), else_=0)), 0)

    moved = {
        row.lot_id: row
        for row in connection.execute(
            select(
                stock_move.c.lot_id,
                summed(*_RECEIVED).label("received"),
                summed("sale").label("sold"),
                summed("return").label("returned"),
                summed(*_DESTROYED).label("destroyed"),
                summed(*_OF_WORKSHOP).label("workshop"),
                summed("adjustment", "count").label("other"),
                func.sum(stock_move.c.quantity).label("on_hand"),
            )
            .where(stock_move.c.lot_id.in_(ids))
            .group_by(stock_move.c.lot_id)
        )
    }
    locations: dict[int, dict[str, int]] = {}
    at = select(stock_place.c.lot_id, stock_place.c.place, stock_place.c.on_hand)
    for row in connection.execute(at.where(stock_place.c.lot_id.in_(ids), stock_place.c.on_hand > 0)):
        locations.setdefault(row.lot_id, {})[row.place] = row.on_hand
    return [_account(row, moved[row.id], locations.get(row.id, {})) for row in rows if row.id in moved]


def _account(row: Row[Any], moved: Any, locations: dict[str, int]) -> LotBalance:
    return LotBalance(
        lot=Lot(row.id, row.product_id, row.code, row.expiry, row.entry),
        code=row.goods_code,
        name=row.goods_name,
        received=int(moved.received),
        sold=-int(moved.sold),
        returned=int(moved.returned),
        destroyed=-int(moved.destroyed),
        workshop=int(moved.workshop),
        other=int(moved.other),
        on_hand=int(moved.on_hand),
        locations=locations,
        names={language: name for language in LANGUAGES if (name := getattr(row, f"name_{language}"))},
        category=row.category or "",
    )
