"""What is on hand, and the movements that made it so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select, update

from db.tables.catalogue import stock, stock_move

_ON_HAND = select(stock.c.on_hand).where(stock.c.product_id == bindparam("id"))
_TAKE = (
    update(stock)
    .where(stock.c.product_id == bindparam("id"), stock.c.on_hand >= bindparam("n"))
    .values(on_hand=stock.c.on_hand - bindparam("n"))
    .returning(stock.c.on_hand)
)
_ADD = update(stock).where(stock.c.product_id == bindparam("id")).values(on_hand=stock.c.on_hand + bindparam("n"))
_MOVE = insert(stock_move)


class SqlStock:
    """Stock over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def on_hand(self, product_id: int) -> int:
        """See Stock.on_hand."""
        return self._connection.execute(_ON_HAND, {"id": product_id}).scalar_one_or_none() or 0

    def take(self, product_id: int, quantity: int) -> int | None:
        """See Stock.take: one conditional UPDATE, so that two tills cannot sell one last bottle."""
        return self._connection.execute(_TAKE, {"id": product_id, "n": quantity}).scalar_one_or_none()

    def move(self, product_id: int, quantity: int, reason: str, at: datetime, person: str) -> None:
        """See Stock.move."""
        self.move_many([(product_id, quantity)], reason, at, person)

    def move_many(self, moves: Sequence[tuple[int, int]], reason: str, at: datetime, person: str) -> None:
        """See Stock.move_many."""
        if not moves:
            return
        self._connection.execute(_ADD, [{"id": product_id, "n": quantity} for product_id, quantity in moves])
        shared = {"reason": reason, "at": at, "person": person, "sale_id": None, "line_no": None}
        rows = [{"product_id": product_id, "quantity": quantity, **shared} for product_id, quantity in moves]
        self._connection.execute(_MOVE, rows)
