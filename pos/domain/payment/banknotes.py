"""Which of the notes and coins at hand make an amount."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate
from math import gcd

Notes = Mapping[int, int]
"""How many pieces of each value, in minor units."""

Drawer = Mapping[str, Notes]
"""The notes of a drawer by currency code; a currency that is not there is unknown."""

_LONGEST_SEARCH = 20_000
"""Steps after which the best found so far is taken: a proposal never keeps a queue waiting."""


def added(*each: Notes) -> dict[int, int]:
    """The pieces of all of them together."""
    sums: dict[int, int] = {}
    for notes in each:
        for value, count in notes.items():
            sums[value] = sums.get(value, 0) + count
    return sums


def worth(notes: Notes) -> int:
    """What they come to, in minor units."""
    return sum(value * count for value, count in notes.items())


def best_notes(amount: int, at_hand: Notes) -> dict[int, int]:
    """The pieces of `at_hand` that come nearest to `wanted` minor units from below, the largest first.

    Exactly `wanted` wherever the pieces make it.
    """
    held = [(value, count) for value, count in sorted(at_hand.items(), reverse=True) if count > 0 and value > 0]
    return _Search(held, amount).best


def other_ways(notes: Notes, at_hand: Notes) -> Iterator[dict[int, int]]:
    """Other pieces of `at_hand` that come to what `notes` come to: without the smallest first, each way once.

    A cashier without fives, or who wants to keep them, is offered the same amount without them.
    """
    amount = worth(notes)
    ways = [{value: count for value, count in notes.items() if count}]
    for way in ways:  # grows while it is walked
        for spared in sorted(way):
            other = best_notes(amount, {value: count for value, count in at_hand.items() if value != spared})
            if worth(other) == amount and other not in ways:
                ways.append(other)
                yield other


class _Search:
    """Largest pieces first, each as often as it goes in and then less often, until nothing better can be left."""

    def __init__(self, held: list[tuple[int, int]], amount: int) -> None:
        self._held = held
        self._below = _sums(value * count for value, count in held)
        self._measure = [*accumulate((value for value, _ in reversed(held)), gcd, initial=0)][::-1]
        self._seen: set[tuple[int, int]] = set()
        self._steps = 0
        self._left = amount
        self.best: dict[int, int] = {}
        self._look(0, amount, ())

    def _look(self, index: int, left: int, taken: tuple[int, ...]) -> None:
        if left < self._left:
            self._left = left
            self.best = {self._held[i][0]: count for i, count in enumerate(taken) if count}
        self._steps += 1
        if index == len(self._held) or self._steps > _LONGEST_SEARCH or (index, left) in self._seen:
            return
        self._seen.add((index, left))
        if max(left - self._below[index], left % self._measure[index]) >= self._left:
            return  # even with every piece that is left nothing nearer can be made
        value, count = self._held[index]
        for pieces in range(min(count, left // value), -1, -1):
            rest = left - pieces * value
            if rest - self._below[index + 1] >= self._left or self._steps > _LONGEST_SEARCH:
                return  # fewer of them leave only more
            self._look(index + 1, rest, (*taken, pieces))
            if self._left == 0:
                return


def _sums(values: Iterable[int]) -> list[int]:
    """At each place what the values from there on come to."""
    return [*accumulate(reversed([*values]), initial=0)][::-1]
