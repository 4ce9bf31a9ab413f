"""The triggers that refuse every change of what is written once: each must be there."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from db.dialect import is_sqlite
from db.migrations.written_once import POSTGRES_GUARDS, SQLITE_GUARDS


def guard_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each that is gone, or asleep."""
    if is_sqlite(connection):
        wanted, asked = SQLITE_GUARDS, "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        wanted, asked = POSTGRES_GUARDS, "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'"
    there = set(connection.execute(text(asked)).scalars())
    for name in sorted(set(wanted) - there):
        yield f"guard {name}: it is gone, what it guards may have been changed"
