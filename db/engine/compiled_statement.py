"""Statements that are compiled once and passed to SQLite's driver as text and values.

A sale runs some forty of them while a customer waits, and the objects that SQLAlchemy makes around each cost several
times what SQLite does itself. PostgreSQL, whose round trips cost more than all of that, gets them in the usual way.
"""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Delete, Insert, Select, Table, Update

from db.engine.dialect import insert_new, insert_or_add, is_sqlite
from db.engine.driver import drive

_Statement = Select[Any] | Insert | Update | Delete
_Process = Callable[[Any], Any]
_Values = Mapping[str, Any]
_NamedRow = Any
"""A row: a tuple with named columns."""


class CompiledStatement:
    """One statement without lists among its values. What it finds are rows as SQLAlchemy gives them.

    An INSERT takes the columns that its values name. `stored`: the values come as they lie in the file.
    """

    __slots__ = ("_made", "_statement", "_stored")

    def __init__(self, statement: _Statement, *, stored: bool = False) -> None:
        self._statement = statement
        self._stored = stored
        self._made: dict[tuple[str, ...], _Made] = {}

    def rows(self, connection: Connection, values: _Values) -> Sequence[_NamedRow]:
        if not is_sqlite(connection):
            return connection.execute(self._statement, values).all()
        made = self._made_for(connection, values)
        return made.named_rows(drive(connection, made.text, made.bound(values), begin=True).fetchall())

    def tuples(self, connection: Connection, values: _Values) -> Sequence[Any]:
        """The same for callers that unpack each row at once: its columns need no names."""
        if not is_sqlite(connection):
            return connection.execute(self._statement, values).all()
        made = self._made_for(connection, values)
        return made.valued(drive(connection, made.text, made.bound(values), begin=True).fetchall())

    def one(self, connection: Connection, values: _Values) -> _NamedRow | None:
        rows = self.rows(connection, values)
        assert len(rows) <= 1, "it asks for one"
        return rows[0] if rows else None

    def run(self, connection: Connection, values: _Values) -> int:
        """The number of rows written, changed or deleted."""
        if not is_sqlite(connection):
            return connection.execute(self._statement, values).rowcount
        made = self._made_for(connection, values)
        return int(drive(connection, made.text, made.bound(values), begin=True).rowcount)

    def run_each(self, connection: Connection, rows: Sequence[_Values]) -> None:
        """Run it with each of these values, which all have the same names."""
        if not rows:
            return
        if not is_sqlite(connection):
            connection.execute(self._statement, list(rows))
            return
        made = self._made_for(connection, rows[0])
        drive(connection, made.text, [*map(made.bound, rows)], each=True, begin=True)

    def _made_for(self, connection: Connection, values: _Values) -> _Made:
        names = tuple(values) if isinstance(self._statement, Insert) else ()
        made = self._made.get(names)
        if made is None:
            made = self._made[names] = _Made(connection, self._statement, names, stored=self._stored)
        return made


class _Made:
    """A statement as SQLite's driver takes it."""

    __slots__ = ("_constants", "_given", "_named", "_read", "_take", "bound", "text")

    def __init__(self, connection: Connection, statement: _Statement, names: Sequence[str], *, stored: bool) -> None:
        dialect = connection.dialect
        made: Any = statement.compile(dialect=dialect, column_keys=list(names) or None)
        assert not made.post_compile_params, "its text depends on its values"
        self.text = str(made)
        order: list[str] = made.positiontup
        self._constants = {name: value for name, value in made.params.items() if value is not None}
        processes = {} if stored else made._bind_processors  # as execute() does
        self._given: tuple[tuple[str, _Process], ...] = tuple(processes.items())
        self._take: Callable[[_Values], tuple[Any, ...]] = _nothing
        if len(order) == 1:
            only = order[0]
            self._take = lambda values: (values[only],)
        elif order:
            self._take = itemgetter(*order)
        self.bound = self._processed if self._given or self._constants else self._take
        """The values as stored, in the order of their parameters in the text."""
        processors = [column.type._cached_result_processor(dialect, None) for column in made._result_columns or ()]
        self._read = tuple((index, process) for index, process in enumerate(processors) if process is not None)
        column_names = [column.keyname for column in made._result_columns or ()]
        row: Any = namedtuple("Found", column_names, rename=True)  # type: ignore[misc] # they are known when it is made
        self._named: Callable[[Sequence[Any]], _NamedRow] = row._make

    def _processed(self, values: _Values) -> tuple[Any, ...]:
        stored = {**self._constants, **values}
        for name, process in self._given:
            stored[name] = process(stored[name])
        return self._take(stored)

    def named_rows(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[_NamedRow]:
        """The stored rows, with named columns."""
        return [*map(self._named, self.valued(rows))] if rows else rows

    def valued(self, rows: Sequence[tuple[Any, ...]]) -> Sequence[Sequence[Any]]:
        """The stored values, in the types of the columns."""
        if not self._read:
            return rows
        converted = []
        for row in rows:
            values = list(row)
            for index, process in self._read:
                if values[index] is not None:  # which is None in every type
                    values[index] = process(values[index])
            converted.append(values)
        return converted


def compiled_insert(connection: Connection, table: Table) -> CompiledStatement:
    """See insert_new; `run` returns which row was new."""
    return _ready(insert_new(connection, table))


def compiled_upsert(connection: Connection, table: Table, keys: list[str], counts: list[str]) -> CompiledStatement:
    return _ready(insert_or_add(connection, table, keys, counts))


@cache
def _ready(statement: Insert) -> CompiledStatement:
    return CompiledStatement(statement)


def _nothing(_values: _Values) -> tuple[Any, ...]:
    return ()
