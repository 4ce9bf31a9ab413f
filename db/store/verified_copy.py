"""A closed file of a store read back: whether it is intact, its version, its keys, and its last entries."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, func, select, text
from sqlalchemy.exc import DBAPIError

from db.engine.engine import file_url, open_to_read
from db.migrations import HEAD
from db.store.prepare import prepared
from db.tables.sales import sale
from db.tables.shop import journal, setting
from db.verify.verify import mismatches
from db.verify.verify_tails import tail_mismatches
from pos.application.maintenance.backup_ports import BackupSummary
from pos.domain.errors import StoreError
from pos.domain.receipt_number import receipt_number

Chain = Callable[[str, bytes], str]
_MARK = "_keys"
_MOST = 20
"""The most faults that are listed of a damaged file."""


def read_back(file: Path, chain: Chain | None, *, is_thorough: bool = False) -> BackupSummary:
    """The contents of the file. Raises StoreError `backup_damaged`, `not_a_store`.

    With `chain` the newest sales and entries of each till are recomputed, and every ledger in a thorough reading.
    """
    engine = open_to_read(file)
    try:
        with engine.connect() as connection:
            return _read(connection, file, chain, is_thorough=is_thorough)
    except DBAPIError as error:
        raise StoreError("backup_damaged", str(file), str(error.orig)) from error
    finally:
        engine.dispose()


def strange_parts(file: Path) -> list[str]:
    """Tables, views and triggers of a store of the newest version that this program does not make, or makes otherwise.

    A foreign trigger would run at the till. A missing one is for `verify` to name.
    """
    with TemporaryDirectory(prefix="border-pos-") as folder:
        fresh = Path(folder) / file.name
        prepared(file_url(fresh)).dispose()
        known = _parts(fresh)
    return sorted(f"{kind} {name}" for (kind, name), made in _parts(file).items() if known.get((kind, name)) != made)


def _parts(file: Path) -> dict[tuple[str, str], str]:
    """Each part by kind and name, with its statement where it has one."""
    engine = open_to_read(file)
    try:
        with engine.connect() as connection:
            rows = connection.execute(text("SELECT type, name, sql FROM sqlite_master")).all()
    finally:
        engine.dispose()
    kinds = ("trigger", "view")
    return {(kind, name): " ".join((sql or "").split()) if kind in kinds else "" for kind, name, sql in rows}


def _version(connection: Connection) -> str:
    if not connection.dialect.has_table(connection, "alembic_version"):
        return ""
    said = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    return str(said[0]) if len(said) == 1 else ""  # of two versions no store can be


def _read(connection: Connection, file: Path, chain: Chain | None, *, is_thorough: bool) -> BackupSummary:
    faults = [row for row in connection.execute(text(f"PRAGMA integrity_check({_MOST})")).scalars() if row != "ok"]
    if faults:
        raise StoreError("backup_damaged", str(file), "; ".join(faults[:3]))
    version = _version(connection)
    if not version:
        raise StoreError("not_a_store", str(file))
    if connection.execute(text("PRAGMA foreign_key_check")).first() is not None:
        raise StoreError("backup_damaged", str(file), "foreign keys")
    if chain is not None and version == HEAD:
        for line in _faults(connection, chain, is_thorough=is_thorough):
            raise StoreError("backup_damaged", str(file), line)
    keys = connection.execute(select(setting.c.text).where(setting.c.name == _MARK)).scalar_one_or_none()
    newest = select(sale.c.till, func.max(sale.c.number)).group_by(sale.c.till).order_by(sale.c.till)
    return BackupSummary(
        file.stat().st_size,
        version,
        keys or "",
        int(connection.execute(select(func.count()).select_from(sale)).scalar_one()),
        int(connection.execute(select(func.count()).select_from(journal)).scalar_one()),
        {till: receipt_number(till, number) for till, number in connection.execute(newest)},
    )


def _faults(connection: Connection, chain: Chain, *, is_thorough: bool) -> Iterator[str]:
    yield from tail_mismatches(connection, chain)
    if is_thorough:
        yield from mismatches(connection, chain)
