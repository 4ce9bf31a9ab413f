"""What is on hand, and the movements that made it so."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from db.tables.catalogue import stock, stock_move
from db.tables.holds import hold, hold_line
from db.types import Instant

_ON_HAND = select(stock.c.on_hand).where(stock.c.product_id == bindparam("id"))
_COUNTS = select(stock.c.on_hand, stock.c.held).where(stock.c.product_id == bindparam("id"))
_LIVE = (
    select(func.coalesce(func.sum(hold_line.c.quantity - hold_line.c.coming), 0))
    .join(hold, hold.c.key == hold_line.c.key)
    .where(hold_line.c.product_id == bindparam("id"), hold.c.until > bindparam("now", type_=Instant()))
)
_TAKE = (
    update(stock)
    .where(stock.c.product_id == bindparam("id"), stock.c.on_hand - stock.c.held + bindparam("own") >= bindparam("n"))
    .values(on_hand=stock.c.on_hand - bindparam("n"), held=stock.c.held - bindparam("own"))
    .returning(stock.c.on_hand)
)
_HOLD = (
    update(stock)
    .where(stock.c.product_id == bindparam("id"), stock.c.on_hand - stock.c.held >= bindparam("n"))
    .values(held=stock.c.held + bindparam("n"))
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

    def free(self, product_id: int, at: datetime) -> int:
        """See Stock.free."""
        row = self._connection.execute(_COUNTS, {"id": product_id}).one_or_none()
        if row is None or not row.held:  # nearly always
            return 0 if row is None else int(row.on_hand)
        return int(row.on_hand - self._connection.execute(_LIVE, {"id": product_id, "now": at}).scalar_one())

    def take(self, product_id: int, quantity: int, own: int = 0) -> int | None:
        """See Stock.take: one conditional UPDATE, so that two tills cannot sell one last bottle."""
        return self._connection.execute(_TAKE, {"id": product_id, "n": quantity, "own": own}).scalar_one_or_none()

    def hold(self, product_id: int, quantity: int) -> bool:
        """See Stock.hold: one conditional UPDATE, so that two tills cannot hold one last bottle."""
        return self._connection.execute(_HOLD, {"id": product_id, "n": quantity}).rowcount == 1

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
