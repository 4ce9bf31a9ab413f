"""Visitors by keyed hash: their row is the lock, their entries are the ledger."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, insert, select, update

from db.dialect import insert_new
from db.repositories.products import attributes_of
from db.tables.sales import sale, sale_line
from db.tables.visitors import quota_entry, visitor, visitor_document
from pos.application.ports import LedgerLine
from pos.domain.money import CURRENCIES, Money
from pos.domain.visitor import Visitor

_BY_KEY = select(visitor_document.c.visitor_id).where(visitor_document.c.document_key == bindparam("key"))
_LOCK = update(visitor).where(visitor.c.id == bindparam("locked")).values(last_seen=bindparam("now"))
_LEDGER = (
    select(quota_entry, sale_line, sale.c.currency)
    .join(
        sale_line,
        (sale_line.c.sale_id == quota_entry.c.sale_id) & (sale_line.c.line_no == quota_entry.c.line_no),
    )
    .join(sale, sale.c.id == quota_entry.c.sale_id)
    .join(visitor_document, visitor_document.c.visitor_id == quota_entry.c.visitor_id)
    .where(
        visitor_document.c.document_key == bindparam("key"),
        quota_entry.c.regime == bindparam("regime"),
        quota_entry.c.at >= bindparam("since"),
        quota_entry.c.quantity > 0,
    )
    .order_by(quota_entry.c.at, quota_entry.c.sale_id, quota_entry.c.line_no)
    .with_only_columns(
        quota_entry.c.at,
        quota_entry.c.carried_out_at,
        quota_entry.c.quantity,
        quota_entry.c.taxed,
        sale_line.c.quantity.label("sold"),
        sale_line.c.name,
        sale_line.c.category,
        sale_line.c.unit_price_minor,
        sale_line.c.discount_minor,
        sale_line.c.ml,
        sale_line.c.abv,
        sale_line.c.net_g,
        sale_line.c.gross_kg,
        sale_line.c.sticks,
        sale_line.c.pieces,
        sale_line.c.variant,
        sale.c.currency,
        maintain_column_froms=True,
    )
)


class SqlVisitors:
    """Visitors over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def lock(self, visitors: Sequence[Visitor], at: datetime) -> Mapping[str, int]:
        """See Visitors.lock: rows are made in the order of their keys and locked in the order of their ids."""
        ids = {v.label: self._known_or_new(v, at) for v in sorted(visitors, key=lambda v: v.key)}
        for visitor_id in sorted(set(ids.values())):
            self._connection.execute(_LOCK, {"locked": visitor_id, "now": at})
        return ids

    def _known_or_new(self, person: Visitor, at: datetime) -> int:
        known = self._connection.execute(_BY_KEY, {"key": person.key}).scalar_one_or_none()
        if known is not None:
            return int(known)
        values = {"first_seen": at, "last_seen": at}
        made = self._connection.execute(insert(visitor).returning(visitor.c.id), values).scalar_one()
        document = {
            "document_key": person.key,
            "visitor_id": made,
            "kind": person.kind,
            "country": person.country,
            "masked": person.masked,
        }
        if self._connection.execute(insert_new(self._connection, visitor_document), document).rowcount == 1:
            return int(made)
        # Another till made the visitor between our look and our insert; its row is the one to lock.
        self._connection.execute(delete(visitor).where(visitor.c.id == made))
        return int(self._connection.execute(_BY_KEY, {"key": person.key}).scalar_one())

    def ledger(self, visitor_key: str, regime: str, since: datetime) -> Sequence[LedgerLine]:
        """See Visitors.ledger."""
        rows = self._connection.execute(_LEDGER, {"key": visitor_key, "regime": regime, "since": since})
        return [
            LedgerLine(
                at=row.at,
                carried_out_at=row.carried_out_at,
                name=row.name,
                category=row.category,
                quantity=row.quantity,
                taxed=row.taxed,
                unit_price=Money(row.unit_price_minor, CURRENCIES[row.currency]),
                discount=Money(row.discount_minor * row.quantity // row.sold, CURRENCIES[row.currency]),
                attributes=attributes_of(row),
            )
            for row in rows
        ]
