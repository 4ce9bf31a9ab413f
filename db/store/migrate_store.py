"""Migrates a shop into another store, across engines: complete and verified, or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Transaction, inspect, select, text
from sqlalchemy.exc import DBAPIError

from db.engine.canonical import Chain
from db.engine.db_errors import translate_db_errors, unknown_of
from db.engine.dialect import is_sqlite, no_statement_timeout
from db.engine.engine import Engines, database_url, file_url, open_engines
from db.engine.migration_marks import MOVING
from db.maintenance.journal import SqlJournal
from db.store.copy_tables import TableProgress, copy_tables
from db.store.migrated_store import BUSY, OldBooks, old_books
from db.store.prepare import prepared
from db.tables.shop import journal, journal_head
from db.verify.verify import mismatches
from pos.application.maintenance.migration_ports import MOVE, MigratedStore, Mover
from pos.application.maintenance.restore_ports import StoreInUse
from pos.domain.errors import BadField, StoreError


def move_between(source: Engines, address: str, chain: Chain, mover: Mover, progress: TableProgress) -> MigratedStore:
    url, here = _address(address), source.writing.url
    if address_of(url) == address_of(here) or _file(url) == _file(here) is not None:
        raise BadField("to", "is_the_store", address_of(url))
    prepared(url).dispose()  # which makes the tables
    target = open_engines(url)

    def note(connection: Connection, rows: Mapping[str, int]) -> None:
        details = {"from": address_of(here), "to": address_of(url), "sales": rows["sale"], "entries": rows["journal"]}
        SqlJournal(connection, chain).write(datetime.fromisoformat(mover.at), mover.till, mover.person, MOVE, details)

    try:
        return _move(
            source,
            target,
            lambda connection: list(mismatches(connection, chain)),
            note,
            lambda old: _begin(old, url, mover),
            lambda old: _mark(old, url, mover),
            progress,
        )
    finally:
        target.dispose()


def settle_move(database: str | None, folder: Path, to: str) -> None:
    """Resolve an interrupted move to the address `to`: the old books then record its outcome, or nothing.

    Raises BadField, and StoreError: where another address was meant, or the outcome cannot be read there now.
    """
    here = database_url(database, folder)
    if here.get_backend_name() == "sqlite" and not Path(here.database or "").exists():
        return
    with translate_db_errors():
        old = old_books(here)
        try:
            said = old.said()
            if said is None or said.state != MOVING:
                return
            url = _address(to)
            if said.to != address_of(url):
                raise said.as_trouble()
            if _has_arrived(url, said.at):
                old.finish(said.to, Mover("", said.by, said.at))
            else:
                old.remove_mark()
        finally:
            old.close()


def _has_arrived(url: URL, at: str) -> bool:
    """True if the books at `url` begin with a move of that instant; waits for one that is being committed."""
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return False
    engines = open_engines(url)
    try:
        with engines.writing.connect() as connection, connection.begin():
            if not inspect(connection).has_table("journal_head"):
                return False
            if not is_sqlite(connection):
                connection.execute(text("LOCK TABLE journal_head IN SHARE MODE"))
            moves = connection.execute(select(journal.c.at).where(journal.c.act == MOVE)).scalars()
            return datetime.fromisoformat(at) in list(moves)
    finally:
        engines.dispose()


def _address(text: str) -> URL:
    """The target of a move; for a file the absolute path, because it is stored and read again in another folder."""
    url = database_url(text, Path())
    return url if (file := _file(url)) is None else file_url(file)


Mismatches = Callable[[Connection], list[str]]
"""The result of verify for the books behind a connection."""


def _move(
    source: Engines,
    target: Engines,
    mismatches: Mismatches,
    note: Callable[[Connection, Mapping[str, int]], None],
    begin: Callable[[OldBooks], None],
    mark: Callable[[OldBooks], None],
    progress: TableProgress,
) -> MigratedStore:
    """Copy every row of `source` into the empty `target`, compare, and commit; the source is only read.

    `note` writes the move into the new books; `begin` marks in the old ones, before those of the target are there, that
    the shop moves, and `mark` that it has. Raises StoreInUse where a till has the source open, StoreError where the
    target is not empty, a row did not arrive or the books verify otherwise there: the target is then as it was.
    """
    source.dispose()
    with target.writing.connect() as there, there.begin() as whole, no_statement_timeout(there), _held(source) as here:
        rows = copy_tables(here, there, progress)
        differences = mismatches(here)
        if (differs := set(mismatches(there)).symmetric_difference(differences)) or _heads(here) != _heads(there):
            raise StoreError("copy_differs", _name(target), min(differs, default=""))
        note(there, rows)
        with _alone_with(source, here), closing(old_books(source.writing.url, here)) as old:
            begin(old)
            _commit(whole, old)
            mark(old)
    return MigratedStore(address_of(target.writing.url), rows, tuple(differences))


def _commit(whole: Transaction, old: OldBooks) -> None:
    """COMMIT at the target. On a reported failure nothing moves; on an unknown outcome the mark *moving* stays."""
    try:
        whole.commit()
    except DBAPIError as error:
        if unknown_of(error) is None:
            old.remove_mark()
        raise


@contextmanager
def _held(source: Engines) -> Iterator[Connection]:
    """A connection to the source that sees one state, which cannot change meanwhile. Raises StoreInUse."""
    with source.writing.connect() as here:
        if is_sqlite(here):
            with here.begin():
                yield here
            return
        with here.begin(), no_statement_timeout(here):
            if here.execute(BUSY, {"ours": 0}).scalar_one():
                raise StoreInUse(_name(source))
            tables = ", ".join(here.dialect.identifier_preparer.quote(name) for name in _written())
            here.execute(text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))
            yield here


def _written() -> list[str]:
    """Tables into one of which every step of a till writes."""
    return ["journal_head", "register", "request_key", "stock", "visitor"]


@contextmanager
def _alone_with(source: Engines, here: Connection) -> Iterator[None]:
    """Ensure that no till has the source open, which would sell on there. Raises StoreInUse."""
    if not is_sqlite(here):
        yield
        return
    import pysqlite3.dbapi2 as driver

    file, before = source.writing.url.database or "", _heads(here)
    here.rollback()
    here.detach()
    here.close()
    source.dispose()
    alone = driver.connect(file, isolation_level=None, timeout=2)
    try:
        alone.execute("PRAGMA locking_mode=EXCLUSIVE").fetchone()
        try:
            alone.execute("BEGIN EXCLUSIVE")
        except driver.OperationalError as error:
            raise StoreInUse(file) from error
        now = alone.execute("SELECT till, entries, mac FROM journal_head ORDER BY till").fetchall()
        if [tuple(row) for row in now] != before:
            raise StoreInUse(file)
        yield
    finally:
        alone.close()


def _heads(connection: Connection) -> list[tuple[Any, ...]]:
    """The last journal entry of each till."""
    heads = select(journal_head.c.till, journal_head.c.entries, journal_head.c.mac).order_by(journal_head.c.till)
    return [tuple(row) for row in connection.execute(heads)]


def _begin(old: OldBooks, target: URL, mover: Mover) -> None:
    old.begin(address_of(target), mover)


def _mark(old: OldBooks, target: URL, mover: Mover) -> None:
    """Mark in the old books that their shop has moved, so that no till sells into them."""
    old.finish(address_of(target), mover)


def _file(url: URL) -> Path | None:
    return Path(url.database or "").resolve() if url.get_backend_name() == "sqlite" else None


def address_of(url: URL) -> str:
    """An address without its password, as it can be given again."""
    if (file := _file(url)) is not None:
        url = url.set(database=file.as_posix())
    shown = url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True)
    return shown.replace("%2F", "/").replace("%3A", ":")


def _name(engines: Engines) -> str:
    return engines.writing.url.database or ""
