"""What a verification of the center reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import Connection, exists, func, select

from db.center.journal import covered
from db.center.tables import flag, journal, ledger_entry, reservation, till, visitor
from db.center.visitors import is_of, visitor_of
from pos.application.center.ports import CenterVisitor, Chain, ChainEntry
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

    def is_flagged(self, person: int) -> bool:
        found = select(flag.c.id).join(visitor, visitor.c.id == flag.c.visitor_id).where(is_of(person)).limit(1)
        return self._connection.execute(found).first() is not None

    def sold_without_entry(self) -> Sequence[str]:
        booked = exists().where(ledger_entry.c.key == reservation.c.key, ledger_entry.c.kind == "sold")
        is_sold = reservation.c.state == ReservationState.SOLD.value
        return self._connection.execute(select(reservation.c.key).where(is_sold, ~booked)).scalars().all()

    def _entries(self, chain: int) -> Iterable[ChainEntry]:
        found = select(journal).where(journal.c.till == chain).order_by(journal.c.entry)
        for row in self._connection.execute(found):
            yield ChainEntry(row.entry, covered(dict(row._mapping)), bytes(row.hash))
