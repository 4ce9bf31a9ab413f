"""What the pages of the console read."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, func, select, tuple_
from sqlalchemy.sql.selectable import Subquery

from db.center.tables import flag, journal, lookup_of_day, member, reservation, reserved_goods, till, visitor
from db.center.visitors import visitor_of
from pos.application.center.ports import CenterVisitor
from pos.application.center_console.ports import (
    DayFigures,
    FlagRow,
    HourOfRegime,
    JournalCriteria,
    JournalPlace,
    JournalRow,
)
from pos.domain.center.reservation import ReservationState

_OPEN, _SOLD = ReservationState.OPEN.value, ReservationState.SOLD.value
_PERSON = func.coalesce(visitor.c.alias_of, visitor.c.id)


class SqlConsoleReading:
    """Over one connection, in one state of the database where the transaction reads."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def figures(self, begin: datetime, day: date, now: datetime) -> DayFigures:
        looked_up = select(func.count(func.distinct(lookup_of_day.c.visitor))).where(lookup_of_day.c.day == day)
        bought = _bought(begin)
        visitors = select(func.count(func.distinct(bought.c.person))).where(bought.c.state == _SOLD)
        is_today = reservation.c.received_at >= begin
        sales = select(func.count()).where(is_today, reservation.c.state == _SOLD)
        is_open, is_over = reservation.c.state == _OPEN, reservation.c.ends_at <= now
        return DayFigures(
            looked_up=self._count(looked_up),
            visitors=self._count(visitors),
            sales=self._count(sales),
            open=self._count(select(func.count()).where(is_open, ~is_over)),
            in_doubt=self._count(select(func.count()).where(is_open, is_over)),
            flags=self._count(select(func.count()).where(flag.c.at >= begin)),
            unseen_sales=self._count(
                select(func.count()).where(journal.c.at >= begin, journal.c.action == "unseen_sale")
            ),
            tills=self._count(select(func.count()).where(till.c.last_contact >= begin, till.c.member_id.is_not(None))),
        )

    def hours(self, begin: datetime, zone: str) -> Sequence[HourOfRegime]:
        bought = _bought(begin)
        hour = func.date_trunc("hour", func.timezone(zone, bought.c.received_at)).label("hour")
        by_visitor = (
            select(bought.c.regime, hour, bought.c.person, func.max(bought.c.filled).label("filled"))
            .group_by(bought.c.regime, hour, bought.c.person)
            .subquery()
        )
        filled = by_visitor.c.filled

        def counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
            return func.count().filter(condition)

        filling = self._connection.execute(
            select(
                by_visitor.c.regime,
                by_visitor.c.hour,
                func.count(),
                counted(filled < 50),
                counted((filled >= 50) & (filled < 100)),
                counted(filled == 100),
                counted(filled > 100),
                counted(filled.is_(None)),
            )
            .group_by(by_visitor.c.regime, by_visitor.c.hour)
            .order_by(by_visitor.c.regime, by_visitor.c.hour)
        ).all()
        keys = func.count(func.distinct(bought.c.key)).filter(bought.c.state == _SOLD)
        rows = self._connection.execute(select(bought.c.regime, hour, keys).group_by(bought.c.regime, hour))
        sales = {(row[0], row[1]): row[2] for row in rows}
        return [
            HourOfRegime(regime, at.replace(tzinfo=ZoneInfo(zone)), sales[regime, at], *counts)
            for regime, at, *counts in filling
        ]

    def journal(self, criteria: JournalCriteria, most: int, after: JournalPlace | None) -> Sequence[JournalRow]:
        place = tuple_(journal.c.at, journal.c.till, journal.c.entry)
        found = (
            select(journal, till.c.name.label("till_name"), member.c.name.label("shop"))
            .join(till, till.c.id == journal.c.till)
            .outerjoin(member, member.c.id == till.c.member_id)
            .where(journal.c.at >= criteria.since, journal.c.at < criteria.until)
            .order_by(journal.c.at.desc(), journal.c.till.desc(), journal.c.entry.desc())
            .limit(most)
        )
        if criteria.shop:
            found = found.where(member.c.name.icontains(criteria.shop, autoescape=True))
        if criteria.action:
            found = found.where(journal.c.action == criteria.action)
        if criteria.text:
            found = found.where(journal.c.facts.icontains(criteria.text, autoescape=True))
        if after is not None:
            found = found.where(place < tuple_(*_literals(after)))
        return [
            JournalRow(
                JournalPlace(row.at, row.till, row.entry),
                row.shop,
                None if row.shop is None else row.till_name,
                row.action,
                json.loads(row.facts),
            )
            for row in self._connection.execute(found)
        ]

    def flags(self, since: datetime, until: datetime, kind: str, most: int) -> Sequence[FlagRow]:
        of_key = func.substring(flag.c.key, "^([0-9]{1,18})/").cast(BigInteger)
        found = (
            select(flag, till.c.name.label("till_name"), member.c.name.label("shop"), _PERSON.label("person"))
            .outerjoin(visitor, visitor.c.id == flag.c.visitor_id)
            .outerjoin(till, till.c.id == func.coalesce(flag.c.till, of_key))
            .outerjoin(member, member.c.id == till.c.member_id)
            .where(flag.c.at >= since, flag.c.at < until)
            .order_by(flag.c.at.desc(), flag.c.id.desc())
            .limit(most)
        )
        rows = self._connection.execute(found.where(flag.c.kind == kind) if kind else found).all()
        persons = self.visitors({row.person for row in rows if row.person is not None})
        return [self._flag(row, persons) for row in rows]

    def visitors(self, numbers: Collection[int]) -> Mapping[int, CenterVisitor]:
        rows = self._connection.execute(select(visitor).where(visitor.c.id.in_(numbers)))
        return {row.id: visitor_of(row) for row in rows}

    def _flag(self, row: Row[Any], persons: Mapping[int, CenterVisitor]) -> FlagRow:
        person = None if row.person is None else persons[row.person]
        facts = json.loads(row.facts)
        return FlagRow(row.at, row.kind, row.shop, row.till_name, person, row.key or None, facts)

    def _count(self, found: Any) -> int:
        return int(self._connection.execute(found).scalar_one())


def _bought(begin: datetime) -> Subquery:
    """Each visitor's part of a reservation since an instant that is sold, or still counts."""
    return (
        select(
            reservation.c.key,
            reservation.c.regime,
            reservation.c.received_at,
            reservation.c.state,
            reserved_goods.c.filled,
            _PERSON.label("person"),
        )
        .join(reserved_goods, reserved_goods.c.key == reservation.c.key)
        .join(visitor, visitor.c.id == reserved_goods.c.visitor_id)
        .where(reservation.c.received_at >= begin, reservation.c.state.in_((_OPEN, _SOLD)))
        .subquery()
    )


def _literals(place: JournalPlace) -> tuple[object, object, object]:
    return place.at, place.till, place.entry
