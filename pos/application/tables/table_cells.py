"""Exact values as cells of a table."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from pos.domain.money import Money, half_up
from pos.domain.reports.parts import parts_of_whole

_DIGITS = 4


def share_of(part: Fraction) -> Decimal:
    """A share of 1, to the hundredth of a per cent, rounded half-up."""
    return Decimal(half_up(part * 10**_DIGITS)).scaleb(-_DIGITS)


def shares_of(amounts: Sequence[Money]) -> list[Decimal | None]:
    """What each amount is of their sum, to the tenth of a per cent that a table shows: together 1. None of nothing."""
    parts = parts_of_whole(amounts, 1_000)
    return [Decimal(part).scaleb(-3) for part in parts] if any(parts) else [None] * len(parts)
