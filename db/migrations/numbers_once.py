"""A table whose numbers are given once: SQLite would give that of the newest row again when the row is gone."""

from __future__ import annotations

from alembic import op
from sqlalchemy import text


def number_once(table: str) -> None:
    """Build a table of SQLite anew so that it never gives a number twice; on PostgreSQL no sequence does."""
    connection = op.get_bind()
    if connection.dialect.name != "sqlite":
        return
    parts = text("SELECT type, sql FROM sqlite_master WHERE tbl_name = :table AND sql IS NOT NULL")
    made = [(kind, sql) for kind, sql in connection.execute(parts, {"table": table})]
    sql = next(sql for kind, sql in made if kind == "table")
    anew = sql.replace("id INTEGER NOT NULL", f"id INTEGER NOT NULL CONSTRAINT pk_{table} PRIMARY KEY AUTOINCREMENT", 1)
    anew = anew.replace(f"CONSTRAINT pk_{table} PRIMARY KEY (id),", "", 1)
    anew = anew.replace(f"CREATE TABLE {table}", f"CREATE TABLE {table}_anew", 1)
    # Views and foreign keys go on naming the table while it is not there.
    op.execute("PRAGMA legacy_alter_table=ON")
    op.execute(anew)
    op.execute(f"INSERT INTO {table}_anew SELECT * FROM {table}")
    op.execute(f"DROP TABLE {table}")
    op.execute(f"ALTER TABLE {table}_anew RENAME TO {table}")
    op.execute("PRAGMA legacy_alter_table=OFF")
    for kind, sql in made:
        if kind in ("index", "trigger"):
            op.execute(text(sql.replace(":", "\\:")))
