"""Shifts: opened with a float, their cash and notes, closed by a numbered and chained Z."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, func, insert, select, update

from db.engine.canonical import content
from db.engine.compiled_statement import CompiledStatement
from db.maintenance.seals import SqlSeals
from db.maintenance.skipped_numbers import ZS, skipped_numbers
from db.sales.cash import notes_text, write_cash
from db.shifts.hand_overs import HANDED_OVER, write_hand_over
from db.shifts.journal_events import named
from db.shifts.shift_figures import figures
from db.shifts.summaries import shifts_left_out, write_summary
from db.shifts.z_rows import report_from, report_text
from db.tables.shop import cash_move, drawer, hand_over, journal, shift, z_report
from pos.application.ports.shift_ports import CashMove
from pos.domain.money import Currency, Money
from pos.domain.payment.banknotes import Drawer
from pos.domain.shifts.hand_over import HandOver
from pos.domain.shifts.shift import Shift
from pos.domain.shifts.shift_report import ShiftReport, ZReport
from pos.domain.staff.staff import Person

_OPEN_SHIFT = CompiledStatement(
    select(shift, hand_over.c.taker.label("taken_by"), hand_over.c.at.label("taken_at"))
    .select_from(HANDED_OVER)
    .where(shift.c.till == bindparam("till"), shift.c.closed_at.is_(None))
)
_LAST_SHIFT = select(func.coalesce(func.max(shift.c.number), 0)).where(shift.c.till == bindparam("till"))
_DRAWER = CompiledStatement(
    select(drawer.c.currency, drawer.c.value_minor, drawer.c.pieces).where(drawer.c.shift_id == bindparam("shift"))
)
_EXPECTED = select(func.coalesce(func.sum(cash_move.c.amount_minor), 0)).where(
    cash_move.c.shift_id == bindparam("shift"), cash_move.c.currency == bindparam("currency")
)
_CLOSE = (
    update(shift).where(shift.c.id == bindparam("key"), shift.c.closed_at.is_(None)).values(closed_at=bindparam("now"))
)
_Z = select(z_report).where(z_report.c.till == bindparam("till"), z_report.c.number == bindparam("number"))
_LAST_Z = select(z_report).where(z_report.c.till == bindparam("till")).order_by(z_report.c.number.desc()).limit(1)
_REPRINTS = select(journal.c.till, journal.c.details).where(journal.c.act == "reprint_z")

_SIGNS = {"in": 1, "out": -1, "drop": -1, "deposit": 1, "deposit_back": -1}


class SqlShifts:
    """Shifts over one connection; `chain` is Secrets.chain."""

    def __init__(self, connection: Connection, chain: Callable[[str, bytes], str]) -> None:
        self._connection = connection
        self._chain = chain

    def open_at(self, till: str) -> Shift | None:
        row = _OPEN_SHIFT.one(self._connection, {"till": till})
        if row is None:
            return None
        return Shift(
            row.id, row.till, row.number, row.person, row.opened_at, taken_by=row.taken_by, taken_at=row.taken_at
        )

    def open(
        self, till: str, person: Person, at: datetime, float_: Mapping[str, Money], notes: Drawer | None = None
    ) -> Shift:
        number = self._connection.execute(_LAST_SHIFT, {"till": till}).scalar_one() + 1
        values = {"till": till, "number": number, "person": person.name, "opened_at": at}
        shift_id = self._connection.execute(insert(shift).returning(shift.c.id), values).scalar_one()
        named = notes or {}
        shared = {"shift_id": shift_id, "kind": "float", "at": at, "person": person.name}
        write_cash(
            self._connection,
            [
                {
                    **shared,
                    "currency": code,
                    "amount_minor": money.minor,
                    "notes": notes_text(named[code]) if code in named else None,
                }
                for code, money in float_.items()
            ],
        )
        return Shift(shift_id, till, number, person.name, at, dict(float_))

    def drawer(self, shift: Shift) -> Drawer:
        held: dict[str, dict[int, int]] = {}
        for code, value, pieces in _DRAWER.tuples(self._connection, {"shift": shift.id}):
            held.setdefault(code, {})[value] = pieces
        return held

    def move(self, shift: Shift, move: CashMove) -> None:
        row: dict[str, Any] = {
            "shift_id": shift.id,
            "kind": move.kind,
            "currency": move.amount.currency.code,
            "amount_minor": _SIGNS[move.kind] * move.amount.minor,
            "at": move.at,
            "notes": None if move.notes is None else notes_text(move.notes),
            "person": move.person,
            "reason": move.reason,
        }
        write_cash(self._connection, [row])

    def hand_over(self, shift: Shift, made: HandOver) -> None:
        write_hand_over(self._connection, shift.id, made)

    def expected(self, shift: Shift, currency: Currency) -> Money:
        key = {"shift": shift.id, "currency": currency.code}
        return Money(int(self._connection.execute(_EXPECTED, key).scalar_one()), currency)

    def report(self, shift: Shift, price: Currency, at: datetime) -> ShiftReport:
        return figures(self._connection, shift, price, at)

    def close(self, shift: Shift, report: ShiftReport, business_date: date) -> ZReport:
        """A till has one writer at a time, and (till, number) is there only once."""
        assert report.closed_at is not None, "a Z says when"
        assert report.closed_by is not None, "a Z says by whom"
        closed = self._connection.execute(_CLOSE, {"key": shift.id, "now": report.closed_at})
        assert closed.rowcount == 1, "open_at was asked in this transaction"
        before = self._connection.execute(_LAST_Z, {"till": shift.till}).one_or_none()
        number = self._following(shift.till, before.number if before else 0)
        recorded = replace(report, z_number=number)
        previous = before.mac if before else ""
        row = {
            "till": shift.till,
            "number": number,
            "shift_id": shift.id,
            "at": report.closed_at,
            "business_date": business_date,
            "closed_by": report.closed_by,
            "approved_by": report.approved_by,
            "content": report_text(recorded),
            "before": previous,
        }
        mac = self._chain(previous, content(z=row))
        self._connection.execute(insert(z_report), {**row, "mac": mac})
        write_summary(self._connection, shift.id)
        return ZReport(recorded, shift.id, mac)

    def next_z(self, till: str) -> int:
        before = self._connection.execute(_LAST_Z, {"till": till}).one_or_none()
        return self._following(till, before.number if before else 0)

    def _following(self, till: str, number: int) -> int:
        return skipped_numbers(self._connection, ZS).following(till, number)

    def sum_up(self) -> bool:
        left_out = shifts_left_out(self._connection, 1)
        for shift_id in left_out:
            write_summary(self._connection, shift_id)
        return bool(left_out)

    def z(self, till: str, number: int) -> ZReport | None:
        return self._z_from(self._connection.execute(_Z, {"till": till, "number": number}).one_or_none())

    def last_z(self, till: str) -> ZReport | None:
        return self._z_from(self._connection.execute(_LAST_Z, {"till": till}).one_or_none())

    def copies_of_z(self, till: str, number: int) -> int:
        reprints = [(row.till, json.loads(row.details)) for row in self._connection.execute(_REPRINTS)]
        return sum(1 for at, details in reprints if details.get("of_till", at) == till and details.get("z") == number)

    def _z_from(self, row: Row[Any] | None) -> ZReport | None:
        if row is None:
            return None
        seal = SqlSeals(self._connection, self._chain).of_z(row.till, row.number)
        report = report_from(row.content)
        voids = named(self._connection, report.details.voids)
        report = replace(report, details=replace(report.details, voids=voids))
        return ZReport(report if seal is None else replace(report, anchor=seal.anchor), row.shift_id, row.mac)
