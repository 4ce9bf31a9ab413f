"""Open a shop's store: make it, migrate it, or refuse with a fact."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import URL, inspect, text

from db.engine.db_errors import translate_db_errors
from db.engine.engine import database_url, open_engines, open_to_read
from db.migrations import HEAD
from db.store.prepare import prepared, stored_version
from db.store.unit_of_work import SqlStore, SqlUnitOfWork
from pos.application.ports.maintenance_ports import ExternalAnchor, IsSigned
from pos.domain.errors import StoreError

if TYPE_CHECKING:
    from pos.application.access.till_seat import Seat


def open_store(
    url: URL, chain: Callable[[str, bytes], str], *, keeps_older: bool = True, seat: Seat | None = None
) -> SqlStore:
    """The store at `url`, made or migrated. Raises StoreError: damaged, newer, not writable, unreachable.

    A file of an older version is first copied into `backups/` beside it, unless others keep copies of it. At a server
    one computer at a time records at the till of `seat`.
    """
    return SqlStore(prepared(url, keeps_older=keeps_older), chain, seat)


def keys_of(database: str | None, folder: Path) -> str:
    """The fingerprint of the keys that a store was written under; empty where nothing depends on them yet.

    A store without staff has nothing that depends on them. Raises BadField, StoreError.
    """
    url = database_url(database, folder)
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").exists():
        return ""
    engines = open_engines(url)
    try:
        with translate_db_errors(), engines.reading.connect() as connection:
            if "setting" not in inspect(connection).get_table_names():
                return ""
            known = connection.execute(text("SELECT text FROM setting WHERE name = '_keys'")).scalar_one_or_none()
            people = connection.execute(text("SELECT count(*) FROM person")).scalar_one()
            return str(known or "") if people else ""
    finally:
        engines.dispose()


def audit(
    database: str | None, folder: Path, is_signed: IsSigned, outside: Sequence[ExternalAnchor] = ()
) -> Sequence[str]:
    """The seals of a store; nothing is written, and its keys are not needed.

    Raises StoreError, BadField.
    """
    url = database_url(database, folder)
    is_file = url.get_backend_name() == "sqlite"
    if is_file and not Path(url.database or "").exists():
        raise StoreError("no_such_file", url.database or "")
    engine = open_to_read(Path(url.database or "")) if is_file else open_engines(url).reading
    try:
        with translate_db_errors(), engine.connect() as connection:
            version = stored_version(connection)
            if version != HEAD:
                raise StoreError("not_this_version", url.database or "", version or "")
            return SqlUnitOfWork(connection, _no_chain).seals.mismatches(is_signed, outside)
    finally:
        engine.dispose()


def _no_chain(_before: str, _content: bytes) -> str:
    """The chain of a program without keys."""
    return ""
