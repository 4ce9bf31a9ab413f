"""Parts of a whole in hundredths, thousandths, or whole units of money, such that they add up to all of it."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pos.domain.money import Money, half_up


def parts_of_whole(amounts: Sequence[Money], of: int = 100) -> list[int]:
    """What each of `amounts` is of their sum, in whole parts of `of`; the parts add up to exactly `of`.

    Each is rounded down, and what is missing goes to those that lost most thereby, of equals to the first. All are zero
    where the sum is.
    """
    whole = sum(amount.minor for amount in amounts)
    if not whole:
        return [0] * len(amounts)
    return in_parts([Fraction(amount.minor * of, whole) for amount in amounts], of)


def whole_units(amounts: Sequence[Money]) -> list[int]:
    """`amounts` in whole units of their currency; they add up to what their sum is in whole units, half a unit up."""
    exact = [amount.units for amount in amounts]
    whole = sum(exact, Fraction())
    return in_parts(exact, half_up(whole))


def in_parts(exact: Sequence[Fraction], whole: int) -> list[int]:
    """Round each up or down, such that they add up to `whole`: what is missing goes to those that lost most."""
    parts = [part.__floor__() for part in exact]
    lost = sorted(range(len(parts)), key=lambda index: parts[index] - exact[index])
    for index in lost[: whole - sum(parts)]:
        parts[index] += 1
    return parts
