"""The journal of the center, a chain of hashes for each till and one for people; and the flags."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime

from sqlalchemy import Connection, insert, select, update

from db.center.tables import flag, journal, till


class SqlCenterJournal:
    """Entries over one connection. The row of the till is locked before (`take_turn`)."""

    def __init__(self, connection: Connection, chained: Callable[[str, bytes], bytes]) -> None:
        self._connection = connection
        self._chained = chained

    def write(self, at: datetime, till_id: int, action: str, facts: Mapping[str, object]) -> None:
        last = self._connection.execute(select(till.c.entry, till.c.hash).where(till.c.id == till_id)).one()
        entry = {"till": till_id, "entry": last.entry + 1, "at": at, "action": action, "facts": _text(facts)}
        hashed = self._chained(covered(entry), last.hash)
        self._connection.execute(insert(journal).values(**entry, hash=hashed))
        self._connection.execute(update(till).where(till.c.id == till_id).values(entry=last.entry + 1, hash=hashed))


class SqlFlags:
    """Flags over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, at: datetime, visitor: int, key: str, kind: str, facts: Mapping[str, object]) -> None:
        row = {"at": at, "visitor_id": visitor, "key": key, "kind": kind, "facts": _text(facts)}
        self._connection.execute(insert(flag).values(row))


def covered(entry: Mapping[str, object]) -> str:
    """What the hash of an entry covers."""
    at = entry["at"]
    assert isinstance(at, datetime), "an entry has an instant"
    parts = [entry["till"], entry["entry"], at.astimezone(UTC).isoformat(), entry["action"], entry["facts"]]
    return json.dumps(parts, ensure_ascii=False)


def _text(facts: Mapping[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)
