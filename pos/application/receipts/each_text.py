"""The quantity and the price of a line on a receipt, for paper and phone."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.formatting import amount_text, kg_text, number_text
from pos.domain.sales.sale import SaleLine


def each_text(line: SaleLine, language: str) -> str:
    """Quantity and unit price; for goods by weight the weight and the price per kilogram."""
    if line.grams is not None and line.per_kg is not None:
        return f"{kg_text(Fraction(line.grams, 1000), language)} × {amount_text(line.per_kg, language)}"
    return f"{number_text(line.quantity, language)} × {amount_text(line.unit_price, language)}"
