"""What it costs when one visitor of a party carries these goods: the worst verdict, and the duty."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from pos.domain.quota.duty import exempt_most
from pos.domain.quota.limits import Kind, Limits
from pos.domain.quota.rule import PartAbove, Verdict, WholeUnit
from pos.domain.quota.standing import Standing

_MILLION = 1_000_000
_SMALL_BUDGET = 400
"""States for the exemption of one visitor's share inside the search; the result is judged in full."""


class Cost(NamedTuple):
    """Of one visitor's share. `strain` only guides the search: how far above limits, and how many rules of note."""

    verdict: Verdict
    duty: Fraction
    strain: int


Counts = tuple[int, ...]
"""How many units of each kind of the basket one visitor carries."""


class Bearer:
    """Costs of shares for all visitors who stand alike; each share is costed once."""

    def __init__(self, standing: Standing, kinds: Sequence[Kind]) -> None:
        self.limits = Limits(standing, kinds)
        self._pending = [(self.limits.movable + i, n) for i, n in enumerate(self.limits.pending)]
        self._known: dict[Counts, Cost] = {}

    def cost(self, counts: Counts) -> Cost:
        """The cost of carrying `counts` beside what is pending already."""
        known = self._known.get(counts)
        if known is None:
            known = self._known[counts] = self._cost([(kind, n) for kind, n in enumerate(counts) if n] + self._pending)
        return known

    def _cost(self, present: list[tuple[int, int]]) -> Cost:
        limits = self.limits
        sums = limits.sums(present)
        verdict = limits.verdict(present, sums)
        if verdict <= Verdict.OK:
            return Cost(verdict, Fraction(0), 0)
        strain = _MILLION
        for check, amount in zip(limits.checks, sums):
            for step, over in check.steps:
                if amount > step and over > Verdict.DUTY:
                    strain += (amount - step) * _MILLION // max(step, 1)
        for kind, n in present:
            if limits.flags[kind] > Verdict.NOTE:
                strain += n * _MILLION
        return Cost(verdict, self._duty(present, sums) if verdict >= Verdict.DUTY else Fraction(0), strain)

    def _duty(self, present: list[tuple[int, int]], sums: Sequence[int]) -> Fraction:
        limits = self.limits
        charge = limits.standing.regime.charge
        if isinstance(charge, PartAbove):
            return limits.part_duty(sums)
        if not isinstance(charge, WholeUnit):
            return Fraction(0)
        exempt, _ = exempt_most(limits, present, _SMALL_BUDGET, ties=False)
        taxed = ((kind, n - exempt[kind]) for kind, n in present)
        return sum((limits.duty_of_unit(kind) * n for kind, n in taxed if n), Fraction(0))


class Packer(Bearer):
    """A visitor who may carry only what keeps the verdict at `ok` or `note`."""

    def _cost(self, present: list[tuple[int, int]]) -> Cost:
        limits = self.limits
        verdict = limits.verdict(present, limits.sums(present))
        fits = verdict <= Verdict.NOTE
        return Cost(Verdict.OK if fits else verdict, Fraction(0), 0 if fits else _MILLION)


class Counter:
    """The shop's counter, where units are left behind at a price for each kind."""

    def __init__(self, prices: Sequence[int]) -> None:
        self._prices = prices

    def cost(self, counts: Counts) -> Cost:
        """What is lost by leaving `counts` behind."""
        return Cost(Verdict.OK, Fraction(sum(price * n for price, n in zip(self._prices, counts) if n)), 0)


Carrier = Bearer | Counter


def stand_alike(one: Standing, other: Standing) -> bool:
    """Whether the same goods cost both visitors the same."""
    return one.stances == other.stances and [lot[1:] for lot in one.pending] == [lot[1:] for lot in other.pending]
