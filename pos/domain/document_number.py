"""The numbers of the shop's own documents of purchase and stock: a letter and six digits, as O-000012."""

from __future__ import annotations

_LONGEST = 9


def read_document_number(text: str, letter: str) -> int | None:
    """The number in `O-000012`, `o-12` or `12`; None for what can be none."""
    digits = text.strip().upper().removeprefix(f"{letter}-")
    return int(digits) if digits.isascii() and digits.isdigit() and len(digits) <= _LONGEST else None
