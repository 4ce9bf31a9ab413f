"""What runs out: for how many days goods last at the pace at which they sell, and how many to order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil

NONE_LEFT, SOON, BELOW_POINT, ENOUGH = "none_left", "soon", "below_point", "enough"
"""How urgent: nothing is left; it lasts for less than a third of the days to cover; other low; none."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What came and went of a product in one day of the past, `back` days ago (0: the last 24 hours).

    `net` pieces more than before, `sold` of them sold less what came back from sales; `came`: something came in. `used`
    went into batches of the workshop, less what they gave back.
    """

    back: int
    net: int
    sold: int
    came: bool = False
    used: int = 0

    @property
    def gone(self) -> int:
        """Pieces for which there was a demand: sold or made into something else."""
        return self.sold + self.used


def days_on_hand(owned: int, days: int, flows: Sequence[Flow]) -> int:
    """On how many of the last `days` something of it was there; `owned` is what is there now, flows by `back`."""
    counted, balance, at = 0, owned, 0
    for flow in flows:
        if balance > 0:
            counted += flow.back - at  # days on which nothing moved
        start = balance - flow.net
        counted += 1 if start > 0 or balance > 0 or flow.came or flow.gone > 0 else 0
        balance, at = start, flow.back + 1
    return counted + (days - at if balance > 0 else 0)


@dataclass(frozen=True, slots=True)
class Cover:
    """How long a product lasts. `available` pieces can be sold or brought to the shelf, `coming` ones are ordered, and
    open batches of the workshop are `making` some.

    `sold` were sold (less returns) on `days` days on which there was any, and `used` went into batches of the workshop.
    `carton` is how many a carton holds (1: none on file); `cover` for how many days an order should last.
    """

    available: int
    coming: int
    sold: int
    days: int
    cover: int
    reorder_point: int | None = None
    carton: int = 1
    used: int = 0
    making: int = 0

    @property
    def incoming(self) -> int:
        """Pieces that orders and open batches will bring."""
        return self.coming + self.making

    @property
    def per_day(self) -> Fraction:
        """Pieces sold or used a day, exactly; nothing where nothing was."""
        return Fraction(max(self.sold + self.used, 0), self.days) if self.days > 0 else Fraction(0)

    @property
    def days_left(self) -> Fraction | None:
        """For how many days what is here lasts; None where nothing sells."""
        return Fraction(max(self.available, 0)) / self.per_day if self.per_day else None

    @property
    def is_low(self) -> bool:
        """Whether with what comes in it is at its reorder point, or lasts for fewer days than an order covers."""
        there = self.available + self.incoming
        if self.reorder_point is not None and there <= self.reorder_point:
            return True
        return bool(self.per_day) and there < self.per_day * self.cover

    @property
    def proposal(self) -> int:
        """Pieces to order: what sells in the days to cover and the reorder point on top, in whole cartons."""
        if not self.is_low:
            return 0
        point = self.reorder_point
        needed = ceil(self.per_day * self.cover) + (point or 0)
        if point is not None:
            needed = max(needed, point + 1)  # at its point it would be ordered again
        missing = needed - self.available - self.incoming  # above nothing, since it is low
        return -(-missing // self.carton) * self.carton

    @property
    def urgency(self) -> str:
        """NONE_LEFT, SOON, BELOW_POINT or ENOUGH."""
        if self.available <= 0:
            return NONE_LEFT
        left = self.days_left
        if left is not None and left * 3 < self.cover:
            return SOON
        return BELOW_POINT if self.is_low else ENOUGH

    @property
    def order(self) -> tuple[int, Fraction, Fraction]:
        """What sorts the most urgent first: what is gone (the fastest first), what sells by days left, the rest."""
        left = self.days_left
        if self.available <= 0:
            return 0, Fraction(0), -self.per_day
        if left is not None:
            return 1, left, -self.per_day
        return 2, Fraction(self.available, self.reorder_point or 1), Fraction(0)
