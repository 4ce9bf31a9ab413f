"""Statements passed directly to SQLite's driver, past the objects that SQLAlchemy makes around each."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError


def driver_of(connection: Connection) -> Any:
    """The driver's own connection."""
    return connection.connection.driver_connection


def drive(connection: Connection, text: str, values: Any = (), *, each: bool = False, begin: bool = False) -> Any:
    """The driver's own cursor, for `each` row of values where there are several. Raises DBAPIError.

    `begin`: in a transaction, which it begins if there is none.
    """
    driver = driver_of(connection)
    if begin and not driver.in_transaction:
        connection.begin()
    if connection.dispatch.before_cursor_execute:  # a listener is registered for every statement
        return connection.exec_driver_sql(text, values)
    try:
        return driver.executemany(text, values) if each else driver.execute(text, values)
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(
            text, None, error, connection.dialect.loaded_dbapi.Error, hide_parameters=True
        ) from error
