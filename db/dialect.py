"""Statements in which the engines differ, built once for each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite


def is_sqlite(connection: Connection) -> bool:
    """Whether this connection is to SQLite."""
    return connection.dialect.name == "sqlite"


def insert_new(connection: Connection, table: Table) -> Any:
    """An INSERT that passes over a row whose key exists: `ON CONFLICT DO NOTHING`."""
    if is_sqlite(connection):
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def insert_or_set(connection: Connection, table: Table, keys: list[str], values: dict[str, Any]) -> Any:
    """An INSERT that updates the row with the same `keys` to `values` where it exists."""
    insert: Any = sqlite.insert if is_sqlite(connection) else postgresql.insert
    changed = {name: value for name, value in values.items() if name not in keys}
    return insert(table).values(values).on_conflict_do_update(index_elements=keys, set_=changed)


def insert_or_add(connection: Connection, table: Table, keys: list[str], counts: list[str]) -> Any:
    """An INSERT that adds its `counts` to those of the row with the same `keys` where it exists."""
    insert: Any = sqlite.insert if is_sqlite(connection) else postgresql.insert
    statement = insert(table)
    added = {name: table.c[name] + statement.excluded[name] for name in counts}
    return statement.on_conflict_do_update(index_elements=keys, set_=added)
