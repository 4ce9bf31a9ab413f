"""Another CHECK, or another NOT NULL, for a table that is there: SQLite has no statement for it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, text

_BESIDE = "_rewritten"
_SQL = text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name")
_ROUND = text("SELECT sql FROM sqlite_master WHERE tbl_name = :name AND type <> 'table' AND sql IS NOT NULL")
_COUNTED = text("SELECT seq FROM sqlite_sequence WHERE name = :name")


def rewrite(connection: Connection, name: str, changes: Sequence[tuple[str, str]]) -> None:
    """Make a table of a file again from its own statement with these `changes` of it, and bring its rows over.

    Its indexes and triggers are made again as they were. Foreign keys have to be off, as they are while a store is
    updated.
    """
    sql: str = connection.execute(_SQL, {"name": name}).scalar_one()
    around = connection.execute(_ROUND, {"name": name}).scalars().all()
    head, body = sql.split("(", 1)
    for old, new in changes:
        assert body.count(old) == 1, f"{name} has not {old}, or has it twice"
        body = body.replace(old, new)
    counted = connection.execute(_COUNTED, {"name": name}).scalar_one_or_none() if "AUTOINCREMENT" in sql else None
    assert name in head
    connection.exec_driver_sql(f"CREATE TABLE {_BESIDE} ({body}")
    there = _columns(connection, _BESIDE)
    named = ", ".join(f'"{column}"' for column in _columns(connection, name) if column in there)
    connection.exec_driver_sql(f"INSERT INTO {_BESIDE} ({named}) SELECT {named} FROM {name}")
    connection.exec_driver_sql(f"DROP TABLE {name}")
    connection.exec_driver_sql(f"ALTER TABLE {_BESIDE} RENAME TO {name}")
    if counted is not None:
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": name})
        connection.execute(
            text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :seq)"), {"name": name, "seq": counted}
        )
    for statement in around:
        connection.exec_driver_sql(statement)


def _columns(connection: Connection, name: str) -> list[str]:
    return [row[1] for row in connection.exec_driver_sql(f"PRAGMA table_info({name})")]
