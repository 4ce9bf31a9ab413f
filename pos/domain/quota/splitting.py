"""Who carries which unit, better and better: the whole search for a split, in steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import ceil, lcm

from pos.domain.quota.allowances import Heap, profits_of
from pos.domain.quota.filling import AllowanceHoldings
from pos.domain.quota.limits import Limits
from pos.domain.quota.pooling import different, duty_floor, pooled, verdict_floor
from pos.domain.quota.refilling import Refilling
from pos.domain.quota.rule import Verdict, WholeUnit
from pos.domain.quota.share_cost import Counts, TravellerCost, changed
from pos.domain.quota.sharing import Floor, Sharing

COSTED = 5
"""The work of one costed share, in the measure of Filling.work."""
_BRIEF = 20_000
"""The work of a first look for a split in which nothing is worse than a verdict."""
FEW_UNITS = 24
"""Units up to which every split is tried before anything else."""
ALL_TRIED = 1_200
"""Costed shares after which that ends; with the greatest budget they are as many times more as the next says."""
MORE = 30


class Splitting:
    """A search for the split of least verdict and then least duty.

    `steps` goes on until that is proved or `budget` spent; between its steps `best` is the best split so far, and
    `exempt` by visitor which units of their kinds are known to go out exempt then.
    """

    def __init__(self, carriers: Sequence[TravellerCost], sizes: Sequence[Fraction]) -> None:
        self._carriers = carriers
        self._party = [carrier.limits for carrier in carriers]
        pools = pooled(self._party)
        verdict, self.duty_floor = verdict_floor(self._party, pools), duty_floor(self._party, pools)
        if self.duty_floor:
            verdict = max(verdict, Verdict.DUTY)
        self._scale = lcm(*(carrier.scale for carrier in carriers))
        for carrier in carriers:
            carrier.scale = self._scale
        floor = Floor(verdict, ceil(self.duty_floor * self._scale) if verdict <= Verdict.DUTY else 0)
        self._first, *_ = self._party
        self._numbers = self._first.numbers
        self._floor = floor
        self._sizes = sizes
        self._fitting: dict[Verdict, tuple[Heap, Refilling | None]] = {}
        self._tried_all = False
        self._known_exempt: dict[tuple[int, Counts], Mapping[int, int]] = {}
        self._enough = self._settled = -1
        self._heap: Heap | None = None
        self._refilling: Refilling | None = None
        start = self._exempting() if verdict <= Verdict.DUTY and self._taxes_units else None
        self._sharing = Sharing(carriers, self._numbers, sizes, floor, start)

    @property
    def work(self) -> int:
        """What was done so far, alike on every machine."""
        others = [refilling for _, refilling in self._fitting.values()]
        refilled = sum([one.work for one in (self._refilling, *others) if one is not None])
        return refilled + self._sharing.work * COSTED

    @property
    def proved(self) -> bool:
        """Whether no split costs less than the best."""
        return self._tried_all or self._sharing.reached_floor

    @property
    def best(self) -> list[Counts]:
        """What each visitor carries in the best split so far."""
        self._settle()
        return list(self._sharing.best)

    @property
    def exempt(self) -> list[Mapping[int, int] | None]:
        """By visitor, for the best split: units of their kinds, pending ones among them, that can go out exempt."""
        return [self._known_exempt.get((index, share)) for index, share in enumerate(self.best)]

    def steps(self, budget: int) -> Iterator[bool]:
        """Search; after each step whether the best may be a better one."""
        sharing = self._sharing
        few = len(sharing.units) <= FEW_UNITS
        if few:
            self._tried_all = yield from sharing.exact(ALL_TRIED)
            yield True
            if self.proved:
                return
        yield from self._better_verdicts(_BRIEF)
        if self.proved:
            return
        if sharing.least.verdict is Verdict.DUTY and self._refilling is not None:
            cheaper = self._refilling.steps(budget, self._enough)
        else:
            cheaper = sharing.ruin_and_recreate()
        yield from self._until(cheaper, self.work + budget // 30)
        yield from self._better_verdicts(budget // 6)
        if few and not self.proved:
            self._settle()
            self._tried_all = yield from sharing.exact(ALL_TRIED * MORE)
            yield True
        yield from self._until(cheaper, budget)
        self._settle()

    def _until(self, steps: Iterator[bool], work: int) -> Iterator[bool]:
        """The steps as far as this work, or until nothing better can exist."""
        while self.work < work and not self.proved:
            better = next(steps, None)
            if better is None:
                return
            yield better

    def _better_verdicts(self, budget: int) -> Iterator[bool]:
        """Look for splits with a better verdict than that of the best, from the best that can be hoped for on."""
        for verdict in (Verdict.NOTE, Verdict.UNKNOWN, Verdict.DUTY, Verdict.REVIEW):
            if self._floor.verdict <= verdict < self._sharing.least.verdict and not self._same_rooms(verdict):
                yield from self._fit_all(verdict, budget)

    @property
    def _taxes_units(self) -> bool:
        return isinstance(self._first.position.charge, WholeUnit)

    def _same_rooms(self, verdict: Verdict) -> bool:
        """Whether the search for the least duty looks for this verdict, too: no unit can be `unknown`."""
        if verdict > Verdict.UNKNOWN or not self._taxes_units:
            return False
        return all(flag is not Verdict.UNKNOWN for limits in different(self._party) for flag in limits.flags)

    def _fit_all(self, verdict: Verdict, budget: int) -> Iterator[bool]:
        """Look for a split in which every unit is carried and nothing is worse than `verdict`."""
        if verdict not in self._fitting:
            heap = Heap(self._party, Verdict(verdict + 1))
            profits = [int(1_000 * size) + 1 for size in self._sizes]
            self._fitting[verdict] = (
                heap,
                Refilling(heap.allowances, heap.numbers, profits) if heap.is_fillable else None,
            )
        heap, refilling = self._fitting[verdict]
        if refilling is None:
            return
        yield from refilling.steps(refilling.work + budget, refilling.all)
        self._sharing.complete([tuple(share.items()) for share in heap.held_at_hand(refilling.best)])
        yield True

    def _exempting(self) -> list[Counts] | None:
        """Begin to look for the split in which the units that cannot go out exempt owe least; a first such split."""
        heap = self._heap = Heap(self._party, Verdict.DUTY, pending_too=True)
        duties = dict(enumerate(self._first.duty_of_unit(kind) for kind in range(heap.movable)))
        for first, limits in zip(heap.first_pending, self._party):
            for i in range(len(limits.pending)):
                duties[first + i] = limits.duty_of_unit(limits.movable + i)
        if not heap.is_fillable or not duties:
            return None
        profits, one = profits_of(heap, duties)
        whole = sum([profit * n for profit, n in zip(profits, heap.numbers)])
        self._enough = whole - ceil(self.duty_floor * one)
        self._refilling = Refilling(heap.allowances, heap.numbers, profits)
        return self._shared_out(heap, self._refilling.best)

    def _shared_out(self, heap: Heap, held: AllowanceHoldings) -> list[Counts] | None:
        """The shares with what cannot go out exempt; None where no visitor may carry that."""
        self._settled = held.profit
        shares = self._with_taxed(heap, held)
        if shares is None:
            return None
        exempt = heap.held_in_all(held)
        for index, (share, mine) in enumerate(zip(shares, exempt)):
            self._carriers[index].owes_at_most(share, self._owed(self._party[index], share, mine))
            self._known_exempt[index, share] = mine
        return shares

    def _settle(self) -> None:
        """Take what the search for exempt units has found since."""
        refilling, heap = self._refilling, self._heap
        if refilling is None or heap is None or refilling.best.profit == self._settled:
            return
        shares = self._shared_out(heap, refilling.best)
        if shares is not None:
            self._sharing.take(shares)

    def _owed(self, limits: Limits, share: Counts, exempt: Mapping[int, int]) -> int:
        duties, scale = limits.whole_duties()
        pending = [(limits.movable + i, n) for i, n in enumerate(limits.pending)]
        owed = sum([duties[kind] * (n - exempt.get(kind, 0)) for kind, n in (*share, *pending)])
        return owed * (self._scale // scale)

    def _with_taxed(self, heap: Heap, held: AllowanceHoldings) -> list[Counts] | None:
        """The shares with the taxed units given to few visitors who may carry them; None if no visitor may."""
        shares: list[Counts] = [tuple(share.items()) for share in heap.held_at_hand(held)]
        verdicts = [carrier.verdict(share) for carrier, share in zip(self._carriers, shares)]
        if max(verdicts) > Verdict.DUTY:
            return None
        for kind, number in enumerate(self._numbers):
            for _ in range(number - sum([share.get(kind, 0) for share in held.shares])):
                order = sorted(range(len(shares)), key=lambda index: (-verdicts[index], index))
                for index in order:
                    more = changed(shares[index], kind, 1)
                    verdict = self._carriers[index].verdict(more)
                    if verdict <= Verdict.DUTY:
                        shares[index], verdicts[index] = more, verdict
                        break
                else:
                    return None
        return shares
