"""A shift as the command line tells it."""

from __future__ import annotations

from typing import Any

from pos.domain.banknotes import Notes
from pos.domain.money import Currency, Money
from pos.domain.shift_report import CashLine, PaymentSum, ShiftReport, Turnover


def shift_answer(report: ShiftReport, pdf: str | None = None) -> dict[str, Any]:
    """The answer of `shift open`, `show` and `close`: amounts are decimal strings in the currency beside them."""
    return {
        "till": report.till,
        "shift": report.number,
        "cashier": report.cashier,
        "opened_at": report.opened_at.isoformat(),
        "closed_at": None if report.closed_at is None else report.closed_at.isoformat(),
        "closed_by": report.closed_by,
        "approved_by": report.approved_by,
        "z": report.z_number,
        "currency": report.grand_total.currency.code,
        "sales": _turnover(report.sales),
        "returns": _turnover(report.returns),
        "without_receipt": None if report.without_receipt is None else _turnover(report.without_receipt),
        "discounts": str(report.discounts),
        "rounding": str(report.rounding),
        "payments": [{"method": paid.method, **_sum(paid)} for paid in report.payments],
        "change": [_sum(given) for given in report.change],
        "refunds": [{"method": refunded.method, **_sum(refunded)} for refunded in report.refunds],
        "cash": [_cash(line) for line in report.cash],
        "voids": report.voids,
        "no_sales": report.no_sales,
        "approvals": report.approvals,
        "first_receipt": report.first_receipt,
        "last_receipt": report.last_receipt,
        "grand_total": str(report.grand_total),
        "pdf": pdf,
    }


def _turnover(turnover: Turnover) -> dict[str, Any]:
    return {"count": turnover.count, "pieces": turnover.pieces, "amount": str(turnover.amount)}


def _sum(paid: PaymentSum) -> dict[str, str]:
    return {"currency": paid.amount.currency.code, "amount": str(paid.amount), "value": str(paid.value)}


def _cash(line: CashLine) -> dict[str, Any]:
    return {
        "currency": line.currency.code,
        "float": str(line.float_),
        "in": str(line.paid_in),
        "out": str(line.paid_out),
        "drops": str(line.drops),
        "tendered": str(line.tendered),
        "change": str(line.change),
        "refunds": str(line.refunds),
        "expected": _or_none(line.expected),
        "counted": _or_none(line.counted),
        "difference": _or_none(line.difference),
        "estimated": line.estimated,
        "notes": None if line.notes is None else notes_answer(line.notes, line.currency),
    }


def _or_none(money: Money | None) -> str | None:
    return None if money is None else str(money)


def notes_answer(notes: Notes, currency: Currency) -> dict[str, int]:
    """Notes by their value in units, the largest first."""
    found = {}
    for value, count in sorted(notes.items(), reverse=True):
        text = str(Money(value, currency))
        found[text.rstrip("0").rstrip(".") if "." in text else text] = count
    return found
