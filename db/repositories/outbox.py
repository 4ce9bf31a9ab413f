"""What is to be printed, and how often it was."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select, update

from db.tables.sales import outbox, sale

_FIND = (
    select(outbox.c.sale_id, outbox.c.state, outbox.c.copies)
    .join(sale, sale.c.id == outbox.c.sale_id)
    .where(sale.c.till == bindparam("till"), sale.c.number == bindparam("number"), outbox.c.kind == "receipt")
)
_SET = (
    update(outbox)
    .where(outbox.c.sale_id == bindparam("key"), outbox.c.kind == "receipt")
    .values(state=bindparam("new_state"), copies=bindparam("new_copies"))
)


class SqlOutbox:
    """The outbox over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sending(self, till: str, number: int) -> int:
        """See Outbox.sending: whatever was once handed to a printer may be on paper, so the next is a copy."""
        row = self._connection.execute(_FIND, {"till": till, "number": number}).one()
        copy = 0 if row.state == "pending" else int(row.copies) + 1
        self._connection.execute(_SET, {"key": row.sale_id, "new_state": "sending", "new_copies": copy})
        return copy

    def done(self, till: str, number: int) -> None:
        """See Outbox.done."""
        row = self._connection.execute(_FIND, {"till": till, "number": number}).one()
        self._connection.execute(_SET, {"key": row.sale_id, "new_state": "done", "new_copies": row.copies})

    def is_done(self, till: str, number: int) -> bool:
        """See Outbox.is_done."""
        row = self._connection.execute(_FIND, {"till": till, "number": number}).one_or_none()
        return row is not None and row.state == "done"
