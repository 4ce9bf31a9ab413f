"""Goods shared out over several allowances: one is filled at a time, exactly, and two are evened out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import gcd, inf
from random import Random

from pos.domain.quota.knapsack import pack_one_of
from pos.domain.quota.meet_in_the_middle import Item

_REFILL = 600
"""States of partial packings for filling one allowance."""
_PRICED = 300
"""The work of beginning to fill one allowance."""
_LEFT_ALONE = 0.8
"""How often units that take room of several sums stay where they are when others are shared out again."""
_UNEVEN = 0.3
"""By what part of its size a great unit may come later than a smaller one."""


@dataclass(frozen=True, slots=True)
class FillingWay:
    """One way to fill an allowance: what a unit of each kind takes of each room. Other kinds stay out of it."""

    takes: Mapping[int, tuple[int, ...]]
    rooms: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Allowance:
    """What one visitor may take, in one of `ways`; the first `sums` rooms of each way are the same sums for everyone.

    `plain[j]` are the kinds that take room of sum `j` alone, in every way.
    """

    ways: tuple[FillingWay, ...]
    sums: int
    plain: tuple[frozenset[int], ...]


@dataclass(frozen=True, slots=True)
class AllowanceHoldings:
    """Who holds how many units of each kind, and in which way."""

    shares: tuple[Mapping[int, int], ...]
    ways: tuple[int, ...]
    profit: int


class Filling:
    """Units held by allowances, and the rest. `work` counts what was done, alike on every machine."""

    def __init__(self, allowances: Sequence[Allowance], numbers: Sequence[int], profits: Sequence[int]) -> None:
        self.allowances = allowances
        self.profits = profits
        self.rest = list(numbers)
        self.shares: list[dict[int, int]] = [{} for _ in allowances]
        self.ways = [0] * len(allowances)
        self.work = 0
        self.sizes: list[float] = []
        self.worths: list[float] = []
        self._weigh()
        self._fill_greedily()

    @property
    def profit(self) -> int:
        """What all units held are worth."""
        profits = self.profits
        return sum([profits[kind] * n for share in self.shares for kind, n in share.items()])

    def now(self) -> AllowanceHoldings:
        """The shares as they are."""
        return AllowanceHoldings(tuple([dict(share) for share in self.shares]), tuple(self.ways), self.profit)

    def restore(self, held: AllowanceHoldings) -> None:
        """The shares as they were."""
        for share in self.shares:
            for kind, n in share.items():
                self.rest[kind] += n
        self.shares, self.ways = [dict(share) for share in held.shares], list(held.ways)
        for share in self.shares:
            for kind, n in share.items():
                self.rest[kind] -= n

    def way(self, index: int) -> FillingWay:
        """The way in which this allowance is filled now."""
        return self.allowances[index].ways[self.ways[index]]

    def room(self, index: int, total: int) -> int:
        """What is left of a sum; below 0 where it holds too much."""
        way = self.way(index)
        return way.rooms[total] - sum([way.takes[kind][total] * n for kind, n in self.shares[index].items()])

    def _weigh(self) -> None:
        """The part of an allowance that a unit of each kind takes at least, and what it earns for that."""
        ways = list({id(way): way for allowance in self.allowances for way in allowance.ways}.values())
        for kind, profit in enumerate(self.profits):
            sizes = [
                sum([weight / room for weight, room in zip(way.takes[kind], way.rooms) if room])
                for way in ways
                if kind in way.takes
            ]
            size = min(sizes, default=0.0)
            self.sizes.append(size)
            self.worths.append(profit / size if size else inf)

    def core(self) -> list[int]:
        """The kinds that earn most for their room and would all fit if the allowances were one."""
        rooms = [sum(sums) for sums in zip(*[one.ways[0].rooms[: one.sums] for one in self.allowances])]
        first = {kind: weights for one in self.allowances for kind, weights in one.ways[0].takes.items()}
        core = []
        for kind in sorted(first, key=lambda kind: (-self.worths[kind], kind)):
            units = self.rest[kind] + sum([share.get(kind, 0) for share in self.shares])
            left = [room - weight * units for weight, room in zip(first[kind], rooms)]
            if units and all(room >= 0 for room in left):
                rooms = left
                core.append(kind)
        return core

    def _fill_greedily(self) -> None:
        """The great units of the core first, then what earns most for its room; each where least room is left over."""
        rooms = [list(allowance.ways[0].rooms) for allowance in self.allowances]
        core = self.core()
        core.sort(key=lambda kind: (-self.sizes[kind], kind))
        others = sorted(set(range(len(self.rest))).difference(core), key=lambda kind: (-self.worths[kind], kind))
        for kind in (*core, *others):
            while self.rest[kind]:
                self.work += len(rooms)
                choices = []
                for index, allowance in enumerate(self.allowances):
                    weights = allowance.ways[0].takes.get(kind)
                    if weights is not None and all(weight <= room for weight, room in zip(weights, rooms[index])):
                        left = sum([room - weight for weight, room in zip(weights, rooms[index]) if weight])
                        choices.append((left, index, weights))
                if not choices:
                    break
                _, index, weights = min(choices)
                fits = [room // weight for weight, room in zip(weights, rooms[index]) if weight]
                lot = min([self.rest[kind], *fits])
                rooms[index] = [room - weight * lot for weight, room in zip(weights, rooms[index])]
                self.move_in(index, kind, lot)

    def move_in(self, index: int, kind: int, units: int = 1) -> None:
        """From the rest into a share; the other way with fewer than no units."""
        share = self.shares[index]
        self.rest[kind] -= units
        _set(share, kind, share.get(kind, 0) + units)

    def refill(self, index: int) -> None:
        """Fill one allowance as profitably as can be from its share and the rest."""
        share = self.shares[index]
        kinds = [kind for kind, n in enumerate(self.rest) if n or kind in share]
        ways, nothing = [], Item(0, 0, ())
        for way in self.allowances[index].ways:
            none = nothing._replace(weights=(0,) * len(way.rooms))
            items = [
                Item(self.profits[kind], self.rest[kind] + share.get(kind, 0), way.takes[kind])
                if kind in way.takes
                else none
                for kind in kinds
            ]
            ways.append((items, way.rooms))
        packing = pack_one_of(ways, _REFILL, [share.get(kind, 0) for kind in kinds])
        self.work += (_PRICED + 20 * len(kinds)) * len(ways)
        if packing is None:
            return
        self.work += packing.states
        for kind, n in share.items():
            self.rest[kind] += n
        self.shares[index] = {kind: n for kind, n in zip(kinds, packing.counts) if n}
        for kind, n in self.shares[index].items():
            self.rest[kind] -= n
        self.ways[index] = packing.way

    def pour(self, index: int, other: int, total: int, luck: Random) -> None:
        """Fill one sum of two to the brim with the plain units of both, so that what room there is lies in the other.

        Of several choices `luck` takes one.
        """
        one, two = self.shares[index], self.shares[other]
        plain = self.allowances[index].plain[total] & self.allowances[other].plain[total]
        kinds = [kind for kind in {**one, **two} if kind in plain]
        takes = self.way(index).takes
        both = {kind: one.get(kind, 0) + two.get(kind, 0) for kind in kinds}
        lots = [(takes[kind][total] * lot, kind, lot) for kind in kinds for lot in lots_of(both[kind])]
        if not lots:
            return
        room = self.room(index, total) + sum([takes[kind][total] * one.get(kind, 0) for kind in kinds])
        their_room = self.room(other, total) + sum([takes[kind][total] * two.get(kind, 0) for kind in kinds])
        luck.shuffle(lots)
        if luck.random() < 0.5:  # those that earn least for their room stay in the other, where better ones may come
            lots.sort(key=lambda lot: self.worths[lot[1]])
        chosen, work = to_the_brim([weight for weight, _, _ in lots], room)
        self.work += work
        goes = dict.fromkeys(kinds, 0)
        for lot in chosen:
            goes[lots[lot][1]] += lots[lot][2]
        stays = {kind: both[kind] - goes[kind] for kind in kinds}
        if sum([takes[kind][total] * n for kind, n in stays.items()]) > their_room:
            return
        for kind in kinds:
            _set(one, kind, goes[kind])
            _set(two, kind, stays[kind])

    def repack(self, indexes: Sequence[int], luck: Random) -> None:
        """Share out again what several allowances hold, and the rest, as if they were one.

        Sum after sum, first those that few kinds take room of, one allowance after the other is filled to the brim,
        with great units rather than small ones. So what room is left lies in the last.
        """
        ways = [self.way(index) for index in indexes]
        shared = [kind for kind in range(len(self.rest)) if all(kind in way.takes for way in ways)]
        (first, way), *_ = zip([self.allowances[index] for index in indexes], ways)
        plain = frozenset[int]().union(*first.plain)
        if luck.random() < _LEFT_ALONE:
            shared = [kind for kind in shared if kind in plain] or shared
        for index in indexes:
            for kind in shared:
                self.move_in(index, kind, -self.shares[index].get(kind, 0))
        free = {kind for kind in shared if self.rest[kind]}
        takers = [{kind for kind in free if way.takes[kind][j]} for j in range(first.sums)]
        for j in sorted(range(len(takers)), key=lambda j: (len(takers[j]), luck.random())):
            self._pack(indexes, j, sorted(takers[j] & free), luck)
            free -= takers[j]
        for index in indexes:
            self._trim(index)

    def _pack(self, indexes: Sequence[int], total: int, kinds: Sequence[int], luck: Random) -> None:
        """Fill one sum of several allowances with the units of these kinds that earn most in the room of all."""
        if not kinds:
            return
        first, *_ = indexes
        takes = self.way(first).takes
        rooms = [max(self.room(index, total), 0) for index in indexes]
        items = [Item(self.profits[kind], self.rest[kind], (takes[kind][total],)) for kind in kinds]
        packing = pack_one_of([(items, [sum(rooms)])], _REFILL)
        assert packing is not None
        self.work += _PRICED + 20 * len(kinds) + packing.states
        lots = [kind for kind, n in zip(kinds, packing.counts) for _ in range(n)]
        lots.sort(key=lambda kind: takes[kind][total] * luck.uniform(1 - _UNEVEN, 1 + _UNEVEN))
        for index, room in zip(indexes, rooms):
            chosen, work = to_the_brim([takes[kind][total] for kind in lots], room)
            self.work += work
            for lot in sorted(chosen):
                self.move_in(index, lots[lot])
            lots = [kind for lot, kind in enumerate(lots) if lot not in chosen]

    def _trim(self, index: int) -> None:
        """Take out the units that earn least until all that is left fits."""
        share, way = self.shares[index], self.way(index)
        for total in range(len(way.rooms)):
            room = self.room(index, total)
            for kind in sorted(share, key=lambda kind: (self.worths[kind], kind)) if room < 0 else ():
                weight = way.takes[kind][total]
                if weight and room < 0:
                    units = min(share[kind], -(room // weight))
                    self.move_in(index, kind, -units)
                    room += weight * units

    def make_fit(self, index: int, luck: Random) -> bool:
        """Take plain units out of an allowance that holds too much, those that earn least; whether that was enough."""
        share, allowance = self.shares[index], self.allowances[index]
        way = self.way(index)
        for total in range(len(way.rooms)):
            room = self.room(index, total)
            if room >= 0:
                continue
            plain = [kind for kind in share if kind in allowance.plain[total]] if total < allowance.sums else []
            plain = [kind for _, kind in sorted([(self.worths[kind] * luck.uniform(0.8, 1.2), kind) for kind in plain])]
            for kind in plain:
                weight = way.takes[kind][total]
                units = min(share[kind], -(room // weight))
                self.move_in(index, kind, -units)
                room += weight * units
                if room >= 0:
                    break
            if room < 0:
                return False
        return True


def _set(share: dict[int, int], kind: int, units: int) -> None:
    if units:
        share[kind] = units
    else:
        share.pop(kind, None)


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
    for index in reversed(range(len(sizes))):
        if sizes[index] <= target and reached[index] >> (target - sizes[index]) & 1:
            chosen.add(index)
            target -= sizes[index]
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
