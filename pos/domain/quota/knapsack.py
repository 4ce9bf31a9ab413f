"""Which units to keep under several limits at once: an exact search in whole numbers, within a budget of states."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pos.domain.quota.meet_in_the_middle import Item, Search

BUDGET = 6_000
"""States of partial packings after which a search ends."""


Way = tuple[Sequence[Item], Sequence[int]]
"""Items, and the capacities that they fill."""


@dataclass(frozen=True, slots=True)
class Packing:
    """How many of each item are kept, and in which `way`. No packing earns more than `bound`.

    `proved`: nor more than `profit`.
    """

    counts: tuple[int, ...]
    profit: int
    bound: int
    way: int
    states: int = 0

    @property
    def proved(self) -> bool:
        """Whether the search has shown that nothing better exists."""
        return self.profit == self.bound


def pack(items: Sequence[Item], capacities: Sequence[int], budget: int = BUDGET) -> Packing:
    """The most profitable packing.

    The same input gives the same answer: a budget of states ends the search, never a clock.
    """
    packing = pack_one_of([(items, capacities)], budget)
    assert packing is not None
    return packing


def pack_one_of(ways: Iterable[Way], budget: int = BUDGET, start: Sequence[int] | None = None) -> Packing | None:
    """The most profitable packing of any of these ways, whose items differ in what they take and how many there are.

    None without a way. The ways share the budget, the most promising first. `start` are counts that are known
    already: they are the answer where no better ones are found.
    """
    ways = list(ways)
    best = None if start is None else _known(ways, start)
    tasks = _undominated([_Task(way, items, capacities) for way, (items, capacities) in enumerate(ways)])
    for task in tasks:
        task.price()
    tasks.sort(key=lambda task: -task.bound)
    bound, states = -1, 0
    for index, task in enumerate(tasks):
        later = len(tasks) - index - 1
        mine = max(budget - states - later * (budget // 10), budget // 10)
        packing = task.solved(mine, -1 if best is None else best.profit)
        states += packing.states
        bound = max(bound, packing.bound)
        if best is None or packing.profit > best.profit:
            best = packing
    return None if best is None else replace(best, bound=max(bound, best.profit), states=states)


def _known(ways: Sequence[Way], counts: Sequence[int]) -> Packing | None:
    """These counts as a packing, in the first way that has and holds them all."""
    for way, (items, capacities) in enumerate(ways):
        if all(n <= item.number for item, n in zip(items, counts)) and all(
            sum([item.weights[j] * n for item, n in zip(items, counts) if n]) <= room
            for j, room in enumerate(capacities)
        ):
            profit = sum([item.profit * n for item, n in zip(items, counts)])
            return Packing(tuple(counts), profit, profit, way)
    return None


class _Task:
    """One way, less what every packing holds anyway and the capacities that cannot be filled."""

    def __init__(self, way: int, items: Sequence[Item], capacities: Sequence[int]) -> None:
        self.way = way
        self.most = most = [_most(item, capacities) for item in items]
        columns = [[item.weights[j] for item in items] for j in range(len(capacities))]
        self.limits = [
            (column, room)
            for column, room in zip(columns, capacities)
            if sum([weight * n for weight, n in zip(column, most)]) > room
        ]
        bound = [any(column[i] for column, _ in self.limits) for i in range(len(items))]
        self.counts = [0 if held else n for n, held in zip(most, bound)]
        self.sure = sum([item.profit * n for item, n in zip(items, self.counts)])
        self.core = [i for i, n in enumerate(most) if n and bound[i]]
        self.profits = [items[i].profit for i in self.core]
        self.search: Search | None = None
        self.bound = self.sure

    def price(self) -> None:
        """Find the first bound of what is not sure, and a packing to begin with."""
        if self.core:
            columns = [column for column, _ in self.limits]
            core = [
                Item(profit, self.most[i], tuple([column[i] for column in columns]))
                for i, profit in zip(self.core, self.profits)
            ]
            self.search = Search(core, [room for _, room in self.limits])
            self.bound += self.search.bound

    def solved(self, budget: int, beat: int) -> Packing:
        """The best packing; where none earns more than `beat`, any packing, and a bound that may be `beat`."""
        if self.search is None:
            return Packing(tuple(self.counts), self.sure, self.sure, self.way)
        search = self.search
        search.run(budget, beat - self.sure)
        counts = list(self.counts)
        for i, n in zip(self.core, search.best):
            counts[i] = n
        return Packing(tuple(counts), self.sure + search.profit, self.sure + search.bound, self.way, search.states)


def _undominated(tasks: list[_Task]) -> list[_Task]:
    """The tasks without those whose packings are all packings of another one."""
    kept: list[_Task] = []
    for task in tasks:
        if not any(_covers(other, task) for other in kept):
            kept = [other for other in kept if not _covers(task, other)] + [task]
    return kept


def _covers(one: _Task, other: _Task) -> bool:
    """Whether every packing of `other` is one of `one`, too."""
    if any(n > most for n, most in zip(other.most, one.most)):
        return False
    for column, room in one.limits:
        if sum([weight * n for weight, n in zip(column, other.most)]) > room and not any(
            theirs <= room and all(not n or w <= v for w, v, n in zip(column, tighter, other.most))
            for tighter, theirs in other.limits
        ):
            return False
    return True


def _most(item: Item, capacities: Sequence[int]) -> int:
    """How many units could be kept if nothing else were."""
    if item.profit <= 0:
        return 0
    return min([item.number, *[room // weight for weight, room in zip(item.weights, capacities) if weight]])
