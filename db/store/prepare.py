"""Prepares a store for this program: makes or migrates its tables, or refuses with a fact."""

from __future__ import annotations

from itertools import count
from pathlib import Path

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from db.engine.db_errors import db_error_of
from db.engine.dialect import no_statement_timeout
from db.engine.engine import Engines, open_engines
from db.migrations import HEAD
from db.migrations.alembic_config import config_for
from db.shifts.summaries import shifts_left_out, write_summary
from db.store.store_path import begin_private, check_not_emptied, check_store_path, keep_private
from pos.application.files.make_folder import make_folder
from pos.domain.errors import StoreError

_MIGRATING = 0x626F72646572
"""The lock under which one till of many migrates the tables."""
_SUMMED_AT_ONCE = 20
"""The newest shifts that an older program closed; the others are filled in later, when the till is quiet."""


_LAST_OF_TRIALS = "0023"
_TRIALS = frozenset({"v0001"})
"""Versions of tables before the first release were 0001 to the last, and these; those since begin with a v."""


class NewerStore(StoreError):
    """The store was made by a newer program than this one; nothing was changed."""


def prepared(url: URL, *, keeps_older: bool = True) -> Engines:
    """The connections of the store at `url`, made or migrated. Raises StoreError: damaged, newer, of a trial, away.

    A file of an older version is first copied into `backups/` beside it where `keeps_older`.
    """
    where = url.database or ""
    is_file = url.get_backend_name() == "sqlite" and where not in ("", ":memory:")
    if is_file:
        check_store_path(Path(where))
        _check_ours(Path(where))
        begin_private(Path(where))
    engines = open_engines(url)
    try:
        with engines.writing.connect() as connection:
            _migrate(connection, where, keeps_older=keeps_older)
        if is_file:
            keep_private(Path(where))
    except (DBAPIError, UnicodeDecodeError) as error:
        engines.dispose()
        trouble = db_error_of(error)
        if trouble is None:
            raise
        trouble.where = where
        raise trouble from error
    except BaseException:
        engines.dispose()
        raise
    return engines


def _check_ours(file: Path) -> None:
    """Refuse a foreign database before our settings write into its header. Raises StoreError."""
    import pysqlite3.dbapi2 as driver

    try:
        connection = driver.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        try:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        finally:
            connection.close()
    except (driver.Error, UnicodeDecodeError):
        return  # missing, damaged or not readable: opening it reports it
    if tables and "alembic_version" not in tables:
        raise StoreError("not_a_store", str(file))
    if not tables and file.exists():
        check_not_emptied(file)


_LETTERS = text("SELECT 'B' < 'a' AND 'z' < 'é' AND 'a b' < 'a-b' AND 'a-b' < 'ab'")


def _check_letters(connection: Connection) -> None:
    """Refuse a database that cannot store every name, or sorts them by a language. Raises StoreError.

    A prefix search reads between two texts: that is correct in the order of code points only.
    """
    name = connection.engine.url.database or ""
    if (encoding := connection.execute(text("SHOW server_encoding")).scalar_one()) != "UTF8":
        raise StoreError("not_unicode", name, str(encoding))
    if not connection.execute(_LETTERS).scalar_one():
        raise StoreError("sorted_by_language", name)


_VERSIONS = text("SELECT version_num FROM alembic_version")


def stored_version(connection: Connection) -> str | None:
    """The version stored in the store; None for an empty database. Raises StoreError for other tables."""
    if connection.dialect.name == "postgresql":
        _check_letters(connection)
    tables = inspect(connection).get_table_names()
    versions = connection.execute(_VERSIONS).scalars().all() if "alembic_version" in tables else ()
    version = None if len(versions) != 1 else versions[0]  # a store cannot have two
    connection.rollback()
    if version is None and tables:
        raise StoreError("not_a_store", connection.engine.url.database or "")
    return version


def _keep_older(connection: Connection, store: Path, version: str) -> None:
    """A copy of the store as the older program left it. Raises StoreError: nothing is migrated without one."""
    from db.store.backup import copy_pages, put_in_place

    folder = store.parent / "backups"
    try:
        make_folder(folder)
    except OSError as error:
        raise StoreError("folder_not_writable", str(folder), error.strerror or "") from error
    names = (f"{store.stem}_of-version-{version}{'' if n == 1 else f'_{n}'}{store.suffix}" for n in count(1))
    target = next(path for path in (folder / name for name in names) if not path.exists())
    with put_in_place(target) as beside:
        copy_pages(connection.connection.driver_connection, beside)


def _migrate(connection: Connection, where: str, *, keeps_older: bool) -> None:
    version = stored_version(connection)
    if version == HEAD:
        return
    from alembic import command
    from alembic.script import ScriptDirectory

    config = config_for(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if version is not None and version not in known:
        if version in _TRIALS or (version.isdigit() and version <= _LAST_OF_TRIALS):
            raise StoreError("made_by_trial_version", where, version)
        raise NewerStore("newer", where, version)
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite and version is not None and keeps_older:
        _keep_older(connection, Path(where), version)
    if is_sqlite:
        # Batch changes rebuild tables; an active foreign key would refuse them. Outside a transaction only.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr] # open
    with connection.begin(), no_statement_timeout(connection):
        if not is_sqlite:  # one till of many
            connection.execute(text("SELECT pg_advisory_xact_lock(:us)"), {"us": _MIGRATING})
        command.upgrade(config, "head")
        for shift_id in shifts_left_out(connection, _SUMMED_AT_ONCE):
            write_summary(connection, shift_id)
        if is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise StoreError("damaged", where, "foreign keys")
    if is_sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr] # open
