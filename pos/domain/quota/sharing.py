"""Who carries which unit, unit by unit: an exact search, and seeded ruin and recreate where that cannot finish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from fractions import Fraction
from itertools import pairwise
from math import lcm
from random import Random
from typing import NamedTuple

from pos.domain.quota.rule import Verdict
from pos.domain.quota.share_cost import Carrier, Cost, Counts, changed

_DEEPEST = 150
"""Units beyond which the exact search is not tried: it could not finish."""
_TRIED = 8
"""Carriers whose duty is asked for when a unit that owes some is put somewhere: those who carry least.

Of many carriers it is a third of them.
"""


_STEP = 600
"""Costed shares of one step of the exact search."""
_EXCHANGES = 15
"""Exchanges of units between two carriers after each time that some are taken away and put back."""


class PartyTotal(NamedTuple):
    """Of a whole party, in the order of importance. The duty counts where the worst verdict is `duty` at most."""

    verdict: Verdict
    duty: int
    strain: int
    extra: int


class Floor(NamedTuple):
    """A verdict and a duty that nothing is under."""

    verdict: Verdict
    duty: int


class _Trial(NamedTuple):
    """A share with one unit more, and the worst verdict then."""

    verdict: Verdict
    carrier: int
    share: Counts


def total_of(costs: Sequence[Cost]) -> PartyTotal:
    """What the shares cost together."""
    worst = max([cost.verdict for cost in costs])
    duty = sum([cost.duty for cost in costs])
    return PartyTotal(worst, duty if worst <= Verdict.DUTY else 0, sum([cost.strain for cost in costs]), duty)


class Sharing:
    """One sharing in the making (`shares`, their `costs` and `loads`), and the `best` so far, which costs `least`.

    `numbers[k]` units of each kind go to carriers; those that are one object are alike. `sizes` order the kinds, great
    ones first. No sharing can cost less than `floor`. `work` counts costed shares.
    """

    def __init__(
        self,
        carriers: Sequence[Carrier],
        numbers: Sequence[int],
        sizes: Sequence[Fraction],
        floor: Floor,
        start: Sequence[Counts] | None = None,
    ) -> None:
        self.carriers = carriers
        self.floor = floor
        self.work = self._pause = 0
        scale = lcm(*(size.denominator for size in sizes))
        self.sizes = [int(size * scale) for size in sizes]
        order = sorted(range(len(numbers)), key=lambda kind: (-sizes[kind], kind))
        self.units = [kind for kind in order for _ in range(numbers[kind])]
        self._is_repeated = [*(kind == following for kind, following in pairwise(self.units)), False]
        self._restore(start or [()] * len(carriers))
        if start is None:
            for kind in self.units:
                self._put(kind, *self._cheapest(kind))
        self.best = list(self.shares)
        self.least = total_of(self.costs)

    @property
    def reached_floor(self) -> bool:
        """Whether the best sharing costs no more than what none can be under."""
        return self.least[:2] <= self.floor

    def _restore(self, shares: Sequence[Counts]) -> None:
        self.shares = list(shares)
        self.costs = [carrier.cost(share) for carrier, share in zip(self.carriers, shares)]
        self.loads = [sum([self.sizes[kind] * n for kind, n in share]) for share in shares]

    def _choices(self, kind: int, first: int, worst: Verdict, least_only: bool) -> list[tuple[int, Counts, Cost]]:
        """Carriers from `first` on for one more unit, best first: least cost added, then the fullest.

        Of carriers that are alike and carry the same only the first is worth trying. With `least_only` those
        with more than the least verdict are left out, and so is their duty.
        """
        trials: list[_Trial] = []
        seen: set[tuple[int, Counts]] = set()
        for index, carrier in enumerate(self.carriers):
            mine = self.shares[index]
            state = (id(carrier), mine)
            if state in seen:
                continue
            seen.add(state)
            if index >= first:
                more = changed(mine, kind, 1)
                trials.append(_Trial(max(carrier.verdict(more), worst), index, more))
                self.work += 1
        if not trials:
            return []
        if least_only:
            bar = min([trial.verdict for trial in trials])
            free = [trial for trial in trials if self.carriers[trial.carrier].verdict(trial.share) <= Verdict.NOTE]
            if free and bar >= Verdict.DUTY:
                trials = free  # a carrier who owes nothing with it adds nothing, which is the least
            elif bar >= Verdict.DUTY:
                trials.sort(key=lambda trial: (trial.verdict, self.loads[trial.carrier], trial.carrier))
                del trials[max(_TRIED, len(self.carriers) // 3) :]
        else:
            bar = self.least.verdict
        choices = []
        for verdict, index, more in trials:
            if verdict <= bar:
                cost, old = self.carriers[index].cost(more), self.costs[index]
                if cost.duty:
                    self.work += self.carriers[index].effort
                key = (verdict, cost.duty - old.duty, cost.strain - old.strain, -self.loads[index], index)
                choices.append((key, index, more, cost))
        return [(index, more, cost) for _, index, more, cost in sorted(choices)]

    def _cheapest(self, kind: int) -> tuple[int, Counts, Cost]:
        worst = max([cost.verdict for cost in self.costs])
        cheapest, *_ = self._choices(kind, 0, worst, least_only=True)
        return cheapest

    def _put(self, kind: int, carrier: int, share: Counts, cost: Cost) -> None:
        self.shares[carrier] = share
        self.costs[carrier] = cost
        self.loads[carrier] += self.sizes[kind]

    def take(self, shares: Sequence[Counts]) -> bool:
        """Keep a sharing from outside if it is the best so far."""
        self._restore(shares)
        return self._keep()

    def complete(self, shares: Sequence[Counts]) -> bool:
        """Give each unit without a carrier to the carrier for whom it costs least, and keep the best."""
        self._restore(shares)
        carried = Counter(dict.fromkeys(self.units, 0))
        for share in shares:
            carried.update(dict(share))
        for kind in self.units:
            if carried[kind]:
                carried[kind] -= 1
            else:
                self._put(kind, *self._cheapest(kind))
        return self._keep()

    def _keep(self) -> bool:
        total = total_of(self.costs)
        if total >= self.least:
            return False
        self.least, self.best = total, list(self.shares)
        return True

    def exact(self, budget: int) -> Generator[bool, None, bool]:
        """Try every sharing that could be better, in steps; returns whether the search came to its end."""
        if self.reached_floor or len(self.units) > _DEEPEST:
            return self.reached_floor
        self._restore([()] * len(self.carriers))
        start = total_of(self.costs)
        self._pause = self.work + _STEP
        done = yield from self._deeper(0, 0, start.verdict, start.extra, self.work + budget)
        return done or self.reached_floor

    def _deeper(self, depth: int, first: int, worst: Verdict, duty: int, limit: int) -> Generator[bool, None, bool]:
        """Whether all sharings of the units from `depth` on were tried or shown to be no better."""
        if depth == len(self.units):
            self._keep()
            return True
        kind = self.units[depth]
        for carrier, more, cost in self._choices(kind, first, worst, least_only=False):
            if self.reached_floor:
                return True
            if self.work > limit:
                return False
            if self.work > self._pause:
                self._pause = self.work + _STEP
                yield False
            old, share = self.costs[carrier], self.shares[carrier]
            now, owed = max(worst, cost.verdict), duty - old.duty + cost.duty
            if (now, owed if now <= Verdict.DUTY else 0) >= self.least[:2]:
                continue
            self._put(kind, carrier, more, cost)
            first_next = carrier if self._is_repeated[depth] else 0
            done = yield from self._deeper(depth + 1, first_next, now, owed, limit)
            self._put(kind, carrier, share, old)
            self.loads[carrier] -= 2 * self.sizes[kind]
            if not done:
                return False
        return True

    def ruin_and_recreate(self) -> Iterator[bool]:
        """Take units from a few carriers and put them back where they cost least, again and again.

        Tells after each step whether the best is a better one.
        """
        luck = Random(len(self.units) * 1_000 + len(self.carriers))  # a fixed seed: the same basket, the same split
        current, held = self.least, list(self.best)
        while not self.reached_floor:
            self._restore(held)
            taken = self._ruin(luck)
            if luck.random() < 0.5:
                luck.shuffle(taken)
            for kind in taken:
                self._put(kind, *self._cheapest(kind))
            total = total_of(self.costs)
            if total > current:
                self._restore(held)
                total = current
            for _ in range(_EXCHANGES):
                total = self._exchange(luck, total)
            current, held = total, list(self.shares)
            yield self._keep()

    def _exchange(self, luck: Random, total: PartyTotal) -> PartyTotal:
        """Move a unit to another carrier, mostly against one of theirs, where that costs no more; the total then."""
        one, two = luck.sample(range(len(self.carriers)), 2)
        mine, theirs = self.shares[one], self.shares[two]
        if not mine:
            return total
        kind, _ = luck.choice(mine)
        less, more = changed(mine, kind, -1), changed(theirs, kind, 1)
        size = self.sizes[kind]
        if theirs and luck.random() < 0.8:
            other, _ = luck.choice(theirs)
            less, more = changed(less, other, 1), changed(more, other, -1)
            size -= self.sizes[other]
        self.work += 8
        if max(self.carriers[one].verdict(less), self.carriers[two].verdict(more)) > total.verdict:
            return total
        before = self.costs[one], self.costs[two]
        self.costs[one], self.costs[two] = self.carriers[one].cost(less), self.carriers[two].cost(more)
        after = total_of(self.costs)
        if after > total:
            self.costs[one], self.costs[two] = before
            return total
        self.shares[one], self.shares[two] = less, more
        self.loads[one] -= size
        self.loads[two] += size
        return after

    def _ruin(self, luck: Random) -> list[int]:
        """Take some units away, mostly from the one who is worst off and from one other; great ones first."""
        loaded = [index for index, share in enumerate(self.shares) if share]
        worst = max(loaded, key=lambda index: (self.costs[index][:2], luck.random()))
        chosen = {worst if luck.random() < 0.7 else luck.choice(loaded), luck.choice(loaded)}
        taken = []
        for index in sorted(chosen):
            share = self.shares[index]
            units = [kind for kind, n in share for _ in range(n)]
            for kind in luck.sample(units, min(len(units), luck.randint(1, 8))):
                share = changed(share, kind, -1)
                taken.append(kind)
                self.loads[index] -= self.sizes[kind]
            self.shares[index] = share
            self.costs[index] = self.carriers[index].cost(share)
        self.work += len(taken)
        return sorted(taken, key=lambda kind: (-self.sizes[kind], kind))
