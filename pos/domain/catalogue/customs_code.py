"""The customs code of goods: digits of the Harmonised System, as many of them as the shop knows."""

from __future__ import annotations

import re

LENGTHS = (4, 6, 8, 10)
"""Heading, subheading, and the tariff lines of China (8, 10) and of the Eurasian Economic Union (10)."""

_BETWEEN = re.compile(r"[.\s\u00a0\u202f]+")


def customs_code(text: str) -> str | None:
    """The digits of a customs code, without dots and blanks between them; None for what is no such code."""
    digits = _BETWEEN.sub("", text)
    return digits if is_customs_code(digits) else None


def is_customs_code(text: str) -> bool:
    """Whether a text is a customs code as the store keeps it."""
    return text.isascii() and text.isdigit() and len(text) in LENGTHS
