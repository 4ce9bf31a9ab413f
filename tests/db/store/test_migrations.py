"""The tables are exactly what the migrations make, step by step, and a step that fails leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import inspect, text
from sqlalchemy.exc import DBAPIError

from db.engine.engine import database_url, open_engines
from db.migrations import HEAD
from db.migrations.alembic_config import config_for
from db.store.store import open_store
from db.tables import metadata
from pos.domain.errors import StoreError


def chain(before: str, content: bytes) -> str:
    return before


def test_the_migrations_make_the_tables_that_the_program_knows(tmp_path: Path) -> None:
    url = database_url(None, tmp_path)
    open_store(url, chain).close()
    engines = open_engines(url)

    with engines.writing.connect() as connection:
        command.check(config_for(connection))
        made = set(inspect(connection).get_table_names())

    assert set(metadata.tables) <= made
    engines.dispose()


def test_there_is_one_newest_version_and_the_program_knows_which(tmp_path: Path) -> None:
    engines = open_engines(database_url(None, tmp_path))
    with engines.writing.connect() as connection:
        heads = ScriptDirectory.from_config(config_for(connection)).get_heads()
    engines.dispose()

    assert heads == [HEAD]


def test_a_new_store_bears_the_newest_version(tmp_path: Path) -> None:
    store = open_store(database_url(None, tmp_path), chain)
    with store.reading() as work:
        assert work.connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one() == HEAD
    store.close()


def test_a_migration_that_fails_in_the_middle_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database_url(None, tmp_path)
    upgrade = command.upgrade

    def broken_off(config: Config, revision: str) -> None:
        upgrade(config, revision)
        config.attributes["connection"].execute(
            text("CREATE TABLE half_made (id INTEGER, no_such_type_in STRICT) STRICT")
        )

    with monkeypatch.context() as broken:
        broken.setattr(command, "upgrade", broken_off)
        with pytest.raises(StoreError):
            open_store(url, chain)

    engines = open_engines(url)
    with engines.writing.connect() as connection:
        assert inspect(connection).get_table_names() == []
    engines.dispose()
    open_store(url, chain).close()


def test_rates_of_an_older_store_can_no_longer_be_edited_either(tmp_path: Path) -> None:
    url = database_url(None, tmp_path)
    engines = open_engines(url)
    with engines.writing.connect() as connection, connection.begin():
        command.upgrade(config_for(connection), "0004")
        connection.execute(text("INSERT INTO rate VALUES ('USD', 1, 1, '501.00', '505.00', NULL, 'dana')"))
    engines.dispose()

    store = open_store(url, chain)
    with store.begin() as work, pytest.raises(DBAPIError, match="superseded, never edited"):
        work.connection.execute(text("UPDATE rate SET buy = '1'"))
    store.close()
