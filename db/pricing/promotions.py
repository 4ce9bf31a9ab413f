"""Promotions, by number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, or_, select, update

from db.tables.promotions import promotion
from pos.domain.money import CURRENCIES, Money
from pos.domain.pricing.promotion import Promotion

_ALL = select(promotion).order_by(promotion.c.id)
_AT = _ALL.where(
    promotion.c.since <= bindparam("at"),
    or_(promotion.c.until.is_(None), promotion.c.until > bindparam("at")),
    or_(promotion.c.ended_at.is_(None), promotion.c.ended_at > bindparam("at")),
)
_ONE = select(promotion).where(promotion.c.id == bindparam("id"))
_INSERT = insert(promotion).returning(promotion.c.id)
_END = update(promotion).where(promotion.c.id == bindparam("number"), promotion.c.ended_at.is_(None))


class SqlPromotions:
    """Promotions over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def all(self) -> Sequence[Promotion]:
        return [_read(row) for row in self._connection.execute(_ALL)]

    def at(self, instant: datetime) -> Sequence[Promotion]:
        return [_read(row) for row in self._connection.execute(_AT, {"at": instant})]

    def by_id(self, number: int) -> Promotion | None:
        row = self._connection.execute(_ONE, {"id": number}).one_or_none()
        return None if row is None else _read(row)

    def add(self, promotion: Promotion, person: str) -> Promotion:
        values = {**_columns(promotion), "person": person}
        return replace(promotion, id=self._connection.execute(_INSERT, values).scalar_one())

    def change(self, before: Promotion, after: Promotion) -> bool:
        was = [promotion.c[name].is_not_distinct_from(value) for name, value in _columns(before).items()]
        still = update(promotion).where(promotion.c.id == before.id, promotion.c.ended_at.is_(None), *was)
        return self._connection.execute(still.values(**_columns(after))).rowcount == 1

    def end(self, number: int, at: datetime) -> None:
        self._connection.execute(_END.values(ended_at=bindparam("at")), {"number": number, "at": at})


def _columns(one: Promotion) -> dict[str, Any]:
    return {
        "name": one.name,
        "since": one.since,
        "until": one.until,
        "scope": one.scope,
        "code": one.code,
        "percent": one.percent,
        "amount_minor": None if one.amount is None else one.amount.minor,
        "currency": None if one.amount is None else one.amount.currency.code,
        "take": one.take,
        "pay": one.pay,
    }


def _read(row: Row[Any]) -> Promotion:
    amount = None if row.amount_minor is None else Money(row.amount_minor, CURRENCIES[row.currency])
    return Promotion(
        id=row.id,
        name=row.name,
        since=row.since,
        until=row.until,
        scope=row.scope,
        code=row.code,
        percent=row.percent,
        amount=amount,
        take=row.take,
        pay=row.pay,
        ended_at=row.ended_at,
    )
