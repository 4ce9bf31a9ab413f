"""Exact values as cells of a table."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from pos.domain.money import Money, half_up

_DIGITS = 4


def share_of(part: Fraction) -> Decimal:
    """A share of 1, to the hundredth of a per cent, rounded half-up."""
    return Decimal(half_up(part * 10**_DIGITS)).scaleb(-_DIGITS)


def part_of(amount: Money, whole: Money) -> Decimal | None:
    """The share of an amount in the whole; None for a whole of zero."""
    return share_of(Fraction(amount.minor, whole.minor)) if whole.minor else None
