"""Attempts at partners outside the shop, over one connection."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select, update

from db.engine.dialect import insert_new
from db.tables.outside_partners import partner_attempt
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.outside_partners.attempt import OPEN, AttemptKind, AttemptState, Decision, PartnerAttempt

_T = partner_attempt.c
_ALL = select(partner_attempt)


class SqlPartnerAttempts:
    """Implements `StoredAttempts`."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, attempt: PartnerAttempt) -> bool:
        statement = insert_new(self._connection, partner_attempt)
        return self._connection.execute(statement, _row(attempt)).rowcount == 1

    def put(self, attempt: PartnerAttempt) -> None:
        row = _row(attempt)
        number = row.pop("number")
        self._connection.execute(update(partner_attempt).where(_T.number == number).values(row))

    def locked(self, number: str) -> PartnerAttempt | None:
        found = self._connection.execute(_ALL.where(_T.number == number).with_for_update()).one_or_none()
        return None if found is None else attempt_of(found)

    def with_number(self, number: str) -> PartnerAttempt | None:
        found = self._connection.execute(_ALL.where(_T.number == number)).one_or_none()
        return None if found is None else attempt_of(found)

    def about(self, key: str) -> Sequence[PartnerAttempt]:
        return self._read(_ALL.where(_T.about == key))

    def refunds_of(self, number: str) -> Sequence[PartnerAttempt]:
        return self._read(_ALL.where(_T.original == number))

    def of_document(self, receipt: str) -> Sequence[PartnerAttempt]:
        return self._read(_ALL.where(_T.document == receipt)) if receipt else []

    def asked_between(self, partner: str, since: datetime, until: datetime) -> Sequence[PartnerAttempt]:
        begun = _T.begun_at >= since
        settled = and_(_T.settled_at >= since, _T.settled_at < until)
        is_open = _T.state.in_(sorted(one.value for one in OPEN))
        asked = _ALL.where(_T.partner == partner, _T.begun_at < until)
        return self._read(asked.where(or_(begun, settled, is_open)))

    def unclosed(self, till: str | None = None) -> Sequence[PartnerAttempt]:
        asked = _ALL.where(~_T.is_closed)
        return self._read(asked if till is None else asked.where(_T.till == till))

    def _read(self, asked: Select[Any]) -> Sequence[PartnerAttempt]:
        return [attempt_of(row) for row in self._connection.execute(asked.order_by(_T.begun_at, _T.number))]


def _row(attempt: PartnerAttempt) -> dict[str, Any]:
    paid, decision = attempt.paid, attempt.decision
    return {
        "number": attempt.number,
        "kind": attempt.kind.value,
        "partner": attempt.partner,
        "till": attempt.till,
        "about": attempt.about,
        "tries": attempt.tries,
        "holds": attempt.money if attempt.holds else None,
        "currency": attempt.amount.currency.code,
        "amount_minor": attempt.amount.minor,
        "begun_at": attempt.begun_at,
        "state": attempt.state.value,
        "method": attempt.method,
        "cashier": attempt.cashier,
        "shift_id": attempt.shift,
        "original": attempt.original or None,
        "code_tail": attempt.code_tail[-4:],
        "reference": attempt.reference,
        "detail": json.dumps(dict(attempt.detail), ensure_ascii=False),
        "paid_currency": None if paid is None else paid.currency.code,
        "paid_minor": None if paid is None else paid.minor,
        "reason": attempt.reason[:40],
        "asked_at": attempt.asked_at,
        "next_at": attempt.next_at,
        "lost": attempt.lost,
        "is_known": attempt.is_known,
        "missing": attempt.missing,
        "undo_asked_at": attempt.undo_asked_at,
        "undo_by": attempt.undo_by,
        "undo_acknowledged": attempt.undo_acknowledged,
        "decided": None if decision is None else decision.done,
        "decided_by": None if decision is None else decision.person,
        "decided_at": None if decision is None else decision.at,
        "settled_at": attempt.settled_at,
        "document": attempt.document,
        "is_given_back": attempt.is_given_back,
        "is_closed": attempt.is_closed,
    }


def attempt_of(row: Row[Any]) -> PartnerAttempt:
    """The attempt in a row of its table."""
    return PartnerAttempt(
        number=row.number,
        kind=AttemptKind(row.kind),
        partner=row.partner,
        till=row.till,
        about=row.about,
        tries=row.tries,
        amount=Money(row.amount_minor, _currency(row.currency)),
        begun_at=row.begun_at,
        state=AttemptState(row.state),
        method=row.method,
        cashier=row.cashier,
        shift=row.shift_id,
        original=row.original or "",
        code_tail=row.code_tail,
        reference=row.reference,
        detail=tuple(json.loads(row.detail).items()),
        paid=None if row.paid_minor is None else Money(row.paid_minor, _currency(row.paid_currency)),
        reason=row.reason,
        asked_at=row.asked_at,
        next_at=row.next_at,
        lost=row.lost,
        is_known=bool(row.is_known),
        missing=bool(row.missing),
        undo_asked_at=row.undo_asked_at,
        undo_by=row.undo_by,
        undo_acknowledged=bool(row.undo_acknowledged),
        decision=_decision(row.decided, row.decided_by, row.decided_at),
        settled_at=row.settled_at,
        document=row.document,
        is_given_back=bool(row.is_given_back),
    )


def _decision(done: bool | None, person: str | None, at: datetime | None) -> Decision | None:
    return None if done is None or at is None else Decision(bool(done), person or "", at)


def _currency(code: str) -> Currency:
    """Also one that the shop does not know: a partner may name any."""
    return CURRENCIES.get(code) or Currency(code)
