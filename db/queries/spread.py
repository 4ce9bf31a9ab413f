"""What the shop earned by its exchange rates: money counted at its rates against the middle of buy and sell."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Select, func, select

from db.repositories.sales import rates_from
from db.tables.sales import refund, sale, sale_change, sale_payment
from pos.domain.money import CURRENCIES, Money, half_up
from pos.domain.rates import RateTable


def spread(connection: Connection, sales: Any, returns: Any, days: Mapping[str, date]) -> int:
    """Minor units of the price currency, over these sales and returns (as subqueries of their ids).

    Each sale and return by its own frozen rates; what was taken and given back at one rate comes to nothing.
    """
    earned = Fraction(0)
    for table, ids, sign in ((sale_payment, sales, 1), (sale_change, sales, -1), (refund, returns, -1)):
        for row in connection.execute(_sums(table, ids), days):
            rates = rates_from(json.loads(row.rates))
            if row.currency != rates.price.code:
                earned += sign * (_at_the_middle(int(row.amount), row.currency, rates) - int(row.value))
    return half_up(earned)


def _sums(table: Any, ids: Any) -> Select[Any]:
    return (
        select(
            sale.c.rates,
            table.c.currency,
            func.sum(table.c.amount_minor).label("amount"),
            func.sum(table.c.value_minor).label("value"),
        )
        .join(sale, sale.c.id == table.c.sale_id)
        .where(table.c.sale_id.in_(ids))
        .group_by(sale.c.rates, table.c.currency)
    )


def _at_the_middle(minor: int, code: str, rates: RateTable) -> Fraction:
    """What an amount is worth in minor units of the price currency where nobody earns by changing it."""
    currency, price = CURRENCIES[code], rates.price
    units = Money(minor, currency).units
    worth = units if currency == rates.base else units * rates.of(currency).mean
    own = Fraction(1) if price == rates.base else rates.of(price).mean
    return worth / own * price.minor_per_unit
