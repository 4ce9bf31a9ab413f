"""The stock recomputed from its movements: on the floor and at every location, of every lot, and its cost."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, case, func, or_, select

from db.tables.catalogue import product
from db.tables.stock import lot, stock, stock_document, stock_move, stock_place, stock_valuation
from pos.domain.stock.stock import FLOOR


def stock_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each product, location or lot whose balance is not the sum of its movements."""
    different = connection.execute(_DIFFERENT).all()
    for what, balance, moved in _PAIRS:
        for row in different:
            if row._mapping[balance] != row._mapping[moved]:
                yield f"stock {row.code}: {what} {row._mapping[balance]}, movements come to {row._mapping[moved]}"
    yield from _locations(connection)
    for row in different:
        if row.value != row.cost:
            yield f"stock {row.code}: worth {row.value}, its movements cost {row.cost}"
    yield from _lots(connection)


_PAIRS = (("on hand", "on_hand", "floor"), ("owned", "owned", "moved"), ("of lots", "lotted", "in_lots"))
"""What a balance is called, its column, and that of the sum of the movements."""


def _in_one_reading() -> Select[Any]:
    """The products with another balance or cost than their movements, which are millions and read once.

    The cost of the goods is the sum of the costs of their movements and of later corrections; unknown is nothing.
    """
    on_floor = case((stock_move.c.place == FLOOR, stock_move.c.quantity), else_=0)
    of_lots = case(((stock_move.c.place == FLOOR) & stock_move.c.lot_id.is_not(None), stock_move.c.quantity), else_=0)
    moved = (
        select(
            stock_move.c.product_id,
            func.sum(on_floor).label("floor"),
            func.sum(of_lots).label("in_lots"),
            func.sum(stock_move.c.quantity).label("moved"),
            func.sum(stock_move.c.cost_minor).label("cost"),
        )
        .group_by(stock_move.c.product_id)
        .subquery()
    )
    learnt = (
        select(stock_valuation.c.product_id, func.sum(stock_valuation.c.cost_minor).label("cost"))
        .group_by(stock_valuation.c.product_id)
        .subquery()
    )

    def none(column: ColumnElement[Any]) -> ColumnElement[Any]:
        return func.coalesce(column, 0)

    cost = none(moved.c.cost) + none(learnt.c.cost)
    pairs = [(none(stock.c[balance]), none(moved.c[sum_])) for _, balance, sum_ in _PAIRS]
    pairs.append((none(stock.c.value_minor), case((stock.c.product_id.is_not(None), cost), else_=0)))
    names = [name for _, *both in _PAIRS for name in both] + ["value", "cost"]
    columns = [column.label(name) for name, column in zip(names, (one for pair in pairs for one in pair), strict=True)]
    return (
        select(product.c.code, *columns)
        .select_from(product)
        .outerjoin(stock, stock.c.product_id == product.c.id)
        .outerjoin(moved, moved.c.product_id == product.c.id)
        .outerjoin(learnt, learnt.c.product_id == product.c.id)
        .where(or_(*(balance != sum_ for balance, sum_ in pairs)))
        .order_by(product.c.code)
    )


_DIFFERENT = _in_one_reading()


def _locations(connection: Connection) -> Iterator[str]:
    """The goods at each location by lot, except the floor of no lot, which is the rest of the balance."""
    codes = {row.id: row.code for row in connection.execute(select(product.c.id, product.c.code))}
    kept = {
        (row.product_id, row.place, row.lot_id): row.on_hand
        for row in connection.execute(select(stock_place))
        if row.on_hand
    }
    lot_id = func.coalesce(stock_move.c.lot_id, 0)
    summed = (
        select(stock_move.c.product_id, stock_move.c.place, lot_id.label("lot_id"), func.sum(stock_move.c.quantity))
        .where((stock_move.c.place != FLOOR) | stock_move.c.lot_id.is_not(None))
        # Few movements are meant. The product first would make SQLite read all of them by its index.
        .group_by(stock_move.c.place, lot_id, stock_move.c.product_id)
    )
    moved = {(row[0], row[1], row[2]): int(row[3]) for row in connection.execute(summed) if row[3]}
    for key in sorted(kept.keys() | moved.keys()):
        if kept.get(key, 0) != moved.get(key, 0):
            where = f"{key[1]}, lot {key[2]}" if key[2] else key[1]
            code = codes.get(key[0], str(key[0]))
            yield f"stock {code} at {where}: {kept.get(key, 0)}, movements come to {moved.get(key, 0)}"


def _lots(connection: Connection) -> Iterator[str]:
    """A lot's movements are of its own product, and none is numbered past the documents."""
    strange = (
        select(stock_move.c.id, lot.c.id.label("lot"))
        .outerjoin(lot, lot.c.id == stock_move.c.lot_id)
        .where(stock_move.c.lot_id.is_not(None))
        .where(lot.c.id.is_(None) | (lot.c.product_id != stock_move.c.product_id))
        .order_by(stock_move.c.id)
    )
    for row in connection.execute(strange):
        yield f"stock movement {row.id}: its lot is of other goods"
    numbers = {row.kind: row.next_no for row in connection.execute(select(stock_document))}
    documents = select(stock_move.c.document).where(stock_move.c.document.is_not(None)).distinct()
    for document in connection.execute(documents).scalars():
        kind, _, number = document.partition("-")
        if not number.isdigit() or int(number) >= numbers.get(kind, 1):
            yield f"stock document {document}: it was never numbered"
