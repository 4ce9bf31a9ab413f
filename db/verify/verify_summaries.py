"""The sums of closed shifts recounted from their receipts, shift by shift."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from db.shifts.shift_totals import Row, Sums, TotalsPart, folded
from db.shifts.summaries import kept
from db.tables.sales import sale
from db.tables.shop import shift
from db.tables.summaries import summary
from pos.domain.errors import RuleBroken


def summary_mismatches(connection: Connection) -> Iterator[str]:
    """Each sum that differs from the receipts, as one line that names the record and the place in it."""
    shifts = connection.execute(select(shift).order_by(shift.c.id)).all()
    for row in shifts:
        name = f"sums of shift {row.number} {row.till}"
        stored = kept(connection, row.id)
        if not stored:
            continue  # reports count its receipts
        if row.closed_at is None:
            yield f"{name}: it is open and has some"
            continue
        try:
            expected = folded(connection, sale.c.shift_id == row.id)
        except (ValueError, KeyError, TypeError, AttributeError, RuleBroken, ArithmeticError, json.JSONDecodeError):
            yield f"{name}: its receipts are not what a till writes"
            continue
        for part in sorted(expected.keys() | stored.keys(), key=str):
            of = f"{name} {part.day} {part.cashier}"
            yield from _differences(of, part, expected.get(part), stored.get(part))
    unknown = select(summary.c.id).where(summary.c.shift_id.not_in(select(shift.c.id)))
    for shift_id in connection.execute(unknown).scalars():
        yield f"sums {shift_id}: of a shift that is not there"


def _differences(of: str, part: TotalsPart, expected: Sums | None, stored: Sums | None) -> Iterator[str]:
    if expected is None or stored is None:
        yield f"{of}: {'there are no such receipts' if expected is None else 'they are missing'} at {part.till}"
        return
    for what, recomputed, kept_ in (
        ("", expected.shares, stored.shares),
        ("quarter-hour ", expected.quarters, stored.quarters),
        ("", expected.money, stored.money),
        ("goods ", expected.goods, stored.goods),
    ):
        yield from _of(of, what, recomputed, kept_)


def _of(of: str, what: str, expected: Mapping[Any, Row], stored: Mapping[Any, Row]) -> Iterator[str]:
    for key in sorted(expected.keys() | stored.keys(), key=str):
        if expected.get(key) != stored.get(key):
            name = " ".join(map(str, key)) if isinstance(key, tuple) else key
            yield f"{of}: {what}{name} {stored.get(key)}, the receipts come to {expected.get(key)}"
