"""Cached connections to a file: checking one out of the pool costs more than the query of a scan."""

from __future__ import annotations

from collections.abc import Callable
from types import TracebackType
from typing import Generic, TypeVar

from sqlalchemy import Connection, Engine

from db.engine.db_errors import DB_ERRORS, translate_db_errors
from db.engine.driver import drive, driver_of

_MOST = 4
"""The most units of work that are open at once: the window's, the printer's, a report's and a backup's."""

T = TypeVar("T")


class ConnectionCache:
    """Connections of one engine. Those of a server stay in the pool, which checks whether they are alive."""

    def __init__(self, engine: Engine, begin: str, ready: Callable[[Connection], None] | None = None) -> None:
        self._engine = engine
        self._ready = ready
        """Runs on each connection before its transaction; not again on a cached one."""
        self._keeps = engine.dialect.name == "sqlite"
        self._begin = begin
        """Run by the driver itself: SQLAlchemy's objects around a transaction cost as much as a statement or two."""
        self._idle: list[Connection] = []

    def take(self) -> Connection:
        """A connection with an open transaction."""
        try:
            connection = self._idle.pop()  # one step, so other threads cannot interfere
        except IndexError:
            connection = self._engine.connect()
            if self._ready is not None:
                try:
                    self._ready(connection)
                except BaseException:
                    connection.close()
                    raise
        try:
            dispatch = connection.dispatch
            if self._keeps and not dispatch.commit and not dispatch.before_cursor_execute:
                drive(connection, self._begin)
            else:
                connection.begin()
        except BaseException:
            connection.close()
            raise
        return connection

    def give(self, connection: Connection) -> None:
        """Take it back; its transaction is undone unless it was committed."""
        if not self._keeps or len(self._idle) >= _MOST:
            connection.close()
            return
        if connection.get_transaction() is not None:  # one whose COMMIT failed, too
            connection.rollback()
        else:
            driver_of(connection).rollback()
        self._idle.append(connection)

    def close(self) -> None:
        """Close the connections that are not in use."""
        while self._idle:
            self._idle.pop().close()


class Transaction(Generic[T]):
    """A block in one transaction, over a unit of work made of its connection.

    Errors of the database are raised as StoreError. Not a generator: a scan enters and leaves one for every code.
    """

    __slots__ = ("_at_hand", "_connection", "_make")

    def __init__(self, at_hand: ConnectionCache, make: Callable[[Connection], T]) -> None:
        self._at_hand = at_hand
        self._make = make

    def __enter__(self) -> T:
        try:
            self._connection = self._at_hand.take()
        except DB_ERRORS:
            with translate_db_errors():
                raise
        return self._make(self._connection)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._at_hand.give(self._connection)
                return
            self._connection.close()
            if isinstance(error, DB_ERRORS):
                raise error
        except DB_ERRORS:
            with translate_db_errors():
                raise
