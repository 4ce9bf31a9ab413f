"""JSON of returns and their refunds for the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pos.application.text.json_amounts import amount, rate_text
from pos.domain.returns.goods_return import GoodsReturn, Refund


def returns_json(returns: Sequence[GoodsReturn]) -> list[dict[str, Any]]:
    """The returns of a sale: each receipt, the receipt it reverses, its value and its refunds."""
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
    """One refund, as money or as value towards other goods."""
    return {
        **amount(refund.amount),
        "method": refund.method,
        "rate": rate_text(refund.rate),
        "value": str(refund.value),
    } | ({} if refund.origin is None else {"paid_by": refund.origin})
