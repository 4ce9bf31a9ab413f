"""A Z as the text that is stored for ever, and back."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from db.engine.canonical import dumps
from db.engine.types import from_microseconds
from db.pickup.deposits import deposits_from, deposits_to
from db.shifts.hand_overs import cash_from, cash_to
from db.shifts.provider_sums import sums_from, sums_to, unsettled_from, unsettled_to
from db.shifts.z_details import details_from, details_to, spread_from, spread_to
from pos.domain.money import CURRENCIES, Money
from pos.domain.payment.pending_refund import PendingRefund
from pos.domain.shifts.hand_over import HandOver
from pos.domain.shifts.shift_report import CashLine, PaymentSum, ShiftReport, Turnover


def report_text(report: ShiftReport) -> str:
    """The report as JSON of integers and texts."""
    assert report.grand_total is not None, "a Z has all its figures"
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
            "currency": report.price.code,
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
            "owed": [_owed_to(owed) for owed in report.owed],
            "hand_overs": [_hand_over_to(made) for made in report.hand_overs],
            "spread": spread_to(report.spread),
            "details": details_to(report.details),
        }
        | ({} if report.without_receipt is None else {"without_receipt": _turnover_to(report.without_receipt)})
        | ({} if report.voided_sales is None else {"voided_sales": _turnover_to(report.voided_sales)})
        | ({"providers": sums_to(report.providers)} if report.providers else {})
        | ({"deposits": deposits_to(report.deposits)} if report.deposits else {})
        | ({"unsettled": unsettled_to(report.unsettled)} if report.unsettled else {})
    )


def _turnover_to(turnover: Turnover) -> dict[str, int]:
    return {"count": turnover.count, "pieces": turnover.pieces, "amount": turnover.amount.minor}


def _sum_to(paid: PaymentSum) -> dict[str, Any]:
    money = paid.amount
    return {"method": paid.method, "currency": money.currency.code, "amount": money.minor, "value": paid.value.minor}


def _owed_to(owed: PendingRefund) -> dict[str, Any]:
    return {
        "key": owed.key,
        "no": owed.no,
        "tender": owed.tender,
        "till": owed.till,
        "person": owed.person,
        "method": owed.method,
        "currency": owed.amount.currency.code,
        "amount": owed.amount.minor,
        "reference": owed.reference,
        "why": owed.why,
        "at": owed.at,
    }


def _owed_from(row: Mapping[str, Any]) -> PendingRefund:
    values = {name: row[name] for name in ("key", "no", "tender", "till", "person", "method", "reference", "why")}
    return PendingRefund(
        amount=Money(row["amount"], CURRENCIES[row["currency"]]), at=from_microseconds(row["at"]), **values
    )


def _cash_to(line: CashLine) -> dict[str, Any]:
    amounts = {"expected": line.expected, "counted": line.counted, "difference": line.difference}
    return {
        "currency": line.currency.code,
        "estimated": int(line.estimated),
        "notes": None if line.notes is None else {str(value): count for value, count in line.notes.items()},
        **{kind: money.minor for kind, money in line.moved().items()},
    } | {name: None if money is None else money.minor for name, money in amounts.items()}


def _hand_over_to(made: HandOver) -> dict[str, Any]:
    return {
        "number": made.number,
        "giver": made.giver,
        "taker": made.taker,
        "at": made.at,
        "approved_by": made.approved_by,
        "cash": cash_to(made.cash),
    }


def report_from(text: str) -> ShiftReport:
    """The report that `report_text` wrote; one of before shifts were handed over has no hand-overs."""
    content = json.loads(text)
    price = CURRENCIES[content["currency"]]

    def turnover(name: str) -> Turnover:
        return Turnover(content[name]["count"], content[name]["pieces"], Money(content[name]["amount"], price))

    def sums(rows: Sequence[Mapping[str, Any]]) -> tuple[PaymentSum, ...]:
        return tuple(
            PaymentSum(r["method"], Money(r["amount"], CURRENCIES[r["currency"]]), Money(r["value"], price))
            for r in rows
        )

    def instant(name: str) -> datetime | None:
        return None if content[name] is None else from_microseconds(content[name])

    return ShiftReport(
        till=content["till"],
        number=content["number"],
        cashier=content["cashier"],
        opened_at=from_microseconds(content["opened_at"]),
        at=from_microseconds(content["at"]),
        sales=turnover("sales"),
        returns=turnover("returns"),
        discounts=Money(content["discounts"], price),
        rounding=Money(content["rounding"], price),
        payments=sums(content["payments"]),
        change=sums(content["change"]),
        cash=tuple(_cash_from(row) for row in content["cash"]),
        voids=content["voids"],
        no_sales=content["no_sales"],
        approvals=content["approvals"],
        first_receipt=content["first_receipt"],
        last_receipt=content["last_receipt"],
        grand_total=Money(content["grand_total"], price),
        refunds=sums(content["refunds"]),
        without_receipt=turnover("without_receipt") if "without_receipt" in content else None,
        voided_sales=turnover("voided_sales") if "voided_sales" in content else None,
        closed_at=instant("closed_at"),
        closed_by=content["closed_by"],
        approved_by=content["approved_by"],
        z_number=content["z"],
        owed=tuple(_owed_from(row) for row in content.get("owed", ())),  # a Z of before there were any has none
        hand_overs=tuple(_hand_over_from(row) for row in content.get("hand_overs", ())),
        spread=spread_from(content.get("spread", ()), price),
        details=details_from(content.get("details", {}), price),
        providers=sums_from(content.get("providers", ())),
        deposits=deposits_from(content.get("deposits")),
        unsettled=unsettled_from(content.get("unsettled", ())),
    )


def _hand_over_from(row: Mapping[str, Any]) -> HandOver:
    at, cash = from_microseconds(row["at"]), cash_from(row["cash"])
    return HandOver(row["number"], row["giver"], row["taker"], at, cash, row["approved_by"])


def _cash_from(row: Mapping[str, Any]) -> CashLine:
    currency = CURRENCIES[row["currency"]]

    def money(name: str) -> Money:
        return Money(row[name], currency)

    def optional_money(name: str) -> Money | None:
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
        deposits=Money(row.get("deposit", 0), currency),
        deposits_back=Money(row.get("deposit_back", 0), currency),
        hand_overs=Money(row.get("hand_over", 0), currency),
        expected=optional_money("expected"),
        counted=optional_money("counted"),
        difference=optional_money("difference"),
        estimated=bool(row["estimated"]),
        notes=notes,
    )
