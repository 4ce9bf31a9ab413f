"""Recorded returns, read back."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from db.sales.cash import notes_from
from db.sales.frozen_rates import rates_from
from db.sales.sales_with_rates import SALES_WITH_RATES
from db.tables.sales import refund, return_line, sale
from pos.domain.money import CURRENCIES, Money
from pos.domain.returns.goods_return import GoodsReturn, Refund, ReturnedLine

_LINES = select(return_line).where(return_line.c.sale_id == bindparam("id")).order_by(return_line.c.no)
_REFUNDS = select(refund).where(refund.c.sale_id == bindparam("id")).order_by(refund.c.no)
_EXCHANGED = SALES_WITH_RATES.where(sale.c.exchanged_in == bindparam("receipt")).order_by(sale.c.number)


def returns_in(connection: Connection, receipt: str) -> tuple[GoodsReturn, ...]:
    """The returns made in one act with the sale of this receipt, in their order."""
    rows = connection.execute(_EXCHANGED, {"receipt": receipt}).all()
    return tuple(return_from(connection, row) for row in rows)


def return_from(connection: Connection, row: Row[Any]) -> GoodsReturn:
    """The return of this row of `sale` with its rates."""
    rates = rates_from(json.loads(row.rates))
    lines = connection.execute(_LINES, {"id": row.id}).all()

    def price(minor: int) -> Money:
        return Money(minor, rates.price)

    return GoodsReturn(
        till=row.till,
        number=row.number,
        key=row.key,
        at=row.at,
        cashier=row.cashier,
        shift=row.shift_id,
        reverses=lines[0].reverses,
        reason=lines[0].reason,
        total=price(row.total_minor),
        lines=tuple(
            ReturnedLine(
                x.of_line, x.product_id, x.code, x.name, json.loads(x.names), x.category, x.quantity,
                price(x.amount_minor), x.place, x.vat, None if x.tax_minor is None else price(x.tax_minor), x.serial,
            )
            for x in lines
        ),
        refunds=tuple(
            Refund(
                x.method, Money(x.amount_minor, CURRENCIES[x.currency]), Fraction(x.rate), price(x.value_minor),
                notes_from(x.notes), x.origin,
            )
            for x in connection.execute(_REFUNDS, {"id": row.id})
        ),
        rounding=price(row.rounding_minor),
        rates=rates,
        approved_by=row.approved_by,
        exchanged_in=row.exchanged_in,
        mac=row.mac,
    )  # fmt: skip
