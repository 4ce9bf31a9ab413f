"""What goods cost when they have arrived: their own cost and their share of freight and duty, to the minor unit."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Arrived:
    """Pieces of one line: their own `cost` altogether in minor units (None: unknown), `gross_kg` of one piece."""

    pieces: int
    cost: int | None
    gross_kg: Decimal | None = None


def shared_by(total: int, weights: Sequence[Fraction | int]) -> list[int]:
    """Share a whole number in proportion to weights, nothing lost: the largest remainders get what is left over.

    Of equal remainders the earlier line comes first. Weights are not below zero, and one is above.
    """
    of = sum(weights)
    exact = [Fraction(total) * weight / of for weight in weights]
    parts = [int(share) for share in exact]  # rounds down: shares are not below zero
    order = sorted(range(len(parts)), key=lambda index: (parts[index] - exact[index], index))
    for index in order[: total - sum(parts)]:
        parts[index] += 1
    return parts


def key_of(lines: Sequence[Arrived]) -> str:
    """By what charges are shared: `value` where every cost is known, else `weight`, else `pieces`."""
    if all(line.cost is not None for line in lines) and any(line.cost for line in lines):
        return "value"
    if all(line.gross_kg for line in lines):
        return "weight"
    return "pieces"


def share_charges(charges: int, lines: Sequence[Arrived]) -> list[int]:
    """The share of each line in the charges of its delivery, in minor units; they add up to `charges`."""
    if not lines:
        return []
    key = key_of(lines)
    if key == "value":
        return shared_by(charges, [line.cost or 0 for line in lines])
    if key == "weight":
        return shared_by(charges, [Fraction(line.gross_kg or 0) * line.pieces for line in lines])
    return shared_by(charges, [line.pieces for line in lines])


@dataclass(frozen=True, slots=True)
class AdjustmentShare:
    """What a line bears of a charge learnt late: on what is still `owned`, and on what had been `sold` already."""

    owned: int
    sold: int


def adjustment_share(charge: int, came: int, still_owned: int) -> AdjustmentShare:
    """Part a line's share between the pieces still owned and those that have gone; halves go to what is owned."""
    owned = min(max(still_owned, 0), came)
    on_owned = (2 * charge * owned + came) // (2 * came)
    return AdjustmentShare(on_owned, charge - on_owned)
