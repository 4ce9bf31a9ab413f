"""A store of the version before voids, made out of one of today."""

from __future__ import annotations

from pathlib import Path

import pysqlite3.dbapi2 as sqlite

BEFORE = "v0002"


def as_before(folder: Path) -> None:
    """Make the store of this folder one of the version before: without the column, its index and what guards it."""
    connection = sqlite.connect(folder / "shop.db")
    guards = {
        name: sql
        for name, sql in connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        if name.startswith("sale_no_")
    }
    for statement in (
        *(f"DROP TRIGGER {name}" for name in guards),
        "DROP INDEX ix_sale_annuls",
        "ALTER TABLE sale DROP COLUMN annuls",
        *(sql.replace(', "annuls"', "") for sql in guards.values()),
        f"UPDATE alembic_version SET version_num = '{BEFORE}'",
    ):
        connection.execute(statement)
    connection.commit()
    connection.close()
