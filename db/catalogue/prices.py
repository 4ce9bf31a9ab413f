"""Prices from a date."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, insert, select

from db.tables.catalogue import product, product_price
from pos.application.ports.pricing_ports import DatedPrice
from pos.domain.money import CURRENCIES, Money

_OF = select(product_price).where(product_price.c.product_id == bindparam("id")).order_by(product_price.c.since)
_TO_COME = (
    select(product_price)
    .where(product_price.c.product_id == bindparam("id"), product_price.c.since > bindparam("at"))
    .order_by(product_price.c.since)
)
_WITH_PRICE_TO_COME = (
    select(product_price.c.product_id)
    .where(product_price.c.product_id.in_(bindparam("ids", expanding=True)), product_price.c.since > bindparam("at"))
    .distinct()
)
_HELD = (
    select(product_price)
    .where(product_price.c.product_id == bindparam("id"), product_price.c.since <= bindparam("until"))
    .order_by(product_price.c.since.desc())
    .limit(bindparam("limit"))
)
_OWN = select(product.c.price_minor, product.c.price_currency).where(product.c.id == bindparam("id"))
_DELETE = delete(product_price).where(
    product_price.c.product_id == bindparam("id"), product_price.c.since == bindparam("from")
)
_INSERT = insert(product_price)


class SqlPrices:
    """Dated prices over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def of(self, product_id: int) -> Sequence[DatedPrice]:
        return _dated(self._connection.execute(_OF, {"id": product_id}))

    def to_come(self, product_id: int, at: datetime) -> Sequence[DatedPrice]:
        return _dated(self._connection.execute(_TO_COME, {"id": product_id, "at": at}))

    def with_price_to_come(self, product_ids: Sequence[int], at: datetime) -> frozenset[int]:
        asked = {"ids": list(product_ids), "at": at}
        return frozenset(self._connection.execute(_WITH_PRICE_TO_COME, asked).scalars())

    def held(self, product_id: int, until: datetime, limit: int) -> Sequence[DatedPrice]:
        return _dated(self._connection.execute(_HELD, {"id": product_id, "until": until, "limit": limit}))

    def own(self, product_id: int) -> Money | None:
        row = self._connection.execute(_OWN, {"id": product_id}).one()
        return None if row.price_minor is None else Money(row.price_minor, CURRENCIES[row.price_currency])

    def set(self, product_id: int, dated: DatedPrice) -> None:
        self.set_many([(product_id, dated)])

    def set_many(self, prices: Sequence[tuple[int, DatedPrice]]) -> None:
        """Record several, each of another product, in two statements."""
        if not prices:
            return
        self._connection.execute(_DELETE, [{"id": key, "from": dated.since} for key, dated in prices])
        values = [
            {
                "product_id": key,
                "since": dated.since,
                "price_minor": dated.price.minor,
                "price_currency": dated.price.currency.code,
                "person": dated.person,
                "set_at": dated.set_at,
            }
            for key, dated in prices
        ]
        self._connection.execute(_INSERT, values)

    def withdraw(self, product_id: int, since: datetime) -> bool:
        return self._connection.execute(_DELETE, {"id": product_id, "from": since}).rowcount > 0


def _dated(rows: Iterable[Row[Any]]) -> list[DatedPrice]:
    return [
        DatedPrice(Money(row.price_minor, CURRENCIES[row.price_currency]), row.since, row.person, row.set_at)
        for row in rows
    ]
