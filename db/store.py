"""Open a shop's store: make it, bring it up to date, or say in a fact why not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from db.engine import open_engines
from db.unit_of_work import SqlStore, trouble_of
from pos.domain.errors import StoreTrouble

_HERE = Path(__file__).parent


class NewerStore(StoreTrouble):
    """The store was made by a newer program than this one; nothing was touched."""


def open_store(url: URL, chain: Callable[[str, bytes], str]) -> SqlStore:
    """The store at `url`, made or migrated. Raises StoreTrouble: damaged, newer, not writable, unreachable."""
    where = url.database or ""
    engines = open_engines(url)
    try:
        with engines.writing.connect() as connection:
            _migrate(connection, where)
    except DBAPIError as error:
        engines.dispose()
        trouble = trouble_of(error)
        if trouble is None:
            raise
        raise StoreTrouble(trouble.what, where, trouble.detail) from error
    except BaseException:
        engines.dispose()
        raise
    return SqlStore(engines, chain)


def config_for(connection: Connection) -> Config:
    """Alembic driven from Python: no ini file, no address in it."""
    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    config.attributes["connection"] = connection
    return config


def _migrate(connection: Connection, where: str) -> None:
    config = config_for(connection)
    scripts = ScriptDirectory.from_config(config)
    found = MigrationContext.configure(connection).get_current_heads()
    connection.rollback()
    if found == tuple(scripts.get_heads()):
        return
    known = {script.revision for script in scripts.walk_revisions()}
    if any(revision not in known for revision in found):
        raise NewerStore("newer", where, ", ".join(found))
    if not found and inspect(connection).get_table_names():
        connection.rollback()
        raise StoreTrouble("not_a_store", where)
    connection.rollback()
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite:
        # Batch changes rebuild tables; a foreign key that looked on would refuse them. Outside a transaction only.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr] # open
    with connection.begin():
        command.upgrade(config, "head")
        if is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise StoreTrouble("damaged", where, "foreign keys")
    if is_sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr] # open
