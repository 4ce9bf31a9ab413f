"""Attempts at reservations, the outbox to the center, and identities, over one connection."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, Connection, Row, and_, bindparam, delete, func, insert, or_, select, update

from db.engine.types import Instant
from db.tables.holds import hold
from db.tables.membership import center_attempt, center_call, visitor_identity
from db.tables.sales import sale
from db.tables.visitors import quota_entry, visitor
from pos.application.ports.membership_ports import Attempt, LineInBooks, WaitingCall
from pos.application.ports.visitor_ports import EntryKey
from pos.domain.center.ledger import LineId

_KEYS: BindParameter[Any] = bindparam("keys", expanding=True)
_OF_SALE = (
    select(center_attempt)
    .where(center_attempt.c.sale_key == bindparam("sale"), center_attempt.c.is_over.is_(False))
    .order_by(center_attempt.c.at, center_attempt.c.key)
)
_ENDED = (
    select(center_attempt)
    .where(center_attempt.c.till == bindparam("at_till"), center_attempt.c.is_over.is_(True))
    .order_by(center_attempt.c.at, center_attempt.c.key)
)
_OPEN_CALLS = and_(
    center_call.c.till == bindparam("at_till"), center_call.c.taken_at.is_(None), center_call.c.problem.is_(None)
)
_WAITING = select(center_call).where(_OPEN_CALLS).order_by(center_call.c.id)
_COUNT = select(func.count()).select_from(center_call).where(_OPEN_CALLS)
_TOLD = (
    select(center_call.c.id)
    .where(center_call.c.sale_key == bindparam("sale"), center_call.c.kind.in_(("sale", "unseen_sale")))
    .limit(1)
)
_IDS: BindParameter[Any] = bindparam("ids", expanding=True)
_TOLD_SALES = (
    select(sale.c.id, sale.c.key)
    .join(center_call, center_call.c.sale_key == sale.c.key)
    .where(sale.c.id.in_(_IDS), center_call.c.kind.in_(("sale", "unseen_sale")))
    .distinct()
)
_HOLDER = func.coalesce(quota_entry.c.moved_to, quota_entry.c.visitor_id)
_LINES = (
    select(
        sale.c.key,
        quota_entry.c.sale_id,
        quota_entry.c.line_no,
        quota_entry.c.moved_to,
        (quota_entry.c.quantity - func.coalesce(quota_entry.c.returned, 0)).label("kept"),
        func.coalesce(visitor.c.same_as, visitor.c.id).label("person"),
    )
    .join(sale, sale.c.id == quota_entry.c.sale_id)
    .join(visitor, visitor.c.id == _HOLDER)
    .where(sale.c.key.in_(_KEYS))
)
_SOLD = select(sale.c.key).where(sale.c.key.in_(_KEYS))
_HELD = select(hold.c.key).where(hold.c.key.in_(_KEYS), hold.c.until > bindparam("now", type_=Instant()))
_IDENTITIES = (
    select(visitor_identity.c.identity)
    .join(visitor, visitor.c.id == visitor_identity.c.visitor_id)
    .where(or_(visitor.c.id == bindparam("person"), visitor.c.same_as == bindparam("person")))
    .order_by(visitor_identity.c.visitor_id, visitor_identity.c.identity)
)


class SqlMembership:
    """Implements `StoredMembership`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def begin_attempt(self, attempt: Attempt) -> None:
        row = {
            "key": attempt.key,
            "sale_key": attempt.sale,
            "till": attempt.till,
            "visitors": json.dumps(attempt.visitors),
            "at": attempt.at,
            "is_over": attempt.is_over,
        }
        self._connection.execute(insert(center_attempt), row)

    def attempts_of(self, sale: str) -> Sequence[Attempt]:
        return [_attempt(row) for row in self._connection.execute(_OF_SALE, {"sale": sale})]

    def end_attempts(self, sale: str, besides: str = "") -> int:
        of = and_(center_attempt.c.sale_key == sale, center_attempt.c.is_over.is_(False))
        ending = update(center_attempt).where(of, center_attempt.c.key != besides).values(is_over=True)
        return self._connection.execute(ending).rowcount

    def end_all(self, till: str, until: datetime) -> int:
        of = and_(center_attempt.c.till == till, center_attempt.c.is_over.is_(False), center_attempt.c.at <= until)
        return self._connection.execute(update(center_attempt).where(of).values(is_over=True)).rowcount

    def ended(self, till: str, limit: int) -> Sequence[Attempt]:
        return [_attempt(row) for row in self._connection.execute(_ENDED.limit(limit), {"at_till": till})]

    def drop_attempt(self, key: str) -> None:
        self._connection.execute(delete(center_attempt).where(center_attempt.c.key == key))

    def queue(self, till: str, call: WaitingCall) -> None:
        row = {
            "till": till,
            "key": call.key,
            "kind": call.kind,
            "sale_key": call.sale,
            "body": call.body,
            "at": call.at,
            "taken_at": None,
            "problem": None,
        }
        self._connection.execute(insert(center_call), row)

    def waiting(self, till: str, limit: int) -> Sequence[WaitingCall]:
        rows = self._connection.execute(_WAITING.limit(limit), {"at_till": till})
        return [WaitingCall(row.kind, row.key, row.body, row.at, row.sale_key, row.id) for row in rows]

    def count_waiting(self, till: str) -> int:
        return int(self._connection.execute(_COUNT, {"at_till": till}).scalar_one())

    def rewrite(self, call: int, body: str) -> None:
        self._connection.execute(update(center_call).where(center_call.c.id == call).values(body=body))

    def taken(self, call: int, at: datetime) -> None:
        self._connection.execute(update(center_call).where(center_call.c.id == call).values(taken_at=at, body=""))

    def refused(self, call: int, problem: str) -> None:
        self._connection.execute(update(center_call).where(center_call.c.id == call).values(problem=problem[:60]))

    def was_reported(self, sale: str) -> bool:
        return self._connection.execute(_TOLD, {"sale": sale}).one_or_none() is not None

    def lines_at_center(self, entries: Collection[EntryKey]) -> Mapping[EntryKey, LineId]:
        own = [entry for entry in entries if not entry.declared]
        if not own:
            return {}
        rows = self._connection.execute(_TOLD_SALES, {"ids": sorted({entry.sale for entry in own})})
        keys = {int(row.id): str(row.key) for row in rows}
        return {entry: LineId(keys[entry.sale], entry.line) for entry in own if entry.sale in keys}

    def lines_of(self, sales: Collection[str]) -> Mapping[tuple[str, int], LineInBooks]:
        if not sales:
            return {}
        rows = self._connection.execute(_LINES, {"keys": sorted(sales)})
        return {
            (row.key, row.line_no): LineInBooks(
                EntryKey(row.sale_id, row.line_no), int(row.person), row.moved_to is not None, int(row.kept)
            )
            for row in rows
        }

    def known_sales(self, sales: Collection[str], at: datetime) -> Collection[str]:
        if not sales:
            return frozenset()
        sold = self._connection.execute(_SOLD, {"keys": sorted(sales)}).scalars()
        held = self._connection.execute(_HELD, {"keys": sorted(sales), "now": at}).scalars()
        return frozenset([*sold, *held])

    def forget_identities(self) -> None:
        self._connection.execute(delete(visitor_identity))

    def identities(self, person: int) -> Sequence[str]:
        return list(dict.fromkeys(self._connection.execute(_IDENTITIES, {"person": person}).scalars()))


def _attempt(row: Row[Any]) -> Attempt:
    return Attempt(row.key, row.sale_key, row.till, tuple(json.loads(row.visitors)), row.at, row.is_over)
