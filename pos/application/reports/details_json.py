"""Details of the sums of a shift or a day as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos.domain.pricing.spread import Spread
from pos.domain.shifts.report_details import ShiftDetails


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
