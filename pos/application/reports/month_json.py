"""The accountant's month as JSON for the command line: amounts are decimal strings."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from pos.application.reports.shift_json import deposits_json, providers_json, sum_json, turnover_json
from pos.domain.reports.month_report import Crossing, MonthReport, MonthZ, Takings
from pos.domain.shifts.report_details import TaxSum
from pos.domain.shifts.shift_report import PaymentSum

CLOSED, NOT_CLOSED, RUNNING = "closed", "not_closed", "running"


def month_json(report: MonthReport) -> bytes:
    """The report as the text of a JSON file."""
    return (json.dumps(month_answer(report), ensure_ascii=False, indent=2) + "\n").encode()


def state_of(report: MonthReport) -> str:
    """The state of the month: running, waiting for open shifts, or closed."""
    if not report.is_over:
        return RUNNING
    return CLOSED if report.is_closed else NOT_CLOSED


def month_answer(report: MonthReport) -> dict[str, Any]:
    """The JSON object of `report month`."""
    return {
        "month": f"{report.first:%Y-%m}",
        "first": report.first.isoformat(),
        "last": report.last.isoformat(),
        "currency": report.currency.code,
        "state": state_of(report),
        "zs": [_z(z) for z in report.zs],
        "total": {
            **takings_json(report.takings),
            "tax": _taxes(report.tax),
            "payments": _ways(report.payments),
            "change": [sum_json(given) for given in report.change],
            "refunds": _ways(report.refunds),
            "deposits": deposits_json(report.deposits),
            "providers": providers_json(report.providers),
            "differences": {money.currency.code: str(money) for money in report.differences},
        },
        "check": {
            "agrees": report.agrees,
            "days": takings_json(report.of_days),
            "of_other_days": [_crossing(one) for one in report.of_other_days],
            "in_other_zs": [_crossing(one) for one in report.in_other_zs],
            "unexplained": takings_json(report.unexplained),
            "missing_zs": list(report.missing_zs),
        },
        "open_shifts": [
            {
                "till": one.till,
                "shift": one.number,
                "cashier": one.cashier,
                "opened_at": one.opened_at.isoformat(),
                "taken_by": one.taken_by,
            }
            for one in report.open
        ],
        "days_without_z": [{"date": one.day.isoformat(), **takings_json(one.takings)} for one in report.days_without_z],
    }


def takings_json(takings: Takings) -> dict[str, Any]:
    """Sales, returns, net sales, discounts, rounding."""
    return {
        "sales": turnover_json(takings.sales),
        "returns": turnover_json(takings.returns),
        "net": str(takings.net),
        "discounts": str(takings.discounts),
        "rounding": str(takings.rounding),
    }


def _z(z: MonthZ) -> dict[str, Any]:
    first, last = z.receipts or (None, None)
    return {
        "z": z.name,
        "date": z.day.isoformat(),
        "till": z.till,
        "shift": z.shift,
        "opened_at": z.opened_at.isoformat(),
        "closed_at": z.closed_at.isoformat(),
        "cashier": z.cashier,
        "closed_by": z.closed_by,
        "first_receipt": first,
        "last_receipt": last,
        **takings_json(z.takings),
        "tax": _taxes(z.tax),
        "payments": _ways(z.payments),
        "change": [sum_json(given) for given in z.change],
        "refunds": _ways(z.refunds),
        "deposits": deposits_json(z.deposits),
        "providers": providers_json(z.providers),
        "differences": {money.currency.code: str(money) for money in z.differences},
    }


def _taxes(sums: Iterable[TaxSum]) -> list[dict[str, str]]:
    return [{"rate": format(one.rate, "f"), "amount": str(one.amount)} for one in sums]


def _ways(sums: Iterable[PaymentSum]) -> list[dict[str, str]]:
    return [{"method": one.method, **sum_json(one)} for one in sums]


def _crossing(one: Crossing) -> dict[str, Any]:
    return {
        "till": one.till,
        "shift": one.shift,
        "z": one.name,
        "closed": None if one.closed is None else one.closed.isoformat(),
        **takings_json(one.takings),
    }
