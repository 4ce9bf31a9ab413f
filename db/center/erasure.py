"""Erase what is old, as the owner of the tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, delete, exists, func, or_, select, text

from db.center.tables import (
    flag,
    identity,
    ledger_entry,
    line_place,
    lookup_of_day,
    request,
    reservation,
    reserved_goods,
    visitor,
)
from db.center.visitors import is_of
from pos.application.center.ledger_json import change_from_json
from pos.domain.center.ledger import LedgerEntry, MovedHere
from pos.domain.center.reservation import ReservationState
from pos.domain.center.retention import KeptEntry, lines_of

ERASED = ("visitor", "identity", "ledger_entry", "line_place", "reservation", "reserved_goods", "request", "flag",
          "lookup_of_day")  # fmt: skip
"""The tables from which rows go."""


class SqlErasure:
    """Over one connection. The triggers of the tables let the owner alone delete, in a transaction that says so."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def may_begin(self) -> bool:
        is_owner = self._connection.execute(
            text(
                "SELECT tableowner = current_user FROM pg_tables"
                " WHERE schemaname = current_schema() AND tablename = 'ledger_entry'"
            )
        ).scalar_one()
        if is_owner:
            self._connection.execute(text("SET LOCAL center.erases = 'on'"))
            self._connection.execute(text("SET LOCAL statement_timeout = '60s'"))
        return bool(is_owner)

    def reservations(self, before: datetime) -> int:
        is_open = reservation.c.state == ReservationState.OPEN.value
        old = (~is_open) & (reservation.c.settled_at < before) & (reservation.c.received_at < before)
        keys = select(reservation.c.key).where(old)
        self._connection.execute(delete(reserved_goods).where(reserved_goods.c.key.in_(keys)))
        self._connection.execute(delete(request).where(request.c.at < before))
        return self._connection.execute(delete(reservation).where(old)).rowcount

    def lookups(self, before: datetime) -> None:
        self._connection.execute(delete(lookup_of_day).where(lookup_of_day.c.at < before))

    def persons(self, before: datetime, after: int, most: int) -> Sequence[tuple[int, str]]:
        written = exists().where(ledger_entry.c.visitor_id == visitor.c.id, ledger_entry.c.written_at < before)
        person = func.coalesce(visitor.c.alias_of, visitor.c.id)
        known = or_(written, visitor.c.added_at < before)
        numbers = select(person).where(known, person > after).distinct().order_by(person).limit(most)
        found = select(visitor.c.id, visitor.c.reference).where(visitor.c.id.in_(numbers)).order_by(visitor.c.id)
        return [(row.id, row.reference) for row in self._connection.execute(found)]

    def ledger(self, person: int) -> Sequence[KeptEntry]:
        found = (
            select(ledger_entry)
            .join(visitor, visitor.c.id == ledger_entry.c.visitor_id)
            .where(is_of(person))
            .order_by(ledger_entry.c.id)
        )
        return [
            KeptEntry(row.id, LedgerEntry(row.at, row.shop, change_from_json(row.kind, row.content)), row.written_at)
            for row in self._connection.execute(found)
        ]

    def entries(self, person: int, old: Sequence[KeptEntry]) -> None:
        for each in old:
            change = each.entry.change
            shop = change.shop if isinstance(change, MovedHere) else each.entry.shop
            for sale, line in lines_of(change):
                place = (line_place.c.shop == shop) & (line_place.c.sale == sale) & (line_place.c.line == line)
                self._connection.execute(delete(line_place).where(place, line_place.c.visitor_id.in_(_rows_of(person))))
        numbers = [each.number for each in old]
        self._connection.execute(delete(ledger_entry).where(ledger_entry.c.id.in_(numbers)))

    def flags(self, person: int, before: datetime) -> None:
        self._connection.execute(delete(flag).where(flag.c.visitor_id.in_(_rows_of(person)), flag.c.at < before))

    def person(self, person: int, before: datetime) -> bool:
        rows = self._connection.execute(_rows_of(person)).scalars().all()
        reserved = select(reserved_goods.c.key).where(reserved_goods.c.visitor_id.in_(rows)).limit(1)
        is_new: ColumnElement[Any] = visitor.c.added_at >= before
        newer = select(visitor.c.id).where(visitor.c.id.in_(rows), is_new).limit(1)
        if self._connection.execute(reserved).first() or self._connection.execute(newer).first():
            return False
        for table in (flag, identity, line_place):
            self._connection.execute(delete(table).where(table.c.visitor_id.in_(rows)))
        self._connection.execute(delete(visitor).where(visitor.c.id.in_(rows), visitor.c.alias_of.is_not(None)))
        self._connection.execute(delete(visitor).where(visitor.c.id.in_(rows)))
        return True


def _rows_of(person: int) -> Select[Any]:
    """The person and the aliases."""
    return select(visitor.c.id).where(is_of(person))
