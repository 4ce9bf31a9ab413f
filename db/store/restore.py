"""Restores a backup in place of the store: checked on a copy, migrated there, and swapped in one step."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from db.engine.engine import database_url, file_url
from db.migrations import HEAD
from db.store.backup import copy_pages, fold_in, put_in_place
from db.store.continue_numbering import GivenOut, given_out, go_on_counting
from db.store.store import open_store
from db.store.unit_of_work import SqlStore
from db.store.verified_copy import read_back, strange_parts
from pos.application.files.atomic_write import replace_file, sync_file
from pos.application.maintenance.backup_ports import BackupSummary, Progress, no_progress
from pos.application.maintenance.restore_ports import RESTORE, BackupDoesNotVerify, NeedsKeys, Restored, StoreInUse
from pos.application.text.file_names import file_name_of
from pos.domain.errors import BadField, StoreError

Chain = Callable[[str, bytes], str]
_WAIT_SECONDS = 2
_HEAD = b"SQLite format 3\0"


Forget = Callable[[SqlStore], int]
"""Erases in a store the visitors that no window needs any more; returns their number."""


def _none_forgotten(_store: SqlStore) -> int:
    return 0


def _none_printed(_till: str) -> int:
    return 0


@dataclass(frozen=True, slots=True)
class _Entry:
    """What the journal says of the restore; `last` is the last receipt of a till as far as a person knows it."""

    till: str
    person: str
    file: str
    version: str
    last: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class _PreparedCopy:
    """What the copy of a backup showed when it was checked, and what was done in it before it takes the place."""

    mismatches: tuple[str, ...]
    forgotten: int
    skipped: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class RestoreStore:
    """Restores a backup in place of the closed store `live`. The old file is kept beside it.

    `keys` is the fingerprint of the present keys, whose `chain` recomputes the books; `older` is the name that a backup
    of an older program has for them. `forget` erases expired visitors in the copy before it can be read under the
    shop's name. `printed` is the number of a till's newest receipt in the folder: it is not given out again.
    """

    live: Path
    chain: Chain
    keys: str
    now: Callable[[], datetime]
    forget: Forget = _none_forgotten
    older: str = ""
    printed: Callable[[str], int] = _none_printed

    def __call__(
        self,
        file: Path,
        till: str,
        person: str,
        progress: Progress = no_progress,
        *,
        anyway: bool = False,
        last: Mapping[str, int] | None = None,
    ) -> Restored:
        """Restore `file`; `anyway` accepts books that do not verify.

        `last` is the last receipt of a till as far as a person knows it.

        Raises StoreError (damaged, newer, not a store), NeedsKeys, BackupDoesNotVerify, StoreInUse: the store is then
        as it was.
        """
        with put_in_place(self.live, takes_place=False) as beside:
            _copied(file, beside, progress)
            summary = self._checked(file, beside)
            entry = _Entry(till, person, file_name_of(file), summary.version, last or {})
            copy = self._prepared(beside, file, entry, anyway=anyway)
            kept = self._swap(beside)
        return Restored(summary, summary.version, kept, copy.mismatches, copy.forgotten, copy.skipped)

    def _checked(self, file: Path, beside: Path) -> BackupSummary:
        try:
            summary = read_back(beside, None)
        except StoreError as error:
            raise type(error)(error.what, str(file), error.detail) from error
        if summary.keys and summary.keys not in (self.keys, self.older):
            raise NeedsKeys(summary.keys, self.keys)
        return summary

    def _prepared(self, beside: Path, file: Path, entry: _Entry, *, anyway: bool) -> _PreparedCopy:
        """Migrate the copy where it is older, recompute it, go on counting, and write into it that it was restored.

        Then erase again the visitors that no window needs: the replaced books had erased them.
        """
        store = open_store(file_url(beside), self.chain, keeps_older=False)
        try:
            strange = strange_parts(beside)
            if strange:
                raise StoreError("not_a_store", str(file), strange[0])
            with store.reading() as work:
                mismatches = tuple(work.reports.mismatches())
            if mismatches and not anyway:
                raise BackupDoesNotVerify(len(mismatches), mismatches[0])
            before = given_out(self.live) if self.live.exists() and _has_head(self.live) else GivenOut()
            with store.begin() as work:
                skipped = go_on_counting(work.connection, before, self.printed, entry.last)
                details = {"file": entry.file, "version": entry.version, "to": HEAD, "mismatches": len(mismatches)}
                work.journal.write(self.now(), entry.till, entry.person, RESTORE, details | skipped)
                work.commit()
            forgotten = self.forget(store)
        finally:
            store.close()
        fold_in(beside)
        sync_file(beside)
        return _PreparedCopy(mismatches, forgotten, skipped)

    def _swap(self, beside: Path) -> Path | None:
        """The restored store under its name, the old one beside it: at no instant is there none under the name."""
        stamp = self.now().astimezone(UTC).strftime("%Y-%m-%d_%H%M%S")
        kept = self.live.with_name(f"{self.live.stem}_before-restore_{stamp}Z{self.live.suffix}")
        try:
            with _alone_with(self.live):
                was_there = self.live.exists()
                if was_there:
                    os.link(self.live, kept)
                    _keep_logs(self.live, kept)
                replace_file(beside, self.live)
        except OSError as error:
            raise StoreError("backup_not_written", str(self.live), error.strerror or "") from error
        return kept if was_there else None


def restoring(
    database: str | None,
    folder: Path,
    chain: Chain,
    keys: Sequence[str],
    now: Callable[[], datetime],
    forget: Forget = _none_forgotten,
    printed: Callable[[str], int] = _none_printed,
) -> RestoreStore:
    """For the store at `database`, or that of the folder. Raises BadField for a server: a backup is one file.

    `keys` are the present and the older fingerprint of the keys that are here, or none.
    """
    url = database_url(database, folder)
    if url.get_backend_name() != "sqlite":
        raise BadField("database", "restore_into_file")
    present, older = (keys[0], keys[-1]) if keys else ("", "")
    return RestoreStore(Path(url.database or ""), chain, present, now, forget, older, printed)


def _copied(file: Path, beside: Path, progress: Progress) -> None:
    """Copy a file of any owner without changing a byte of it. Raises StoreError."""
    import pysqlite3.dbapi2 as driver

    try:
        if not file.is_file():
            raise StoreError("no_such_file", str(file))
        source = _opened(driver, file)
        try:
            source.execute("PRAGMA trusted_schema=OFF")
            copy_pages(source, beside, progress)
        finally:
            source.close()
    except (driver.Error, UnicodeDecodeError) as error:
        what = "not_a_store" if "not a database" in str(error) else "backup_damaged"
        raise StoreError(what, str(file), str(error)) from error


def _opened(driver: Any, file: Path) -> Any:
    """For reading; also from a read-only folder, and a file that was copied without its write-ahead log."""
    address = file.absolute().as_uri()
    has_log = file.with_name(f"{file.name}-wal").exists()
    for how in ("mode=ro", "mode=ro&immutable=1"):
        connection = driver.connect(f"{address}?{how}", uri=True, isolation_level=None)
        try:
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except driver.OperationalError:
            connection.close()
            if has_log or "immutable" in how:
                raise
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise AssertionError("one of the two opened it or raised")


@contextmanager
def _alone_with(live: Path) -> Iterator[None]:
    """Lock the store so that no other program can open it, its log folded in. Raises StoreInUse.

    A damaged store has no owner: its log stays beside it.
    """
    import pysqlite3.dbapi2 as driver

    if not live.exists() or not _has_head(live):
        yield
        return
    connection = driver.connect(live, isolation_level=None, timeout=_WAIT_SECONDS)
    try:
        try:
            connection.execute("PRAGMA journal_mode=DELETE").fetchone()  # none but the last to have it open may do this
            connection.execute("BEGIN EXCLUSIVE")
            if connection.execute("PRAGMA journal_mode").fetchone() != ("delete",):
                raise StoreInUse(str(live))  # another program opened it in between
        except driver.OperationalError as error:
            if "locked" in str(error):
                raise StoreInUse(str(live)) from error
        except (driver.DatabaseError, UnicodeDecodeError):
            connection.close()
        if os.name == "nt":
            connection.close()  # Windows replaces no file that is open
        yield
    finally:
        connection.close()


def _has_head(live: Path) -> bool:
    """True if it begins as a store does: opening another file would delete its log.

    This process must not have it open: reading the file itself would drop its locks.
    """
    with live.open("rb") as file:
        return file.read(len(_HEAD)) == _HEAD


def _keep_logs(live: Path, kept: Path) -> None:
    """Files beside a damaged store are moved with it: they do not belong to the store that replaces it."""
    for ending in ("-wal", "-shm", "-journal"):
        log = live.with_name(live.name + ending)
        with suppress(FileNotFoundError):
            log.replace(kept.with_name(kept.name + ending))
