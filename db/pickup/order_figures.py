"""Sums over customer orders that were claimed in a time, by channel and by quarter of an hour."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, literal_column, select, type_coerce
from sqlalchemy.types import BigInteger

from db.engine.types import from_microseconds
from db.tables.pickup import customer_order, customer_order_line
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.pickup.agreed_price import AgreedPrice
from pos.domain.pickup.customer_order import OrderState
from pos.domain.pickup.order_figures import OrderFigures

_QUARTER: ColumnElement[int] = literal_column("900000000")
"""Microseconds; in so many words, so that it is the same expression wherever it stands."""
_O, _L = customer_order.c, customer_order_line.c


def figures_by_channel(
    connection: Connection, since: datetime, until: datetime, price: Currency
) -> Mapping[str, OrderFigures]:
    return _figures(connection, _O.channel, since, until, price)


def figures_by_quarter(
    connection: Connection, since: datetime, until: datetime, price: Currency
) -> Sequence[tuple[datetime, OrderFigures]]:
    """By the begin of a quarter of an hour, in which every zone's hour begins."""
    at = type_coerce(_O.claimed_at, BigInteger)
    found = _figures(connection, at - at % _QUARTER, since, until, price)
    return [(from_microseconds(int(key)), found[key]) for key in sorted(found)]


def _figures(
    connection: Connection, key: ColumnElement[Any], since: datetime, until: datetime, price: Currency
) -> dict[Any, OrderFigures]:
    """Orders are counted by state; pieces and their worth by what was agreed for one, so that each is rounded alone."""
    within = (_O.claimed_at >= since, _O.claimed_at < until)
    found: dict[Any, OrderFigures] = {}
    counted = select(key.label("key"), _O.state, func.count().label("orders")).where(*within).group_by(key, _O.state)
    for row in connection.execute(counted):
        before = found.get(row.key, OrderFigures(Money.zero(price)))
        found[row.key] = before.with_orders(OrderState(row.state), row.orders)
    agreed = (_L.price_minor, _L.currency, _L.rate, _L.rate_day)
    pieces = (
        select(
            key.label("key"), *agreed, func.sum(_L.quantity).label("pieces"), func.sum(_L.picked).label("picked")
        )
        .join(customer_order_line, _L.order_id == _O.id)
        .where(*within)
        .group_by(key, *agreed)
    )  # fmt: skip
    for row in connection.execute(pieces):
        one = AgreedPrice(Money(row.price_minor, CURRENCIES[row.currency]), Fraction(row.rate), row.rate_day)
        worth = one.in_price(price) * int(row.pieces)
        found[row.key] = found[row.key].plus(
            OrderFigures(worth, pieces=int(row.pieces), picked=int(row.picked))
        )  # fmt: skip
    return found
