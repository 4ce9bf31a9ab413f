"""The number of a receipt: the till and its count."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pos.domain.errors import BadInput

_RECEIPT = re.compile(r"([A-Z][A-Z0-9]{0,7})-([0-9]{6,9})")


@dataclass(eq=False)
class NoSuchReceipt(BadInput):
    """No sale bears this receipt number."""

    fact = "no_such_receipt"

    receipt: str


@dataclass(eq=False)
class ReceiptOfReturn(NoSuchReceipt):
    """The number is that of a return, or with `is_void` of a void; `of` is the receipt of its sale, "" where none."""

    fact = "receipt_of_return"

    of: str
    is_void: bool = False


def receipt_number(till: str, number: int) -> str:
    """The number as printed: T1-000123. It is gapless per till."""
    return f"{till}-{number:06d}"


def is_receipt_number(text: str) -> bool:
    """Whether it is written as a receipt number."""
    return _RECEIPT.fullmatch(text.strip().upper()) is not None


def read_receipt_number(text: str) -> tuple[str, int]:
    """Till and number of a printed receipt number, or NoSuchReceipt."""
    match = _RECEIPT.fullmatch(text.strip().upper())
    if match is None:
        raise NoSuchReceipt(text[:40])
    return match[1], int(match[2])
