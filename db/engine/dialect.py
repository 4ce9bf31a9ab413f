"""Statements in which the engines differ, built once for each."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, text


def is_sqlite(connection: Connection) -> bool:
    return connection.dialect.name == "sqlite"


@contextmanager
def no_statement_timeout(connection: Connection) -> Iterator[None]:
    """Disable the statement timeout for this transaction: a migration, the copy of a shop."""
    if is_sqlite(connection):
        yield
        return
    driver: Any = connection.connection.driver_connection
    patience = driver.patience
    for limit in ("statement_timeout", "lock_timeout", "idle_in_transaction_session_timeout"):
        connection.execute(text(f"SET LOCAL {limit} = 0"))
    driver.patience = None
    try:
        yield
    finally:
        driver.patience = patience


def insert_new(connection: Connection, table: Table) -> Any:
    """An INSERT that skips a row whose key exists: `ON CONFLICT DO NOTHING`; its `rowcount` is 0 then."""
    return _insert_new(is_sqlite(connection), table)


@cache
def _insert_new(for_sqlite: bool, table: Table) -> Any:
    return _inserting(for_sqlite)(table).on_conflict_do_nothing().execution_options(preserve_rowcount=True)


def insert_or_set(connection: Connection, table: Table, keys: list[str], values: dict[str, Any]) -> Any:
    """An INSERT that updates the row with the same `keys` to `values` where it exists."""
    changed = {name: value for name, value in values.items() if name not in keys}
    return (
        _inserting(is_sqlite(connection))(table).values(values).on_conflict_do_update(index_elements=keys, set_=changed)
    )


def insert_or_add(connection: Connection, table: Table, keys: list[str], counts: list[str]) -> Any:
    """An INSERT that adds its `counts` to those of the row with the same `keys` where it exists."""
    return _insert_or_add(is_sqlite(connection), table, tuple(keys), tuple(counts))


@cache
def _insert_or_add(for_sqlite: bool, table: Table, keys: tuple[str, ...], counts: tuple[str, ...]) -> Any:
    statement = _inserting(for_sqlite)(table)
    added = {name: table.c[name] + statement.excluded[name] for name in counts}
    return statement.on_conflict_do_update(index_elements=keys, set_=added)


def _inserting(for_sqlite: bool) -> Any:
    # The other engine's takes long to import, and no till has both.
    if for_sqlite:
        from sqlalchemy.dialects import sqlite

        return sqlite.insert
    from sqlalchemy.dialects import postgresql

    return postgresql.insert
