"""The look-ups of the day, for alarms."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection, func, select, update
from sqlalchemy.dialects.postgresql import insert

from db.center.tables import lookup_of_day


class SqlLookups:
    """Look-ups over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def note(self, day: date, till: int, visitor: str, at: datetime, *, is_new: bool) -> None:
        row = {"day": day, "till": till, "visitor": visitor, "at": at, "is_new": is_new, "has_bought": False}
        self._connection.execute(insert(lookup_of_day).values(row).on_conflict_do_nothing())

    def bought(self, till: int, visitor: str) -> None:
        theirs = (lookup_of_day.c.till == till) & (lookup_of_day.c.visitor == visitor)
        self._connection.execute(update(lookup_of_day).where(theirs).values(has_bought=True))

    def unknown(self, till: int, since: datetime) -> int:
        found = select(func.count()).where(
            lookup_of_day.c.till == till, lookup_of_day.c.at > since, lookup_of_day.c.is_new
        )
        return int(self._connection.execute(found).scalar_one())

    def without_sale(self, till: int, day: date, before: datetime) -> tuple[int, int]:
        found = select(func.count(), func.count().filter(~lookup_of_day.c.has_bought)).where(
            lookup_of_day.c.till == till, lookup_of_day.c.day == day, lookup_of_day.c.at <= before
        )
        looked_up, without = self._connection.execute(found).one()
        return int(looked_up), int(without)
