"""The seal of a return: that of a receipt, with the refund as a negative total."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from pos.application.receipts.receipt_seal import Seal
from pos.domain.returns.goods_return import GoodsReturn


def return_seal(back: GoodsReturn, sign: Callable[[bytes], bytes], key_name: str) -> Seal:
    """Sign the identifying data of a recorded return."""
    unsigned = Seal(back.receipt, back.at, -back.total, back.mac[:12], key_name, b"")
    return replace(unsigned, signature=sign(unsigned.content))
