"""Rows that a sale or a return leaves in other tables: they have its instant and its person."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, func, select

from db.tables.sales import outbox, request_key, sale
from db.tables.shop import cash_move
from db.tables.stock import stock_move
from db.tables.visitors import quota_entry
from pos.domain.receipt_number import receipt_number


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
