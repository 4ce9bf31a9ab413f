"""Sums of some days: the summaries of closed shifts, and the facts of shifts without any."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, func, select, true

from db.shifts.shift_totals import Row, Sums, TotalsPart, folded
from db.shifts.summaries import UNSUMMED
from db.tables.sales import sale
from db.tables.shop import shift
from db.tables.summaries import summary, summary_goods, summary_money, summary_quarter, summary_share

_TURNOVER = "turnover"


@dataclass(frozen=True, slots=True)
class ReceiptScope:
    """The selected receipts: of some business days, and of a till and a person where they are given."""

    first: date
    last: date
    till: str | None = None
    person: str | None = None

    def summaries(self) -> ColumnElement[bool]:
        """As a condition on summaries."""
        return self._of(summary)

    def sales(self) -> ColumnElement[bool]:
        """As a condition on sales."""
        return self._of(sale)

    def _of(self, table: Any) -> ColumnElement[bool]:
        of: list[ColumnElement[bool]] = [table.c.business_date.between(self.first, self.last)]
        if self.till is not None:
            of.append(table.c.till == self.till)
        if self.person is not None:
            of.append(table.c.cashier == self.person)
        return and_(*of)


@dataclass(slots=True)
class DaySums:
    """The totals: turnover by day, till and person apart, sums of all else; discounts by seller."""

    turnover: dict[tuple[date, str, str, str], Row] = field(default_factory=dict)
    """Count, pieces, amount by day, till, person and name."""
    sums: Sums = field(default_factory=Sums)
    discounts: dict[tuple[str, str], Row] = field(default_factory=dict)
    """Count, pieces, amount by kind and who sold."""
    live: set[int] = field(default_factory=set)
    """Shifts whose facts were folded."""

    def named(self, kind: str) -> Iterator[tuple[str, Row]]:
        """The shares of one kind, by name."""
        for (of, name), row in sorted(self.sums.shares.items()):
            if of == kind:
                yield name, row

    def turned(self, name: str) -> Row:
        """Count, pieces, amount of one name of the turnover."""
        totals = [0, 0, 0]
        for (*_, of), row in self.turnover.items():
            if of == name:
                _plus(totals, row)
        return totals

    def turned_by(self, index: int) -> dict[Any, Row]:
        """The sales by day (0), till (1) or person (2)."""
        totals: dict[Any, Row] = {}
        for key, row in sorted(self.turnover.items()):
            if key[3] == "sale":
                _put(totals, key[index], row)
        return totals


def _plus(row: Row, more: Sequence[int]) -> None:
    for index, number in enumerate(more):
        row[index] += int(number)


def _put(rows: dict[Any, Row], key: Any, more: Sequence[int]) -> None:
    row = rows.get(key)
    if row is None:
        rows[key] = [int(number) for number in more]
    else:
        _plus(row, more)


def sums_of(connection: Connection, scope: ReceiptScope) -> DaySums:
    """All figures of a day report."""
    day_sums = turnover_of(connection, scope)
    of, shares = scope.summaries(), day_sums.sums.shares
    question = _summed(summary_share, ("kind", "name"), summary.c.cashier).where(of, summary_share.c.kind != _TURNOVER)
    for kind, name, cashier, *figures in connection.execute(question):
        if kind == "discount":
            _put(day_sums.discounts, (name, cashier), figures)
        else:
            _put(shares, (kind, name), figures)
    for kind, method, currency, *figures in connection.execute(
        _summed(summary_money, ("kind", "method", "currency")).where(of)
    ):
        _put(day_sums.sums.money, (kind, method, currency), figures)
    keys = ("kind", "product_id", "code", "category")
    for kind, product, code, category, *figures in connection.execute(_summed(summary_goods, keys).where(of)):
        _put(day_sums.sums.goods, (kind, product, code, category), figures)
    return day_sums


def turnover_of(connection: Connection, scope: ReceiptScope) -> DaySums:
    """Only the turnover and the sales by quarter-hour; all sums for shifts without summaries."""
    day_sums = DaySums()
    of = scope.summaries()
    by = (summary.c.business_date, summary.c.till, summary.c.cashier)
    question = _summed(summary_share, ("name",), *by).where(of, summary_share.c.kind == _TURNOVER)
    for name, day, till, cashier, *figures in connection.execute(question):
        _put(day_sums.turnover, (day, till, cashier, name), figures)
    for quarter, *figures in connection.execute(_summed(summary_quarter, ("quarter",)).where(of)):
        _put(day_sums.sums.quarters, quarter, figures)
    for shift_id in unsummed(connection, scope.till):
        parts = folded(connection, (sale.c.shift_id == shift_id) & scope.sales())
        if parts:
            day_sums.live.add(shift_id)
        for part, sums in parts.items():
            _join(day_sums, part, sums)
    return day_sums


def unsummed(connection: Connection, till: str | None) -> Sequence[int]:
    """The shifts of a till, or of all, whose facts have to be folded."""
    at = true() if till is None else shift.c.till == till
    return connection.execute(select(shift.c.id).where(UNSUMMED, at).order_by(shift.c.id)).scalars().all()


def _join(day_sums: DaySums, part: TotalsPart, sums: Sums) -> None:
    for (kind, name), row in sums.shares.items():
        if kind == _TURNOVER:
            _put(day_sums.turnover, (part.day, part.till, part.cashier, name), row)
        elif kind == "discount":
            _put(day_sums.discounts, (name, part.cashier), row)
        else:
            _put(day_sums.sums.shares, (kind, name), row)
    for mine, theirs in (
        (day_sums.sums.quarters, sums.quarters),
        (day_sums.sums.money, sums.money),
        (day_sums.sums.goods, sums.goods),
    ):
        for key, row in theirs.items():
            _put(mine, key, row)


def _summed(table: Any, keys: Sequence[str], *heads: Any) -> Any:
    """The sums of a table of summaries by its keys, then by columns of the summaries they are of."""
    by = [table.c[name] for name in keys]
    left_out = {"summary_id", *table.primary_key.columns.keys()}
    figures = [func.sum(column) for column in table.columns if column.name not in left_out]
    return (
        select(*by, *heads, *figures)
        .select_from(summary)
        .join(table, table.c.summary_id == summary.c.id)
        .group_by(*by, *heads)
    )
