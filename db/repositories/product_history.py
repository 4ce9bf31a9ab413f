"""The history of products: what was changed, from what to what, by whom and by which import."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert

from db.tables.catalogue import product_change

_INSERT = insert(product_change)


class Changed(NamedTuple):
    """One field of a product, from what to what, as texts; None is nothing on file."""

    product_id: int
    field: str
    before: str | None
    after: str | None


def as_text(value: Any) -> str | None:
    """A column's value as the history keeps it."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def write_history(
    connection: Connection, changes: Sequence[Changed], at: datetime, person: str, import_id: int | None = None
) -> None:
    """Write down what was changed in one act."""
    if changes:
        shared = {"at": at, "person": person, "import_id": import_id}
        connection.execute(_INSERT, [change._asdict() | shared for change in changes])
