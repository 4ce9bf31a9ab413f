"""The sums of tax, promotions and discounts over some receipts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from sqlalchemy import ColumnElement, Connection, func, literal, select, true

from db.tables.sales import line_promotion, return_line, sale, sale_line
from pos.domain.money import Currency, Money
from pos.domain.shifts.report_details import DiscountSum, PromotionSum, TaxSum


def taxes(connection: Connection, which: ColumnElement[bool], price: Currency) -> tuple[TaxSum, ...]:
    """By rate, the lowest first, the tax in the lines that were sold less that in the lines that came back."""
    sums: Counter[Decimal] = Counter()
    for table, sign in ((sale_line, 1), (return_line, -1)):
        question = (
            select(table.c.vat, func.sum(table.c.tax_minor).label("tax"))
            .join(sale, sale.c.id == table.c.sale_id)
            .where(which, table.c.vat.is_not(None))
            .group_by(table.c.vat)
        )
        for row in connection.execute(question):
            sums[row.vat] += sign * int(row.tax)
    return tuple(TaxSum(rate, Money(sums[rate], price)) for rate in sorted(sums))


def promoted(connection: Connection, which: ColumnElement[bool], price: Currency) -> tuple[PromotionSum, ...]:
    """The deductions of each promotion: from how many pieces, and how much."""
    question = (
        select(
            line_promotion.c.promotion_id,
            func.max(line_promotion.c.name).label("name"),
            func.sum(line_promotion.c.pieces).label("pieces"),
            func.sum(line_promotion.c.amount_minor).label("amount"),
        )
        .join(sale, sale.c.id == line_promotion.c.sale_id)
        .where(which)
        .group_by(line_promotion.c.promotion_id)
        .order_by(line_promotion.c.promotion_id)
    )
    return tuple(
        PromotionSum(row.promotion_id, row.name, int(row.pieces), Money(int(row.amount), price))
        for row in connection.execute(question)
    )


def discounted(connection: Connection, which: ColumnElement[bool], price: Currency) -> Iterator[DiscountSum]:
    """The deductions by kind and seller: by hand off a line, off the whole basket, and by promotions."""
    asked = (
        # Most lines have no deduction: they are left out of the query for promotions.
        (sale_line, func.coalesce(sale_line.c.discount_kind, ""), _BY_HAND, sale_line.c.discount_minor > 0),
        (sale_line, literal("basket"), func.coalesce(sale_line.c.basket_minor, 0), true()),
        (line_promotion, literal("promotion"), line_promotion.c.amount_minor, true()),
    )
    for table, kind, off, perhaps in asked:
        question = (
            select(kind.label("kind"), sale.c.cashier, func.count().label("lines"), func.sum(off).label("amount"))
            .join(sale, sale.c.id == table.c.sale_id)
            .where(which, perhaps, off > 0)
            .group_by(kind, sale.c.cashier)
            .order_by(kind, sale.c.cashier)
        )
        for row in connection.execute(question.select_from(table)):
            yield DiscountSum(row.kind, row.cashier, row.lines, Money(int(row.amount), price))


_PROMOTED = (
    select(func.coalesce(func.sum(line_promotion.c.amount_minor), 0))
    .where(line_promotion.c.sale_id == sale_line.c.sale_id, line_promotion.c.line_no == sale_line.c.line_no)
    .scalar_subquery()
)
_BY_HAND = sale_line.c.discount_minor - func.coalesce(sale_line.c.basket_minor, 0) - _PROMOTED
"""Discounts by hand off the line itself."""
