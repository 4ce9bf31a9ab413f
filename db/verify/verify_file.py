"""The file itself: whether SQLite finds it intact, and whether every row of it can be read."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from sqlalchemy import Connection, Integer, Select, Table, literal, select, text
from sqlalchemy.exc import DBAPIError

from db.engine.dialect import is_sqlite
from db.engine.stored_rows import read_all, stored_rows
from db.engine.types import as_stored
from db.tables import metadata
from pos.domain.errors import RuleBroken, StoreError

_MOST = 20
"""Faults of the file that are named."""
_NOT_WHAT_A_TILL_WRITES = (ValueError, TypeError, KeyError, AttributeError, ArithmeticError, AssertionError, RuleBroken)


def file_mismatches(connection: Connection) -> Iterator[str]:
    """Damage below the rows: pages, indexes, the search index, invalid texts."""
    if is_sqlite(connection):
        lines = connection.execute(text(f"PRAGMA integrity_check({_MOST})")).scalars()
        yield from (f"file: {' '.join(str(line).split())}" for line in lines if line != "ok")
    for table in metadata.sorted_tables:
        try:
            if is_sqlite(connection):
                read_all(connection, _texts(table))
            else:
                deque(stored_rows(connection, _stored(table), all_at_once=False), maxlen=0)
        except (DBAPIError, *_NOT_WHAT_A_TILL_WRITES) as error:
            yield f"table {table.name}: a row cannot be read ({' '.join(str(getattr(error, 'orig', error)).split())})"


@cache
def _texts(table: Table) -> Select[Any]:
    """The columns in which something can stand that is none of their kind: a number is one in any case."""
    return select(*([column for column in as_stored(table) if not isinstance(column.type, Integer)] or [literal(1)]))


@cache
def _stored(table: Table) -> Select[Any]:
    return select(*as_stored(table))


def as_far_as_readable(what: str, check: Callable[[], Iterator[str]]) -> Iterator[str]:
    """The lines of a check; on data that no till writes one more line reports it, and the other checks go on."""
    try:
        yield from check()
    except StoreError as trouble:
        yield f"{what}: cannot be checked ({trouble.detail or trouble.what})"
    except DBAPIError as error:
        if not error.connection_invalidated and getattr(error.orig, "sqlstate", None) is None:
            yield f"{what}: cannot be checked ({' '.join(str(error.orig).split())})"
            return
        raise
    except _NOT_WHAT_A_TILL_WRITES as error:
        yield f"{what}: something stands there that no till writes ({type(error).__name__})"
    except Exception as error:  # noqa: BLE001 # a damaged row may break any reading of it; verify names it and goes on
        yield f"{what}: cannot be checked ({type(error).__name__})"
