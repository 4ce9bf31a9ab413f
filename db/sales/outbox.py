"""The print jobs, and how often each was printed."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from db.tables.sales import outbox, sale
from db.tables.shop import shift, z_file, z_report

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

_UNFINISHED = (
    select(sale.c.number)
    .join(outbox, outbox.c.sale_id == sale.c.id)
    .join(shift, shift.c.id == sale.c.shift_id)
    .where(shift.c.till == bindparam("till"), shift.c.closed_at.is_(None), outbox.c.state.in_(("pending", "sending")))
    .order_by(sale.c.number)
)
_PAPER = "paper"
"""The form that stands for the printer itself; the other forms are files."""

_OF_TILL = (z_file.c.till == bindparam("till")) & (z_file.c.form != _PAPER)
_OLDEST = select(func.min(z_file.c.number)).where(_OF_TILL).scalar_subquery()
_OWED = select(z_file.c.number, z_file.c.form).where(_OF_TILL, z_file.c.number == _OLDEST).order_by(z_file.c.form)
_LAST_Z = select(func.max(z_report.c.number)).where(z_report.c.till == bindparam("till")).scalar_subquery()
_UNPRINTED = select(z_file.c.number).where(
    z_file.c.till == bindparam("till"), z_file.c.form == _PAPER, z_file.c.number == _LAST_Z
)


class SqlOutbox:
    """The outbox over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def sending(self, till: str, number: int) -> int:
        """A job once sent to a printer may be on paper, so the next is a copy."""
        row = self._connection.execute(_FIND, {"till": till, "number": number}).one()
        copy = 0 if row.state == "pending" else int(row.copies) + 1
        self._connection.execute(_SET, {"key": row.sale_id, "new_state": "sending", "new_copies": copy})
        return copy

    def done(self, till: str, number: int) -> None:
        row = self._connection.execute(_FIND, {"till": till, "number": number}).one()
        self._connection.execute(_SET, {"key": row.sale_id, "new_state": "done", "new_copies": row.copies})

    def is_done(self, till: str, number: int) -> bool:
        row = self._connection.execute(_FIND, {"till": till, "number": number}).one_or_none()
        return row is not None and row.state == "done"

    def unfinished(self, till: str) -> Sequence[int]:
        return list(self._connection.execute(_UNFINISHED, {"till": till}).scalars())

    def queue_z(self, till: str, number: int) -> None:
        self.queue_files(till, number, (_PAPER,))

    def z_printed(self, till: str, number: int) -> None:
        self.files_there(till, number, (_PAPER,))

    def unprinted_z(self, till: str) -> int | None:
        number: int | None = self._connection.execute(_UNPRINTED, {"till": till}).scalar()
        return number

    def queue_files(self, till: str, number: int, forms: Sequence[str]) -> None:
        rows = [{"till": till, "number": number, "form": form} for form in forms]
        if rows:
            self._connection.execute(insert(z_file), rows)

    def owed_files(self, till: str) -> tuple[int, Sequence[str]] | None:
        rows = self._connection.execute(_OWED, {"till": till}).all()
        return (rows[0].number, [row.form for row in rows]) if rows else None

    def files_there(self, till: str, number: int, forms: Sequence[str]) -> None:
        of = (z_file.c.till == till) & (z_file.c.number == number)
        self._connection.execute(delete(z_file).where(of, z_file.c.form.in_(forms)))
