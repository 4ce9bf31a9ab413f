"""The most profitable way to share goods out over several allowances, better and better as long as a budget lasts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from pos.domain.quota.filling import Allowance, AllowanceHoldings, Filling

_STUCK = 80
"""Steps in vain after which another aim is taken for a while."""
_EARLY = 150_000
"""The work up to which a search is less patient, and stays near its best: that is the time of the first answer."""
_REPACKED = 0.7
"""How often a few allowances are shared out again, and nothing else is done."""
_TOGETHER = (2, 3, 4)
"""How many allowances those may be."""
_LURE = 3
"""So many times its worth what stayed out is worth meanwhile, so that room is made for it."""
_DARK = 50
"""The work of a step that came to nothing."""


class Refilling:
    """A search in steps; `best` is the best so far. The same goods and allowances give the same answers.

    Most steps share out again what a few allowances hold (`repack`). Others fill an allowance from two (`pour`)
    and then one from the rest (`refill`), so that the room that is left in many comes together in one, where another
    unit fits; or they force a unit in, exchange units that take room of several sums, or empty a few allowances. What
    is better or no worse is kept. A search that is stuck aims for a
    while at profits that make much of what stayed out, as otherwise it would never give up what it has; then at the
    true profits from there, and only then from the best again.
    """

    def __init__(self, allowances: Sequence[Allowance], numbers: Sequence[int], profits: Sequence[int]) -> None:
        self._profits = profits
        self.all = sum([profit * n for profit, n in zip(profits, numbers)])
        self._luck = Random(sum(numbers) * 1_000 + len(allowances))  # a fixed seed: the same basket, the same split
        self._filling = Filling(allowances, numbers, profits)
        self._indexes = range(len(allowances))
        first, *_ = allowances
        self._totals = [j for j in range(first.sums) if any(one.plain[j] for one in allowances)]
        self._several = [
            frozenset(one.ways[0].takes) - frozenset().union(*one.plain) if one.ways else frozenset()
            for one in allowances
        ]
        self.best = self._filling.now()

    @property
    def work(self) -> int:
        """What was done so far."""
        return self._filling.work

    def steps(self, budget: int, enough: int) -> Iterator[bool]:
        """Search until `enough` is earned or `budget` is spent; after each step, whether it is better."""
        filling = self._filling
        enough = min(enough, self.all)
        for index in self._indexes:
            if self.best.profit >= enough:
                return
            filling.refill(index)
            yield self._kept(filling.now())
        current = self.best
        vain = 0
        while self.work < budget and self.best.profit < enough:
            if not self._step():
                filling.work += _DARK
                filling.restore(current)
                vain += 1
                yield False
                continue
            now = filling.now()
            if now.profit >= current.profit:
                current = now
            else:
                filling.restore(current)
            better = self._kept(now)
            vain = 0 if better else vain + 1
            if vain > (_STUCK // 2 if self.work < _EARLY else _STUCK):
                vain = 0
                self._turn_aim()
                current = filling.now()
            yield better

    def _kept(self, held: AllowanceHoldings) -> bool:
        """Whether this is the best so far, at the true profits."""
        profits = self._profits
        profit = sum([profits[kind] * n for share in held.shares for kind, n in share.items()])
        if profit <= self.best.profit:
            return False
        self.best = AllowanceHoldings(held.shares, held.ways, profit)
        return True

    def _turn_aim(self) -> None:
        """From the true profits to others, from the best so far on; or back to the true ones from where that led."""
        filling, luck = self._filling, self._luck
        if filling.profits is not self._profits:
            filling.profits = self._profits
            if self.work < _EARLY:
                filling.restore(self.best)
            return
        if self.work >= _EARLY:
            filling.restore(self.best)
        lured = list(self._profits)
        if luck.random() < 0.3:
            for kind in filling.core():
                lured[kind] *= _LURE
        else:
            out = [kind for kind, n in enumerate(filling.rest) if n]
            dearest = max(luck.sample(out, min(9, len(out))), key=lambda kind: (filling.worths[kind], kind))
            lured[dearest] *= _LURE
        filling.profits = lured

    def _step(self) -> bool:
        """Change something; False where nothing was, or it did not fit."""
        if len(self._indexes) < 2:
            return self._gather_room()
        if self._luck.random() < _REPACKED:
            return self._repack()
        dice = self._luck.random()
        if dice >= 0.65:
            return self._gather_room()
        if dice < 0.3:
            return self._exchange()
        return self._force_in() if dice < 0.45 else self._empty_some()

    def _repack(self) -> bool:
        """Share out again what a few allowances hold, and the rest."""
        filling, luck = self._filling, self._luck
        indexes = luck.sample(self._indexes, min(luck.choice(_TOGETHER), len(self._indexes)))
        filling.repack(indexes, luck)
        filling.refill(indexes[-1])
        return True

    def _gather_room(self) -> bool:
        """Bring the room of several allowances together in one, and fill it."""
        filling, luck = self._filling, self._luck
        order = luck.sample(self._indexes, len(self._indexes))
        last = order.pop()
        if self._totals:
            total = luck.choice(self._totals)
            for index in order[: luck.choice((1, 2, 8))]:
                filling.pour(index, last, total, luck)
        filling.refill(last)
        for index in luck.sample(order, min(2, len(order))):
            filling.refill(index)
        return True

    def _exchange(self) -> bool:
        """Move a unit that takes room of several sums, perhaps against another one."""
        filling, luck = self._filling, self._luck
        one, two = luck.sample(self._indexes, 2)
        mine = self._movable(one, two)
        if not mine:
            return False
        kind = luck.choice(mine)
        filling.move_in(one, kind, -1)
        filling.move_in(two, kind)
        theirs = [other for other in self._movable(two, one) if other != kind]
        if theirs and luck.random() < 0.6:
            other = luck.choice(theirs)
            filling.move_in(two, other, -1)
            filling.move_in(one, other)
        if not (filling.make_fit(one, luck) and filling.make_fit(two, luck)):
            return False
        if self._totals:
            filling.pour(one, two, luck.choice(self._totals), luck)
        filling.refill(two)
        filling.refill(one)
        return True

    def _movable(self, one: int, two: int) -> list[int]:
        """Kinds of several sums that the first holds and the second may hold."""
        takes = self._filling.way(two).takes
        return [kind for kind in self._filling.shares[one] if kind in self._several[one] and kind in takes]

    def _force_in(self) -> bool:
        """Put in a unit that stayed out, one that earns much for its room, and remove what it displaces."""
        filling, luck = self._filling, self._luck
        out = [kind for kind, n in enumerate(filling.rest) if n]
        kind = max(luck.sample(out, min(3, len(out))), key=lambda kind: (filling.worths[kind], kind))
        index, *others = luck.sample(self._indexes, min(3, len(self._indexes)))
        if kind not in filling.way(index).takes:
            return False
        filling.move_in(index, kind)
        if not filling.make_fit(index, luck):
            return False
        if self._totals:
            total = luck.choice(self._totals)
            for other in others:
                if luck.random() < 0.5:
                    filling.pour(index, other, total, luck)
                else:
                    filling.pour(other, index, total, luck)
        for each in (index, *others):
            filling.refill(each)
        return True

    def _empty_some(self) -> bool:
        """Take much out of up to three allowances, and fill all but one at profits that are a little off."""
        filling, luck = self._filling, self._luck
        indexes = luck.sample(self._indexes, min(luck.choice((1, 2, 3)), len(self._indexes)))
        for index in indexes:
            part = luck.choice((0.3, 0.6, 1.0))
            for kind, n in list(filling.shares[index].items()):
                if luck.random() < part:
                    filling.move_in(index, kind, -n)
        aim = filling.profits
        filling.profits = [profit * luck.randrange(900, 1_101) // 1_000 for profit in aim]
        for index in indexes[:-1]:
            filling.refill(index)
        filling.profits = aim
        for index in reversed(indexes):
            filling.refill(index)
        return True
