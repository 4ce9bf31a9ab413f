"""What counts for visitors' allowances, line by line, for a center to hold against its own books."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Connection, and_, func, select

from db.tables.sales import sale, sale_line, sold_goods
from db.tables.visitors import quota_entry
from pos.application.ports.report_ports import AllowanceLine

_PAGE = 1_000


def allowance_lines(connection: Connection, since: datetime, until: datetime) -> Iterator[AllowanceLine]:
    """The lines sold to visitors from `since` until before `until`, in the order of their sales."""
    found = (
        select(
            sale.c.key,
            quota_entry.c.line_no,
            quota_entry.c.at,
            quota_entry.c.regime,
            sold_goods.c.category,
            quota_entry.c.quantity,
            func.coalesce(quota_entry.c.returned, 0).label("returned"),
        )
        .join(sale, sale.c.id == quota_entry.c.sale_id)
        .join(
            sale_line,
            and_(sale_line.c.sale_id == quota_entry.c.sale_id, sale_line.c.line_no == quota_entry.c.line_no),
        )
        .join(sold_goods, sold_goods.c.id == sale_line.c.goods_id)
        .where(quota_entry.c.at >= since, quota_entry.c.at < until)
        .order_by(quota_entry.c.sale_id, quota_entry.c.line_no)
    )
    for row in connection.execute(found, execution_options={"yield_per": _PAGE}):
        yield AllowanceLine(
            row.key, row.line_no, row.at, row.regime, row.category, int(row.quantity), int(row.returned)
        )
