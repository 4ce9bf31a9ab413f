"""What the goods of receipts were called when they were sold or returned."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Select, select

from db.tables.sales import return_line, sale_line, sold_goods


def names_sold(sales: Sequence[int]) -> Select[Any]:
    """The names on the lines of sales, in their order."""
    return (
        select(sale_line.c.sale_id, sold_goods.c.name, sold_goods.c.names)
        .select_from(sale_line.join(sold_goods, sold_goods.c.id == sale_line.c.goods_id))
        .where(sale_line.c.sale_id.in_(sales))
        .order_by(sale_line.c.sale_id, sale_line.c.line_no)
    )


def names_returned(sales: Sequence[int]) -> Select[Any]:
    """The names on the lines of returns, in their order, with the receipt that each reverses."""
    return (
        select(return_line.c.sale_id, return_line.c.name, return_line.c.names, return_line.c.reverses)
        .where(return_line.c.sale_id.in_(sales))
        .order_by(return_line.c.sale_id, return_line.c.no)
    )
