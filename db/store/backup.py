"""Copies the store while tills sell: of one instant, read back, and put in place completely or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from db.engine.engine import Engines
from db.store.copy_tables import copy_into_file
from pos.application.files.atomic_write import remove_file, replace_file, sync_file
from pos.application.maintenance.backup_ports import BackupSummary, Progress, no_progress
from pos.domain.errors import StoreError

_PAGES = 4_096
"""Pages of a step: a till that reads meanwhile waits for no lock, and a terminal sees progress often enough."""


def back_up(
    engines: Engines,
    file: Path,
    make: Callable[[Path], None],
    check: Callable[[Path], BackupSummary],
    progress: Progress = no_progress,
) -> BackupSummary:
    """Copy the store into `file`. `make` makes a store in a file, `check` reads a copy back. Raises StoreError."""
    with put_in_place(file) as beside:
        if engines.reading.dialect.name == "sqlite":
            connection = engines.reading.raw_connection()
            try:
                copy_pages(connection.driver_connection, beside, progress)
            finally:
                connection.close()
        else:
            copy_into_file(engines.reading, beside, make, lambda _table, rows: progress(rows, 0))
            fold_in(beside)
        return check(beside)


def copy_pages(source: Any, file: Path, progress: Progress = no_progress) -> None:
    """Copy what a connection to SQLite sees into a new file that needs no other beside it. Raises StoreError.

    Within one reading transaction: without it the copy starts over with each sale that another till makes meanwhile.
    """
    import pysqlite3.dbapi2 as driver

    try:
        target = driver.connect(file, isolation_level=None)
        try:
            target.execute("PRAGMA synchronous=FULL")
            source.execute("BEGIN")
            try:
                source.execute("SELECT count(*) FROM sqlite_master").fetchone()
                source.backup(target, pages=_PAGES, progress=lambda _status, left, of: progress(of - left, of))
            finally:
                source.execute("ROLLBACK")
        finally:
            target.close()
    except (driver.Error, UnicodeDecodeError) as error:
        raise StoreError("backup_not_written", str(file), str(error)) from error
    fold_in(file)


def fold_in(file: Path) -> None:
    """Fold its write-ahead log in: the copy can then be opened on a read-only stick without a second file."""
    import pysqlite3.dbapi2 as driver

    try:
        connection = driver.connect(file, isolation_level=None)
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()
        finally:
            connection.close()
    except (driver.Error, UnicodeDecodeError) as error:
        raise StoreError("backup_not_written", str(file), str(error)) from error


@contextmanager
def put_in_place(file: Path, *, takes_place: bool = True) -> Iterator[Path]:
    """A temporary name beside `file` that replaces it on success. Raises StoreError where the disk refuses."""
    beside = file.with_name(f".{file.name}.{secrets.token_hex(4)}")
    try:
        with suppress(FileExistsError):
            os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield beside
        if takes_place:
            sync_file(beside)
            replace_file(beside, file)
    except OSError as error:
        raise StoreError("backup_not_written", str(file), error.strerror or "") from error
    finally:
        for name in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                remove_file(beside.with_name(beside.name + name))
