"""Exchanges recomputed: the returned goods that paid for a sale equal the credit of their returns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from sqlalchemy import Connection, select

from db.tables.sales import refund, sale, sale_payment
from db.verify.pages import in_groups, of_receipts
from pos.domain.payment.tender import EXCHANGE
from pos.domain.receipt_number import receipt_number

_Part = tuple[str, str, str]
"""Receipt of the sale, receipt of the return, by the tender with which the goods had been paid."""


def exchange_mismatches(connection: Connection) -> Iterator[str]:
    """Each mismatch as one line that names the sale and the return."""
    paid: Counter[_Part] = Counter()
    payments = (
        select(sale.c.till, sale.c.number, sale_payment.c.reference, sale_payment.c.origin, sale_payment.c.value_minor)
        .join(sale, sale.c.id == sale_payment.c.sale_id)
        .where(sale_payment.c.method == EXCHANGE)
    )
    for till, number, reference, origin, value in connection.execute(payments):
        paid[receipt_number(till, number), reference, str(origin)] += value
    given: Counter[_Part] = Counter()
    refunds = (
        select(sale.c.till, sale.c.number, sale.c.exchanged_in, refund.c.origin, refund.c.value_minor)
        .join(sale, sale.c.id == refund.c.sale_id)
        .where(refund.c.method == EXCHANGE)
    )
    for till, number, exchanged_in, origin, value in connection.execute(refunds):
        given[str(exchanged_in), receipt_number(till, number), str(origin)] += value
    for part in sorted(paid.keys() | given.keys()):
        if paid[part] != given[part]:
            sold, back, origin = part
            yield f"exchange {sold}: {paid[part]} paid ({origin}) by goods of {back}, the return gave {given[part]}"
    named = select(sale.c.till, sale.c.number, sale.c.exchanged_in).where(sale.c.exchanged_in.is_not(None))
    sales = select(sale.c.till, sale.c.number).where(sale.c.kind == "sale")
    for group in in_groups(connection.execute(named.order_by(sale.c.till, sale.c.number))):
        known = of_receipts(connection, {row.exchanged_in for row in group}, sales)
        for row in group:
            if row.exchanged_in not in known:
                yield f"return {receipt_number(row.till, row.number)}: its sale {row.exchanged_in} is missing"
