"""Returns and their refunds as the JSON of the command line gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos.application.text.json_amounts import amount, rate_text
from pos.domain.returns.goods_return import GoodsReturn, Refund


def returns_json(returns: Sequence[GoodsReturn]) -> list[dict[str, Any]]:
    """What came back with a sale: its receipt, the one it reverses, what it cost and how that went back."""
    return [
        {
            "receipt": back.receipt,
            "reverses": back.reverses,
            "total": amount(back.total),
            "rounding": str(back.rounding),
            "refunds": [refund_json(refund) for refund in back.refunds],
        }
        for back in returns
    ]


def refund_json(refund: Refund) -> dict[str, Any]:
    """One way in which money, or the worth of goods, went back."""
    return {
        **amount(refund.amount),
        "method": refund.method,
        "rate": rate_text(refund.rate),
        "value": str(refund.value),
    } | ({} if refund.origin is None else {"paid_by": refund.origin})
