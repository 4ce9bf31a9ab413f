"""The destination of returned goods: the shelf, quarantine or waste, with the lots and the cost of their sale."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from db.stock.stock import SqlStock
from db.tables.sales import return_line, sale
from db.tables.stock import stock_move
from pos.domain.receipt_number import read_receipt_number
from pos.domain.returns.goods_return import GoodsReturn, ReturnedLine
from pos.domain.stock.stock import FLOOR, QUARANTINE, LotPart, Movement

_IN_SALE = (
    select(sale.c.id)
    .where(sale.c.till == bindparam("of_till"), sale.c.number == bindparam("of_number"))
    .scalar_subquery()
)
_SOLD = (
    select(stock_move.c.lot_id, stock_move.c.quantity, stock_move.c.cost_minor)
    .where(
        stock_move.c.sale_id == _IN_SALE, stock_move.c.line_no == bindparam("of_line"), stock_move.c.reason == "sale"
    )
    .order_by(stock_move.c.id)
)
_BACK = (
    select(stock_move.c.lot_id, func.sum(stock_move.c.quantity).label("pieces"))
    .join(
        return_line,
        (return_line.c.sale_id == stock_move.c.sale_id) & (return_line.c.no == stock_move.c.line_no),
    )
    .where(
        return_line.c.reverses == bindparam("receipt"),
        return_line.c.of_line == bindparam("of_line"),
        stock_move.c.reason == "return",
    )
    .group_by(stock_move.c.lot_id)
)


def put_back(connection: Connection, back: GoodsReturn, sale_id: int) -> None:
    """Write the movements of a return whose lines are written. Waste comes back and is thrown away in one act."""
    stock = SqlStock(connection)
    taken: dict[tuple[int | None, int | None], int] = {}  # by this return so far: (line of the sale, lot)
    moves: list[tuple[Movement, int | None, int | None]] = []
    for no, line in enumerate(back.lines):
        location = QUARANTINE if line.to == "quarantine" else FLOOR
        for part in _parts(connection, back, line, taken):
            came = Movement(line.product_id, part.quantity, "return", location, part.lot, part.cost)
            moves.append((came, sale_id, no))
            if line.to == "waste":
                moves.append((Movement(line.product_id, -part.quantity, "waste", location, part.lot), sale_id, no))
    stock.record_of(moves, back.at, back.cashier)


def _parts(
    connection: Connection, back: GoodsReturn, line: ReturnedLine, taken: dict[tuple[int | None, int | None], int]
) -> Iterator[LotPart]:
    """The lots that the line was sold from, as far as they are not returned yet, with their cost."""
    left = line.quantity
    for part in _sold(connection, back, line):
        gone = taken.get((line.of_line, part.lot), 0)
        pieces = min(part.quantity - gone, left)
        if pieces <= 0:
            continue
        taken[(line.of_line, part.lot)] = gone + pieces
        cost = None if part.cost is None else (2 * part.cost * pieces + part.quantity) // (2 * part.quantity)
        yield LotPart(part.lot, pieces, cost)
        left -= pieces
    if left:  # of no receipt, or sold before lots were kept
        yield LotPart(None, left, None)


def _sold(connection: Connection, back: GoodsReturn, line: ReturnedLine) -> list[LotPart]:
    if back.reverses is None or line.of_line is None:
        return []
    till, number = read_receipt_number(back.reverses)
    values: dict[str, Any] = {"of_till": till, "of_number": number, "of_line": line.of_line}
    came = {
        row.lot_id: int(row.pieces)
        for row in connection.execute(_BACK, {"receipt": back.reverses, "of_line": line.of_line})
    }
    parts = []
    for row in connection.execute(_SOLD, values):
        sold = -row.quantity
        there = max(sold - came.get(row.lot_id, 0), 0)
        came[row.lot_id] = max(came.get(row.lot_id, 0) - sold, 0)
        cost = None if row.cost_minor is None else (2 * -row.cost_minor * there + sold) // (2 * sold)
        parts.append(LotPart(row.lot_id, there, cost))
    return [part for part in parts if part.quantity]
