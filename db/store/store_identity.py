"""The owner of the books in a file, by the journal: its entries are chained under the keys of one shop."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, select

from db.tables.shop import journal

_WAL = 2
"""The 19th byte of a file that is written through a log: opening it would make one."""


def identity(connection: Connection) -> str:
    """Eight digits that identify the shop, from its first journal entry on; empty before that."""
    mac = connection.execute(select(journal.c.mac).order_by(journal.c.id).limit(1)).scalar_one_or_none()
    return str(mac or "")[:8]


def is_earlier(connection: Connection, file: Path) -> bool:
    """True if a closed file holds an earlier state of the books behind `connection`, or the same.

    The newest entry of each till in it must be in these books. Those of another shop are not, and neither are those of
    a copy of this one that was used for work since.
    """
    heads = _heads(file)
    return bool(heads) and all(
        connection.execute(
            select(journal.c.id).where(journal.c.till == till, journal.c.number == entries, journal.c.mac == mac)
        ).first()
        is not None
        for till, entries, mac in heads
    )


def is_held(file: Path) -> bool:
    """True if another program has a file open that is no live store: those have their log beside them."""
    try:
        with file.open("rb") as stream:
            if stream.read(20)[18:19] == bytes([_WAL]):
                return False
        if not _is_locked(file):
            return False
        with TemporaryDirectory(prefix=".locks-", dir=file.parent) as beside:
            return not _is_locked(Path(beside) / "locks.db")  # SQLite can lock nothing in some places
    except OSError:
        return False


def _is_locked(file: Path) -> bool:
    import pysqlite3.dbapi2 as driver

    try:
        with closing(driver.connect(f"{file.absolute().as_uri()}?mode=rwc", uri=True, timeout=0)) as connection:
            connection.isolation_level = None
            connection.execute("BEGIN EXCLUSIVE")
            connection.execute("ROLLBACK")
    except (driver.Error, UnicodeDecodeError) as error:
        return "locked" in str(error)
    return False


def _heads(file: Path) -> list[tuple[str, int, str]]:
    """The end of each till's journal in a file; empty where it is no store. Nothing is written, not even beside it."""
    import pysqlite3.dbapi2 as driver

    address = f"{file.absolute().as_uri()}?mode=ro&immutable=1"
    try:
        with closing(driver.connect(address, uri=True)) as connection:
            connection.execute("PRAGMA trusted_schema=OFF")
            rows = connection.execute("SELECT till, entries, mac FROM journal_head WHERE entries > 0").fetchall()
    except (driver.Error, UnicodeDecodeError, ValueError):
        return []
    return [tuple(row) for row in rows]
