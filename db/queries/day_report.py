"""The figures of one or more business days, straight from the facts."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, tzinfo
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, func, or_, select, true

from db.queries.journal_acts import acts_of
from db.queries.receipt_sums import ReceiptSums
from db.queries.shift_figures import cash_of
from db.repositories.z_rows import report_from
from db.tables.sales import sale, sale_line
from db.tables.shop import journal, shift, z_report
from pos.domain.day_report import ClosedShift, DayReport, GoodsShare, OpenedShift, Share
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.report_details import Details
from pos.domain.shift_report import CashLine, ShiftReport

_TOP = 20


def figures(
    connection: Connection,
    days: tuple[date, date],
    within: tuple[datetime, datetime],
    till: str | None,
    price: Currency,
    zone: tzinfo,
) -> DayReport:
    """See Reports.day."""
    here = _at(sale.c.till, till)
    which = sale.c.business_date.between(*days) & here
    sums = ReceiptSums(connection, which, price)
    turned = sums.turnovers()
    columns = ("at", "cashier", "destination", "nationality", "total_minor", "quota")
    question = select(*(sale.c[name] for name in columns)).where(which, sale.c.kind == "sale")
    sales = connection.execute(question.order_by(sale.c.till, sale.c.number)).all()
    shifts = _shifts(connection, which, within, till)
    zs = _zs(connection, shifts)
    acts = acts_of(
        connection, _at(journal.c.till, till) & (journal.c.at >= within[0]) & (journal.c.at < within[1]), price
    )
    return DayReport(
        first=days[0],
        last=days[1],
        till=till,
        currency=price,
        sales=turned.sales,
        returns=turned.returns,
        discounts=turned.discounts,
        rounding=turned.rounding,
        payments=sums.payments(),
        change=sums.change(),
        refunds=sums.refunds(),
        cash=_cash(connection, shifts, [report for report, _ in zs]),
        spread=sums.spread(),
        details=Details(sums.discounts(), acts.voids, acts.openings, acts.approvals, sums.returns()),
        approvals=acts.allowed,
        by_hour=_hours(sales, price, zone),
        by_cashier=_shares(sales, "cashier", price),
        by_destination=_shares(sales, "destination", price),
        by_nationality=_shares(sales, "nationality", price),
        by_category=_categories(connection, which, price),
        top_products=_products(connection, which, price),
        quota=_quota(sales),
        closed=tuple(_closed(report) for report, day in zs if days[0] <= day <= days[1]),
        open=_open(connection, shifts),
        tills=tuple(connection.execute(select(shift.c.till).distinct().order_by(shift.c.till)).scalars()),
        without_receipt=sums.without_receipt(),
        tax=sums.taxes(),
        promotions=sums.promotions(),
    )


def _at(column: Any, till: str | None) -> ColumnElement[bool]:
    return true() if till is None else column == till


def _shifts(
    connection: Connection, which: ColumnElement[bool], within: tuple[datetime, datetime], till: str | None
) -> Sequence[int]:
    """The shifts that were open on the days, for one without a sale has a drawer too, or have receipts of them."""
    sold = select(sale.c.shift_id).where(which)
    ended = or_(shift.c.closed_at.is_(None), shift.c.closed_at >= within[0])
    there = (shift.c.opened_at < within[1]) & ended
    question = select(shift.c.id).where(or_(shift.c.id.in_(sold), there), _at(shift.c.till, till))
    return list(connection.execute(question.order_by(shift.c.id)).scalars())


def _zs(connection: Connection, shifts: Sequence[int]) -> list[tuple[ShiftReport, date]]:
    question = select(z_report.c.content, z_report.c.business_date).where(z_report.c.shift_id.in_(shifts))
    rows = connection.execute(question.order_by(z_report.c.at, z_report.c.till, z_report.c.number))
    return [(report_from(row.content), row.business_date) for row in rows]


def _cash(connection: Connection, shifts: Sequence[int], zs: Iterable[ShiftReport]) -> tuple[CashLine, ...]:
    """The drawers together; `counted` and `difference` are those of the shifts that have a Z, None where none has."""
    lines = {line.currency.code: line for line in cash_of(connection, shifts)}
    for report in zs:
        for line in report.cash:
            code, none = line.currency.code, Money.zero(line.currency)
            sum_ = lines.get(code, CashLine.of(line.currency, {}))
            lines[code] = replace(
                sum_,
                counted=(sum_.counted or none) + (line.counted or none),
                difference=(sum_.difference or none) + (line.difference or none),
            )
    return tuple(lines[code] for code in CURRENCIES if code in lines)


def _hours(sales: Sequence[Row[Any]], price: Currency, zone: tzinfo) -> tuple[tuple[int, Share], ...]:
    counts: Counter[int] = Counter()
    amounts: Counter[int] = Counter()
    for row in sales:
        hour = row.at.astimezone(zone).hour
        counts[hour] += 1
        amounts[hour] += row.total_minor
    return tuple((hour, Share(str(hour), counts[hour], Money(amounts[hour], price))) for hour in sorted(counts))


def _shares(sales: Sequence[Row[Any]], column: str, price: Currency) -> tuple[Share, ...]:
    counts: Counter[str] = Counter()
    amounts: Counter[str] = Counter()
    for row in sales:
        name = getattr(row, column) or ""
        counts[name] += 1
        amounts[name] += row.total_minor
    return tuple(Share(name, counts[name], Money(amounts[name], price)) for name in sorted(counts))


def _sold(connection: Connection, question: Any, which: ColumnElement[bool]) -> Iterable[Row[Any]]:
    joined = question.join(sale, sale.c.id == sale_line.c.sale_id).where(which)
    return connection.execute(joined).all()


_PIECES = func.sum(sale_line.c.quantity).label("pieces")
_AMOUNT = func.sum(sale_line.c.amount_minor).label("amount")


def _categories(connection: Connection, which: ColumnElement[bool], price: Currency) -> tuple[GoodsShare, ...]:
    question = select(sale_line.c.category, _PIECES, _AMOUNT).group_by(sale_line.c.category)
    rows = _sold(connection, question.order_by(sale_line.c.category), which)
    return tuple(GoodsShare(row.category, int(row.pieces), Money(int(row.amount), price)) for row in rows)


def _products(connection: Connection, which: ColumnElement[bool], price: Currency) -> tuple[GoodsShare, ...]:
    name, names = func.min(sale_line.c.name).label("name"), func.min(sale_line.c.names).label("names")
    question = select(sale_line.c.code, name, names, _PIECES, _AMOUNT).group_by(sale_line.c.code)
    rows = _sold(connection, question.order_by(_AMOUNT.desc(), sale_line.c.code).limit(_TOP), which)
    return tuple(
        GoodsShare(row.code, int(row.pieces), Money(int(row.amount), price), row.name, json.loads(row.names))
        for row in rows
    )


def _quota(sales: Sequence[Row[Any]]) -> Mapping[str, int]:
    """How the visitors' baskets were judged: carry-outs per verdict."""
    verdicts: Counter[str] = Counter()
    for row in sales:
        verdicts.update(judged["verdict"] for judged in json.loads(row.quota).values())
    return dict(sorted(verdicts.items()))


def _closed(z: ShiftReport) -> ClosedShift:
    assert z.z_number is not None, "a Z has its number"
    assert z.closed_at is not None, "a Z says when"
    differences = tuple(line.difference for line in z.cash if line.difference)
    return ClosedShift(z.till, z.z_number, z.closed_at, z.cashier, z.closed_by or "", z.sales.amount, differences)


def _open(connection: Connection, shifts: Sequence[int]) -> tuple[OpenedShift, ...]:
    question = select(shift).where(shift.c.id.in_(shifts), shift.c.closed_at.is_(None)).order_by(shift.c.till)
    return tuple(OpenedShift(row.till, row.number, row.person, row.opened_at) for row in connection.execute(question))
