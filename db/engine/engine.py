"""SQLite and PostgreSQL, as a till needs them. The only file where the engines differ in their settings."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import NullPool

from db.engine.driver import drive, driver_of
from db.engine.migration_marks import check_note, check_row
from pos.domain.errors import BadField, StoreError

# The WAL-reset bug can corrupt a file that two connections write; these versions are fixed (sqlite.org).
_MENDED = ((3, 51, 3), (3, 50, 7), (3, 44, 6))

LONGEST_LOG = 8 * 1024 * 1024
"""Bytes of the write-ahead log that stay on disk once no reader needs what is before them; usually there are four."""

_PRAGMAS: Mapping[str, tuple[str, object]] = {
    "journal_mode": ("WAL", "wal"),
    "synchronous": ("FULL", 2),  # NORMAL lost acknowledged sales in power cuts
    "foreign_keys": ("ON", 1),
    "recursive_triggers": ("ON", 1),  # otherwise INSERT OR REPLACE walks past the no-DELETE triggers
    "trusted_schema": ("OFF", 0),
    "secure_delete": ("ON", 1),
    "busy_timeout": ("10000", 10000),
    "cell_size_check": ("ON", 1),
    "journal_size_limit": (str(LONGEST_LOG), LONGEST_LOG),  # else the log keeps the size that a long reader gave it
}


_KEPT_STATEMENTS = 500
"""A sale with its scans uses more than the hundred that the driver caches: each would be parsed again every time."""

BEGIN_WRITING = "BEGIN IMMEDIATE"
"""A lazy BEGIN that turns into a writer dies with "database is locked" under two tills."""


@dataclass(frozen=True, slots=True)
class Engines:
    """One engine that writes and one that only reads."""

    writing: Engine
    reading: Engine

    def dispose(self) -> None:
        """Close every connection."""
        self.writing.dispose()
        self.reading.dispose()


def is_mended(version: tuple[int, ...]) -> bool:
    """True if this SQLite is free of the WAL-reset bug."""
    if version >= _MENDED[0]:
        return True
    return any(version[:2] == mended[:2] and version >= mended for mended in _MENDED[1:])


def database_url(text: str | None, folder: Path) -> URL:
    """The store's address: `text`, or the SQLite file in the shop's folder. Raises BadField for a bad address.

    The refusal never repeats the address: it contains the password.
    """
    if text is None:
        return file_url(folder / "shop.db")
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise BadField("database", "not_a_database_url", "") from None
    if url.drivername not in _DRIVERS or not _is_whole(url):
        raise BadField("database", "not_a_database_url", url.get_backend_name()[:20])
    return url


def file_url(file: Path) -> URL:
    """The address of a store in a file: built from its parts, because a text is parsed at each ? and % of a name."""
    return URL.create("sqlite", database=str(file))


_DRIVERS = ("sqlite", "postgresql", "postgresql+psycopg")
_OPTIONS = frozenset(
    {"host", "port", "sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "channel_binding", "require_auth"}
    | {"gssencmode", "passfile", "connect_timeout", "application_name", "target_session_attrs"}
)
"""The options that an address of PostgreSQL may have beside host and database: the driver fails on unknown ones.

No `options`: the till sets its session itself.
"""
_CONNECTS, _LONGEST_CONNECT = 3, 60
"""The connect timeout in seconds, and the most that an address may ask for a far server."""
_UNSAYABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")


def _is_whole(url: URL) -> bool:
    """True if an address has the parts of its engine and no others: SQLite has a file alone."""
    parts = (url.host, url.username, url.password, url.database, *url.query, *map(str, url.query.values()))
    if any(_UNSAYABLE.search(str(part)) for part in parts if part):
        return False
    if url.drivername == "sqlite":
        return url.database not in (None, "", ":memory:") and not (
            url.host or url.port or url.username or url.password or url.query
        )
    return (url.port is None or 0 < url.port < 65_536) and _OPTIONS.issuperset(url.query) and _waits(url) > 0


def _waits(url: URL) -> int:
    """The connect timeout in seconds; 0 where the address asks for a refused value."""
    said = url.query.get("connect_timeout", str(_CONNECTS))
    if not isinstance(said, str) or re.fullmatch("[0-9]{1,2}", said) is None or int(said) > _LONGEST_CONNECT:
        return 0
    return int(said)


def open_engines(url: URL, *, even_if_moved: bool = False) -> Engines:
    """The engines of a store. Raises StoreError where the driver is missing or unsafe.

    Each new connection that writes looks whether the shop has moved, and is refused then: a till that waited for the
    mover's lock, or comes back after it, was not there to be counted. `even_if_moved` is for the mover.
    """
    if url.get_backend_name() == "sqlite":
        return Engines(_sqlite(url, query_only=False, looks=not even_if_moved), _sqlite(url, query_only=True))
    try:
        return Engines(
            _postgresql(url, read_only=False, looks=not even_if_moved), _postgresql(url, read_only=True, looks=False)
        )
    except ModuleNotFoundError as missing:
        raise StoreError("driver_missing", "psycopg", str(missing)) from missing


@contextmanager
def closed_when_refused(connection: Any) -> Iterator[None]:
    """Close a driver connection that is not taken: it would stay open otherwise, with all its locks."""
    try:
        yield
    except BaseException:
        connection.close()
        raise


def open_to_read(file: Path) -> Engine:
    """A closed file of SQLite, read-only down to its header; its views cannot call functions."""
    import pysqlite3.dbapi2 as driver

    def connected() -> Any:
        connection = driver.connect(
            f"{file.absolute().as_uri()}?mode=ro", uri=True, isolation_level=None, check_same_thread=False
        )
        for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    engine = create_engine("sqlite://", module=driver, creator=connected, poolclass=NullPool, hide_parameters=True)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        connection.exec_driver_sql("BEGIN")

    return engine


def _sqlite(url: URL, *, query_only: bool, looks: bool = False) -> Engine:
    import pysqlite3.dbapi2 as driver

    if not is_mended(driver.sqlite_version_info):
        raise StoreError("sqlite_too_old", driver.sqlite_version)
    arguments = {"check_same_thread": False, "cached_statements": _KEPT_STATEMENTS}
    engine = create_engine(url, module=driver, connect_args=arguments, hide_parameters=True)

    @event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        # The driver must not begin transactions by itself: "begin" below decides how.
        connection.isolation_level = None
        for name, (value, expected) in _PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}").fetchone()
            row = connection.execute(f"PRAGMA {name}").fetchone()
            if row is None or row[0] != expected:
                raise StoreError("pragma_refused", name)
        if query_only:
            connection.execute("PRAGMA query_only=ON")
        if looks and url.database not in (None, "", ":memory:"):  # by now it shares the file: no mover has it alone
            with closed_when_refused(connection):
                check_note(Path(str(url.database)))

    begin = "BEGIN" if query_only else BEGIN_WRITING

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        if not driver_of(connection).in_transaction:  # a reader may have begun already
            drive(connection, begin)

    return engine


_TAKES = {"writing": ("5s", "5s"), "reading": ("15s", "120s")}
"""The timeouts of a statement and of an idle transaction. A reader holds no lock, and may stay idle."""
_ISOLATION = {"writing": "READ COMMITTED", "reading": "REPEATABLE READ"}
"""What writes takes locks by UPDATE and reads the ledger by a later statement: that is exact at READ COMMITTED only.

What reads sees one state from its first question to its last, as it does in a file.
"""
_LOCK = "2500ms"
"""The wait for a row that another holds: it is tried twice, and the till answers within six seconds."""
COMMITS = "on"
"""A confirmed sale is on the server's disk, regardless of the settings of the role or the database."""


def _postgresql(url: URL, *, read_only: bool, looks: bool) -> Engine:
    from db.engine.timeout_connection import READING, TimeoutConnection

    url = url.set(drivername="postgresql+psycopg")
    statement, idle = _TAKES["reading" if read_only else "writing"]
    options = (
        f"-c statement_timeout={statement} -c idle_in_transaction_session_timeout={idle} -c lock_timeout={_LOCK}"
        f" -c synchronous_commit={COMMITS}"
    )
    # A computer without power sends nothing: the server detects it by itself, and releases its locks.
    options += " -c tcp_keepalives_idle=15 -c tcp_keepalives_interval=5 -c tcp_keepalives_count=3"
    if read_only:
        options += " -c default_transaction_read_only=on"
    arguments: dict[str, Any] = {
        "client_encoding": "utf8",  # regardless of the settings of the role or the database
        "connect_timeout": _waits(url),
        "tcp_user_timeout": 4000,
        "keepalives_idle": 2,
        "keepalives_interval": 1,
        "keepalives_count": 3,
        "options": options,
    }
    if "sslmode" not in url.query and not all(_is_here(host) for host in (url.host, url.query.get("host"))):
        arguments["sslmode"] = "verify-full"
    engine = create_engine(
        url,
        isolation_level=_ISOLATION["reading" if read_only else "writing"],
        connect_args=arguments,
        pool_pre_ping=True,
        use_native_hstore=False,  # or each connection would query a type that we do not have
        hide_parameters=True,
    )

    @event.listens_for(engine, "do_connect")
    def _connect(_dialect: Any, _record: Any, positional: Any, named: Any) -> Any:
        connection = TimeoutConnection.connect(*positional, **named)
        if read_only:
            connection.patience = READING
        return connection

    if looks:

        @event.listens_for(engine, "connect")
        def _look(connection: Any, _record: Any) -> None:
            with closed_when_refused(connection):
                check_row(connection)

    return engine


def _is_here(host: str | Sequence[str] | None) -> bool:
    """True if a host of an address is this machine; a folder of sockets is."""
    return not host or (isinstance(host, str) and (host in ("localhost", "127.0.0.1", "::1") or host[0] in "/@"))
