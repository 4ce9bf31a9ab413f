"""The goods that visitors carried out under a regime, from the ledger of the quota."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, func, or_, select

from db.tables.sales import sale, sale_line, sold_goods
from db.tables.visitors import quota_entry, visitor, visitor_document
from pos.application.ports.report_ports import CarriedLine
from pos.domain.catalogue.product_fields import CUSTOMS_ATTRIBUTES, field_text
from pos.domain.money import CURRENCIES, Money
from pos.domain.receipt_number import receipt_number
from pos.domain.returns.goods_return import worth_of

_PAGE = 1_000
_BACK = func.coalesce(quota_entry.c.returned, 0)


def carried_out(connection: Connection, regime: str, since: datetime, until: datetime) -> Iterator[CarriedLine]:
    """Lines that left in the period, or that were bought in it and whose departure is unknown."""
    holder = func.coalesce(quota_entry.c.moved_to, quota_entry.c.visitor_id)
    document = select(visitor_document.c.country, visitor_document.c.masked)
    of_holder = visitor_document.c.visitor_id == holder
    first = select(func.min(visitor_document.c.document_key)).where(of_holder).scalar_subquery()
    with_key = document.add_columns(visitor_document.c.document_key).subquery()
    left = quota_entry.c.carried_out_at
    question: Any = (
        select(
            quota_entry.c.at,
            left,
            (quota_entry.c.quantity - _BACK).label("kept"),
            _BACK.label("back"),
            func.coalesce(quota_entry.c.taxed_now, quota_entry.c.taxed).label("taxed"),
            func.coalesce(visitor.c.same_as, visitor.c.id).label("person"),
            with_key.c.country,
            with_key.c.masked,
            sale.c.till,
            sale.c.number,
            sale.c.currency,
            sold_goods.c.code,
            sold_goods.c.name,
            sold_goods.c.names,
            sold_goods.c.category,
            sale_line.c.quantity,
            sale_line.c.amount_minor,
            *(sale_line.c[name] for name in CUSTOMS_ATTRIBUTES),
        )
        .join(sale, sale.c.id == quota_entry.c.sale_id)
        .join(
            sale_line,
            and_(sale_line.c.sale_id == quota_entry.c.sale_id, sale_line.c.line_no == quota_entry.c.line_no),
        )
        .join(sold_goods, sold_goods.c.id == sale_line.c.goods_id)
        .join(visitor, visitor.c.id == holder)
        .outerjoin(with_key, with_key.c.document_key == first)
        .where(
            quota_entry.c.regime == regime,
            quota_entry.c.quantity > _BACK,
            or_(
                and_(left >= since, left < until),
                and_(left.is_(None), quota_entry.c.at >= since, quota_entry.c.at < until),
            ),
        )
        .order_by(quota_entry.c.sale_id, quota_entry.c.line_no)
    )
    for row in connection.execute(question, execution_options={"yield_per": _PAGE}):
        currency = CURRENCIES[row.currency]
        whole = Money(row.amount_minor, currency)
        yield CarriedLine(
            regime=regime,
            person=row.person,
            country=row.country or "",
            masked=row.masked or "",
            receipt=receipt_number(row.till, row.number),
            at=row.at,
            carried_out_at=row.carried_out_at,
            code=row.code,
            name=row.name,
            category=row.category,
            quantity=int(row.kept),
            dutiable=int(row.taxed),
            amount=whole - worth_of(whole, row.quantity, 0, int(row.back)) if row.back else whole,
            measures={
                name: text for name in CUSTOMS_ATTRIBUTES if (text := field_text(getattr(row, name))) is not None
            },
            names=json.loads(row.names),
        )
