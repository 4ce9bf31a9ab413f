"""The append-only journal, one chain for each till."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, false, func, insert, or_, select, text, true, update

from db.engine.canonical import content, dumps
from db.engine.compiled_statement import CompiledStatement
from db.engine.dialect import insert_new, is_sqlite
from db.maintenance.journal_chain import holds, walk_on
from db.maintenance.journal_search import journal_found
from db.tables.sales import sale
from db.tables.shop import journal, journal_head, shift
from pos.application.ports.journal_ports import ChainWalk, JournalCursor, JournalFilter, JournalPage, OtherClocks

_COUNT = CompiledStatement(
    update(journal_head)
    .where(journal_head.c.till == bindparam("key"))
    .values(entries=journal_head.c.entries + bindparam("more"))
    .returning(journal_head.c.entries, journal_head.c.mac)
)
_CLOSE = CompiledStatement(
    update(journal_head).where(journal_head.c.till == bindparam("key")).values(mac=bindparam("new"))
)
_INSERT = CompiledStatement(insert(journal))
_LAST_AT = select(journal.c.at).where(journal.c.till == bindparam("till")).order_by(journal.c.number.desc()).limit(1)
_ACCEPTED = select(func.coalesce(func.max(journal.c.id), 0)).where(journal.c.act == "accept_clock").scalar_subquery()
"""The person who accepted a clock confirmed that earlier entries do not measure the time."""
_THEIR_LAST = (journal.c.till == journal_head.c.till) & (journal.c.number == journal_head.c.entries)
_CLOSED_AT = (
    select(shift.c.closed_at)
    .where(shift.c.till == journal_head.c.till)
    .order_by(shift.c.number.desc())
    .limit(1)
    .scalar_subquery()
)
_HAS_A_SHIFT = select(shift.c.id).where(shift.c.till == journal_head.c.till).exists()
# As a query on the heads: with a join SQLite reads the entire journal and looks for the head of each row.
_LAST_OF_EACH = CompiledStatement(
    select(
        journal_head.c.till,
        select(journal.c.id).where(_THEIR_LAST).scalar_subquery().label("id"),
        select(journal.c.at).where(_THEIR_LAST).scalar_subquery().label("at"),
        case((_HAS_A_SHIFT & _CLOSED_AT.is_(None), true()), else_=false()).label("is_open"),
        _ACCEPTED.label("accepted"),
    )
)
_LAST_CHECKED = CompiledStatement(
    select(journal.c.id, journal.c.at)
    .where(
        journal.c.till == bindparam("till"),
        or_(*(journal.c.act == event for event in ("sale", "return", "void_sale", "open_shift", "accept_clock"))),
    )
    .order_by(journal.c.number.desc())
    .limit(1)
)
_NEWEST_CHECKED = CompiledStatement(
    select(
        select(sale.c.at).order_by(sale.c.id.desc()).limit(1).scalar_subquery().label("sold"),
        select(shift.c.opened_at).order_by(shift.c.id.desc()).limit(1).scalar_subquery().label("opened"),
        select(journal.c.at).where(journal.c.id == _ACCEPTED).scalar_subquery().label("accepted"),
    )
)
_SERVER_CLOCK = text("SELECT clock_timestamp()")


class SqlJournal:
    """The journal over one connection; `chain` is Secrets.chain."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._chain = chain

    def write(self, at: datetime, till: str, person: str, event: str, details: Mapping[str, Any]) -> None:
        self.write_many(at, till, person, event, [details])

    def write_many(
        self, at: datetime, till: str, person: str, event: str, details: Sequence[Mapping[str, Any]]
    ) -> None:
        if not details:
            return
        last, mac = self._counted(till, len(details))
        rows = []
        for number, one in enumerate(details, start=last - len(details) + 1):
            rows.append(self.entry(number, mac, at, till, person, event, one))
            mac = rows[-1]["mac"]
        _INSERT.run_each(self._connection, rows)
        _CLOSE.run(self._connection, {"key": till, "new": mac})

    def _counted(self, till: str, more: int) -> tuple[int, str]:
        """The number of the last of so many further entries, and the seal of the one before them."""
        asked = {"key": till, "more": more}
        head = _COUNT.one(self._connection, asked)
        if head is None:
            first = {"till": till, "entries": 0, "mac": ""}
            self._connection.execute(insert_new(self._connection, journal_head), first)
            head = _COUNT.rows(self._connection, asked)[0]
        return head.entries, head.mac

    def entry(
        self, number: int, before: str, at: datetime, till: str, person: str, event: str, details: Mapping[str, Any]
    ) -> dict[str, Any]:
        """The row of an entry, chained to the one `before`."""
        row = {"till": till, "number": number, "at": at, "person": person, "act": event, "details": dumps(details)}
        return {**row, "mac": self._chain(before, content(journal=row))}

    def last_at(self, till: str) -> datetime | None:
        last: datetime | None = self._connection.execute(_LAST_AT, {"till": till}).scalar_one_or_none()
        return last

    def other_clocks(self, till: str) -> OtherClocks:
        last_entries = _LAST_OF_EACH.rows(self._connection, {})
        heads = [row for row in last_entries if row.id is not None and row.id >= row.accepted]
        server: datetime | None = None
        if not is_sqlite(self._connection):
            server = self._connection.execute(_SERVER_CLOCK).scalar_one().astimezone(UTC)
        last = max((row.at for row in heads), default=None)
        open_tills = max((row.at for row in heads if row.is_open and row.till != till), default=None)
        own = None if open_tills is None else _LAST_CHECKED.one(self._connection, {"till": till})
        counts = own is not None and own.id >= last_entries[0].accepted
        # A server is its own measure; nothing else is asked.
        checked = _NEWEST_CHECKED.one(self._connection, {}) if server is None else None
        return OtherClocks(
            last,
            open_tills,
            own.at if own is not None and counts else None,
            None if checked is None else max((at for at in checked if at is not None), default=None),
            server,
        )

    def find(self, filters: JournalFilter, limit: int, before: JournalCursor | None) -> JournalPage:
        return journal_found(self._connection, filters, limit, before)

    def tills(self) -> Sequence[str]:
        return list(self._connection.execute(select(journal_head.c.till).order_by(journal_head.c.till)).scalars())

    def walk_on(self, walk: ChainWalk, most: int) -> ChainWalk:
        return walk_on(self._connection, self._chain, walk, most)

    def holds(self, till: str, number: int) -> bool:
        return holds(self._connection, self._chain, till, number)
