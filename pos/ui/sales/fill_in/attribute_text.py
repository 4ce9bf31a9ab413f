"""Reads typed customs attributes, in the same way on all pages."""

from __future__ import annotations

from decimal import Decimal

from pos.application.text.formatting import read_count, read_number
from pos.domain.catalogue.product_fields import BY_NAME, Kind
from pos.domain.errors import BadField


def read_attribute(name: str, text: str, language: str) -> Decimal | int | str:
    """Read the typed attribute `name` of one unit; raises BadField with its name."""
    field = BY_NAME[name]
    if field.kind is Kind.TEXT:
        if not text.strip():
            raise BadField(name, "missing")
        return text.strip()[: field.longest].lower()
    if field.kind is Kind.COUNT:
        return read_count(text, language, field=name)
    return read_number(text, language, field=name)
