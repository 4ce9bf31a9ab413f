"""Exact figures as people and files see them: rounded once, half-up, in the places of their measure."""

from __future__ import annotations

from functools import lru_cache

from pos.domain.quota.assess import RuleResult
from pos.domain.quota.rule import Exact, Regime

_DIGITS = {"gross_kg": 3, "pool": 4}
_UNITS = {
    "gross_kg": "kg", "net_g": "g", "ml": "ml", "sticks": "sticks", "pieces": "pieces",
    "pool": "pool", "carry_outs": "carry_outs",
}  # fmt: skip
FIGURES = ("used", "available", "current", "pending", "over", "left")
"""The figures of a rule beside its limit, by their names in RuleResult."""


def digits_of(measure: str, regime: Regime) -> int:
    """How many decimals a figure of `measure` shows: the minor unit for values, 3 for kilograms, 4 for pools."""
    return regime.currency.digits if measure == "value" else _DIGITS.get(measure, 0)


def unit(measure: str, regime: Regime) -> str | None:
    """The unit of a measure: the currency's code, kg, g, ml, sticks, pieces, pool or carry_outs."""
    return regime.currency.code if measure == "value" else _UNITS.get(measure)


def decimal_text(number: Exact, digits: int) -> str:
    """The plain decimal with exactly `digits` places, rounded half-up."""
    top, bottom = number.numerator * 10**digits, number.denominator  # as half_up does, without shortening fractions
    scaled = (2 * abs(top) + bottom) // (2 * bottom)
    sign = "-" if top < 0 and scaled else ""
    whole, part = divmod(scaled, 10**digits)
    return f"{sign}{whole}.{part:0{digits}d}" if digits else f"{sign}{whole}"


@lru_cache(maxsize=512)
def plain(number: Exact) -> str:
    """An exact decimal without needless zeros, as a regime file writes it: 8000, 0.5 (nine places at most)."""
    text = decimal_text(number, 9)
    return text.rstrip("0").rstrip(".")


def figures(result: RuleResult, regime: Regime) -> dict[str, str | None]:
    """Every figure of one rule as text: `limit` as the file has it, all else rounded; None where there is none."""
    limit = result.limit
    shown: dict[str, str | None] = {"limit": None if limit is None else plain(limit)}
    digits = digits_of(result.measure, regime)
    for name in FIGURES:
        number: Exact | None = getattr(result, name)
        shown[name] = None if number is None else decimal_text(number, digits)
    return shown
