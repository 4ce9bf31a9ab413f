"""The one collection of tables, with names for every constraint so that migrations can address them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import MetaData, Table
from sqlalchemy.schema import SchemaItem

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def table(name: str, *items: SchemaItem, clustered: bool = False, once: bool = False) -> Table:
    """A STRICT table; `clustered` stores the rows in the order of their primary key (SQLite WITHOUT ROWID).

    `once`: the number of a row that is gone is never given again (SQLite gives the highest one anew otherwise).
    """
    options: dict[str, Any] = {"sqlite_strict": True}
    if once:
        options["sqlite_autoincrement"] = True
    if clustered:
        options["sqlite_with_rowid"] = False
    return Table(name, metadata, *items, **options)
