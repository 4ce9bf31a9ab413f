"""Lots chosen so that they fill a room as far as can be: all sums that they can have are the bits of one number."""

from __future__ import annotations

from collections.abc import Sequence
from math import gcd

_MOST_BITS = 1 << 17
"""Sums that are kept apart; in a room of more, weights are rounded up."""
_BEGUN = 60
"""The work of beginning."""


def to_the_brim(weights: Sequence[int], room: int) -> tuple[set[int], int]:
    """Which of these lots fill `room` best, by their places, and the work; of equal choices one with later lots."""
    if not weights:
        return set(), 0
    grain = gcd(*weights)
    grain *= -(-(room // grain + 1) // _MOST_BITS)
    sizes = [-(-weight // grain) for weight in weights]
    mask = (2 << room // grain) - 1
    reached = [1]
    for size in sizes:
        reached.append((reached[-1] | reached[-1] << size) & mask)
    target = reached[-1].bit_length() - 1
    chosen = set()
    for place in reversed(range(len(sizes))):
        if sizes[place] <= target and reached[place] >> (target - sizes[place]) & 1:
            chosen.add(place)
            target -= sizes[place]
    return chosen, _BEGUN + len(sizes) * (4 + (room // grain >> 13))


def lots_of(units: int) -> list[int]:
    """Lots of which some add up to any number up to `units`."""
    lots = []
    lot = 1
    while units:
        lot = min(lot, units)
        lots.append(lot)
        units -= lot
        lot *= 2
    return lots
