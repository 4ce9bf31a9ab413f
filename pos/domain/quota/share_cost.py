"""What it costs when one visitor of a party carries these goods: the worst verdict, and the duty."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pos.domain.quota.allowance_position import AllowancePosition
from pos.domain.quota.duty import exempt_most
from pos.domain.quota.limits import EqualUnits, Limits
from pos.domain.quota.rule import PartAbove, Verdict, WholeUnit

_MILLION = 1_000_000
_SMALL_BUDGET = 400
"""States for the exemption of one visitor's share inside the search; the result is judged in full."""
_OF_A_PACKING, _OF_A_FORMULA = 16, 3
"""The work of costing a share that owes duty, against 1 for its verdict alone."""


class Cost(NamedTuple):
    """Of one visitor's share: the duty in whole numbers of the search's scale.

    `strain` only guides the search: how far above limits, and how many visitors with more than `ok`.
    """

    verdict: Verdict
    duty: int
    strain: int


Counts = tuple[tuple[int, int], ...]
"""What one visitor carries: (kind of the basket, units), in the order of the kinds."""


def changed(counts: Counts, kind: int, by: int) -> Counts:
    """The same with `by` units more of `kind`."""
    for index, (other, n) in enumerate(counts):
        if other == kind:
            same = ((kind, n + by),) if n + by else ()
            return (*counts[:index], *same, *counts[index + 1 :])
        if other > kind:
            return (*counts[:index], (kind, by), *counts[index:])
    return (*counts, (kind, by))


class TravellerCost:
    """Costs of shares for all visitors who stand alike; each share is costed once.

    `scale` may be raised to a common multiple before the first cost is asked for. `effort` is the work of a cost
    that owes duty.
    """

    def __init__(self, position: AllowancePosition, kinds: Sequence[EqualUnits]) -> None:
        self.limits = Limits(position, kinds)
        self.scale = self.limits.whole_scale()
        self.effort = _OF_A_PACKING if isinstance(position.charge, WholeUnit) else _OF_A_FORMULA
        self._pending = [(self.limits.movable + i, n) for i, n in enumerate(self.limits.pending)]
        self._known: dict[Counts, Cost] = {}
        self._verdicts: dict[Counts, Verdict] = {}
        self._sums: dict[Counts, list[int]] = {}

    def verdict(self, counts: Counts) -> Verdict:
        """The verdict on carrying `counts` beside what is pending already."""
        known = self._verdicts.get(counts)
        if known is None:
            present = self._present(counts)
            sums = self._sums[counts] = self.limits.sums(present)
            known = self._verdicts[counts] = self._verdict(present, sums)
        return known

    def cost(self, counts: Counts) -> Cost:
        """The verdict, and the duty where there is any."""
        known = self._known.get(counts)
        if known is None:
            verdict = self.verdict(counts)
            present = self._present(counts)
            is_free = verdict is Verdict.OK
            known = Cost(Verdict.OK, 0, 0) if is_free else self._cost(verdict, present, self._sums[counts])
            self._known[counts] = known
        return known

    def owes_at_most(self, counts: Counts, duty: int) -> None:
        """Keep that some choice of what goes out exempt has been found that leaves this duty on `counts`."""
        known = self.cost(counts)
        if known.duty > duty:
            self._known[counts] = known._replace(duty=duty)

    def _present(self, counts: Counts) -> list[tuple[int, int]]:
        return [*counts, *self._pending]

    def _verdict(self, present: Sequence[tuple[int, int]], sums: Sequence[int]) -> Verdict:
        return self.limits.verdict(present, sums)

    def _cost(self, verdict: Verdict, present: list[tuple[int, int]], sums: Sequence[int]) -> Cost:
        limits = self.limits
        strain = _MILLION
        for check, amount in zip(limits.checks, sums):
            for step, over in check.steps:
                if amount > step and over > Verdict.DUTY:
                    strain += (amount - step) * _MILLION // max(step, 1)
        for kind, n in present:
            if limits.flags[kind] > Verdict.NOTE:
                strain += n * _MILLION
        return Cost(verdict, self._duty(present, sums) if verdict >= Verdict.DUTY else 0, strain)

    def _duty(self, present: list[tuple[int, int]], sums: Sequence[int]) -> int:
        limits = self.limits
        charge = limits.position.charge
        if isinstance(charge, PartAbove):
            return limits.whole_part_duty(sums, self.scale)
        if not isinstance(charge, WholeUnit):
            return 0
        exempt = exempt_most(limits, present, _SMALL_BUDGET, ties=False).units
        duties, scale = limits.whole_duties()
        return sum([duties[kind] * (n - exempt.get(kind, 0)) for kind, n in present]) * (self.scale // scale)


class ShareCost(TravellerCost):
    """A visitor who may carry only what keeps the verdict at `ok` or `note`."""

    def _verdict(self, present: Sequence[tuple[int, int]], sums: Sequence[int]) -> Verdict:
        verdict = self.limits.verdict(present, sums)
        return Verdict.OK if verdict is Verdict.NOTE else verdict

    def cost(self, counts: Counts) -> Cost:
        """Nothing, or too much."""
        verdict = self.verdict(counts)
        return Cost(verdict, 0, _MILLION if verdict else 0)


class LeftBehind:
    """The shop's counter, where units are left behind at a price for each kind."""

    effort = _OF_A_FORMULA

    def __init__(self, prices: Sequence[int]) -> None:
        self._prices = prices

    def verdict(self, counts: Counts) -> Verdict:
        """Goods that are left behind break no rule."""
        return self.cost(counts).verdict

    def cost(self, counts: Counts) -> Cost:
        """What is lost by leaving `counts` behind."""
        return Cost(Verdict.OK, sum([self._prices[kind] * n for kind, n in counts]), 0)


Carrier = TravellerCost | LeftBehind


def positions_alike(one: AllowancePosition, other: AllowancePosition) -> bool:
    """Whether the same goods cost both visitors the same."""
    return (
        one.rule_positions == other.rule_positions
        and [lot[1:] for lot in one.pending] == [lot[1:] for lot in other.pending]
        and [(lot[1:], free[1:], after) for lot, free, after in one.fixed]
        == [(lot[1:], free[1:], after) for lot, free, after in other.fixed]
    )
