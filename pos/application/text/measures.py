"""Amounts of what rules measure, in the form of a language: litres, kilograms, sticks, pieces, shares of a pool."""

from __future__ import annotations

from fractions import Fraction

from pos.application.text.formatting import (
    grams_text,
    kg_text,
    number_text,
    percent_text,
    pieces_text,
    sticks_text,
    volume_text,
)
from pos.application.text.translator import Translator
from pos.domain.money import half_up

MEASURE_OF_UNIT = {"kg": "gross_kg", "g": "net_g"}
"""The measure that a figure is of, by its unit, where the two have different names."""


def measure_text(amount: Fraction, measure: str, tr: Translator) -> str:
    """An amount of a measure; of an unknown one the figure alone."""
    language = tr.language
    match measure:
        case "ml":
            return volume_text(amount, language)
        case "gross_kg":
            return kg_text(amount, language)
        case "net_g":
            return grams_text(amount, language)
        case "pool":
            return percent_text(amount * 100, language)
        case "sticks":
            return sticks_text(half_up(amount), tr)
        case "pieces":
            return pieces_text(half_up(amount), tr)
        case _:
            return number_text(amount, language, 3, trimmed=True)
