"""Recorded returns, read back."""

from __future__ import annotations

import json
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from db.sales.cash import notes_from
from db.sales.frozen_rates import rates_from
from db.sales.sales_with_rates import SALES_WITH_RATES
from db.tables.outside_partners import partner_attempt
from db.tables.sales import refund, return_line, sale, sale_payment
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.tender import Tender
from pos.domain.receipt_number import read_receipt_number, receipt_number
from pos.domain.returns.goods_return import GoodsReturn, Refund, RefundByProvider, ReturnedLine

_A = partner_attempt.c
_LINES = select(return_line).where(return_line.c.sale_id == bindparam("id")).order_by(return_line.c.no)
_REFUNDS = select(refund).where(refund.c.sale_id == bindparam("id")).order_by(refund.c.no)
_VOID_OF = select(sale.c.till, sale.c.number).where(sale.c.annuls == bindparam("receipt"))
_BOOKED = (
    select(sale_payment)
    .join(sale, sale.c.id == sale_payment.c.sale_id)
    .where(sale.c.till == bindparam("till"), sale.c.number == bindparam("number"))
    .where(sale_payment.c.method.in_(("card", "qr")), sale_payment.c.provider.is_(None))
    .order_by(sale_payment.c.no)
)
_BY_PROVIDER = (
    select(_A.partner, _A.method, _A.currency, _A.amount_minor)
    .where(_A.document == bindparam("receipt"), _A.kind == "refund", _A.state.not_in(("refused", "undone")))
    .order_by(_A.begun_at, _A.number)
)
_EXCHANGED = SALES_WITH_RATES.where(sale.c.exchanged_in == bindparam("receipt")).order_by(sale.c.number)


def returns_in(connection: Connection, receipt: str) -> tuple[GoodsReturn, ...]:
    """The returns made in one act with the sale of this receipt, in their order."""
    rows = connection.execute(_EXCHANGED, {"receipt": receipt}).all()
    return tuple(return_from(connection, row) for row in rows)


def void_of(connection: Connection, receipt: str) -> str | None:
    """The number of the void of this receipt; None for a receipt that stands."""
    row = connection.execute(_VOID_OF, {"receipt": receipt}).one_or_none()
    return None if row is None else receipt_number(row.till, row.number)


def _booked(connection: Connection, receipt: str) -> tuple[Tender, ...]:
    """What was paid for this receipt by card or wallet, and goes back by hand."""
    till, number = read_receipt_number(receipt)
    rows = connection.execute(_BOOKED, {"till": till, "number": number})
    return tuple(
        Tender(row.method, Money(row.amount_minor, CURRENCIES[row.currency]), row.reference, id=row.tender or "")
        for row in rows
    )


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
        is_void=row.annuls is not None,
        to_reverse=() if row.annuls is None else _booked(connection, row.annuls),
        by_provider=tuple(
            RefundByProvider(x.partner, x.method, Money(x.amount_minor, CURRENCIES[x.currency]))
            for x in connection.execute(_BY_PROVIDER, {"receipt": receipt_number(row.till, row.number)})
        ),
    )  # fmt: skip
