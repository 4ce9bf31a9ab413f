"""The Zs of a month beside the sales of its days: the Zs as recorded, the days by the sums of the shifts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, or_, select

from db.reports.report_sums import DaySums, ReceiptScope, turnover_of, unsummed
from db.shifts.hand_overs import OPENED
from db.shifts.shift_totals import Row, folded
from db.shifts.z_rows import report_from
from db.tables.sales import sale
from db.tables.shop import shift, z_report
from db.tables.summaries import summary, summary_share
from pos.application.ports.report_ports import Days
from pos.domain.money import Currency, Money
from pos.domain.reports.day_report import OpenedShift
from pos.domain.reports.month_report import Crossing, DayWithoutZ, MonthReport, MonthZ, Takings
from pos.domain.shifts.report_details import TaxSum
from pos.domain.shifts.shift_report import Turnover

_TURNOVER, _TAX = "turnover", "tax"
_NOTHING: Row = [0, 0, 0]
_ONE = timedelta(days=1)

Parts = dict[tuple[int, date], dict[str, Row]]
"""Count, pieces, amount by shift and business day, and by name of the turnover."""
Taxes = dict[int, dict[Decimal, int]]
"""Tax in minor units by shift and rate."""


def month(connection: Connection, days: Days, now: datetime) -> MonthReport:
    zs = _zs(connection, days)
    sold = turnover_of(connection, ReceiptScope(days.first, days.last))
    parts, taxes = _by_shift(connection, days, [row.shift_id for row in zs])
    of = {row.shift_id for row in zs}
    outside = {key: names for key, names in parts.items() if key[0] in of and not days.first <= key[1] <= days.last}
    elsewhere = {key: names for key, names in parts.items() if key[0] not in of}
    return MonthReport(
        first=days.first,
        last=days.last,
        currency=days.price,
        zs=tuple(_z(row, taxes.get(row.shift_id, {}), days.price) for row in zs),
        of_days=_takings({name: sold.turned(name) for name in _NAMES}, days.price),
        of_other_days=_crossings(connection, outside, days.price),
        in_other_zs=_crossings(connection, elsewhere, days.price),
        open=_open(connection, days),
        days_without_z=_without_z(connection, days, sold, {row.business_date for row in zs}, now),
        is_over=now >= days.within[1],
    )


_NAMES = ("sale", "return", "discount", "rounding")


def _zs(connection: Connection, days: Days) -> Sequence[Any]:
    question = select(z_report).where(z_report.c.business_date.between(days.first, days.last))
    return connection.execute(question.order_by(z_report.c.at, z_report.c.till, z_report.c.number)).all()


def _z(row: Any, taxes: Mapping[Decimal, int], price: Currency) -> MonthZ:
    report = report_from(row.content)
    assert report.closed_at is not None, "a Z says when"
    receipts = None
    if report.first_receipt is not None and report.last_receipt is not None:
        receipts = (report.first_receipt, report.last_receipt)
    off = (line.whole_difference for line in report.cash)
    return MonthZ(
        till=row.till,
        number=row.number,
        shift=report.number,
        day=row.business_date,
        opened_at=report.opened_at,
        closed_at=report.closed_at,
        cashier=report.cashier,
        closed_by=row.closed_by,
        receipts=receipts,
        takings=Takings(report.sales, report.returns, report.discounts, report.rounding),
        tax=tuple(TaxSum(rate, Money(taxes[rate], price)) for rate in sorted(taxes)),
        payments=report.payments,
        change=report.change,
        refunds=report.refunds,
        differences=tuple(money for money in off if money),
        deposits=report.deposits,
        providers=report.providers,
    )


def _by_shift(connection: Connection, days: Days, shifts: Sequence[int]) -> tuple[Parts, Taxes]:
    """The shifts of the Zs and those with sales on the days: sales by day, and the tax of each."""
    parts: Parts = {}
    taxes: Taxes = {}
    condition = or_(summary.c.shift_id.in_(shifts), summary.c.business_date.between(days.first, days.last))
    question = (
        select(
            summary.c.shift_id,
            summary.c.business_date,
            summary_share.c.kind,
            summary_share.c.name,
            func.sum(summary_share.c.count),
            func.sum(summary_share.c.pieces),
            func.sum(summary_share.c.amount_minor),
        )
        .join(summary_share, summary_share.c.summary_id == summary.c.id)
        .where(condition, summary_share.c.kind.in_((_TURNOVER, _TAX)))
        .group_by(summary.c.shift_id, summary.c.business_date, summary_share.c.kind, summary_share.c.name)
    )
    for shift_id, day, kind, name, *figures in connection.execute(question):
        _put(parts, taxes, (shift_id, day), kind, name, [int(figure) for figure in figures])
    for shift_id in unsummed(connection, None):
        which = sale.c.shift_id == shift_id
        if shift_id not in shifts:
            which &= sale.c.business_date.between(days.first, days.last)
        for part, sums in folded(connection, which).items():
            for (kind, name), row in sums.shares.items():
                _put(parts, taxes, (shift_id, part.day), kind, name, row)
    return parts, taxes


def _put(parts: Parts, taxes: Taxes, key: tuple[int, date], kind: str, name: str, row: Row) -> None:
    if kind == _TURNOVER:
        names = parts.setdefault(key, {})
        names[name] = [one + more for one, more in zip(names.get(name, _NOTHING), row, strict=True)]
    elif kind == _TAX:
        of = taxes.setdefault(key[0], {})
        rate = Decimal(name)
        of[rate] = of.get(rate, 0) + row[2]


def _takings(names: Mapping[str, Row], price: Currency) -> Takings:
    def turnover(name: str) -> Turnover:
        count, pieces, amount = names.get(name, _NOTHING)
        return Turnover(count, pieces, Money(amount, price))

    return Takings(
        turnover("sale"),
        turnover("return"),
        Money(names.get("discount", _NOTHING)[2], price),
        Money(names.get("rounding", _NOTHING)[2], price),
    )


def _crossings(connection: Connection, parts: Parts, price: Currency) -> tuple[Crossing, ...]:
    """By shift, in the order in which they were opened."""
    by_shift: dict[int, Takings] = {}
    for (shift_id, _), names in parts.items():
        by_shift[shift_id] = by_shift.get(shift_id, Takings.none(price)).plus(_takings(names, price))
    question = (
        select(shift.c.id, shift.c.till, shift.c.number, z_report.c.number.label("z"), z_report.c.business_date)
        .outerjoin(z_report, z_report.c.shift_id == shift.c.id)
        .where(shift.c.id.in_(list(by_shift)))
        .order_by(shift.c.opened_at, shift.c.till)
    )
    rows = connection.execute(question) if by_shift else ()
    return tuple(Crossing(row.till, row.number, row.z, row.business_date, by_shift[row.id]) for row in rows)


def _open(connection: Connection, days: Days) -> tuple[OpenedShift, ...]:
    rows = connection.execute(OPENED.where(shift.c.opened_at < days.within[1]))
    return tuple(OpenedShift(row.till, row.number, row.person, row.opened_at, row.taken_by) for row in rows)


def _without_z(
    connection: Connection, days: Days, sold: DaySums, closed: Iterable[date], now: datetime
) -> tuple[DayWithoutZ, ...]:
    since = connection.execute(select(func.min(shift.c.opened_at))).scalar_one()
    if since is None:
        return ()
    first = max(days.first, since.astimezone(days.zone).date())
    last = min(days.last, now.astimezone(days.zone).date() - _ONE)
    every = (first + _ONE * offset for offset in range((last - first).days + 1))
    return tuple(DayWithoutZ(day, _takings(_of_day(sold, day), days.price)) for day in every if day not in set(closed))


def _of_day(sold: DaySums, day: date) -> dict[str, Row]:
    rows: dict[str, Row] = {}
    for (of, _, _, name), row in sold.turnover.items():
        if of == day:
            rows[name] = [one + more for one, more in zip(rows.get(name, _NOTHING), row, strict=True)]
    return rows
