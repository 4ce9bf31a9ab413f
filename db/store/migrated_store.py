"""The mark in old books once their shop moves: a note beside a file, a row at a server. No till sells into them.

The word *moving* is there before the new books are, and *moved* once they are: a move that is interrupted in between
leaves one shop, or none that sells until the same move is started again and resolves it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from sqlalchemy import URL, Connection, text

from db.engine.engine import open_engines
from db.engine.migration_marks import MOVED, MOVING, ROW, MigrationMark, moved_mark, read_said
from pos.application.files.atomic_write import remove_file, sync_folder, write_atomically
from pos.application.maintenance.migration_ports import Mover
from pos.application.maintenance.restore_ports import StoreInUse
from pos.domain.errors import StoreError

BUSY = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
    " AND pid NOT IN (pg_backend_pid(), :ours) AND backend_type = 'client backend'"
)
"""The number of other connections, except the one that asks and another of the same program."""
_SET = text(
    "INSERT INTO setting (name, text) VALUES (:name, :text) ON CONFLICT (name) DO UPDATE SET text = excluded.text"
)
_READ = text("SELECT text FROM setting WHERE name = :name")
_TAKE = text("DELETE FROM setting WHERE name = :name")


class OldBooks(Protocol):
    """The books that a shop leaves."""

    def said(self) -> MigrationMark | None:
        """The mark of a move."""

    def begin(self, to: str, mover: Mover) -> None:
        """Mark that the shop moves. Raises StoreInUse where a connected program might miss it."""

    def finish(self, to: str, mover: Mover) -> None:
        """Mark that it has moved."""

    def remove_mark(self) -> None:
        """Remove the mark: nothing has moved."""

    def close(self) -> None: ...


class FileBooks:
    """A file, of which no byte is changed; no other program has it open while its shop moves."""

    def __init__(self, file: Path) -> None:
        self._note = moved_mark(file)

    def said(self) -> MigrationMark | None:
        return read_said(self._note.read_text(encoding="utf-8")) if self._note.exists() else None

    def begin(self, to: str, mover: Mover) -> None:
        self._write(MigrationMark(MOVING, to, mover.at, mover.person))

    def finish(self, to: str, mover: Mover) -> None:
        self._write(MigrationMark(MOVED, to, mover.at, mover.person))

    def remove_mark(self) -> None:
        remove_file(self._note)
        sync_folder(self._note.parent)

    def close(self) -> None: ...

    def _write(self, said: MigrationMark) -> None:
        try:
            write_atomically(self._note, f"{said.as_text()}\n".encode())
        except OSError as error:
            raise StoreError("folder_not_writable", str(self._note.parent), error.strerror or "") from error


class ServerBooks:
    """A database on a server, over a connection of their own: that of the copy commits nothing there.

    `copying` is the connection that reads them for the copy, where there is one.
    """

    def __init__(self, url: URL, copying: Connection | None = None) -> None:
        self._engines = open_engines(url, even_if_moved=True)
        self._connection = self._engines.writing.connect()
        self._copying = copying

    def said(self) -> MigrationMark | None:
        if self._connection.execute(text("SELECT to_regclass('setting')")).scalar_one() is None:
            return None
        stored = self._connection.execute(_READ, {"name": ROW}).scalar_one_or_none()
        self._connection.rollback()
        return None if stored is None else read_said(str(stored))

    def begin(self, to: str, mover: Mover) -> None:
        """Every later connection reads the mark, and earlier ones block the move."""
        self._write(MigrationMark(MOVING, to, mover.at, mover.person))
        assert self._copying is not None, "it is begun by the one who copies"
        ours = self._connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
        self._connection.rollback()
        if self._copying.execute(BUSY, {"ours": ours}).scalar_one():
            self.remove_mark()
            raise StoreInUse(self._connection.engine.url.database or "")

    def finish(self, to: str, mover: Mover) -> None:
        self._write(MigrationMark(MOVED, to, mover.at, mover.person))

    def remove_mark(self) -> None:
        self._connection.execute(_TAKE, {"name": ROW})
        self._connection.commit()

    def close(self) -> None:
        self._connection.close()
        self._engines.dispose()

    def _write(self, said: MigrationMark) -> None:
        self._connection.execute(_SET, {"name": ROW, "text": said.as_text()})
        self._connection.commit()


def old_books(url: URL, copying: Connection | None = None) -> OldBooks:
    """The books at `url`, of either engine."""
    if url.get_backend_name() == "sqlite":
        return FileBooks(Path(url.database or "").resolve())
    return ServerBooks(url, copying)
