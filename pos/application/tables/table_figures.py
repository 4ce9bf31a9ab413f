"""Numbers of a list, rounded as the list shows them."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction


def rounded(figure: Fraction, digits: int) -> Decimal:
    """A number with so many decimals, halves rounded away from zero."""
    step = 10**digits
    sign = -1 if figure < 0 else 1
    scaled = (2 * abs(figure.numerator) * step + figure.denominator) // (2 * figure.denominator)
    return Decimal(sign * scaled).scaleb(-digits)
