"""Goods with the price in force at an instant: the newest dated one that has come, else their own."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, FromClause, Select, and_, bindparam, exists, func, not_, or_, select

from db.engine.types import Instant
from db.tables.catalogue import product, product_price

AT = bindparam("at", type_=Instant)
"""The instant of the price, a parameter of every statement of this file."""

_SINCE = (
    select(func.max(product_price.c.since))
    .where(product_price.c.product_id == product.c.id, product_price.c.since <= AT)
    .correlate(product)
    .scalar_subquery()
)

GOODS: FromClause = product.outerjoin(
    product_price, and_(product_price.c.product_id == product.c.id, product_price.c.since == _SINCE)
)
"""Each product with its dated price in force, if it has one: two steps down the primary key (product_id, since)."""

MINOR: ColumnElement[Any] = func.coalesce(product_price.c.price_minor, product.c.price_minor).label("now_minor")
CURRENCY: ColumnElement[Any] = func.coalesce(product_price.c.price_currency, product.c.price_currency).label(
    "now_currency"
)
IS_DATED: ColumnElement[bool] = product_price.c.since.is_not(None).label("is_dated")
"""True where a dated price is in force; the product's own price then no longer holds."""

UNPRICED: ColumnElement[bool] = and_(
    product.c.price_minor.is_(None),
    not_(exists().where(product_price.c.product_id == product.c.id, product_price.c.since <= AT).correlate(product)),
)
"""Without a price at that instant; for use on `product` alone. Few products reach the second condition."""

UNSELLABLE: ColumnElement[bool] = or_(product.c.category.is_(None), UNPRICED)


def goods(*further: Any) -> Select[Any]:
    """Products with `now_minor` and `now_currency`, and `further` columns; takes the parameter `at`."""
    return select(product, MINOR, CURRENCY, *further).select_from(GOODS)
