"""Goods on the floor without a sale in some days."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, func, select

from db.catalogue.product_columns import names_by_language
from db.reports.report_sums import ReceiptScope, unsummed
from db.tables.catalogue import product
from db.tables.sales import sale, sale_line
from db.tables.stock import stock
from db.tables.summaries import summary, summary_goods
from pos.application.ports.report_ports import Days
from pos.domain.money import Money
from pos.domain.reports.slow_goods import SlowPage, SlowProduct


def slow_goods(connection: Connection, days: Days, offset: int, limit: int) -> SlowPage:
    scope = ReceiptScope(days.first, days.last)
    sold = (
        select(summary_goods.c.product_id)
        .join(summary, summary.c.id == summary_goods.c.summary_id)
        .where(scope.summaries(), summary_goods.c.kind == "sale")
    )
    live = (
        select(sale_line.c.product_id)
        .join(sale, sale.c.id == sale_line.c.sale_id)
        .where(sale.c.shift_id.in_(unsummed(connection, None)), scope.sales())
    )
    question = (
        select(product, stock.c.owned, stock.c.value_minor)
        .join(stock, stock.c.product_id == product.c.id)
        .where(
            stock.c.on_hand > 0,
            product.c.created_at < days.within[0],
            product.c.id.not_in(sold),
            product.c.id.not_in(live),
        )
        .order_by(func.coalesce(stock.c.value_minor, 0).desc(), product.c.id)
        .offset(offset)
        .limit(limit + 1)
    )
    rows = connection.execute(question).all()
    last = _last_sold(connection, [row.id for row in rows[:limit]], days.first)
    goods = tuple(
        SlowProduct(
            product=row.id,
            code=row.code,
            name=row.name,
            names=names_by_language(row),
            category=row.category,
            on_hand=int(row.owned),
            value=None if row.value_minor is None else Money(row.value_minor, days.price),
            last_sold=last.get(row.id),
        )
        for row in rows[:limit]
    )
    return SlowPage(goods, offset + limit if len(rows) > limit else None)


def _last_sold(connection: Connection, products: Iterable[int], first: date) -> dict[int, date]:
    """The last business day before `first` on which each was sold."""
    day = func.max(sale.c.business_date)
    question = (
        select(sale_line.c.product_id, day.label("day"))
        .join(sale, sale.c.id == sale_line.c.sale_id)
        .where(sale_line.c.product_id.in_(list(products)), sale.c.business_date < first)
        .group_by(sale_line.c.product_id)
    )
    return {row.product_id: row.day for row in connection.execute(question)}
