"""The receipts behind a figure in a report, a page at a time.

The sums give the business days that have any; only those are read, the newest first, until a page is full.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Row, Select, and_, false, func, or_, select, type_coerce

from db.catalogue.names_on_receipts import names_returned, names_sold
from db.engine.types import to_microseconds
from db.reports.report_sums import ReceiptScope, unsummed
from db.sales.judgements import gauges_of
from db.shifts.shift_totals import QUARTER
from db.tables.sales import sale, sale_judgement, sale_line, sale_payment, sealed_text, sold_goods
from db.tables.summaries import summary, summary_goods, summary_money, summary_quarter, summary_share
from db.visitors.voided_sales import voids_of
from pos.application.ports.report_ports import Days
from pos.domain.money import CURRENCIES, Money
from pos.domain.receipt_number import receipt_number
from pos.domain.reports.quota_use import BEYOND, OVER, beyond, bucket_of
from pos.domain.reports.report_slice import NoSuchSlice, ReportSlice, SliceCursor, SlicePage, SliceReceipt

_NAMED = 3
_AT_ONCE = 500
"""The sales whose judgements are read together: a page is often full after a part of a day."""
_SHARES = {"destination": "destination", "nationality": "nationality", "use": "use", "verdict": "verdict"}
_OF_SALES = ("over", "dutiable")
_JUDGED = frozenset({"use", "verdict", "over"})
"""Marks that are part of the judgement stored with a sale."""

_HOUR = 3_600_000_000
_DAY = 24 * _HOUR


def drill_down_receipts(
    connection: Connection, days: Days, slices: Sequence[ReportSlice], after: SliceCursor | None, limit: int
) -> SlicePage:
    scope = ReceiptScope(days.first, days.last if after is None else min(days.last, after.day), days.till, days.person)
    fits = and_(scope.sales(), *(_fits(report_slice, days) for report_slice in slices))
    if after is not None:
        older = or_(sale.c.at < after.at, and_(sale.c.at == after.at, sale.c.id < after.id))
        fits = and_(fits, or_(sale.c.business_date < after.day, older))
    judged = [report_slice for report_slice in slices if report_slice.kind in _JUDGED]
    rows: list[Row[Any]] = []
    there = _there(connection, scope, slices, days)
    for day in sorted(there, reverse=True):
        of_day = (sale.c.business_date == day) & sale.c.till.in_(there[day])
        question = select(sale).where(fits, of_day).order_by(sale.c.at.desc(), sale.c.id.desc())
        rows += _read(connection, question, judged, limit + 1 - len(rows))
        if len(rows) > limit:
            break
    shown = rows[:limit]
    last = shown[-1] if len(rows) > limit else None
    return SlicePage(
        tuple(_slice_receipts(connection, shown)),
        None if last is None else SliceCursor(last.business_date, last.at, last.id),
    )


def _read(
    connection: Connection, question: Select[Any], judged: Sequence[ReportSlice], most: int
) -> Iterator[Row[Any]]:
    """The first `most` rows that match; conditions on a judgement are not part of the SQL."""
    if not judged:
        yield from connection.execute(question.limit(most))
        return
    rows = connection.execute(question).all()
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        verdicts: dict[int, list[Any]] = {}
        for sale_id, gauges in gauges_of(connection, [row.id for row in some]):
            verdicts.setdefault(sale_id, []).append(gauges)
        for row in some:
            if not most:
                return
            if all(_judged(report_slice, verdicts.get(row.id, ())) for report_slice in judged):
                most -= 1
                yield row


def _judged(report_slice: ReportSlice, verdicts: Sequence[Any]) -> bool:
    if report_slice.kind == "use":
        return any(bucket_of(one) == report_slice.name for one in verdicts)
    if report_slice.kind == "verdict":
        return any(one["verdict"] == report_slice.name for one in verdicts)
    return any(beyond(one) for one in verdicts)


def _there(
    connection: Connection, scope: ReceiptScope, slices: Sequence[ReportSlice], days: Days
) -> Mapping[date, Sequence[str]]:
    """The business days with receipts that have the marks, as far as the sums show, and their tills."""
    day_tills: set[tuple[date, str]] | None = None
    for report_slice in slices or (None,):
        there = {(day, till) for day, till in connection.execute(_with(report_slice, scope, days).distinct())}
        day_tills = there if day_tills is None else day_tills & there
    live = select(sale.c.business_date, sale.c.till).where(
        sale.c.shift_id.in_(unsummed(connection, scope.till)), sale.c.business_date.between(scope.first, scope.last)
    )
    tills_by_day: dict[date, list[str]] = {}
    for day, till in (day_tills or set()) | {(day, till) for day, till in connection.execute(live.distinct())}:
        tills_by_day.setdefault(day, []).append(till)
    return tills_by_day


def _with(report_slice: ReportSlice | None, scope: ReceiptScope, days: Days) -> Select[Any]:
    question = select(summary.c.business_date, summary.c.till).where(scope.summaries())
    if report_slice is None:
        return question
    kind, name = report_slice.kind, report_slice.name
    share = question.join(summary_share, summary_share.c.summary_id == summary.c.id)
    if kind in _SHARES:
        return share.where(summary_share.c.kind == _SHARES[kind], summary_share.c.name == name)
    if kind in _OF_SALES:
        return share.where(summary_share.c.kind == "beyond", summary_share.c.name == kind)
    if kind in ("sale", "return"):
        return share.where(summary_share.c.kind == "turnover", summary_share.c.name == kind)
    if kind in ("method", "currency", "payment"):
        paid = question.join(summary_money, summary_money.c.summary_id == summary.c.id)
        return paid.where(summary_money.c.kind == "payment", _paid(summary_money, report_slice))
    if kind in ("product", "category"):
        column = summary_goods.c.code if kind == "product" else summary_goods.c.category
        goods = question.join(summary_goods, summary_goods.c.summary_id == summary.c.id)
        return goods.where(summary_goods.c.kind == "sale", column == name)
    if kind == "hour":
        quarters = question.join(summary_quarter, summary_quarter.c.summary_id == summary.c.id)
        return quarters.where(_in_hour(summary_quarter.c.quarter * QUARTER, report_slice, days))
    column = {"day": summary.c.business_date, "till": summary.c.till, "cashier": summary.c.cashier}[kind]
    return question.where(column == (_day(report_slice) if kind == "day" else name))


def _fits(report_slice: ReportSlice, days: Days) -> ColumnElement[bool]:
    """A mark as a condition on `sale`; for a judgement only a filter on its text: `_judged` checks the rest."""
    kind, name = report_slice.kind, report_slice.name
    sold = sale.c.kind == "sale"
    if kind == "day":
        return sale.c.business_date == _day(report_slice)
    if kind in ("till", "cashier"):
        return sale.c[kind] == name
    if kind == "return":
        return sale.c.kind == "return"
    if kind == "destination":
        return sold & (sale.c.destination == name)
    if kind == "nationality":
        return sold & (func.coalesce(sale.c.nationality, "") == name)
    if kind in ("method", "currency", "payment"):
        paid = select(sale_payment.c.no).where(sale_payment.c.sale_id == sale.c.id, _paid(sale_payment, report_slice))
        return sold & paid.exists()
    if kind in ("product", "category", "dutiable"):
        of = {"product": sold_goods.c.code == name, "category": sold_goods.c.category == name}
        which = sale_line.c.taxed > 0
        if kind in of:
            which = sale_line.c.goods_id.in_(select(sold_goods.c.id).where(of[kind]))
        return sold & select(sale_line.c.line_no).where(sale_line.c.sale_id == sale.c.id, which).exists()
    if kind == OVER or (kind, name) == ("use", OVER):
        beyond_it = or_(*(sealed_text.c.text.contains(f'"verdict":"{verdict}"') for verdict in sorted(BEYOND)))
        forms = select(sealed_text.c.id).where(beyond_it)
        over = select(sale_judgement.c.visitor).where(
            sale_judgement.c.sale_id == sale.c.id, sale_judgement.c.form_id.in_(forms)
        )
        return sold & over.exists()
    if kind == "hour":
        return sold & _in_hour(type_coerce(sale.c.at, BigInteger), report_slice, days)
    return sold


def _paid(table: Any, report_slice: ReportSlice) -> ColumnElement[bool]:
    if report_slice.kind == "payment":
        method, _, code = report_slice.name.partition(" ")
        return and_(table.c.method == method, table.c.currency == code)
    return and_(table.c[report_slice.kind] == report_slice.name)


def _day(report_slice: ReportSlice) -> date:
    try:
        return date.fromisoformat(report_slice.name)
    except ValueError as error:
        raise NoSuchSlice(report_slice.kind, report_slice.name[:40], "2026-11-24") from error


def _in_hour(at: ColumnElement[int], report_slice: ReportSlice, days: Days) -> ColumnElement[bool]:
    """True if microseconds since 1970 fall into an hour of the shop's day, at the offset of the zone at that time."""
    if not (
        report_slice.name.isascii()
        and report_slice.name.isdecimal()
        and len(report_slice.name) <= 2
        and int(report_slice.name) < 24
    ):
        raise NoSuchSlice(report_slice.kind, report_slice.name[:40], "0 … 23")
    since = int(report_slice.name) * _HOUR
    spans = [
        (at >= first) & (at < end) & ((at + offset) % _DAY).between(since, since + _HOUR - 1)
        for first, end, offset in _offsets(days)
    ]
    return or_(false(), *spans)


def _offsets(days: Days) -> Iterator[tuple[int, int, int]]:
    """The spans of the days with one offset of the zone: from, before, offset, in microseconds.

    A day more at both ends: a business day is that of the zone which the shop had when it sold.
    """
    at, end = days.within[0].astimezone(UTC) - timedelta(days=1), days.within[1].astimezone(UTC) + timedelta(days=1)
    first, offset = at, _offset(at, days)
    while at < end:
        later = min(at + timedelta(days=1), end)
        if _offset(later, days) != offset:
            while _offset(at, days) == offset:
                at += timedelta(minutes=15)
            yield to_microseconds(first), to_microseconds(at), offset
            first, offset = at, _offset(at, days)
        else:
            at = later
    yield to_microseconds(first), to_microseconds(end), offset


def _offset(at: datetime, days: Days) -> int:
    offset = at.astimezone(days.zone).utcoffset()
    assert offset is not None, "a zone has one"
    return offset // timedelta(microseconds=1)


def _slice_receipts(connection: Connection, rows: Sequence[Row[Any]]) -> Iterator[SliceReceipt]:
    goods: dict[int, list[dict[str, str]]] = {}
    ids = [row.id for row in rows]
    for question in (names_sold(ids), names_returned(ids)):
        for line in connection.execute(question):
            goods.setdefault(line.sale_id, []).append({"": line.name, **json.loads(line.names)})
    voids = voids_of(connection, {receipt_number(row.till, row.number) for row in rows if row.kind == "sale"})
    for row in rows:
        yield SliceReceipt(
            receipt=receipt_number(row.till, row.number),
            kind=row.kind,
            at=row.at,
            till=row.till,
            cashier=row.cashier,
            destination=row.destination,
            nationality=row.nationality,
            pieces=int(row.pieces),
            total=Money(row.total_minor, CURRENCIES[row.currency]),
            goods=tuple(goods.get(row.id, ())[:_NAMED]),
            lines=len(goods.get(row.id, ())),
            voided_by=voids.get(receipt_number(row.till, row.number), ""),
            is_void=row.annuls is not None,
        )
