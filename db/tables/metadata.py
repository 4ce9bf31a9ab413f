"""The one collection of tables, with names for every constraint so that migrations can address them."""

from __future__ import annotations

from typing import Any

from sqlalchemy import MetaData, Table, text
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

    `once`: the number of a deleted row is never given again (SQLite reuses the highest one otherwise).
    """
    options: dict[str, Any] = {"sqlite_strict": True}
    if once:
        options["sqlite_autoincrement"] = True
    if clustered:
        options["sqlite_with_rowid"] = False
    return Table(name, metadata, *items, **options)


_ON_POSTGRESQL = "where, on PostgreSQL"


def where(condition: str, on_postgresql: str = "") -> dict[str, Any]:
    """The options of an Index of the rows for which `condition` holds, with PostgreSQL's own wording where it differs.

    PostgreSQL's is stored under another name: its option by its own name would make each till load a dialect that it
    does not use.
    """
    return {"sqlite_where": text(condition), "info": {_ON_POSTGRESQL: text(on_postgresql or condition)}}


def speak_postgresql() -> None:
    """Restore the stored options of the indexes, for a comparison of the tables with a server's."""
    for index in (index for one in metadata.tables.values() for index in one.indexes):
        if _ON_POSTGRESQL in index.info:
            index.dialect_kwargs["postgresql_where"] = index.info[_ON_POSTGRESQL]
