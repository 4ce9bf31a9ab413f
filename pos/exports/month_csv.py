"""The accountant's month as one table for spreadsheets and programs: one row per Z, the total, what is missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from typing import Any

from pos.application.reports.month_json import takings_json
from pos.domain.money import Money
from pos.domain.pickup.deposit import DepositSums
from pos.domain.reports.month_report import Crossing, MonthReport, MonthZ, Takings
from pos.domain.shifts.report_details import TaxSum
from pos.domain.shifts.shift_report import PaymentSum
from pos.exports.safe_text import escaped, guarded

COLUMNS = (
    "row", "date", "till", "shift", "z", "opened_at", "closed_at", "cashier", "closed_by", "first_receipt",
    "last_receipt", "currency", "receipts", "pieces", "sales", "returned_receipts", "returned_pieces", "returns", "net",
    "discounts", "rounding",
)  # fmt: skip
"""The columns of every month; more follow: tax rates, payment methods, change, refunds, deposits, differences."""

Row = dict[str, object]


def month_csv(report: MonthReport) -> bytes:
    """The table in UTF-8. `row` is z, total, of_other_days, in_other_zs, day_without_z or open_shift."""
    stream = io.StringIO()
    rows = list(_rows(report))
    more = _money(*_whole(report))
    writer = csv.DictWriter(stream, (*COLUMNS, *more), restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows:
        texts: Row = {name: guarded(escaped(str(row[name]))) for name in ("cashier", "closed_by") if name in row}
        writer.writerow({**row, **texts, "currency": report.currency.code})
    return stream.getvalue().encode()


def _rows(report: MonthReport) -> Iterator[Row]:
    for z in report.zs:
        yield _z(z)
    sums = _money(*_whole(report))
    yield {"row": "total", "date": report.last.isoformat(), **_takings(report.takings), **sums}
    for kind, crossings in (("of_other_days", report.of_other_days), ("in_other_zs", report.in_other_zs)):
        yield from (_crossing(kind, one) for one in crossings)
    for day in report.days_without_z:
        yield {"row": "day_without_z", "date": day.day.isoformat(), **_takings(day.takings)}
    for one in report.open:
        opened = one.opened_at.isoformat()
        yield {"row": "open_shift", "till": one.till, "shift": one.number, "opened_at": opened, "cashier": one.cashier}


def _whole(report: MonthReport) -> tuple[Any, ...]:
    return (
        report.tax, report.payments, report.change, report.refunds, report.deposits, report.differences,
    )  # fmt: skip


def _z(z: MonthZ) -> Row:
    first, last = z.receipts or ("", "")
    return {
        "row": "z",
        "date": z.day.isoformat(),
        "till": z.till,
        "shift": z.shift,
        "z": z.name,
        "opened_at": z.opened_at.isoformat(),
        "closed_at": z.closed_at.isoformat(),
        "cashier": z.cashier,
        "closed_by": z.closed_by,
        "first_receipt": first,
        "last_receipt": last,
        **_takings(z.takings),
        **_money(z.tax, z.payments, z.change, z.refunds, z.deposits, z.differences),
    }


def _crossing(kind: str, one: Crossing) -> Row:
    closed = "" if one.closed is None else one.closed.isoformat()
    named = {"row": kind, "date": closed, "till": one.till, "shift": one.shift, "z": one.name or ""}
    return {**named, **_takings(one.takings)}


def _takings(takings: Takings) -> Row:
    fields: dict[str, Any] = takings_json(takings)
    return {
        "receipts": takings.sales.count,
        "pieces": takings.sales.pieces,
        "sales": fields["sales"]["amount"],
        "returned_receipts": takings.returns.count,
        "returned_pieces": takings.returns.pieces,
        "returns": fields["returns"]["amount"],
        "net": fields["net"],
        "discounts": fields["discounts"],
        "rounding": fields["rounding"],
    }


def _money(
    taxes: Iterable[TaxSum],
    payments: Iterable[PaymentSum],
    change: Iterable[PaymentSum],
    refunds: Iterable[PaymentSum],
    deposits: DepositSums,
    differences: Iterable[Money],
) -> Row:
    """Amounts in the currency at the end of their column's name; tax in the price currency."""
    named: list[tuple[str, Money]] = [(f"tax_{one.rate:f}", one.amount) for one in taxes]
    named += [(f"paid_{one.method}_{one.amount.currency.code}", one.amount) for one in payments]
    named += [(f"change_{one.amount.currency.code}", one.amount) for one in change]
    named += [(f"refunded_{one.method}_{one.amount.currency.code}", one.amount) for one in refunds]
    named += [
        (f"deposits_{step}_{one.method}_{one.amount.currency.code}", one.amount)
        for step, part in deposits.parts
        for one in part
    ]
    named += [(f"difference_{money.currency.code}", money) for money in differences]
    return {name: str(money) for name, money in named}
