"""What a party leaves behind so that the rest can be split within everyone's allowance: searched for in steps."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm

from pos.domain.quota.advice import Advice
from pos.domain.quota.allowances import Heap, profits_of
from pos.domain.quota.duty import ranked
from pos.domain.quota.measure import QuotaItem
from pos.domain.quota.pooling import most_kept, pooled
from pos.domain.quota.refilling import Refilling
from pos.domain.quota.rule import Verdict
from pos.domain.quota.share_cost import Carrier, Counts, LeftBehind, ShareCost
from pos.domain.quota.sharing import Floor, Sharing
from pos.domain.quota.splitting import ALL_TRIED, COSTED, FEW_UNITS, MORE


class RemovalSearch:
    """A search for the cheapest units to leave so that the rest can be split at `ok` or `note`.

    `carried` is a first such split by basket line, for each visitor and then for what is left. Between the `steps`
    `best` is the best advice so far.
    """

    def __init__(
        self,
        packers: Sequence[ShareCost],
        lots: Sequence[QuotaItem],
        sizes: Sequence[Fraction],
        carried: Sequence[Mapping[int, int]],
    ) -> None:
        self._party = [packer.limits for packer in packers]
        first, *_ = self._party
        kinds = first.kinds[: first.movable]
        self._lots = lots
        self._lines = [kind.unit.origin.line for kind in kinds]
        numbers = first.numbers
        self._worths = [Fraction(kind.unit.value) for kind in kinds]
        self._scale = scale = lcm(*(worth.denominator for worth in self._worths))
        prices, self._one = ranked(
            [int(worth * scale) for worth in self._worths], [(n, index) for index, n in enumerate(numbers)]
        )
        kept = most_kept(self._party, pooled(self._party), prices)
        self._floor = sum([price * n for price, n in zip(prices, numbers)]) - kept
        self._kept = kept // self._one
        carriers: list[Carrier] = [*packers, LeftBehind(prices)]
        start = [_counts({kind: share.get(line, 0) for kind, line in enumerate(self._lines)}) for share in carried]
        self._sharing = Sharing(carriers, numbers, sizes, Floor(Verdict.OK, self._floor), start)
        self._refilling: Refilling | None = None
        self._tried_all = False

    @property
    def work(self) -> int:
        """What was done so far, alike on every machine."""
        return self._sharing.work * COSTED + (0 if self._refilling is None else self._refilling.work)

    @property
    def proved(self) -> bool:
        """Whether nothing cheaper helps."""
        return self._tried_all or self._sharing.least.duty // self._one <= self._floor // self._one

    @property
    def best(self) -> Advice | None:
        """The best advice so far; None where nothing need be left, or nothing helps."""
        if self._sharing.least.verdict > Verdict.NOTE:
            return None
        left = _last_scanned(self._lots, {self._lines[kind]: n for kind, n in self._sharing.best[-1]})
        return Advice(left, self.proved) if left else None

    @property
    def carried(self) -> list[dict[int, int]]:
        """By visitor: what they carry by basket line when the best advice is followed."""
        advice = self.best
        gone = {} if advice is None else dict(advice.units)
        kind_of = {line: kind for kind, line in enumerate(self._lines)}
        mine: list[dict[int, int]] = [{} for _ in self._party]
        for lines in alike(self._lots):
            kept = [[line, units - gone.get(line, 0)] for line, units in lines]
            kinds = {kind_of[line] for line, _ in lines}
            for share, counts in zip(mine, self._sharing.best):
                needed = sum([n for kind, n in counts if kind in kinds])
                for part in kept:
                    if taken := min(part[1], needed):
                        share[part[0]] = taken
                        part[1] -= taken
                        needed -= taken
        return mine

    def steps(self, budget: int) -> Iterator[bool]:
        """Search; after each step whether there is a better advice."""
        sharing = self._sharing
        if len(sharing.units) <= FEW_UNITS:
            self._tried_all = yield from sharing.exact(ALL_TRIED)
            yield True
        if self._tried_all or sharing.reached_floor:
            return
        heap = Heap(self._party, Verdict.UNKNOWN)
        if not heap.is_fillable:
            return
        profits, one = profits_of(heap, dict(enumerate(self._worths)))
        enough = self._kept * (one // self._scale)
        refilling = self._refilling = Refilling(heap.allowances, heap.numbers, profits)
        yield self._taken(heap, refilling)
        few = len(sharing.units) <= FEW_UNITS
        for better in refilling.steps(budget // 20 if few else budget - self.work, enough):
            yield better and self._taken(heap, refilling)
        if few and not self.proved:
            self._tried_all = yield from sharing.exact(ALL_TRIED * MORE)
            yield True

    def _taken(self, heap: Heap, refilling: Refilling) -> bool:
        shares = heap.held_at_hand(refilling.best)
        shares.append({kind: n - sum([s.get(kind, 0) for s in shares]) for kind, n in enumerate(heap.numbers)})
        return self._sharing.take([_counts(share) for share in shares])


def _counts(share: Mapping[int, int]) -> Counts:
    return tuple([(kind, n) for kind, n in share.items() if n])


def _last_scanned(lots: Sequence[QuotaItem], left: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """The same goods, taken of equal units from the last scanned lines."""
    chosen: dict[int, int] = {}
    for lines in alike(lots):
        needed = sum(left.get(line, 0) for line, _ in lines)
        for line, units in reversed(lines):
            if taken := min(units, needed):
                chosen[line] = taken
                needed -= taken
    return tuple(sorted(chosen.items()))


def alike(lots: Sequence[QuotaItem]) -> list[list[tuple[int, int]]]:
    """Lines of equal units: (line, units) in the order of scanning."""
    lines: dict[tuple[object, ...], list[tuple[int, int]]] = {}
    for lot in lots:
        if lot.quantity:
            unit = lot.units(1)
            lines.setdefault((unit.category, unit.value, unit.attributes), []).append((lot.origin.line, lot.quantity))
    return list(lines.values())
