"""A shift as JSON for the command line."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from pos.application.text.json_amounts import notes_json
from pos.domain.money import Money
from pos.domain.payment.pending_refund import PendingRefund
from pos.domain.pickup.deposit import DepositSums
from pos.domain.pricing.spread import Spread
from pos.domain.shifts.hand_over import HandOver
from pos.domain.shifts.provider_sums import ProviderSum
from pos.domain.shifts.report_details import ShiftDetails
from pos.domain.shifts.shift_report import CashLine, PaymentSum, ShiftReport, Turnover


def shift_json(report: ShiftReport, pdf: str | None = None) -> dict[str, Any]:
    """The JSON object of `shift open`, `show` and `close`: amounts are decimal strings in the currency beside them."""
    return {
        "till": report.till,
        "shift": report.number,
        "cashier": report.cashier,
        "hand_overs": [hand_over_json(made) for made in report.hand_overs],
        **({} if report.fiscal is None else {"fiscal": asdict(report.fiscal)}),
        "opened_at": report.opened_at.isoformat(),
        "closed_at": None if report.closed_at is None else report.closed_at.isoformat(),
        "closed_by": report.closed_by,
        "approved_by": report.approved_by,
        "z": report.z_number,
        "currency": report.price.code,
        "sales": turnover_json(report.sales),
        "returns": turnover_json(report.returns),
        "without_receipt": None if report.without_receipt is None else turnover_json(report.without_receipt),
        "voided_sales": None if report.voided_sales is None else turnover_json(report.voided_sales),
        "average": None if report.is_blind else str(report.sales.average),
        "discounts": str(report.discounts),
        "rounding": str(report.rounding),
        "payments": [{"method": paid.method, **sum_json(paid)} for paid in report.payments],
        "change": [sum_json(given) for given in report.change],
        "refunds": [{"method": refunded.method, **sum_json(refunded)} for refunded in report.refunds],
        "cash": [cash_json(line) for line in report.cash],
        "deposits": deposits_json(report.deposits),
        "voids": report.voids,
        "no_sales": report.no_sales,
        "approvals": report.approvals,
        **details_json(report.details),
        "spread": spread_json(report.spread),
        "first_receipt": report.first_receipt,
        "last_receipt": report.last_receipt,
        "grand_total": _or_none(report.grand_total),
        "providers": providers_json(report.providers),
        "unsettled": [
            {
                "number": one.number,
                "provider": one.provider,
                "what": "refund" if one.is_refund else "payment",
                "state": one.state,
                "currency": one.amount.currency.code,
                "amount": str(one.amount),
                "at": one.begun_at.isoformat(),
            }
            for one in report.unsettled
        ],
        "to_give_back": [_owed(owed) for owed in report.owed],
        "pdf": pdf,
    }


def turnover_json(turnover: Turnover) -> dict[str, Any]:
    """Receipts, pieces, amount."""
    return {"count": turnover.count, "pieces": turnover.pieces, "amount": _or_none(turnover.shown)}


def sum_json(paid: PaymentSum) -> dict[str, str]:
    """A sum in its currency, and its value in the price currency."""
    return {"currency": paid.amount.currency.code, "amount": str(paid.amount), "value": str(paid.value)}


def providers_json(sums: Iterable[ProviderSum]) -> list[dict[str, Any]]:
    """What each provider took and gives back, by currency."""
    return [
        {
            "provider": one.provider,
            "currency": one.paid.currency.code,
            "payments": one.payments,
            "paid": str(one.paid),
            "refunded": str(one.refunded),
        }
        for one in sums
    ]


def deposits_json(sums: DepositSums) -> dict[str, Any]:
    """What became of deposits: taken, used, returned and kept, each by method and currency."""
    return {
        name: [
            {
                "method": one.method,
                "currency": one.amount.currency.code,
                "amount": str(one.amount),
                "value": str(one.value),
            }
            for one in part
        ]
        for name, part in sums.parts
    }


def _owed(owed: PendingRefund) -> dict[str, str]:
    return {
        "method": owed.method,
        "currency": owed.amount.currency.code,
        "amount": str(owed.amount),
        "reference": owed.reference,
        "why": owed.why,
        "key": owed.key,
        "cashier": owed.person,
        "at": owed.at.isoformat(),
    }


def cash_json(line: CashLine) -> dict[str, Any]:
    return {
        "currency": line.currency.code,
        "float": _or_none(line.float_),
        "in": _or_none(line.paid_in),
        "out": _or_none(line.paid_out),
        "drops": _or_none(line.drops),
        "tendered": _or_none(line.tendered),
        "change": _or_none(line.change),
        "refunds": _or_none(line.refunds),
        "deposits": _or_none(line.deposits),
        "deposits_back": _or_none(line.deposits_back),
        "hand_overs": _or_none(line.hand_overs),
        "expected": _or_none(line.expected),
        "counted": _or_none(line.counted),
        "difference": _or_none(line.difference),
        "estimated": line.estimated,
        "notes": None if line.notes is None else notes_json(line.notes, line.currency),
    }


def hand_over_json(made: HandOver) -> dict[str, Any]:
    """One hand-over: person, time, and the counted cash of each currency."""
    return {
        "number": made.number,
        "from": made.giver,
        "to": made.taker,
        "at": made.at.isoformat(),
        "approved_by": made.approved_by,
        "cash": [
            {
                "currency": line.currency.code,
                "expected": _or_none(line.expected),
                "counted": str(line.counted),
                "difference": str(line.difference),
                "notes": notes_json(line.notes, line.currency),
            }
            for line in made.cash
        ],
    }


def _or_none(money: Money | None) -> str | None:
    return None if money is None else str(money)


def spread_json(parts: Sequence[Spread]) -> list[dict[str, str]]:
    """Exchange-rate gain by foreign currency: `spread` = `worth` − `counted`."""
    return [
        {
            "currency": one.amount.currency.code,
            "amount": str(one.amount),
            "counted": str(one.counted),
            "worth": str(one.worth),
            "spread": str(one.earned),
        }
        for one in parts
    ]


def details_json(details: ShiftDetails) -> dict[str, Any]:
    """Lines and sums by name: amounts are decimal strings in the price currency."""
    return {
        "discounts_by": [
            {"kind": one.kind, "person": one.person, "count": one.count, "amount": str(one.amount)}
            for one in details.discounts
        ],
        "void_lines": [
            {
                "at": one.at.isoformat(),
                "till": one.till,
                "person": one.person,
                "code": one.code,
                "name": one.name,
                "pieces": one.pieces,
                "amount": str(one.amount),
            }
            for one in details.voids
        ],
        "no_sale_lines": [
            {"at": one.at.isoformat(), "till": one.till, "person": one.person, "reason": one.reason}
            for one in details.openings
        ],
        "approvals_by": [{"act": one.act, "person": one.person, "count": one.count} for one in details.approvals],
        "returns_by_reason": [
            {"reason": one.reason, "count": one.count, "pieces": one.pieces, "amount": str(one.amount)}
            for one in details.returns
        ],
    }
