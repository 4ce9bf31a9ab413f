"""Sales and stock left, for the list of low stock: one pass over the movements of the last days."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Label, bindparam, case, func, literal_column, or_, select

from db.engine.types import Instant, to_microseconds
from db.engine.value_chunks import value_chunks
from db.tables.catalogue import product, product_code
from db.tables.stock import stock, stock_move, stock_place
from pos.application.ports.stock_ports import StockLevel
from pos.domain.stock.low_stock import Flow
from pos.domain.stock.stock import PROCESSED, QUARANTINE

_DAY = timedelta(days=1)

_AT = select(stock_move.c.id, stock_move.c.at).where(stock_move.c.id >= bindparam("from_id")).order_by(stock_move.c.id)
_NEWEST = select(func.coalesce(func.max(stock_move.c.id), 0))
_OF_SALES = stock_move.c.reason.in_(("sale", "return"))
_OF_BATCHES = stock_move.c.reason == PROCESSED
_POINTS = select(product.c.id).where(product.c.reorder_point.is_not(None))
_STANDING = (
    select(product.c.id, product.c.reorder_point, func.coalesce(stock.c.owned, 0).label("owned"))
    .outerjoin(stock, stock.c.product_id == product.c.id)
    .where(product.c.id.in_(bindparam("ids", expanding=True)))
)
_RESERVED = (
    select(stock_place.c.product_id, func.sum(stock_place.c.on_hand).label("pieces"))
    .where(stock_place.c.product_id.in_(bindparam("ids", expanding=True)), stock_place.c.place == QUARANTINE)
    .group_by(stock_place.c.product_id)
)
_CARTONS = (
    select(product_code.c.product_id, func.min(product_code.c.quantity).label("pieces"))
    .where(
        product_code.c.product_id.in_(bindparam("ids", expanding=True)),
        product_code.c.kind == "carton",
        product_code.c.quantity > 1,
    )
    .group_by(product_code.c.product_id)
)


class SqlLowStock:
    """Low stock, over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def flows(self, now: datetime, days: int, product: int | None = None) -> Mapping[int, Sequence[Flow]]:
        since, until = now - days * _DAY, to_microseconds(now)
        back: Label[int] = literal_column(f"({until} - stock_move.at) / {_DAY // timedelta(microseconds=1)}").label(
            "back"
        )
        # "+ 0": grouped by the index of products, SQLite would read every movement ever made.
        key: Label[int] = literal_column("stock_move.product_id + 0").label("key")
        question = (
            select(
                key,
                back,
                func.sum(stock_move.c.quantity).label("net"),
                func.sum(case((_OF_SALES, -stock_move.c.quantity), else_=0)).label("sold"),
                func.max(case((or_(_OF_SALES, _OF_BATCHES), 0), else_=stock_move.c.quantity)).label("most"),
                func.sum(case((_OF_BATCHES, -stock_move.c.quantity), else_=0)).label("used"),
            )
            .where(
                stock_move.c.id >= self._first_since(since) if product is None else stock_move.c.product_id == product,
                stock_move.c.at > bindparam("since", type_=Instant()),
                stock_move.c.at <= bindparam("now", type_=Instant()),
            )
            .group_by(key, back)
            .order_by(key, back)
        )
        by_product: dict[int, list[Flow]] = {}
        for of_product, day, net, sold, most, used in self._connection.execute(question, {"since": since, "now": now}):
            flow = Flow(int(day), int(net), int(sold), most > 0, int(used))
            by_product.setdefault(of_product, []).append(flow)
        return by_product

    def with_point(self) -> Sequence[int]:
        return self._connection.execute(_POINTS).scalars().all()

    def levels(self, products: Iterable[int]) -> Iterator[StockLevel]:
        ids = sorted(set(products))
        for some in value_chunks(ids):
            asked = {"ids": some}
            reserved = {row.product_id: int(row.pieces) for row in self._connection.execute(_RESERVED, asked)}
            for row in self._connection.execute(_STANDING, asked):
                yield StockLevel(row.id, row.owned, row.owned - reserved.get(row.id, 0), row.reorder_point)

    def cartons(self, products: Sequence[int]) -> Mapping[int, int]:
        by_product: dict[int, int] = {}
        for some in value_chunks(products):
            rows = self._connection.execute(_CARTONS, {"ids": list(some)})
            by_product.update((row.product_id, int(row.pieces)) for row in rows)
        return by_product

    def _first_since(self, since: datetime) -> int:
        """The first movement at or after an instant: movements are numbered as they happen, so it is looked up by
        halves instead of by an index that every sale would have to keep.
        """
        low, high = 1, self._connection.execute(_NEWEST).scalar_one() + 1
        while low < high:
            middle = (low + high) // 2
            row = self._connection.execute(_AT.limit(1), {"from_id": middle}).one_or_none()
            if row is None or row.at >= since:
                high = middle
            else:
                low = row.id + 1
        return low
