"""The triggers of PostgreSQL that refuse every change of write-once rows: each exists, and is enabled.

Those of SQLite are checked with the rest of the schema of a file (verify_schema.py).
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, text

from db.engine.dialect import is_sqlite
from db.migrations.written_once import POSTGRES_GUARDS

_AWAKE = text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'")


def guard_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each that is gone, or disabled."""
    if is_sqlite(connection):
        return
    for name in sorted(set(POSTGRES_GUARDS) - set(connection.execute(_AWAKE).scalars())):
        yield f"trigger {name}: it is gone from the store, or asleep"
