"""A store as an older program left it: made by the migrations up to its version, filled with what it knew."""

from __future__ import annotations

from pathlib import Path

import pysqlite3.dbapi2 as sqlite
from alembic import command

from db.engine.engine import database_url, open_engines
from db.migrations.alembic_config import config_for


def make_older(folder: Path, version: str) -> None:
    """Replace the shop's store, which nobody has open, by one of `version` with the rows that it has room for."""
    new, old = folder / "shop.db", folder / "older.db"
    made = folder / "making"
    made.mkdir()
    engines = open_engines(database_url(None, made))
    with engines.writing.connect() as connection, connection.begin():
        command.upgrade(config_for(connection), version)
    engines.dispose()
    (made / "shop.db").rename(old)
    store = sqlite.connect(str(old), isolation_level=None)
    store.execute("PRAGMA foreign_keys=OFF")
    store.execute("ATTACH ? AS newer", (str(new),))
    triggers = store.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for name, _ in triggers:
        store.execute(f"DROP TRIGGER {name}")
    tables = store.execute(
        "SELECT name FROM main.sqlite_master WHERE type = 'table' AND name <> 'alembic_version'"
        " AND sql NOT LIKE 'CREATE VIRTUAL%' AND name NOT LIKE 'product\\_part%' ESCAPE '\\'"
        " AND name NOT LIKE 'product\\_word%' ESCAPE '\\'"
    ).fetchall()
    for (table,) in tables:
        columns = [row[1] for row in store.execute(f"PRAGMA main.table_info({table})")]
        known = {row[1] for row in store.execute(f"PRAGMA newer.table_info({table})")}
        named = ", ".join(column for column in columns if column in known)
        # An older program knew the shop floor only: what lies elsewhere now it did not have.
        floor = " WHERE place = 'floor'" if table == "stock_move" and "place" not in columns else ""
        store.execute(f"INSERT INTO main.{table} ({named}) SELECT {named} FROM newer.{table}{floor}")
    for _, made_by in triggers:
        store.execute(made_by)
    store.close()
    for leftover in folder.glob("shop.db*"):
        leftover.unlink()
    old.rename(new)
    for leftover in made.iterdir():
        leftover.unlink()
    made.rmdir()
