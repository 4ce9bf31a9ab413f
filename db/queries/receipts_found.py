"""Sales found by what somebody remembers of them, newest first."""

from __future__ import annotations

import json
from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, exists, false, func, or_, select

from db.tables.sales import refundable, sale, sale_line, sale_payment
from db.tables.visitors import quota_entry, visitor, visitor_document
from pos.application.return_ports import FoundReceipt, ReceiptPage, Sought
from pos.domain.money import CURRENCIES, Money
from pos.domain.sale import receipt_number

_NAMED = 3


def receipts_found(
    connection: Connection, sought: Sequence[Sought], visitor_key: str | None, limit: int, before: int | None
) -> ReceiptPage:
    """See Returns.found: a page begins below the row of the one before."""
    fits = [sale.c.kind == "sale", *(_fits(one) for one in sought)]
    if before is not None:
        fits.append(sale.c.id < before)
    if visitor_key is not None:
        fits.append(sale.c.id.in_(_bought_by(visitor_key)))
    rows = connection.execute(select(sale).where(*fits).order_by(sale.c.id.desc()).limit(limit + 1)).all()
    shown = rows[:limit]
    ids = [row.id for row in shown]
    counted = select(refundable.c.sale_id, func.sum(refundable.c.refunded).label("pieces"))
    back = {
        row.sale_id: int(row.pieces)
        for row in connection.execute(counted.where(refundable.c.sale_id.in_(ids)).group_by(refundable.c.sale_id))
    }
    goods: dict[int, list[dict[str, str]]] = {}
    lines = select(sale_line.c.sale_id, sale_line.c.name, sale_line.c.names).where(sale_line.c.sale_id.in_(ids))
    for line in connection.execute(lines.order_by(sale_line.c.sale_id, sale_line.c.line_no)):
        goods.setdefault(line.sale_id, []).append({"": line.name, **json.loads(line.names)})
    return ReceiptPage(
        tuple(
            FoundReceipt(
                receipt=receipt_number(row.till, row.number),
                at=row.at,
                cashier=row.cashier,
                total=Money(row.total_minor, CURRENCIES[row.currency]),
                pieces=int(row.pieces),
                came_back=back.get(row.id, 0),
                goods=tuple(goods.get(row.id, [])[:_NAMED]),
                lines=len(goods.get(row.id, [])),
            )
            for row in shown
        ),
        ids[-1] if len(rows) > limit else None,
    )


def _fits(sought: Sought) -> ColumnElement[bool]:
    ways: list[ColumnElement[bool]] = [false()]
    if sought.receipt is not None:
        ways.append(and_(sale.c.till == sought.receipt[0], sale.c.number == sought.receipt[1]))
    if sought.number is not None:
        ways.append(sale.c.number == sought.number)
    if sought.day is not None:
        ways.append(sale.c.business_date == sought.day)
    if sought.amount is not None:
        handed = exists().where(sale_payment.c.sale_id == sale.c.id, sale_payment.c.amount_minor == sought.amount)
        ways += [sale.c.total_minor == sought.amount, handed]
    if sought.products:
        ways.append(sale.c.id.in_(select(sale_line.c.sale_id).where(sale_line.c.product_id.in_(sought.products))))
    return or_(*ways)


def _bought_by(visitor_key: str) -> ColumnElement[int]:
    """The sales of which a line stands, or stood, in the ledger of any paper of the person who shows this one."""
    person = (
        select(func.coalesce(visitor.c.same_as, visitor.c.id))
        .join(visitor_document, visitor_document.c.visitor_id == visitor.c.id)
        .where(visitor_document.c.document_key == visitor_key)
        .scalar_subquery()
    )
    papers = select(visitor.c.id).where(or_(visitor.c.id == person, visitor.c.same_as == person))
    held = or_(quota_entry.c.visitor_id.in_(papers), quota_entry.c.moved_to.in_(papers))
    return select(quota_entry.c.sale_id).where(held).scalar_subquery()
