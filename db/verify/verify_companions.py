"""Rows that a sale or a return leaves in other tables: they have its instant and its person."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from db.tables.sales import (
    line_promotion,
    outbox,
    refund,
    request_key,
    return_line,
    sale,
    sale_change,
    sale_judgement,
    sale_line,
    sale_payment,
)
from db.tables.shop import cash_move
from db.tables.stock import stock_move
from db.tables.visitors import declared_line, quota_entry
from pos.domain.receipt_number import receipt_number

_PARTS = (
    sale_line, sale_judgement, line_promotion, sale_payment, sale_change, quota_entry, declared_line, return_line,
    refund,
)  # fmt: skip
"""The tables with the rows of a sale or a return."""


def companion_mismatches(connection: Connection) -> Iterator[str]:
    """One line for each row with another instant, person or copy than its sale and the journal."""
    checks = (
        ("request key", select(sale.c.till, sale.c.number).join(request_key, request_key.c.key == sale.c.key)
         .where(request_key.c.at != sale.c.at)),
        ("cash", select(sale.c.till, sale.c.number).join(cash_move, cash_move.c.sale_id == sale.c.id)
         .where((cash_move.c.at != sale.c.at) | (func.coalesce(cash_move.c.person, sale.c.cashier) != sale.c.cashier))),
        ("stock movement", select(sale.c.till, sale.c.number).join(stock_move, stock_move.c.sale_id == sale.c.id)
         .where((stock_move.c.at != sale.c.at) | (stock_move.c.person != sale.c.cashier)
                | ((sale.c.kind == "sale") & (stock_move.c.reason != "sale")))),
        ("allowance", select(sale.c.till, sale.c.number).join(quota_entry, quota_entry.c.sale_id == sale.c.id)
         .where((quota_entry.c.at != sale.c.at) | (func.coalesce(sale.c.regime, "") != quota_entry.c.regime))),
        ("receipt to print", select(sale.c.till, sale.c.number).join(outbox, outbox.c.sale_id == sale.c.id)
         .where((outbox.c.copies < 0) | ((outbox.c.state == "pending") & (outbox.c.copies != 0)))),
    )  # fmt: skip
    for what, question in checks:
        for row in connection.execute(question.order_by(sale.c.till, sale.c.number)):
            yield f"{what} of {receipt_number(row.till, row.number)}: not what the sale says"
    yield from _of_no_sale(connection)


def _of_no_sale(connection: Connection) -> Iterator[str]:
    """The chain covers the rows of each sale; those of none are seen here. A ledger may count them."""
    for part in _PARTS:
        of = part.c.sale_id
        lost = select(of).where(~select(sale.c.id).where(sale.c.id == of).exists()).distinct().order_by(of)
        for number in connection.execute(lost).scalars():
            yield f"{part.name}: rows of sale {number} of the store, and there is no such sale"
