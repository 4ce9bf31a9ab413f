"""Reads typed customs attributes, in the same way on all pages."""

from __future__ import annotations

from decimal import Decimal

from pos.application.text.formatting import read_count, read_number
from pos.domain.errors import BadField

_WHOLE = ("sticks", "pieces")
_LONGEST_VARIANT = 40


def read_attribute(name: str, text: str, language: str) -> Decimal | int | str:
    """Read the typed attribute `name` of one unit; raises BadField with its name."""
    if name == "variant":
        if not text.strip():
            raise BadField(name, "missing")
        return text.strip()[:_LONGEST_VARIANT].lower()
    if name in _WHOLE:
        return read_count(text, language, field=name)
    return read_number(text, language, field=name)
