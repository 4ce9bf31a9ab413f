"""Pieces off the shop floor: one conditional UPDATE, so that two tills cannot sell one last bottle.

Only where lots lie there the pieces are shared over them, by further statements.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Boolean,
    Connection,
    Update,
    and_,
    bindparam,
    case,
    column,
    func,
    or_,
    select,
    table,
    update,
)
from sqlalchemy.dialects import sqlite

from db.engine.compiled_statement import CompiledStatement
from db.engine.dialect import is_sqlite
from db.engine.driver import drive
from db.tables.stock import lot, stock, stock_place
from pos.application.ports.stock_ports import StockDeduction
from pos.domain.stock.stock import FLOOR, LotPart

PIECES: BindParameter[int] = bindparam("n")
BELOW: BindParameter[bool] = bindparam("below", type_=Boolean())
_TAKEN = (stock.c.product_id, stock.c.on_hand, stock.c.lotted, stock.c.owned, stock.c.last_cost_minor)


def _taking(product: Any, pieces: Any, own: Any, below: Any) -> Update:
    """One conditional UPDATE; what a piece costs is Worth.issuing in SQL: its share, and the rest with the last."""
    cost = case(
        (or_(stock.c.value_minor.is_(None), stock.c.owned <= 0), None),
        (stock.c.owned <= pieces, stock.c.value_minor),
        else_=(2 * stock.c.value_minor * pieces + stock.c.owned) // (2 * stock.c.owned),
    )
    return (
        update(stock)
        .where(stock.c.product_id == product, or_(stock.c.on_hand - stock.c.held + own >= pieces, below))
        .values(
            on_hand=stock.c.on_hand - pieces,
            held=stock.c.held - own,
            owned=stock.c.owned - pieces,
            value_minor=stock.c.value_minor - func.coalesce(cost, 0),
            last_cost_minor=cost,
            below=and_(below, stock.c.on_hand - pieces < stock.c.held - own),
        )
        .returning(*_TAKEN)
    )


_TAKE = CompiledStatement(_taking(bindparam("id"), PIECES, bindparam("own"), BELOW))
_REQUEST = table("wanted", column("id"), column("n"), column("own"), column("below", Boolean()))
_TAKE_REQUEST = _taking(*_REQUEST.c)
_LOTS_LEFT = update(stock).where(stock.c.product_id == bindparam("id")).values(lotted=stock.c.lotted - PIECES)
FLOOR_LOTS = (
    select(lot, stock_place.c.on_hand)
    .join(lot, lot.c.id == stock_place.c.lot_id)
    .where(stock_place.c.product_id == bindparam("id"), stock_place.c.place == FLOOR, stock_place.c.on_hand > 0)
    .order_by(lot.c.expiry.is_(None), lot.c.expiry, lot.c.id)
)
_OUT_OF_LOCATION = (
    update(stock_place)
    .where(
        stock_place.c.product_id == bindparam("id"),
        stock_place.c.place == bindparam("at_place"),
        stock_place.c.lot_id == bindparam("of_lot"),
        stock_place.c.on_hand >= PIECES,
    )
    .values(on_hand=stock_place.c.on_hand - PIECES)
)


def deduct_from_floor(connection: Connection, taking: StockDeduction) -> list[LotPart] | None:
    """Take pieces if they are free or held for this sale; None, and nothing is taken, where there are too few."""
    values = {"id": taking.product, "n": taking.quantity, "own": taking.own, "below": taking.below}
    after = _TAKE.one(connection, values)
    return None if after is None else _parted(connection, taking, after)


def deduct_at_once(connection: Connection, takings: Sequence[StockDeduction]) -> dict[int, list[LotPart]]:
    """See Stock.deduct_at_once. Of a server's rows each is locked by itself, in the one order of all tills."""
    if not is_sqlite(connection) or not takings:
        return {}
    values = tuple(value for one in takings for value in (one.product, one.quantity, one.own, one.below))
    rows = drive(connection, _text_for(len(takings)), values).fetchall()
    after = {row[0]: _Taken(*row) for row in rows}
    deductions = {one.product: _parted(connection, one, after[one.product]) for one in takings if one.product in after}
    return {product: parts for product, parts in deductions.items() if parts is not None}


class _Taken(NamedTuple):
    """A balance after pieces went out of it: the columns of _TAKEN."""

    product_id: int
    on_hand: int
    lotted: int
    owned: int
    last_cost_minor: int | None


@lru_cache(maxsize=64)
def _text_for(count: int) -> str:
    """The statement that deducts a number of products of a file at once."""
    rows = ", ".join(["(?, ?, ?, ?)"] * count)
    text = _TAKE_REQUEST.compile(dialect=sqlite.dialect(), compile_kwargs={"literal_binds": True})
    return f"WITH wanted (id, n, own, below) AS (VALUES {rows}) {text}"


def _parted(connection: Connection, taking: StockDeduction, after: Any) -> list[LotPart] | None:
    """Distribute the deducted pieces over the lots; None, with the balance as before, where too few may be taken."""
    if not taking.quantity:
        return []
    if not after.lotted and after.owned >= 0:  # nearly always
        return [LotPart(None, taking.quantity, after.last_cost_minor)]
    if not after.lotted:
        return _parts({None: taking.quantity}, after)
    chosen = _chosen_lots(connection, taking, after.on_hand + taking.quantity - after.lotted)
    if chosen is None:
        _undo(connection, taking, after)
        return None
    lots = {lot_id: pieces for lot_id, pieces in chosen.items() if lot_id is not None}
    for lot_id, pieces in lots.items():
        deduct_from_location(connection, taking.product, FLOOR, lot_id, pieces)
    if lots:
        connection.execute(_LOTS_LEFT, {"id": taking.product, "n": sum(lots.values())})
    return _parts(chosen, after)


def deduct_from_location(connection: Connection, product_id: int, location: str, lot_id: int, pieces: int) -> None:
    """Take pieces of a lot (0: of none) that were read at a location under lock."""
    values = {"id": product_id, "at_place": location, "of_lot": lot_id, "n": pieces}
    taken = connection.execute(_OUT_OF_LOCATION, values).rowcount
    assert taken == 1, "what was seen at a place under lock is gone"


def _chosen_lots(connection: Connection, taking: StockDeduction, unlotted: int) -> dict[int | None, int] | None:
    """Pieces by lot: the named ones, then those that expire first, then what is of no lot; None: too few."""
    there: dict[int, int] = {}
    for row in connection.execute(FLOOR_LOTS, {"id": taking.product}):
        too_old = taking.today is not None and row.expiry is not None and row.expiry < taking.today
        if taking.expired or not too_old:
            there[row.id] = row.on_hand
    chosen: dict[int | None, int] = {}
    left = taking.quantity
    for named, pieces in taking.lots.items():
        taken = min(pieces, there.get(named, 0), left)
        if taken:
            chosen[named], there[named], left = taken, there[named] - taken, left - taken
    for lot_id, pieces in there.items():
        taken = min(pieces, left)
        if taken:
            chosen[lot_id], left = chosen.get(lot_id, 0) + taken, left - taken
    if left > max(unlotted, 0) and not taking.below:
        return None
    if left:
        chosen[None] = left
    return chosen


def _undo(connection: Connection, taking: StockDeduction, after: Any) -> None:
    """The balance before: the row is locked, so no other transaction saw it otherwise."""
    back = {
        "on_hand": stock.c.on_hand + taking.quantity,
        "held": stock.c.held + taking.own,
        "owned": stock.c.owned + taking.quantity,
        "value_minor": stock.c.value_minor + (after.last_cost_minor or 0),
    }
    connection.execute(update(stock).where(stock.c.product_id == taking.product).values(back))


def _parts(chosen: Mapping[int | None, int], after: Any) -> list[LotPart]:
    """The pieces by lot with their share of the cost, to the last unit of it. Of those that are sold before they came
    it is not known.
    """
    parts: list[LotPart] = []
    cost = after.last_cost_minor
    before_they_came = 0 if cost is None else min(max(-after.owned, 0), chosen.get(None, 0))
    left, of = cost, sum(chosen.values()) - before_they_came
    for lot_id, taken in chosen.items():
        pieces = taken if lot_id is not None else taken - before_they_came
        if not pieces:
            continue
        worth = None if left is None else (2 * left * pieces + of) // (2 * of)
        parts.append(LotPart(lot_id, pieces, worth))
        left, of = None if left is None or worth is None else left - worth, of - pieces
    if before_they_came:
        parts.append(LotPart(None, before_they_came, None))
    return parts
