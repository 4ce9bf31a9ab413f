"""Verify a receipt by its QR text and the shop's public key alone: no shop, network or store needed."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.receipts.receipt_seal import Seal, Verify, read_seal
from pos.domain.errors import BadField


@dataclass(frozen=True, slots=True)
class ReceiptSaid:
    """The seal read from the text, and whether this shop signed it; `seal` is None if the text is none."""

    seal: Seal | None
    is_genuine: bool


def verify_receipt(text: str, public_key: bytes, verify: Verify) -> ReceiptSaid:
    """Verify the text of a QR code."""
    try:
        seal = read_seal(text)
    except BadField:
        return ReceiptSaid(None, False)
    return ReceiptSaid(seal, seal.is_genuine(public_key, verify))
