"""Whether a receipt is genuine, by its QR's text and the shop's public key alone: no shop, no network, no store."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.receipts.receipt_seal import Seal, Verify, read_seal
from pos.domain.errors import BadField


@dataclass(frozen=True, slots=True)
class ReceiptSaid:
    """What the text says of a receipt, and whether this shop has signed it; no `seal` where it is none."""

    seal: Seal | None
    is_genuine: bool


def verify_receipt(text: str, public_key: bytes, verify: Verify) -> ReceiptSaid:
    """Judge the text of a QR code."""
    try:
        seal = read_seal(text)
    except BadField:
        return ReceiptSaid(None, False)
    return ReceiptSaid(seal, seal.is_genuine(public_key, verify))
