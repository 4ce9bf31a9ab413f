"""Single pieces with a marking code: sold once, and free again when they have come back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, bindparam, insert, select, update

from db.tables.sales import sale
from db.tables.stock import piece
from pos.application.ports.stock_ports import SoldPiece
from pos.domain.receipt_number import receipt_number
from pos.domain.returns.goods_return import GoodsReturn
from pos.domain.sales.sale import Sale

_BACK = sale.alias("back")
_PIECE = (
    select(piece.c.line_no, sale.c.till, sale.c.number, sale.c.at, _BACK.c.till, _BACK.c.number, _BACK.c.at)
    .join(sale, sale.c.id == piece.c.sale_id)
    .outerjoin(_BACK, _BACK.c.id == piece.c.back_in)
    .where(piece.c.product_id == bindparam("id"), piece.c.serial == bindparam("number"))
    .order_by(piece.c.id.desc())
    .limit(1)
)
_SOLD = _PIECE.where(piece.c.back_in.is_(None))
_INSERT = insert(piece)
_COME_BACK = (
    update(piece)
    .where(piece.c.product_id == bindparam("of_product"), piece.c.serial == bindparam("number"))
    .where(piece.c.back_in.is_(None))
    .values(back_in=bindparam("with_return"))
)


class SqlPieces:
    """Pieces over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sold(self, product_id: int, serial: str) -> SoldPiece | None:
        return self._one(_SOLD, product_id, serial)

    def last(self, product_id: int, serial: str) -> SoldPiece | None:
        return self._one(_PIECE, product_id, serial)

    def _one(self, question: Select[Any], product_id: int, serial: str) -> SoldPiece | None:
        row = self._connection.execute(question, {"id": product_id, "number": serial}).one_or_none()
        if row is None:
            return None
        line, till, number, at, back_till, back_number, back_at = row
        back = None if back_till is None else receipt_number(back_till, back_number)
        return SoldPiece(receipt_number(till, number), line, at, back, back_at)


def write_sold(connection: Connection, sold: Sale, sale_id: int) -> None:
    """Write the pieces of a sale whose lines are written; the index refuses to write one twice."""
    rows: Sequence[dict[str, Any]] = [
        {"product_id": x.product_id, "serial": x.serial, "sale_id": sale_id, "line_no": x.line}
        for x in sold.lines
        if x.serial is not None
    ]
    if rows:
        connection.execute(_INSERT, rows)


def write_back(connection: Connection, back: GoodsReturn, return_id: int) -> None:
    """Free the pieces of a return: those of its lines, or without a receipt the one that was sold last."""
    for line in back.lines:
        if line.serial is not None:
            values = {"of_product": line.product_id, "number": line.serial, "with_return": return_id}
            connection.execute(_COME_BACK, values)
