"""Erases who a visitor was: from sales, from documents, from days of entry; figures stay."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from itertools import takewhile
from typing import Any

from sqlalchemy import BindParameter, Connection, Select, bindparam, delete, or_, select, update

from db.engine.types import Instant, as_stored, from_microseconds
from db.sales.sales import SqlSales
from db.tables.holds import hold, hold_line
from db.tables.membership import center_call, visitor_identity
from db.tables.sales import parcel_address, sale
from db.tables.visitors import declared_line, quota_entry, visitor, visitor_document, visitor_entry
from db.visitors.erased_visitors import seal_of, with_seal, without_who
from pos.application.ports.maintenance_ports import ErasedReceipt, Pass
from pos.domain.receipt_number import receipt_number

_BEFORE = bindparam("before", type_=Instant())
_AFTER: BindParameter[int] = bindparam("after")
_MOST: BindParameter[int] = bindparam("most")
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_NO_VISITORS = "[]"

_SALES: Select[Any] = (
    select(*as_stored(sale), (sale.c.at < _BEFORE).label("is_old"))
    .where(sale.c.id > _AFTER)
    .order_by(sale.c.id)
    .limit(_MOST)
)
_REWRITE = update(sale).where(sale.c.id == bindparam("of")).values(visitors=bindparam("left"))
_OLD_ADDRESSES = (
    select(parcel_address.c.sale_id).join(sale, sale.c.id == parcel_address.c.sale_id).where(sale.c.at < _BEFORE)
)
_FORGET_ADDRESSES = delete(parcel_address).where(parcel_address.c.sale_id.in_(_OLD_ADDRESSES))
_VISITORS = (
    select(visitor.c.id, visitor.c.same_as, (visitor.c.last_seen < _BEFORE).label("is_old"))
    .where(visitor.c.id > _AFTER)
    .order_by(visitor.c.id)
    .limit(_MOST)
)
_VISITOR_ROWS = select(visitor.c.id, visitor.c.same_as, (visitor.c.last_seen < _BEFORE).label("is_old")).where(
    or_(visitor.c.id.in_(_IDS), visitor.c.same_as.in_(_IDS))
)
_LATE = or_(quota_entry.c.at >= _BEFORE, quota_entry.c.carried_out_at >= _BEFORE)
_BUSY = (
    select(quota_entry.c.visitor_id).where(quota_entry.c.visitor_id.in_(_IDS), _LATE),
    select(quota_entry.c.moved_to).where(quota_entry.c.moved_to.in_(_IDS), _LATE),
    select(declared_line.c.visitor_id).where(
        declared_line.c.visitor_id.in_(_IDS),
        or_(
            declared_line.c.at >= _BEFORE,
            declared_line.c.left_before >= _BEFORE,
            declared_line.c.carried_out_at >= _BEFORE,
        ),
    ),
    select(hold_line.c.visitor_id)
    .join(hold, hold.c.key == hold_line.c.key)
    .where(hold_line.c.visitor_id.in_(_IDS), hold.c.until >= _BEFORE),
)
"""Those of the visitors who have bought, carried out, declared or reserved anything since then."""
_KNOWN = select(visitor_document.c.visitor_id).where(visitor_document.c.visitor_id.in_(_IDS)).distinct()
_FORGET = (
    delete(visitor_document).where(visitor_document.c.visitor_id.in_(_IDS)),
    delete(visitor_entry).where(visitor_entry.c.visitor_id.in_(_IDS)),
    delete(visitor_identity).where(visitor_identity.c.visitor_id.in_(_IDS)),
    update(visitor).where(visitor.c.id.in_(_IDS)).values(asked_on=None),
)
_OLD_ENTRIES = delete(visitor_entry).where(
    visitor_entry.c.visitor_id > _AFTER,
    visitor_entry.c.visitor_id <= bindparam("last"),
    visitor_entry.c.day < bindparam("day", type_=visitor_entry.c.day.type),
)


_OLD_CALLS = (
    update(center_call)
    .where(center_call.c.at < _BEFORE, center_call.c.problem.is_not(None), center_call.c.body != "")
    .values(body="")
)
"""What the center never took: that it did not stays known, and of whom it spoke does not."""


class SqlErasure:
    """Erasure over one connection."""

    def __init__(self, connection: Connection, sales: SqlSales) -> None:
        self._connection = connection
        self._sales = sales

    def in_sales(self, after: int, before: datetime, most: int) -> Pass | None:
        """See Forgetting.in_sales. A sale that the books do not vouch for any more gets no seal: `verify` names it."""
        sales = self._connection.execute(_SALES, {"after": after, "before": before, "most": most}).all()
        old = list(takewhile(lambda row: row.is_old, sales))
        if not old:
            return None
        gone: list[ErasedReceipt] = []
        for row in old:
            if row.visitors == _NO_VISITORS or seal_of(row.visitors) is not None:
                continue
            left = without_who(row.visitors)
            seal = self._sales.seal(row, left) if self._sales.are_whole([row])[0] else ""
            self._connection.execute(_REWRITE, {"of": row.id, "left": with_seal(left, seal)})
            gone.append(ErasedReceipt(receipt_number(row.till, row.number), from_microseconds(row.at)))
        return Pass(old[-1].id, len(gone), tuple(gone))

    def has_addresses(self, before: datetime) -> bool:
        return self._connection.execute(_OLD_ADDRESSES.limit(1), {"before": before}).one_or_none() is not None

    def addresses(self, before: datetime) -> int:
        return self._connection.execute(_FORGET_ADDRESSES, {"before": before}).rowcount

    def visitors(self, after: int, before: datetime, most: int) -> Pass | None:
        rows = self._connection.execute(_VISITORS, {"after": after, "before": before, "most": most}).all()
        if not rows:
            return None
        last = int(rows[-1].id)
        self._connection.execute(_OLD_ENTRIES, {"after": after, "last": last, "day": before.date()})
        self._connection.execute(_OLD_CALLS, {"before": before})
        gone = self._forgettable([row.id for row in rows if row.same_as is None and row.is_old], before)
        if gone:
            for statement in _FORGET:
                self._connection.execute(statement, {"ids": [row_id for group in gone for row_id in group]})
        return Pass(last, len(gone))

    def _forgettable(self, persons: Collection[int], before: datetime) -> list[list[int]]:
        """The documents of each person of whom something is stored that nothing needs any more."""
        if not persons:
            return []
        groups: dict[int, list[int]] = {}
        kept: set[int] = set()
        for row in self._connection.execute(_VISITOR_ROWS, {"ids": list(persons), "before": before}):
            person = row.id if row.same_as is None else row.same_as
            groups.setdefault(person, []).append(row.id)
            if not row.is_old:
                kept.add(row.id)
        ids = [row_id for group in groups.values() for row_id in group]
        for question in _BUSY:
            kept.update(self._connection.execute(question, {"ids": ids, "before": before}).scalars())
        known = set(self._connection.execute(_KNOWN, {"ids": ids}).scalars())
        return [group for group in groups.values() if known.intersection(group) and not kept.intersection(group)]
