"""The append-only journal, one chain for each till."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, update

from db.canonical import content, dumps
from db.dialect import insert_new
from db.queries.journal_chain import holds, walk_on
from db.queries.journal_found import journal_found
from db.ready import Ready
from db.tables.shop import journal, journal_head
from pos.application.journal_ports import ChainWalk, JournalPage, JournalPlace, JournalWanted

_COUNT = Ready(
    update(journal_head)
    .where(journal_head.c.till == bindparam("key"))
    .values(entries=journal_head.c.entries + 1)
    .returning(journal_head.c.entries, journal_head.c.mac)
)
_CLOSE = Ready(update(journal_head).where(journal_head.c.till == bindparam("key")).values(mac=bindparam("new")))
_INSERT = Ready(insert(journal))
_LAST_AT = select(journal.c.at).where(journal.c.till == bindparam("till")).order_by(journal.c.number.desc()).limit(1)


class SqlJournal:
    """The journal over one connection; `chain` is Secrets.chain."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._chain = chain

    def write(self, at: datetime, till: str, person: str, act: str, details: Mapping[str, Any]) -> None:
        """See Journal.write."""
        head = _COUNT.one(self._connection, {"key": till})
        if head is None:
            first = {"till": till, "entries": 0, "mac": ""}
            self._connection.execute(insert_new(self._connection, journal_head), first)
            head = _COUNT.rows(self._connection, {"key": till})[0]
        row = self.entry(head.entries, head.mac, at, till, person, act, details)
        _INSERT.run(self._connection, row)
        _CLOSE.run(self._connection, {"key": till, "new": row["mac"]})

    def entry(
        self, number: int, before: str, at: datetime, till: str, person: str, act: str, details: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The row of an entry, chained to the one `before`."""
        row = {"till": till, "number": number, "at": at, "person": person, "act": act, "details": dumps(details)}
        return {**row, "mac": self._chain(before, content(journal=row))}

    def last_at(self, till: str) -> datetime | None:
        """See Journal.last_at."""
        last: datetime | None = self._connection.execute(_LAST_AT, {"till": till}).scalar_one_or_none()
        return last

    def found(self, wanted: JournalWanted, limit: int, before: JournalPlace | None) -> JournalPage:
        """See Journal.found."""
        return journal_found(self._connection, wanted, limit, before)

    def tills(self) -> Sequence[str]:
        """See Journal.tills."""
        return list(self._connection.execute(select(journal_head.c.till).order_by(journal_head.c.till)).scalars())

    def walk_on(self, walk: ChainWalk, most: int) -> ChainWalk:
        """See Journal.walk_on."""
        return walk_on(self._connection, self._chain, walk, most)

    def holds(self, till: str, number: int) -> bool:
        """See Journal.holds."""
        return holds(self._connection, self._chain, till, number)
