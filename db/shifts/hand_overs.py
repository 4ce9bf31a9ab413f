"""Hand-overs of a shift: written once, with the count of each currency."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Connection, and_, bindparam, func, insert, select

from db.engine.canonical import dumps
from db.sales.cash import HAND_OVER, notes_text, write_cash
from db.tables.shop import hand_over, shift
from pos.domain.money import CURRENCIES, Money
from pos.domain.shifts.hand_over import HandedCash, HandOver

_OF_SHIFT = select(hand_over).where(hand_over.c.shift_id == bindparam("shift")).order_by(hand_over.c.number)
_LAST = select(func.max(hand_over.c.number)).where(hand_over.c.shift_id == shift.c.id).correlate(shift)

HANDED_OVER = shift.outerjoin(
    hand_over, and_(hand_over.c.shift_id == shift.c.id, hand_over.c.number == _LAST.scalar_subquery())
)
"""Shifts, each with its last hand-over if there was one."""

_OPEN = select(
    shift.c.till, shift.c.number, shift.c.person, shift.c.opened_at, shift.c.id, hand_over.c.taker.label("taken_by")
)
OPENED = _OPEN.select_from(HANDED_OVER).where(shift.c.closed_at.is_(None)).order_by(shift.c.till)
"""The open shifts, by till, each with who has it from the last hand-over."""


def hand_overs_of(connection: Connection, shift: int) -> tuple[HandOver, ...]:
    return tuple(
        HandOver(row.number, row.giver, row.taker, row.at, cash_from(json.loads(row.content)), row.approved_by)
        for row in connection.execute(_OF_SHIFT, {"shift": shift})
    )


def write_hand_over(connection: Connection, shift: int, made: HandOver) -> None:
    """Record a hand-over; from now on the counted notes are those of the drawer."""
    row = {
        "shift_id": shift,
        "number": made.number,
        "at": made.at,
        "giver": made.giver,
        "taker": made.taker,
        "approved_by": made.approved_by,
        "content": dumps(cash_to(made.cash)),
    }
    connection.execute(insert(hand_over), row)
    write_cash(
        connection,
        [
            {
                "shift_id": shift,
                "kind": HAND_OVER,
                "currency": line.currency.code,
                "amount_minor": line.difference.minor,
                "at": made.at,
                "notes": notes_text(line.notes),
                "person": made.taker,
                "reason": None,
            }
            for line in made.cash
        ],
    )


def cash_to(cash: tuple[HandedCash, ...]) -> list[dict[str, Any]]:
    """The count, as integers and texts."""
    return [
        {
            "currency": line.currency.code,
            "expected": None if line.expected is None else line.expected.minor,
            "counted": line.counted.minor,
            "difference": line.difference.minor,
            "notes": {str(value): count for value, count in line.notes.items()},
        }
        for line in cash
    ]


def cash_from(rows: list[dict[str, Any]]) -> tuple[HandedCash, ...]:
    """The reverse of `cash_to`."""
    return tuple(_line_from(row) for row in rows)


def _line_from(row: dict[str, Any]) -> HandedCash:
    currency = CURRENCIES[row["currency"]]
    expected = None if row["expected"] is None else Money(row["expected"], currency)
    notes = {int(value): count for value, count in row["notes"].items()}
    return HandedCash(currency, expected, Money(row["counted"], currency), Money(row["difference"], currency), notes)
