"""Buffered rows that are written together: the same columns as in the steps, by the driver's own executemany."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from db.tables.metadata import metadata

_Bind = Callable[[Any], Any] | None
_Insert = tuple[str, list[tuple[str, _Bind]]]


class BulkRows:
    """Rows of SQLite tables in the order in which they came, written parents first."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._waiting: dict[Table, list[dict[str, Any]]] = {}
        self._written: dict[tuple[Table, tuple[str, ...]], _Insert] = {}
        self._order = {table: index for index, table in enumerate(metadata.sorted_tables)}

    def add(self, table: Table, rows: Iterable[dict[str, Any]]) -> None:
        """Buffer rows; those of one table have the same columns."""
        self._waiting.setdefault(table, []).extend(rows)

    def mark(self) -> dict[Table, int]:
        """The number of buffered rows; see `back_to`."""
        return {table: len(rows) for table, rows in self._waiting.items()}

    def back_to(self, mark: dict[Table, int]) -> None:
        """Drop the rows after the mark."""
        for table, rows in self._waiting.items():
            del rows[mark.get(table, 0) :]

    def write(self) -> None:
        """Write all buffered rows."""
        cursor = self._connection.connection.cursor()
        try:
            for table in sorted(self._waiting, key=self._order.__getitem__):
                rows = self._waiting[table]
                if rows:
                    statement, columns = self._insert(table, tuple(rows[0]))
                    cursor.executemany(statement, _values(rows, columns))
        finally:
            cursor.close()
        self._waiting.clear()

    def _insert(self, table: Table, names: tuple[str, ...]) -> _Insert:
        known = self._written.get((table, names))
        if known is None:
            dialect = self._connection.dialect
            quote = dialect.identifier_preparer.quote
            columns: list[tuple[str, _Bind]] = [
                (name, table.c[name].type.dialect_impl(dialect).bind_processor(dialect)) for name in names
            ]
            listed, placeholders = ", ".join(map(quote, names)), ", ".join("?" * len(names))
            known = f"INSERT INTO {quote(table.name)} ({listed}) VALUES ({placeholders})", columns
            self._written[table, names] = known
        return known


def _values(rows: Sequence[dict[str, Any]], columns: Sequence[tuple[str, _Bind]]) -> list[tuple[Any, ...]]:
    by_column = [[row[name] for row in rows] if bind is None else _bound(rows, name, bind) for name, bind in columns]
    return list(zip(*by_column, strict=True))


def _bound(rows: Sequence[dict[str, Any]], name: str, bind: Callable[[Any], Any]) -> list[Any]:
    """The values of a column as the driver takes them; each other one is bound once."""
    known: dict[Any, Any] = {}
    for row in rows:
        value = row[name]
        if value not in known:
            known[value] = bind(value)
    return [known[row[name]] for row in rows]
