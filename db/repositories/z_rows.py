"""A Z as the text that is stored for ever, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from db.canonical import dumps
from db.types import from_microseconds
from pos.domain.money import CURRENCIES, Money
from pos.domain.shift_report import CashLine, PaymentSum, ShiftReport, Turnover


def report_text(report: ShiftReport) -> str:
    """The report as JSON of integers and texts."""
    return dumps(
        {
            "till": report.till,
            "number": report.number,
            "z": report.z_number,
            "cashier": report.cashier,
            "opened_at": report.opened_at,
            "at": report.at,
            "closed_at": report.closed_at,
            "closed_by": report.closed_by,
            "approved_by": report.approved_by,
            "currency": report.grand_total.currency.code,
            "sales": _turnover_to(report.sales),
            "returns": _turnover_to(report.returns),
            "discounts": report.discounts.minor,
            "rounding": report.rounding.minor,
            "payments": [_sum_to(paid) for paid in report.payments],
            "change": [_sum_to(given) for given in report.change],
            "refunds": [_sum_to(refunded) for refunded in report.refunds],
            "cash": [_cash_to(line) for line in report.cash],
            "voids": report.voids,
            "no_sales": report.no_sales,
            "approvals": report.approvals,
            "first_receipt": report.first_receipt,
            "last_receipt": report.last_receipt,
            "grand_total": report.grand_total.minor,
        }
        | ({} if report.without_receipt is None else {"without_receipt": _turnover_to(report.without_receipt)})
    )


def _turnover_to(turnover: Turnover) -> dict[str, int]:
    return {"count": turnover.count, "pieces": turnover.pieces, "amount": turnover.amount.minor}


def _sum_to(paid: PaymentSum) -> dict[str, Any]:
    money = paid.amount
    return {"method": paid.method, "currency": money.currency.code, "amount": money.minor, "value": paid.value.minor}


def _cash_to(line: CashLine) -> dict[str, Any]:
    told = {"expected": line.expected, "counted": line.counted, "difference": line.difference}
    return {
        "currency": line.currency.code,
        "estimated": int(line.estimated),
        "notes": None if line.notes is None else {str(value): count for value, count in line.notes.items()},
        "float": line.float_.minor,
        "in": line.paid_in.minor,
        "out": line.paid_out.minor,
        "drop": line.drops.minor,
        "tender": line.tendered.minor,
        "change": line.change.minor,
        "refund": line.refunds.minor,
    } | {name: None if money is None else money.minor for name, money in told.items()}


def report_from(text: str) -> ShiftReport:
    """The report that `report_text` wrote."""
    found = json.loads(text)
    price = CURRENCIES[found["currency"]]

    def turnover(name: str) -> Turnover:
        return Turnover(found[name]["count"], found[name]["pieces"], Money(found[name]["amount"], price))

    def sums(rows: Sequence[Mapping[str, Any]]) -> tuple[PaymentSum, ...]:
        return tuple(
            PaymentSum(r["method"], Money(r["amount"], CURRENCIES[r["currency"]]), Money(r["value"], price))
            for r in rows
        )

    def instant(name: str) -> datetime | None:
        return None if found[name] is None else from_microseconds(found[name])

    return ShiftReport(
        till=found["till"],
        number=found["number"],
        cashier=found["cashier"],
        opened_at=from_microseconds(found["opened_at"]),
        at=from_microseconds(found["at"]),
        sales=turnover("sales"),
        returns=turnover("returns"),
        discounts=Money(found["discounts"], price),
        rounding=Money(found["rounding"], price),
        payments=sums(found["payments"]),
        change=sums(found["change"]),
        cash=tuple(_cash_from(row) for row in found["cash"]),
        voids=found["voids"],
        no_sales=found["no_sales"],
        approvals=found["approvals"],
        first_receipt=found["first_receipt"],
        last_receipt=found["last_receipt"],
        grand_total=Money(found["grand_total"], price),
        refunds=sums(found["refunds"]),
        without_receipt=turnover("without_receipt") if "without_receipt" in found else None,
        closed_at=instant("closed_at"),
        closed_by=found["closed_by"],
        approved_by=found["approved_by"],
        z_number=found["z"],
    )


def _cash_from(row: Mapping[str, Any]) -> CashLine:
    currency = CURRENCIES[row["currency"]]

    def money(name: str) -> Money:
        return Money(row[name], currency)

    def told(name: str) -> Money | None:
        return None if row[name] is None else money(name)

    notes = None if row["notes"] is None else {int(value): count for value, count in row["notes"].items()}
    return CashLine(
        currency=currency,
        float_=money("float"),
        paid_in=money("in"),
        paid_out=money("out"),
        drops=money("drop"),
        tendered=money("tender"),
        change=money("change"),
        refunds=money("refund"),
        expected=told("expected"),
        counted=told("counted"),
        difference=told("difference"),
        estimated=bool(row["estimated"]),
        notes=notes,
    )
