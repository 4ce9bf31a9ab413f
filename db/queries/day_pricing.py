"""What the tax and the promotions of some days come to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from db.tables.sales import line_promotion, return_line, sale_line


def taxes(connection: Connection, sales: Any, returns: Any, days: Mapping[str, date]) -> list[dict[str, Any]]:
    """By rate, the lowest first, the tax in the lines of some sales less that in the lines of some returns."""
    sums: Counter[Decimal] = Counter()
    for table, ids, sign in ((sale_line, sales, 1), (return_line, returns, -1)):
        question = (
            select(table.c.vat, func.sum(table.c.tax_minor).label("tax"))
            .where(table.c.sale_id.in_(ids), table.c.vat.is_not(None))
            .group_by(table.c.vat)
        )
        for row in connection.execute(question, days):
            sums[row.vat] += sign * int(row.tax)
    return [{"rate": rate, "amount": sums[rate]} for rate in sorted(sums)]


def promoted(connection: Connection, sales: Any, days: Mapping[str, date]) -> list[dict[str, Any]]:
    """What each promotion took off in some sales: off how many pieces, and how much."""
    question = (
        select(
            line_promotion.c.promotion_id,
            func.max(line_promotion.c.name).label("name"),
            func.sum(line_promotion.c.pieces).label("pieces"),
            func.sum(line_promotion.c.amount_minor).label("amount"),
        )
        .where(line_promotion.c.sale_id.in_(sales))
        .group_by(line_promotion.c.promotion_id)
        .order_by(line_promotion.c.promotion_id)
    )
    return [
        {"promotion": row.promotion_id, "name": row.name, "pieces": int(row.pieces), "amount": int(row.amount)}
        for row in connection.execute(question, days)
    ]
