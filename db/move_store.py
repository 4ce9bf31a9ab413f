"""A shop moved into another store, whatever the engine of either: whole and verified, or not at all."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, select, text

from db.backup import flushed
from db.copy_tables import Tell, copy_tables
from db.dialect import is_sqlite, taking_its_time
from db.engine import Engines, database_url, open_engines
from db.store import open_store
from db.store_place import moved_mark
from db.tables.shop import journal_head
from db.unit_of_work import Chain, SqlUnitOfWork
from pos.application.move_ports import MOVE, Moved, Mover
from pos.application.restore_ports import StoreInUse
from pos.domain.errors import BadField, StoreTrouble

_BUSY = text(
    "SELECT count(*) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
)


def move_between(source: Engines, address: str, chain: Chain, mover: Mover, tell: Tell) -> Moved:
    """See MovingStore.move_to."""
    url, here = database_url(address, Path()), source.writing.url
    if address_of(url) == address_of(here) or _file(url) == _file(here) is not None:
        raise BadField("to", "is_the_store", address_of(url))
    open_store(url, chain).close()  # which makes the tables
    target = open_engines(url)

    def note(connection: Connection, rows: Mapping[str, int]) -> None:
        told = {"from": address_of(here), "to": address_of(url), "sales": rows["sale"], "entries": rows["journal"]}
        journal = SqlUnitOfWork(connection, chain).journal
        journal.write(datetime.fromisoformat(mover.at), mover.till, mover.person, MOVE, told)

    try:
        return _move(
            source,
            target,
            lambda connection: list(SqlUnitOfWork(connection, chain).reports.mismatches()),
            note,
            lambda: _mark(here, url, mover),
            tell,
        )
    finally:
        target.dispose()


Mismatches = Callable[[Connection], list[str]]
"""What verify says of the books behind a connection."""


def _move(
    source: Engines,
    target: Engines,
    mismatches: Mismatches,
    note: Callable[[Connection, Mapping[str, int]], None],
    mark: Callable[[], None],
    tell: Tell,
) -> Moved:
    """Copy every row of `source` into the empty `target`, compare, and commit; the source is only read.

    `note` writes the move into the new books, `mark` says beside the old ones where the shop is now. Raises
    StoreInUse where a till has the source open, StoreTrouble where the target is not empty, a row did not arrive or
    the books verify otherwise there: the target is then as it was.
    """
    source.dispose()
    with target.writing.connect() as there, there.begin() as whole, taking_its_time(there), _held(source) as here:
        rows = copy_tables(here, there, tell)
        told = mismatches(here)
        if (differs := set(mismatches(there)).symmetric_difference(told)) or _heads(here) != _heads(there):
            raise StoreTrouble("copy_differs", _name(target), min(differs, default=""))
        note(there, rows)
        with _alone_with(source, here):
            whole.commit()
            mark()
    return Moved(address_of(target.writing.url), rows, tuple(told))


@contextmanager
def _held(source: Engines) -> Iterator[Connection]:
    """A connection to the source that sees one state, which nobody changes meanwhile. Raises StoreInUse."""
    with source.writing.connect() as here:
        if is_sqlite(here):
            with here.begin():
                yield here
            return
        with here.begin(), taking_its_time(here):
            if here.execute(_BUSY).scalar_one():
                raise StoreInUse(_name(source))
            tables = ", ".join(here.dialect.identifier_preparer.quote(name) for name in _written())
            here.execute(text(f"LOCK TABLE {tables} IN SHARE ROW EXCLUSIVE MODE"))
            yield here


def _written() -> list[str]:
    """Tables into one of which every step of a till writes."""
    return ["journal_head", "register", "request_key", "stock", "visitor"]


@contextmanager
def _alone_with(source: Engines, here: Connection) -> Iterator[None]:
    """Be sure that no till has the source open, which would sell on there. Raises StoreInUse."""
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
    """How far the journal of each till has come."""
    heads = select(journal_head.c.till, journal_head.c.entries, journal_head.c.mac).order_by(journal_head.c.till)
    return [tuple(row) for row in connection.execute(heads)]


def _mark(source: URL, target: URL, mover: Mover) -> None:
    """Leave a note beside the old file that its shop has moved, so that no till sells into it."""
    old = _file(source)
    if old is not None:
        told = {"to": address_of(target), "at": mover.at, "by": mover.person}
        note = moved_mark(old)
        note.write_text(json.dumps(told, ensure_ascii=False) + "\n", encoding="utf-8")
        flushed(note)
        flushed(note.parent)


def _file(url: URL) -> Path | None:
    return Path(url.database or "").resolve() if url.get_backend_name() == "sqlite" else None


def address_of(url: URL) -> str:
    """An address without its password."""
    return url.set(drivername=url.get_backend_name()).render_as_string(hide_password=True).replace("%2F", "/")


def _name(engines: Engines) -> str:
    return engines.writing.url.database or ""
