"""A search for the most profitable packing: two halves of the goods, joined in the middle."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from math import gcd
from typing import NamedTuple


class Item(NamedTuple):
    """Up to `number` equal units; each earns `profit` and takes `weights[j]` of capacity `j`."""

    profit: int
    number: int
    weights: tuple[int, ...]

    @property
    def last(self) -> int:
        """What a unit takes of the last capacity."""
        return self.weights[-1]


def _with(sums: int, item: Item, room: int) -> int:
    """The sums of weights that can be reached with `item`, too, up to `room`; bit n stands for the sum n."""
    left, lot = item.number, 1
    while left and item.last:
        lot = min(lot, left)
        sums |= sums << item.last * lot
        left -= lot
        lot *= 2
    return sums & (2 << room) - 1


_State = int
"""A partial packing in one number: the room left of each capacity, below it the profit, below it the loss left.

A guard bit above each amount left marks a debt. The loss is what the packing earns less, at the prices, than the
best choice of each item would; more than the slack of it, and nothing better can come.
"""
_BRIEF = 600
"""A budget up to which one pass has to do: of the thousands of shares that the search for a split asks about."""
_NEAR = 500
"""The part of the profit below which a gap to the bound is worth a count of what can be filled exactly."""
_MOST_BITS = 1 << 19
"""The greatest room of which that is counted."""
_AMPLE = 1_000
"""Ways to choose among small goods, for each sum that they can have: more are not needed to meet a sum."""
_MOST_EQUAL = 60
"""Equal units of a line whose numbers are tried for it one by one."""
_APART = 16
"""Of states with equal losses every so manieth is kept first, so that all amounts of room stay among them."""
_FEW = 1_000
"""Packings of one half up to which goods that take room of several capacities stay together there."""
_MOST_STEPS = 2_000
"""Numbers of one item that are tried; only a line of thousands has more."""


class _Half(NamedTuple):
    """Packings of some of the items: after each item the states that are alive, and what each number of it adds."""

    order: list[int]
    layers: list[list[_State]]
    steps: list[list[tuple[int, int]]]
    complete: bool


class Search:
    """Meet in the middle: all packings of one half of the items are joined with all of the other half.

    A price on each capacity (Lagrange multipliers, in whole numbers) gives the bound that cuts states off: a
    packing earns the ceiling, less its losses, less the price of the room that it leaves empty.
    """

    def __init__(self, items: list[Item], rooms: list[int]) -> None:
        grains = [gcd(*[item.weights[j] for item in items]) for j in range(len(rooms))]
        self.items = [
            Item(item.profit, item.number, tuple([weight // grain for weight, grain in zip(item.weights, grains)]))
            for item in items
        ]
        self.rooms = [room // grain for room, grain in zip(rooms, grains)]
        self.beat = -1
        self.states = 0
        precise = min([item.profit for item in items]).bit_length() - 24  # bits below a worth that break ties
        self.scale = 1 << max(max(self.rooms).bit_length() + 4 - max(precise, 0), 0)
        self.prices = self._prices()
        self._put_dearest_last()
        self._weigh_gains()
        self.best, self.profit = [0] * len(items), 0
        every = range(len(items))
        self._fill(sorted(every, key=lambda i: (-self.gains[i], -items[i].profit, i)))
        if self.slack >= 0:
            self._fill(sorted(every, key=lambda i: (-items[i].profit, i)))

    def _weigh_gains(self) -> None:
        """What a unit of each item earns beyond the price of its room, and the ceiling that follows."""
        self.gains = [
            self.scale * item.profit - sum([p * w for p, w in zip(self.prices, item.weights)]) for item in self.items
        ]
        self.ceiling = sum([price * room for price, room in zip(self.prices, self.rooms)]) + sum(
            [gain * item.number for gain, item in zip(self.gains, self.items) if gain > 0]
        )
        self.bound = self.ceiling // self.scale

    def _put_dearest_last(self) -> None:
        """The capacity whose room is worth most becomes the last: by it the halves are joined."""
        order = sorted(range(len(self.rooms)), key=lambda j: (self.prices[j] * self.rooms[j], j))
        self.prices = [self.prices[j] for j in order]
        self.rooms = [self.rooms[j] for j in order]
        self.items = [item._replace(weights=tuple([item.weights[j] for j in order])) for item in self.items]

    @property
    def slack(self) -> int:
        """The greatest loss with which a packing could still be better than the best so far; below 0: none is."""
        return self.ceiling - (max(self.profit, self.beat) + 1) * self.scale

    def _prices(self) -> list[int]:
        """Prices with a low bound: one at a time is improved, from several starts, as one order may be stuck."""
        rooms = range(len(self.rooms))
        starts = [[*rooms[j:], *rooms[:j]] for j in rooms[:4]]
        if len(starts) == 1:
            return self._improved(starts[0])
        return min([self._improved(order) for order in starts], key=lambda prices: (self._ceiling(prices), prices))

    def _ceiling(self, prices: Sequence[int]) -> int:
        """What no packing can earn more than, scaled: all goods at their gain, and the room at its price."""
        gains = [
            (self.scale * item.profit - sum([p * w for p, w in zip(prices, item.weights)])) * item.number
            for item in self.items
        ]
        return sum([price * room for price, room in zip(prices, self.rooms)]) + sum(
            [gain for gain in gains if gain > 0]
        )

    def _improved(self, order: Sequence[int]) -> list[int]:
        """Set each price in turn to that at which the goods worth it just fill the room."""
        prices = [0] * len(self.rooms)
        for _ in range(4 if len(order) > 1 else 1):
            before = list(prices)
            for j in order:
                ranked = []
                prices[j] = 0
                for item in self.items:
                    weight = item.weights[j]
                    if weight:
                        others = sum([p * w for p, w in zip(prices, item.weights) if p])
                        ranked.append(((self.scale * item.profit - others) // weight, weight * item.number))
                ranked.sort(reverse=True)
                room = self.rooms[j]
                for ratio, weight in ranked:
                    room -= weight
                    if room < 0:
                        prices[j] = max(ratio, 0)
                        break
            if prices == before:
                break
        return prices

    def _fill(self, order: Sequence[int]) -> None:
        """Take items in this order while they fit, and keep the packing if it is the best so far."""
        counts, rooms, profit = [0] * len(self.items), list(self.rooms), 0
        for i in order:
            item = self.items[i]
            n = min([item.number, *[room // w for w, room in zip(item.weights, rooms) if w]])
            if n:
                counts[i] = n
                profit += item.profit * n
                rooms = [room - w * n for w, room in zip(item.weights, rooms)]
        if profit > self.profit:
            self.best, self.profit = counts, profit

    def run(self, budget: int, beat: int) -> None:
        """Search until nothing above `beat` can exist, or the budget is spent; first briefly, to cut off more."""
        self.beat = beat
        thorough = budget > _BRIEF
        complete = self.slack < 0
        if not complete and thorough:
            complete = self._pass(budget // 8) or self._filled_up()
        if not complete:
            complete = self._pass(budget - self.states) or self.slack < 0 or (thorough and self._filled_up())
        if complete:
            self.bound = max(self.profit, self.beat)

    def _filled_up(self) -> bool:
        """Exchange small goods of the best packing so that less of the dearest capacity is empty.

        Says whether nothing better can exist then.
        """
        used = [item.last * n for item, n in zip(self.items, self.best)]
        room, ways, small = self.rooms[-1] - sum(used), 1, []
        if self.slack < 0 or not room or self.bound - self.profit > self.profit // _NEAR:
            return self.slack < 0
        loose = [i for i, item in enumerate(self.items) if not any(item.weights[:-1]) and item.number <= _MOST_EQUAL]
        for i in sorted(loose, key=lambda i: (self.items[i].last, i)):
            if room + used[i] > _MOST_BITS or ways > _AMPLE * room:
                break
            small.append(i)
            room += used[i]
            ways *= self.items[i].number + 1
        reached = [1]
        for i in small:
            reached.append(_with(reached[-1], self.items[i], room))
        target = reached[-1].bit_length() - 1
        counts = list(self.best)
        for i, before in zip(reversed(small), reversed(reached[:-1])):
            weight = self.items[i].last
            most = min(self.items[i].number, target // weight)
            counts[i] = next(n for n in range(most, -1, -1) if before >> (target - weight * n) & 1)
            target -= weight * counts[i]
        profit = sum([item.profit * n for item, n in zip(self.items, counts)])
        if profit > self.profit:
            self.best, self.profit = counts, profit
        return self.slack < 0

    def _pass(self, budget: int) -> bool:
        """One search through both halves; whether it was complete."""
        self._lay_out()
        one, other = [self._half(order, budget // 2) for order in self._halves()]
        joined = self._join(one, other, budget // 2)
        return one.complete and other.complete and joined

    def _lay_out(self) -> None:
        """Where the fields of a state lie."""
        self.most_loss = self.slack
        self.loss_bits = self.most_loss.bit_length() + 1
        profit_bits = sum([item.profit * item.number for item in self.items]).bit_length()
        self.profits = (1 << profit_bits) - 1
        self.base = self.loss_bits + profit_bits
        self.positions, position = [], self.base
        for room in self.rooms:
            self.positions.append(position)
            position += room.bit_length() + 1
        guards = [position + room.bit_length() for position, room in zip(self.positions, self.rooms)]
        self.guard = sum([1 << bit for bit in (self.loss_bits - 1, *guards)])
        self.start = self._folded(self.rooms) | self.guard | self.most_loss

    def _folded(self, amounts: Sequence[int]) -> int:
        return sum([amount << position for amount, position in zip(amounts, self.positions)])

    def _steps(self, i: int) -> list[tuple[int, int]]:
        """Each number of item `i` whose loss alone does not rule it out, with what it adds to a state; best first."""
        item, gain = self.items[i], self.gains[i]
        apart = min(item.number, self.most_loss // abs(gain)) if gain else item.number
        numbers = range(item.number, item.number - apart - 1, -1) if gain > 0 else range(apart + 1)
        one = (item.profit << self.loss_bits) - self._folded(item.weights)
        loss = abs(gain)
        return [(n, one * n - loss * away) for away, n in enumerate(numbers[: _MOST_STEPS + 1])]

    def _halves(self) -> tuple[list[int], list[int]]:
        """The items dealt out so that both halves have about as many packings.

        Goods that take room of several capacities stay together as far as they can: the other half is then
        joined by one capacity alone.
        """
        several = [sum([1 for w in item.weights if w]) > 1 or not item.last for item in self.items]
        order = sorted(range(len(self.items)), key=lambda i: (not several[i], -abs(self.gains[i]), i))
        one: list[int] = []
        other: list[int] = []
        ways, others = 1, 1
        for i in order:
            if ways <= others or (several[i] and ways < _FEW):
                one.append(i)
                ways *= self.items[i].number + 1
            else:
                other.append(i)
                others *= self.items[i].number + 1
        return one, other

    def _half(self, order: list[int], budget: int) -> _Half:
        all_steps = [self._steps(i) for i in order]
        ahead = sum([len(steps) for steps in all_steps])
        layers, complete, repetitive = [[self.start]], True, True
        guard, base, losses = self.guard, self.base, (1 << self.loss_bits) - 1
        for steps in all_steps:
            after = [state for _, step in steps for before in layers[-1] if (state := before + step) & guard == guard]
            ahead -= len(steps)
            budget -= len(after)
            self.states += len(after)
            width = max(budget // ahead, 16) if ahead else len(after)
            if len(after) > 50 and (repetitive or len(after) > width):
                count = len(after)
                after = list({state >> base: state for state in sorted(after)}.values())
                repetitive = len(after) < count * 9 // 10
            if len(after) > width:
                after = [state for first in range(_APART) for state in after[first::_APART]]
                after.sort(key=losses.__and__, reverse=True)
                del after[width:]
                complete = False
            complete = complete and len(steps) <= _MOST_STEPS
            layers.append(after)
        return _Half(order, layers, all_steps, complete)

    def _join(self, one: _Half, other: _Half, budget: int) -> bool:
        """The best pair of states that fit together; whether every pair was tried or ruled out."""
        top, guard, start, low, mask = self.positions[-1], self.guard, self.start, self.loss_bits, self.profits
        partners = sorted(other.layers[-1], reverse=True)
        whole = start >> top
        needs = [whole - (state >> top) for state in partners]
        gains = [state >> low & mask for state in partners]
        highest = list(accumulate(gains, max))
        where = [0] * len(gains)  # the partner that has it
        for i in range(1, len(gains)):
            where[i] = i if gains[i] == highest[i] else where[i - 1]
        empty = 1 << self.rooms[-1].bit_length()
        goal, pair = max(self.profit, self.beat), None
        losses, guarded = (1 << low) - 1, 1 << (low - 1)
        thrifty: list[_State] | None = None
        spent: list[int] = []
        complete = True
        for state in one.layers[-1]:
            last = bisect_right(needs, (state >> top) - empty) - 1
            profit = state >> low & mask
            if last < 0 or profit + highest[last] <= goal:
                continue
            partner = partners[where[last]]
            if (state + partner - start) & guard == guard:
                goal, pair = profit + highest[last], (state, partner)
                continue
            first = bisect_right(highest, goal - profit)
            if thrifty is None:
                thrifty = sorted(partners, key=losses.__and__, reverse=True)
                spent = [self.most_loss - (partner & losses) + guarded for partner in thrifty]
            cheap = bisect_right(spent, (state & losses) - guarded)
            tried = partners[first : last + 1] if last + 1 - first <= cheap else thrifty[:cheap]
            budget -= len(tried) // 2
            if budget < 0:
                complete = False
                continue
            rest = state - start
            for partner in [partner for partner in tried if (partner + rest) & guard == guard]:
                if profit + (partner >> low & mask) > goal:
                    goal, pair = profit + (partner >> low & mask), (state, partner)
        if pair is not None:
            self.best, self.profit = [0] * len(self.items), goal
            self._trace(one, pair[0])
            self._trace(other, pair[1])
        return complete

    def _trace(self, half: _Half, state: _State) -> None:
        """Write down the choices that led to `state`."""
        for i, steps, before in zip(reversed(half.order), reversed(half.steps), reversed(half.layers[:-1])):
            n, state = next((n, state - step) for n, step in steps if state - step in before)
            self.best[i] = n
