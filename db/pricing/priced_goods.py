"""Goods with the price that holds at an instant and their average cost, a page at a time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, select, true

from db.catalogue.browse import in_scope
from db.catalogue.price_in_force import CURRENCY as CODE
from db.catalogue.price_in_force import GOODS, MINOR
from db.tables.catalogue import product, product_price, supplier
from db.tables.stock import stock
from pos.application.ports.pricing_ports import Among, DatedPrice, PricedGood
from pos.domain.money import CURRENCIES, Money, half_up

_NAMES = {"": "name", "en": "name_en", "zh": "name_zh", "ru": "name_ru", "kk": "name_kk"}
_GOODS: Select[Any] = select(
    product.c.id,
    product.c.code,
    *(product.c[column] for column in _NAMES.values()),
    MINOR,
    CODE,
    stock.c.owned,
    stock.c.value_minor,
).select_from(GOODS.outerjoin(stock, stock.c.product_id == product.c.id))
_FROM = select(product_price).where(product_price.c.since == bindparam("from")).order_by(product_price.c.product_id)
_TOGETHER = _FROM.where(product_price.c.set_at == bindparam("set"))


class SqlPricedGoods:
    """Priced goods over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def page(
        self, among: Among, ids: Sequence[int] | None, at: datetime, after: int, limit: int
    ) -> Sequence[PricedGood]:
        delivered = select(supplier.c.id).where(supplier.c.name == among.supplier).scalar_subquery()
        question = _GOODS.where(
            product.c.id > after,
            MINOR.is_not(None),
            in_scope(among.scope),
            product.c.supplier_id == delivered if among.supplier else true(),
            true() if among.low is None else among.low.minor <= MINOR,
            true() if among.high is None else among.high.minor >= MINOR,
            true() if ids is None else product.c.id.in_(sorted(one for one in ids if one > after)[:_MOST_IDS]),
        )
        rows = self._connection.execute(question.order_by(product.c.id).limit(limit), {"at": at})
        return [_priced(row) for row in rows]

    def set_together(self, since: datetime, set_at: datetime | None = None) -> Sequence[tuple[int, DatedPrice]]:
        if set_at is None:
            rows = self._connection.execute(_FROM, {"from": since})
        else:
            rows = self._connection.execute(_TOGETHER, {"from": since, "set": set_at})
        return [
            (
                row.product_id,
                DatedPrice(Money(row.price_minor, CURRENCIES[row.price_currency]), since, row.person, row.set_at),
            )
            for row in rows
        ]


_MOST_IDS = 5_000


def _priced(row: Row[Any]) -> PricedGood:
    names = tuple((language, row._mapping[column]) for language, column in _NAMES.items() if row._mapping[column])
    currency = CURRENCIES[row.now_currency]
    has_cost = row.owned and row.owned > 0 and row.value_minor is not None
    cost = Money(half_up(Fraction(row.value_minor, row.owned)), currency) if has_cost else None
    return PricedGood(row.id, row.code, names, Money(row.now_minor, currency), cost)
