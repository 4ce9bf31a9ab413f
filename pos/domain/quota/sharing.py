"""Who carries which unit: exact search first, seeded ruin and recreate where that cannot finish."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import NamedTuple

from pos.domain.quota.bearer import Carrier, Cost, Counts
from pos.domain.quota.rule import Verdict

_DEEPEST = 150
"""Units beyond which the exact search is not tried: it could not finish."""


class Total(NamedTuple):
    """Of a whole party, in the order of importance. The duty counts where the worst verdict is `duty` at most."""

    verdict: Verdict
    duty: Fraction
    strain: int
    extra: Fraction


@dataclass(frozen=True, slots=True)
class Sharing:
    """For each carrier how many units of each kind, and what that costs. `proved`: no sharing costs less."""

    shares: tuple[Counts, ...]
    total: Total
    proved: bool


def share(
    carriers: Sequence[Carrier], numbers: Sequence[int], sizes: Sequence[Fraction], floor: Total, budget: int
) -> Sharing:
    """Share `numbers[k]` units of each kind over the carriers at the least cost.

    Carriers that are one object are alike. `sizes` order the kinds, great ones first; `floor` is a cost that no
    sharing can be under. `budget` bounds the work, counted in costed shares, so that the same input gives the
    same split on every machine.
    """
    search = _Search(carriers, numbers, sizes, floor, budget)
    proved = search.exact()
    if not proved:
        search.ruin_and_recreate()
        proved = search.reached_floor
    return Sharing(tuple(tuple(share) for share in search.best), search.least, proved)


def total_of(costs: Sequence[Cost]) -> Total:
    """What the shares cost together."""
    worst = max(cost.verdict for cost in costs)
    duty = sum((cost.duty for cost in costs), Fraction(0))
    counted = duty if worst <= Verdict.DUTY else Fraction(0)
    return Total(worst, counted, sum(cost.strain for cost in costs), duty)


class _Search:
    def __init__(
        self,
        carriers: Sequence[Carrier],
        numbers: Sequence[int],
        sizes: Sequence[Fraction],
        floor: Total,
        budget: int,
    ) -> None:
        self.carriers = carriers
        self.numbers = numbers
        self.sizes = sizes
        self.floor = floor
        self.budget = budget
        self.work = 0
        order = sorted(range(len(numbers)), key=lambda kind: (-sizes[kind], kind))
        self.units = [kind for kind in order for _ in range(numbers[kind])]
        self.shares = [[0] * len(numbers) for _ in carriers]
        self.costs = [carrier.cost((0,) * len(numbers)) for carrier in carriers]
        self.loads = [Fraction(0)] * len(carriers)
        self.empty = list(self.costs)
        for kind in self.units:
            self._put(kind, self._cheapest(kind))
        self.best = [list(share) for share in self.shares]
        self.least = total_of(self.costs)

    @property
    def reached_floor(self) -> bool:
        """Whether the best sharing costs no more than what none can be under."""
        return self.least[:2] <= self.floor[:2]

    def _with_one_more(self, kind: int, carrier: int) -> Cost:
        mine = self.shares[carrier]
        mine[kind] += 1
        cost = self.carriers[carrier].cost(tuple(mine))
        mine[kind] -= 1
        self.work += 1
        return cost

    def _choices(self, kind: int, first: int = 0) -> list[tuple[tuple[Verdict, Fraction, int, Fraction, int], Cost]]:
        """Carriers for one more unit from `first` on, best first: least cost added, then the fullest.

        Of carriers that are alike and carry the same only the first is worth trying.
        """
        choices = []
        seen: set[tuple[int, Counts]] = set()
        for index, carrier in enumerate(self.carriers):
            state = (id(carrier), tuple(self.shares[index]))
            if state in seen:
                continue
            seen.add(state)
            if index < first:
                continue
            cost, old = self._with_one_more(kind, index), self.costs[index]
            key = (cost.verdict, cost.duty - old.duty, cost.strain - old.strain, -self.loads[index], index)
            choices.append((key, cost))
        worst = max(cost.verdict for cost in self.costs)
        choices.sort(key=lambda choice: (max(choice[0][0], worst), choice[0][1:]))
        return choices

    def _cheapest(self, kind: int) -> tuple[int, Cost]:
        key, cost = self._choices(kind)[0]
        return key[-1], cost

    def _put(self, kind: int, choice: tuple[int, Cost]) -> None:
        carrier, cost = choice
        self.shares[carrier][kind] += 1
        self.costs[carrier] = cost
        self.loads[carrier] += self.sizes[kind]

    def _keep(self) -> None:
        total = total_of(self.costs)
        if total < self.least:
            self.least, self.best = total, [list(share) for share in self.shares]

    def exact(self) -> bool:
        """Try every sharing that could be better; whether the search came to its end."""
        if self.reached_floor:
            return True
        if len(self.units) > _DEEPEST:
            return False
        self.shares = [[0] * len(self.numbers) for _ in self.carriers]
        self.costs = list(self.empty)
        self.loads = [Fraction(0)] * len(self.carriers)
        limit = self.work + self.budget // 2
        return self._deeper(0, 0, limit) or self.reached_floor

    def _deeper(self, depth: int, first: int, limit: int) -> bool:
        """Whether all sharings of the units from `depth` on were tried or shown to be no better."""
        if depth == len(self.units):
            self._keep()
            return True
        kind = self.units[depth]
        worst = max(cost.verdict for cost in self.costs)
        duty = sum((cost.duty for cost in self.costs), Fraction(0))
        for key, cost in self._choices(kind, first):
            if self.reached_floor:
                return True
            if self.work > limit:
                return False
            carrier = key[-1]
            old = self.costs[carrier]
            now = max(worst, cost.verdict)
            if (now, duty - old.duty + cost.duty if now <= Verdict.DUTY else Fraction(0)) >= self.least[:2]:
                continue
            self._put(kind, (carrier, cost))
            same = depth + 1 < len(self.units) and self.units[depth + 1] == kind
            done = self._deeper(depth + 1, carrier if same else 0, limit)
            self.shares[carrier][kind] -= 1
            self.costs[carrier] = old
            self.loads[carrier] -= self.sizes[kind]
            if not done:
                return False
        return True

    def ruin_and_recreate(self) -> None:
        """Take units from a few carriers and put them back where they cost least, as long as the budget lasts."""
        luck = Random(len(self.units) * 1_000 + len(self.carriers))  # a fixed seed: the same basket, the same split
        limit = self.work + self.budget
        current, self.shares = self.least, [list(share) for share in self.best]
        while self.work < limit and not self.reached_floor and len(self.carriers) > 1:
            self._restore(self.best if luck.random() < 0.2 else self.shares)
            before = [list(share) for share in self.shares]
            taken = self._ruin(luck)
            if luck.random() < 0.5:
                luck.shuffle(taken)
            for kind in taken:
                self._put(kind, self._cheapest(kind))
            total = total_of(self.costs)
            if total <= current:
                current = total
                self._keep()
            else:
                self.shares = before

    def _restore(self, shares: Sequence[Sequence[int]]) -> None:
        self.shares = [list(share) for share in shares]
        self.costs = [carrier.cost(tuple(share)) for carrier, share in zip(self.carriers, shares)]
        self.loads = [sum((size * n for size, n in zip(self.sizes, share)), Fraction(0)) for share in shares]

    def _ruin(self, luck: Random) -> list[int]:
        """Take some units away, mostly from the one who is worst off and from one other; great ones first."""
        loaded = [index for index, share in enumerate(self.shares) if any(share)]
        worst = max(loaded, key=lambda index: (self.costs[index][:2], luck.random()))
        chosen = {worst if luck.random() < 0.7 else luck.choice(loaded), luck.choice(loaded)}
        taken = []
        for index in sorted(chosen):
            share = self.shares[index]
            units = [kind for kind, n in enumerate(share) for _ in range(n)]
            for kind in luck.sample(units, min(len(units), luck.randint(1, 8))):
                share[kind] -= 1
                taken.append(kind)
                self.loads[index] -= self.sizes[kind]
            self.costs[index] = self.carriers[index].cost(tuple(share))
        return sorted(taken, key=lambda kind: (-self.sizes[kind], kind))
