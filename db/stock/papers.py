"""Numbers of the documents of the stock: gapless, one sequence a kind for all tills."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, update

from db.engine.dialect import insert_new
from db.tables.stock import stock_document

_TAKE = (
    update(stock_document)
    .where(stock_document.c.kind == bindparam("of_kind"))
    .values(next_no=stock_document.c.next_no + 1)
    .returning(stock_document.c.next_no)
)


def next_number(connection: Connection, kind: str) -> int:
    """The next number of a kind of document; a rollback takes it back."""
    connection.execute(insert_new(connection, stock_document), {"kind": kind, "next_no": 1})
    return int(connection.execute(_TAKE, {"of_kind": kind}).scalar_one()) - 1
