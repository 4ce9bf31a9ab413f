"""Open a shop's store: make it, bring it up to date, or say in a fact why not."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from db.dialect import taking_its_time
from db.engine import database_url, open_engines, open_to_read
from db.migrations import HEAD
from db.repositories.summaries import shifts_left_out, write_summary
from db.store_place import begin_private, check_not_emptied, check_place, keep_private
from db.troubles import told, trouble_of
from db.unit_of_work import SqlStore, SqlUnitOfWork
from pos.application.seal_ports import IsSigned, OutsideSeal
from pos.domain.errors import StoreTrouble

if TYPE_CHECKING:
    from alembic.config import Config

    from pos.application.till_seat import Seat

_HERE = Path(__file__).parent
_MIGRATING = 0x626F72646572
"""The lock under which one till of many brings the tables up to date."""
_SUMMED_AT_ONCE = 20
"""The newest shifts that an older program closed; the others wait until the till is quiet, for nobody waits here."""


class NewerStore(StoreTrouble):
    """The store was made by a newer program than this one; nothing was touched."""


def open_store(
    url: URL, chain: Callable[[str, bytes], str], *, keeps_older: bool = True, seat: Seat | None = None
) -> SqlStore:
    """The store at `url`, made or migrated. Raises StoreTrouble: damaged, newer, not writable, unreachable.

    A file of an older version is first copied into `backups/` beside it, unless somebody else keeps it. At a server
    one computer at a time records at the till of `seat`.
    """
    where = url.database or ""
    is_file = url.get_backend_name() == "sqlite" and where not in ("", ":memory:")
    if is_file:
        check_place(Path(where))
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
        trouble = trouble_of(error)
        if trouble is None:
            raise
        trouble.where = where
        raise trouble from error
    except BaseException:
        engines.dispose()
        raise
    return SqlStore(engines, chain, seat)


def _check_ours(file: Path) -> None:
    """Refuse somebody else's database before our settings write into its header. Raises StoreTrouble."""
    import pysqlite3.dbapi2 as driver

    try:
        connection = driver.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True)
        try:
            tables = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        finally:
            connection.close()
    except (driver.Error, UnicodeDecodeError):
        return  # not there yet, damaged or not readable: opening it will say so
    if tables and "alembic_version" not in tables:
        raise StoreTrouble("not_a_store", str(file))
    if not tables and file.exists():
        check_not_emptied(file)


def config_for(connection: Connection) -> Config:
    """Alembic driven from Python: no ini file, no address in it."""
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(_HERE / "migrations"))
    config.attributes["connection"] = connection
    return config


_LETTERS = text("SELECT 'B' < 'a' AND 'z' < 'é' AND 'a b' < 'a-b' AND 'a-b' < 'ab'")


def _check_letters(connection: Connection) -> None:
    """Refuse a database that cannot hold every name, or puts them in the order of a language. Raises StoreTrouble.

    What begins with some letters is found between two texts: that holds in the order of the letters' numbers alone.
    """
    name = connection.engine.url.database or ""
    if (encoding := connection.execute(text("SHOW server_encoding")).scalar_one()) != "UTF8":
        raise StoreTrouble("not_unicode", name, str(encoding))
    if not connection.execute(_LETTERS).scalar_one():
        raise StoreTrouble("sorted_by_language", name)


_VERSIONS = text("SELECT version_num FROM alembic_version")


def _version(connection: Connection) -> str | None:
    """The version that the store says it has; None for an empty database. Raises StoreTrouble for other tables."""
    if connection.dialect.name == "postgresql":
        _check_letters(connection)
    tables = inspect(connection).get_table_names()
    said = connection.execute(_VERSIONS).scalars().all() if "alembic_version" in tables else ()
    found = None if len(said) != 1 else said[0]  # of two versions no store can be
    connection.rollback()
    if found is None and tables:
        raise StoreTrouble("not_a_store", connection.engine.url.database or "")
    return found


def _keep_older(connection: Connection, store: Path, version: str) -> None:
    """A copy of the store as the older program left it. Raises StoreTrouble: nothing is migrated without one."""
    from db.backup import copy_pages, put_in_place

    folder = store.parent / "backups"
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
    except OSError as error:
        raise StoreTrouble("folder_not_writable", str(folder), error.strerror or "") from error
    names = (f"{store.stem}_of-version-{version}{'' if n == 1 else f'_{n}'}{store.suffix}" for n in count(1))
    target = next(path for path in (folder / name for name in names) if not path.exists())
    with put_in_place(target) as beside:
        copy_pages(connection.connection.driver_connection, beside)


def _migrate(connection: Connection, where: str, *, keeps_older: bool) -> None:
    found = _version(connection)
    if found == HEAD:
        return
    from alembic import command
    from alembic.script import ScriptDirectory

    config = config_for(connection)
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if found is not None and found not in known:
        raise NewerStore("newer", where, found)
    is_sqlite = connection.dialect.name == "sqlite"
    if is_sqlite and found is not None and keeps_older:
        _keep_older(connection, Path(where), found)
    if is_sqlite:
        # Batch changes rebuild tables; a foreign key that looked on would refuse them. Outside a transaction only.
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=OFF")  # type: ignore[union-attr] # open
    with connection.begin(), taking_its_time(connection):
        if not is_sqlite:  # one till of many
            connection.execute(text("SELECT pg_advisory_xact_lock(:us)"), {"us": _MIGRATING})
        command.upgrade(config, "head")
        for shift_id in shifts_left_out(connection, _SUMMED_AT_ONCE):
            write_summary(connection, shift_id)
        if is_sqlite and connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
            raise StoreTrouble("damaged", where, "foreign keys")
    if is_sqlite:
        connection.connection.driver_connection.execute("PRAGMA foreign_keys=ON")  # type: ignore[union-attr] # open


def keys_of(database: str | None, folder: Path) -> str:
    """The fingerprint of the keys that a store was written under; empty where nothing depends on them yet.

    A store in which nobody works has nothing that depends on them. Raises BadField, StoreTrouble.
    """
    url = database_url(database, folder)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return ""
    engines = open_engines(url)
    try:
        with told(), engines.reading.connect() as connection:
            if "setting" not in inspect(connection).get_table_names():
                return ""
            known = connection.execute(text("SELECT text FROM setting WHERE name = '_keys'")).scalar_one_or_none()
            people = connection.execute(text("SELECT count(*) FROM person")).scalar_one()
            return str(known or "") if people else ""
    finally:
        engines.dispose()


def audit(
    database: str | None, folder: Path, is_signed: IsSigned, outside: Sequence[OutsideSeal] = ()
) -> Sequence[str]:
    """What the seals say of a store, of which nothing is written and whose keys are not needed.

    Raises StoreTrouble, BadField.
    """
    url = database_url(database, folder)
    is_file = url.get_backend_name() == "sqlite"
    if is_file and not Path(url.database or "").exists():
        raise StoreTrouble("no_such_file", url.database or "")
    engine = open_to_read(Path(url.database or "")) if is_file else open_engines(url).reading
    try:
        with told(), engine.connect() as connection:
            found = _version(connection)
            if found != HEAD:
                raise StoreTrouble("not_this_version", url.database or "", found or "")
            return SqlUnitOfWork(connection, _nobodys).seals.mismatches(is_signed, outside)
    finally:
        engine.dispose()


def _nobodys(_before: str, _content: bytes) -> str:
    """The chain of who has no keys."""
    return ""
