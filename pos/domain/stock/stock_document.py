"""Documents that move goods without a sale: their kinds, and the reasons that each of them takes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pos.domain.errors import BadInput, Refused
from pos.domain.money import Money

ADJUSTMENT, TRANSFER, WASTE, SAMPLE = "adjustment", "transfer", "waste", "sample"
KINDS = (ADJUSTMENT, TRANSFER, WASTE, SAMPLE)
OVER_THE_LIMIT = "settings"
"""The permission to correct more than the shop lets a clerk correct."""

REASONS_OF: Mapping[str, tuple[str, ...]] = {
    ADJUSTMENT: ("miscounted", "unrecorded", "wrong_goods", "theft", "found", "unknown"),
    TRANSFER: (),
    WASTE: ("expired", "damaged", "recalled", "customs", "theft", "unknown"),
    SAMPLE: ("tasting", "display", "laboratory"),
}
"""Why goods were corrected, written off or given away; a transfer says where to instead."""


@dataclass(eq=False)
class SameLocation(BadInput):
    """Goods cannot be moved from a place to itself."""

    fact = "same_place"

    place: str


@dataclass(eq=False)
class AdjustmentTooLarge(Refused):
    """What a document takes away or brings is worth more than the shop lets a clerk correct: a manager records it."""

    fact = "adjustment_too_large"

    value: Money
    limit: Money


def check_adjusted(values: Iterable[Money | None], limit: Money) -> None:
    """Refuse corrections whose values come to more than `limit`, whichever way each goes; zero is no limit.

    A value of None is not known, and counts for nothing. Raises AdjustmentTooLarge.
    """
    worth = sum(abs(value.minor) for value in values if value is not None)
    if limit.minor and worth > limit.minor:
        raise AdjustmentTooLarge(Money(worth, limit.currency), limit)
