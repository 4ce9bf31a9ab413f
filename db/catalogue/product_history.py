"""The history of products: what was changed, from what to what, by whom and by which import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, insert, select

from db.engine.compiled_statement import CompiledStatement
from db.tables.catalogue import product_change
from pos.application.ports.catalogue_ports import Changed, RecordedChange
from pos.domain.catalogue.product_fields import field_text as as_text

__all__ = ["Changed", "SqlProductHistory", "as_text", "write_history"]

_INSERT = CompiledStatement(insert(product_change))
_OF = (
    select(product_change)
    .where(product_change.c.product_id == bindparam("id"), product_change.c.id < bindparam("before"))
    .order_by(product_change.c.id.desc())
    .limit(bindparam("limit"))
)
_NEWEST = 2**62


def write_history(
    connection: Connection, changes: Sequence[Changed], at: datetime, person: str, import_id: int | None = None
) -> None:
    """Record all changes of one act."""
    if changes:
        shared = {"at": at, "person": person, "import_id": import_id}
        _INSERT.run_each(connection, [change._asdict() | shared for change in changes])


class SqlProductHistory:
    """The history over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def write(self, changes: Sequence[Changed], at: datetime, person: str) -> None:
        write_history(self._connection, changes, at, person)

    def of(self, product_id: int, limit: int, before: int | None = None) -> Sequence[RecordedChange]:
        page = {"id": product_id, "before": _NEWEST if before is None else before, "limit": limit}
        return [
            RecordedChange(row.id, row.field, row.before, row.after, row.at, row.person, row.import_id is not None)
            for row in self._connection.execute(_OF, page)
        ]
