"""The sums of closed shifts recounted from their receipts, some shifts at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from db.shifts.shift_totals import Row, Sums, TotalsPart, folded
from db.shifts.summaries import kept
from db.tables.sales import sale
from db.tables.shop import shift
from db.tables.summaries import summary
from db.verify.pages import in_groups
from pos.domain.errors import RuleBroken

_NOT_WHAT_A_TILL_WRITES = (ValueError, KeyError, TypeError, AttributeError, RuleBroken, ArithmeticError)
_Parts = Mapping[TotalsPart, Sums]
_SHIFTS = 10
"""Shifts whose receipts are read together: each question costs as much as the receipts of some dozen sales."""


def summary_mismatches(connection: Connection) -> Iterator[str]:
    """Each sum that differs from the receipts, as one line that names the record and the place in it."""
    for some in in_groups(connection.execute(select(shift).order_by(shift.c.id)).all(), _SHIFTS):
        stored = _by_shift(kept(connection, [row.id for row in some]))
        closed = [row.id for row in some if row.id in stored and row.closed_at is not None]
        together = _recounted(connection, closed)
        for row in some:
            name = f"sums of shift {row.number} {row.till}"
            if row.id not in stored:
                continue  # reports count its receipts
            if row.closed_at is None:
                yield f"{name}: it is open and has some"
                continue
            expected = _recounted_alone(connection, row.id) if together is None else together.get(row.id, {})
            if expected is None:
                yield f"{name}: its receipts are not what a till writes"
            else:
                yield from _of_shift(name, expected, stored[row.id])
    unknown = select(summary.c.id).where(summary.c.shift_id.not_in(select(shift.c.id)))
    for shift_id in connection.execute(unknown).scalars():
        yield f"sums {shift_id}: of a shift that is not there"


def _by_shift(parts: Mapping[TotalsPart, Sums]) -> Mapping[int, _Parts]:
    by_shift: dict[int, dict[TotalsPart, Sums]] = {}
    for part, sums in parts.items():
        by_shift.setdefault(part.shift, {})[part] = sums
    return by_shift


def _recounted(connection: Connection, shifts: Sequence[int]) -> Mapping[int, _Parts] | None:
    """The receipts of some shifts added up; None where some are not what a till writes, or cannot be read."""
    try:
        return _by_shift(folded(connection, sale.c.shift_id.in_(shifts))) if shifts else {}
    except (DBAPIError, *_NOT_WHAT_A_TILL_WRITES):
        return None


def _recounted_alone(connection: Connection, shift_id: int) -> _Parts | None:
    try:
        return folded(connection, sale.c.shift_id == shift_id)
    except _NOT_WHAT_A_TILL_WRITES:
        return None


def _of_shift(name: str, expected: _Parts, stored: _Parts) -> Iterator[str]:
    for part in sorted(expected.keys() | stored.keys(), key=str):
        yield from _differences(f"{name} {part.day} {part.cashier}", part, expected.get(part), stored.get(part))


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
