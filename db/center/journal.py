"""The journal of the center, a chain of hashes for each till and one for people; and the flags."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

from sqlalchemy import BigInteger, Connection, func, insert, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or

from db.center.tables import flag, journal, member, till, visitor
from pos.application.center.ports import RaisedFlag

ChainEnds = dict[int, tuple[int, bytes]]
"""The number and the hash of the last entry of each till whose row this transaction has locked."""


class SqlCenterJournal:
    """Entries over one connection. The row of the till is locked before (`take_turn`), which tells the end of its chain
    in `ends`.
    """

    def __init__(self, connection: Connection, chained: Callable[[str, bytes], bytes], ends: ChainEnds) -> None:
        self._connection = connection
        self._chained = chained
        self._ends = ends

    def write(self, at: datetime, till_id: int, action: str, facts: Mapping[str, object]) -> None:
        number, last = self._ends[till_id]
        entry = {"till": till_id, "entry": number + 1, "at": at, "action": action, "facts": _text(facts)}
        hashed = self._chained(covered(entry), last)
        self._connection.execute(insert(journal).values(**entry, hash=hashed))
        self._connection.execute(update(till).where(till.c.id == till_id).values(entry=number + 1, hash=hashed))
        self._ends[till_id] = number + 1, hashed


class SqlFlags:
    """Flags over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, at: datetime, visitor: int, key: str, kind: str, facts: Mapping[str, object]) -> None:
        row = {"at": at, "visitor_id": visitor, "key": key, "kind": kind, "facts": _text(facts)}
        self._connection.execute(insert(flag).values(row))

    def add_once(
        self,
        at: datetime,
        once: str,
        kind: str,
        facts: Mapping[str, object],
        *,
        visitor: int | None = None,
        till: int | None = None,
    ) -> bool:
        row = {"at": at, "visitor_id": visitor, "till": till, "key": "", "kind": kind, "facts": _text(facts)}
        added = insert_or(flag).values(**row, once=f"{kind}/{once}").on_conflict_do_nothing()
        return self._connection.execute(added.returning(flag.c.id)).one_or_none() is not None

    def since(self, at: datetime) -> Sequence[RaisedFlag]:
        of_key = func.substring(flag.c.key, "^([0-9]{1,18})/").cast(BigInteger)
        found = (
            select(flag, visitor.c.reference, member.c.name.label("shop"), till.c.name.label("till_name"))
            .outerjoin(visitor, visitor.c.id == flag.c.visitor_id)
            .outerjoin(till, till.c.id == func.coalesce(flag.c.till, of_key))
            .outerjoin(member, member.c.id == till.c.member_id)
            .where(flag.c.at >= at)
            .order_by(flag.c.at, flag.c.id)
        )
        return [
            RaisedFlag(row.at, row.kind, row.shop, row.till_name, row.reference, row.key or None, json.loads(row.facts))
            for row in self._connection.execute(found)
        ]


def covered(entry: Mapping[str, object]) -> str:
    """What the hash of an entry covers."""
    at = entry["at"]
    assert isinstance(at, datetime), "an entry has an instant"
    parts = [entry["till"], entry["entry"], at.astimezone(UTC).isoformat(), entry["action"], entry["facts"]]
    return json.dumps(parts, ensure_ascii=False)


def _text(facts: Mapping[str, object]) -> str:
    return json.dumps(facts, ensure_ascii=False, sort_keys=True)
