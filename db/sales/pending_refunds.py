"""Tenders to be given back: recorded once, settled once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, insert, select, update

from db.engine.compiled_statement import CompiledStatement
from db.engine.types import Instant
from db.tables.holds import owed_tender
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.pending_refund import PendingRefund

_INSERT = insert(owed_tender)
_OPEN = (
    select(owed_tender)
    .where(owed_tender.c.settled_at.is_(None))
    .order_by(owed_tender.c.at, owed_tender.c.sale_key, owed_tender.c.no)
)
_OF_SALE = CompiledStatement(
    select(owed_tender).where(owed_tender.c.sale_key == bindparam("sale")).order_by(owed_tender.c.no)
)
_IN_SHIFT = _OPEN.where(owed_tender.c.shift_id == bindparam("shift"))
_SETTLE = (
    update(owed_tender)
    .where(
        owed_tender.c.sale_key == bindparam("sale"),
        owed_tender.c.no == bindparam("number"),
        owed_tender.c.settled_at.is_(None),
    )
    .values(settled_at=bindparam("now", type_=Instant()), settled_by=bindparam("by"))
)


class SqlPendingRefunds:
    """Owed tenders over one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, owed: PendingRefund, shift: int | None) -> None:
        row = {
            "sale_key": owed.key,
            "no": owed.no,
            "tender": owed.tender,
            "till": owed.till,
            "shift_id": shift,
            "person": owed.person,
            "method": owed.method,
            "currency": owed.amount.currency.code,
            "amount_minor": owed.amount.minor,
            "reference": owed.reference,
            "why": owed.why,
            "at": owed.at,
        }
        self._connection.execute(_INSERT, row)

    def of_sale(self, key: str) -> Sequence[tuple[PendingRefund, bool]]:
        return [(_owed(row), row.settled_at is None) for row in _OF_SALE.rows(self._connection, {"sale": key})]

    def open(self) -> Sequence[PendingRefund]:
        return [_owed(row) for row in self._connection.execute(_OPEN)]

    def settle(self, key: str, no: int, person: str, at: datetime) -> bool:
        """One conditional UPDATE, so that money goes back once."""
        values = {"sale": key, "number": no, "by": person, "now": at}
        return self._connection.execute(_SETTLE, values).rowcount == 1


def owed_in(connection: Connection, shift_id: int) -> tuple[PendingRefund, ...]:
    """Tenders taken in a shift that are still to be given back."""
    return tuple(_owed(row) for row in connection.execute(_IN_SHIFT, {"shift": shift_id}))


def _owed(row: Row[Any]) -> PendingRefund:
    return PendingRefund(
        key=row.sale_key,
        no=row.no,
        tender=row.tender,
        till=row.till,
        person=row.person,
        method=row.method,
        amount=Money(row.amount_minor, CURRENCIES[row.currency]),
        reference=row.reference,
        why=row.why,
        at=row.at,
    )
