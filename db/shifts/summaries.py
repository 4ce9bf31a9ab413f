"""The sums of closed shifts: written once; those of shifts closed by an older program when the store is opened."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select

from db.engine.stored_rows import plain_rows
from db.shifts.shift_totals import Row, Sums, TotalsPart, shifts_folded
from db.tables.sales import sale
from db.tables.shop import shift
from db.tables.summaries import summary, summary_goods, summary_money, summary_quarter, summary_share

_INSERT = insert(summary).returning(summary.c.id)
_TABLES: Mapping[Table, tuple[tuple[str, ...], tuple[str, ...]]] = {
    summary_share: (("kind", "name"), ("count", "pieces", "amount_minor")),
    summary_quarter: (("quarter",), ("count", "pieces", "amount_minor")),
    summary_money: (("kind", "method", "currency"), ("amount_minor", "value_minor", "worth_minor")),
    summary_goods: (
        ("kind", "product_id", "code", "category"),
        ("pieces", "amount_minor", "tax_minor", "known_minor", "cost_minor"),
    ),
}
"""The columns of a key and of its figures, in the order of Sums."""

_INSERT_ROWS = {table: insert(table) for table in _TABLES}

UNSUMMED = ~select(summary.c.id).where(summary.c.shift_id == shift.c.id).exists()
"""A shift without sums: open, or without a receipt. Its figures are folded from the facts."""

_LEFT_OUT = (
    select(shift.c.id)
    .where(shift.c.closed_at.is_not(None), UNSUMMED, select(sale.c.id).where(sale.c.shift_id == shift.c.id).exists())
    .order_by(shift.c.id.desc())
)
_OF_SHIFTS = select(summary).where(summary.c.shift_id.in_(bindparam("shifts", expanding=True))).order_by(summary.c.id)


def write_summary(connection: Connection, shift_id: int) -> None:
    """Write the sums of a shift that ends in this transaction: it gets no further receipt."""
    for _, parts in shifts_folded(connection, (shift_id,)):
        for part, sums in parts.items():
            _write(connection, part, sums)


def shifts_left_out(connection: Connection, most: int) -> Sequence[int]:
    """Closed shifts with receipts and without sums, the newest first."""
    return connection.execute(_LEFT_OUT.limit(most)).scalars().all()


def kept(connection: Connection, shifts: Collection[int]) -> dict[TotalsPart, Sums]:
    """The sums of some shifts as written."""
    by_part: dict[TotalsPart, Sums] = {}
    of: dict[int, Sums] = {}
    for row in connection.execute(_OF_SHIFTS, {"shifts": shifts}):
        of[row.id] = by_part[TotalsPart(row.shift_id, row.till, row.business_date, row.cashier)] = Sums()
    for index, table in enumerate(_TABLES):
        keys, figures = _TABLES[table]
        columns = (table.c[name] for name in ("summary_id", *keys, *figures))
        end = 1 + len(keys)
        for read in plain_rows(connection, select(*columns).where(table.c.summary_id.in_(of))):
            _of(of[read[0]])[index][read[1] if end == 2 else read[1:end]] = list(read[end:])
    return by_part


def _of(sums: Sums) -> tuple[dict[Any, Row], ...]:
    return sums.shares, sums.quarters, sums.money, sums.goods


def _write(connection: Connection, part: TotalsPart, sums: Sums) -> None:
    head = {"shift_id": part.shift, "till": part.till, "business_date": part.day, "cashier": part.cashier}
    summary_id = connection.execute(_INSERT, head).scalar_one()
    for table, rows in zip(_TABLES, _of(sums)):
        if rows:
            connection.execute(_INSERT_ROWS[table], list(_rows(table, rows, summary_id)))


def _rows(table: Table, rows: Mapping[Any, Row], summary_id: int) -> Iterator[dict[str, Any]]:
    keys, figures = _TABLES[table]
    for key, numbers in rows.items():
        named = zip(keys, key if len(keys) > 1 else (key,), strict=True)
        yield {"summary_id": summary_id, **dict(named), **dict(zip(figures, numbers, strict=True))}
