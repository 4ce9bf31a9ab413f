"""The tables, indexes, triggers and views of a SQLite file against those that this program makes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache

from sqlalchemy import Connection, create_engine, text

from db.engine.dialect import is_sqlite

_ALL = text(
    "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name"
)


def schema_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each check, trigger or column that is gone, is not this program's, or differs."""
    if not is_sqlite(connection):
        return
    known, actual = _made(), _of(connection)
    for kind, name in sorted(known.keys() | actual.keys()):
        if (kind, name) not in actual:
            yield f"{kind} {name}: it is gone from the store"
        elif (kind, name) not in known:
            yield f"{kind} {name}: this program makes none"
        elif known[kind, name] != actual[kind, name]:
            yield f"{kind} {name}: it is not as this program makes it"


def _of(connection: Connection) -> Mapping[tuple[str, str], Counter[str]]:
    return {(kind, name): _parts(sql) for kind, name, sql in connection.execute(_ALL)}


@lru_cache(maxsize=1_000)  # the program's and the store's statement are one text, unless something differs
def _parts(sql: str | None) -> Counter[str]:
    """The content of a statement regardless of order: foreign keys are not always in the same order after a rewrite."""
    return Counter(" ".join(part.split()) for part in (sql or "").replace("(", ",").replace(")", ",").split(","))


@cache
def _made() -> Mapping[tuple[str, str], Counter[str]]:
    """The schema of a new store, made in memory."""
    from alembic import command

    from db.migrations.alembic_config import config_for

    engine = create_engine("sqlite://", module=_driver())
    try:
        with engine.connect() as connection, connection.begin():
            command.upgrade(config_for(connection), "head")
            return _of(connection)
    finally:
        engine.dispose()


def _driver() -> object:
    import pysqlite3.dbapi2 as driver

    return driver
