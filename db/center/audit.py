"""What a verification of the center reads."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, exists, func, select

from db.center.journal import covered
from db.center.tables import CONSOLE, flag, journal, ledger_entry, member, reservation, till, visitor
from db.center.visitors import is_of, visitor_of
from pos.application.center.ledger_json import change_from_json
from pos.application.center.ports import BookedLine, CenterVisitor, Chain, ChainEntry, ShopAtCenter
from pos.domain.center.ledger import CameBack, LineId, Sold
from pos.domain.center.reservation import ReservationState


class SqlCenterAudit:
    """Over one connection, in one state of the database."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def chains(self) -> Iterator[Chain]:
        rows = self._connection.execute(select(till.c.id, till.c.entry, till.c.hash).order_by(till.c.id)).all()
        for row in rows:
            yield Chain(row.id, self._entries(row.id), row.entry, bytes(row.hash))

    def references(self) -> Sequence[str]:
        found = select(visitor.c.reference).where(visitor.c.alias_of.is_(None)).order_by(visitor.c.id)
        return self._connection.execute(found).scalars().all()

    def visitor(self, reference: str) -> CenterVisitor:
        return visitor_of(self._connection.execute(select(visitor).where(visitor.c.reference == reference)).one())

    def last_version(self, person: int) -> int:
        found = (
            select(func.coalesce(func.max(ledger_entry.c.version), 0))
            .join(visitor, visitor.c.id == ledger_entry.c.visitor_id)
            .where(is_of(person))
        )
        return int(self._connection.execute(found).scalar_one())

    def is_flagged(self, person: int, kinds: Collection[str]) -> bool:
        flags = select(flag.c.id).join(visitor, visitor.c.id == flag.c.visitor_id)
        found = flags.where(is_of(person), flag.c.kind.in_(kinds)).limit(1)
        return self._connection.execute(found).first() is not None

    def shop(self, name: str, since: datetime, until: datetime) -> ShopAtCenter | None:
        row = self._connection.execute(select(member).where(member.c.name == name)).one_or_none()
        if row is None:
            return None
        lines = self._lines(row.id, since, until)
        kept = select(flag.c.facts).where(flag.c.kind == "return_after_departure", flag.c.at >= since)
        late = [json.loads(facts) for facts in self._connection.execute(kept).scalars()]
        after = {LineId(each["sale"], each["line"]) for each in late} & set(lines)
        return ShopAtCenter(row.added_at, lines, self._reserved(row.id, since), after)

    def _lines(self, shop: int, since: datetime, until: datetime) -> dict[LineId, BookedLine]:
        of_shop = (ledger_entry.c.shop == shop) & ledger_entry.c.kind.in_(("sold", "came_back"))
        of_shop &= ledger_entry.c.till != CONSOLE  # which says again what a till said, where documents are unlinked
        found = select(ledger_entry).where(of_shop, ledger_entry.c.at >= since).order_by(ledger_entry.c.id)
        lines: dict[LineId, BookedLine] = {}
        for row in self._connection.execute(found):
            change = change_from_json(row.kind, row.content)
            if isinstance(change, Sold) and not change.is_declared and row.at < until:
                for line in change.lines:
                    booked = BookedLine(row.at, change.regime, line.goods.category, line.goods.quantity, 0)
                    lines[LineId(change.sale, line.line)] = booked
            elif isinstance(change, CameBack) and (back := LineId(change.sale, change.line)) in lines:
                lines[back] = replace(lines[back], returned=lines[back].returned + change.units)
        return lines

    def _reserved(self, shop: int, since: datetime) -> dict[str, ReservationState]:
        """The state of the newest reservation of each sale that is not booked; one that counts before all others."""
        found = (
            select(reservation.c.sale, reservation.c.state)
            .where(reservation.c.shop == shop, reservation.c.received_at >= since)
            .order_by(reservation.c.state == ReservationState.OPEN.value, reservation.c.received_at)
        )
        return {row.sale: ReservationState(row.state) for row in self._connection.execute(found)}

    def sold_without_entry(self) -> Sequence[str]:
        booked = exists().where(ledger_entry.c.key == reservation.c.key, ledger_entry.c.kind == "sold")
        is_sold = reservation.c.state == ReservationState.SOLD.value
        return self._connection.execute(select(reservation.c.key).where(is_sold, ~booked)).scalars().all()

    def _entries(self, chain: int) -> Iterable[ChainEntry]:
        found = select(journal).where(journal.c.till == chain).order_by(journal.c.entry)
        for row in self._connection.execute(found):
            yield ChainEntry(row.entry, covered(dict(row._mapping)), bytes(row.hash))
