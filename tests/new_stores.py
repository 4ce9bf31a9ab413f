"""New stores: migrations make the tables of the first one of a run, and those of all others are copied from it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pysqlite3.dbapi2 as driver
import pytest
from alembic import command
from sqlalchemy import Connection

from db.engine.engine import file_url, open_engines
from db.store import prepare
from tests.made_once import made_once

STORE = "shop.db"


@contextmanager
def tables_made_once() -> Iterator[None]:
    """While it lasts a new file gets the pages of an empty store. A test that changes the migrations runs its own."""
    migrate, usual = prepare._migrate, _versions()

    def make(folder: Path) -> None:
        folder.mkdir()
        engines = open_engines(file_url(folder / STORE))
        with engines.writing.connect() as connection:
            migrate(connection, str(folder / STORE), keeps_older=False)
        engines.dispose()

    def copied(connection: Connection, where: str, *, keeps_older: bool) -> None:
        is_file = connection.dialect.name == "sqlite" and where not in ("", ":memory:")
        if is_file and _versions() == usual:
            file: Any = connection.connection.driver_connection
            if _is_new(file):
                template = made_once("new-store", make) / STORE
                with closing(driver.connect(f"{template.as_uri()}?mode=ro&immutable=1", uri=True)) as pages:
                    pages.backup(file)
        migrate(connection, where, keeps_older=keeps_older)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(prepare, "_migrate", copied)
        yield


def _versions() -> tuple[object, ...]:
    """What decides which tables a new store gets."""
    return vars(prepare)["HEAD"], vars(prepare)["config_for"], command.upgrade


def _is_new(file: Any) -> bool:
    """Whether nothing has been written but the settings of the header. A damaged file is for the program to refuse."""
    try:
        return bool(file.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,))
    except driver.Error:
        return False
