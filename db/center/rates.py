"""The customs rates of the center."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, Row, select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from db.center.tables import customs_rate
from pos.application.center.ports import CustomsRate


class SqlCustomsRates:
    """Rates over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, rate: CustomsRate) -> bool:
        row = {
            "day": rate.day,
            "currency": rate.currency,
            "base": rate.base,
            "per_unit": str(rate.per_unit),
            "by": rate.by,
            "at": rate.at,
        }
        added = insert(customs_rate).values(row).on_conflict_do_nothing().returning(customs_rate.c.day)
        return self._connection.execute(added).one_or_none() is not None

    def in_force(self, day: date) -> Sequence[CustomsRate]:
        newest = (
            select(customs_rate)
            .ext(distinct_on(customs_rate.c.currency))
            .where(customs_rate.c.day <= day)
            .order_by(customs_rate.c.currency, customs_rate.c.day.desc())
        )
        return [_rate(row) for row in self._connection.execute(newest)]

    def all(self) -> Sequence[CustomsRate]:
        found = select(customs_rate).order_by(customs_rate.c.day.desc(), customs_rate.c.currency)
        return [_rate(row) for row in self._connection.execute(found)]


def _rate(row: Row[Any]) -> CustomsRate:
    return CustomsRate(row.day, row.currency, row.base, Decimal(row.per_unit), row.by, row.at)
