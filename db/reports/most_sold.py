"""The products of which most pieces were sold in a range of days."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, union_all

from db.reports.report_sums import ReceiptScope, unsummed
from db.tables.sales import sale, sale_line
from db.tables.summaries import summary, summary_goods
from pos.application.ports.report_ports import Days


def most_sold(connection: Connection, days: Days, limit: int) -> Sequence[int]:
    scope = ReceiptScope(days.first, days.last)
    summed = (
        select(summary_goods.c.product_id, summary_goods.c.pieces)
        .join(summary, summary.c.id == summary_goods.c.summary_id)
        .where(scope.summaries(), summary_goods.c.kind == "sale")
    )
    live = (
        select(sale_line.c.product_id, sale_line.c.quantity.label("pieces"))
        .join(sale, sale.c.id == sale_line.c.sale_id)
        .where(sale.c.shift_id.in_(unsummed(connection, None)), scope.sales())
    )
    sold = union_all(summed, live).subquery()
    question = (
        select(sold.c.product_id)
        .group_by(sold.c.product_id)
        .order_by(func.sum(sold.c.pieces).desc(), sold.c.product_id)
        .limit(limit)
    )
    return list(connection.execute(question).scalars())
