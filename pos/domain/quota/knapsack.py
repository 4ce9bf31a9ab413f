"""Which units to keep under several limits at once: an exact search in whole numbers, within a budget of states."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

BUDGET = 10_000


class Item(NamedTuple):
    """Up to `number` equal units; each earns `profit` and takes `weights[j]` of capacity `j`."""

    profit: int
    number: int
    weights: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Packing:
    """How many of each item are kept. No packing earns more than `bound`; `proved`: nor more than `profit`."""

    counts: tuple[int, ...]
    profit: int
    bound: int
    states: int = 0

    @property
    def proved(self) -> bool:
        """Whether the search has shown that nothing better exists."""
        return self.profit == self.bound


def pack(items: Sequence[Item], capacities: Sequence[int], budget: int = BUDGET, beat: int = -1) -> Packing:
    """The most profitable packing; where none can earn more than `beat`, any packing.

    The same input gives the same answer: a budget of states ends the search, never a clock.
    """
    most = [_most(item, capacities) for item in items]
    binding = [
        j for j, room in enumerate(capacities) if sum(item.weights[j] * n for item, n in zip(items, most)) > room
    ]
    free = [not any(item.weights[j] for j in binding) for item in items]
    counts = [n if loose else 0 for n, loose in zip(most, free)]
    sure = sum(item.profit * n for item, n in zip(items, counts))
    core = [i for i, n in enumerate(most) if n and not free[i]]
    if not core:
        return Packing(tuple(counts), sure, sure)
    search = _Search(
        [Item(items[i].profit, most[i], tuple(items[i].weights[j] for j in binding)) for i in core],
        [capacities[j] for j in binding],
    )
    if sure + search.bound > beat:
        search.run(budget)
    for i, n in zip(core, search.best):
        counts[i] = n
    return Packing(tuple(counts), sure + search.profit, sure + search.bound, search.states)


def _most(item: Item, capacities: Sequence[int]) -> int:
    """How many units could be kept if nothing else were."""
    if item.profit <= 0:
        return 0
    return min([item.number, *(room // weight for weight, room in zip(item.weights, capacities) if weight)])


_Link = tuple["_Link | None", int, int]
_State = tuple[int, int, _Link | None]
"""Score (profit less the price of the room taken), profit, and the choices that led here."""
_Layer = dict[int, _State]
"""States by the room that is left."""


class _Search:
    """Layer by layer over the items; partial packings that take the same room are one state.

    A price on each capacity (Lagrange multipliers, in whole numbers) gives the bound that cuts states off, and
    the order: items that the prices decide come first, so that few states are alive.
    """

    def __init__(self, items: list[Item], rooms: list[int]) -> None:
        self.items = items
        self.rooms = rooms
        self.states = 0
        self.scale = 1 << (max(rooms).bit_length() + 4)
        self.widths = [room.bit_length() for room in rooms]
        self.places = [sum(self.widths[:j]) + j for j in range(len(rooms))]
        self.guard = sum(1 << (place + width) for place, width in zip(self.places, self.widths))
        self.prices = self._prices()
        self.gains = [
            self.scale * item.profit - sum(p * w for p, w in zip(self.prices, item.weights)) for item in items
        ]
        self.worth_of_room = sum(price * room for price, room in zip(self.prices, rooms))
        ceiling = self.worth_of_room + sum(max(gain, 0) * item.number for gain, item in zip(self.gains, items))
        self.bound = ceiling // self.scale
        grain = max(1, self.scale * max(item.profit for item in items) // 1000)
        self.order = sorted(range(len(items)), key=lambda i: (-(abs(self.gains[i]) // grain), -items[i].profit, i))
        self.by_gain = sorted(range(len(items)), key=lambda i: (-self.gains[i], -items[i].profit, i))
        self.best = [0] * len(items)
        self.profit = -1
        self._offer([0] * len(items), list(rooms), set())
        self._offer_by(sorted(range(len(items)), key=lambda i: (-items[i].profit, i)))

    def _prices(self) -> list[int]:
        """Prices with a low bound: one at a time is improved, from several starts, as one order may be stuck."""
        rooms = range(len(self.rooms))
        starts = [[*rooms[j:], *rooms[:j]] for j in rooms[:4]]
        return min((self._improved(order) for order in starts), key=lambda prices: (self._ceiling(prices), prices))

    def _ceiling(self, prices: Sequence[int]) -> int:
        """What no packing can earn more than, scaled: all goods at their gain, and the room at its price."""
        gains = (
            (self.scale * item.profit - sum(p * w for p, w in zip(prices, item.weights))) * item.number
            for item in self.items
        )
        return sum(price * room for price, room in zip(prices, self.rooms)) + sum(gain for gain in gains if gain > 0)

    def _improved(self, order: Sequence[int]) -> list[int]:
        """Set each price in turn to that at which the goods worth it just fill the room."""
        prices = [0] * len(self.rooms)
        for _ in range(4 if len(order) > 1 else 1):
            before = list(prices)
            for j in order:
                ranked = []
                for item in self.items:
                    weight = item.weights[j]
                    if weight:
                        others = sum(p * w for k, (p, w) in enumerate(zip(prices, item.weights)) if k != j)
                        ranked.append(((self.scale * item.profit - others) // weight, weight * item.number))
                ranked.sort(reverse=True)
                prices[j], room = 0, self.rooms[j]
                for ratio, weight in ranked:
                    room -= weight
                    if room < 0:
                        prices[j] = max(ratio, 0)
                        break
            if prices == before:
                break
        return prices

    def _offer(self, counts: list[int], rooms: list[int], decided: set[int]) -> None:
        """Fill `counts` greedily with undecided items and keep the result if it is the best so far."""
        self._fill(counts, rooms, [i for i in self.by_gain if i not in decided])

    def _offer_by(self, order: list[int]) -> None:
        self._fill([0] * len(self.items), list(self.rooms), order)

    def _fill(self, counts: list[int], rooms: list[int], order: Sequence[int]) -> None:
        for i in order:
            item = self.items[i]
            n = min([item.number, *(room // w for w, room in zip(item.weights, rooms) if w)])
            if n > 0:
                counts[i] += n
                rooms[:] = [room - w * n for w, room in zip(item.weights, rooms)]
        profit = sum(item.profit * n for item, n in zip(self.items, counts))
        if profit > self.profit:
            self.best, self.profit = counts, profit

    def run(self, budget: int) -> None:
        """Search until nothing better can exist, or the budget of states is spent."""
        if self.profit >= self.bound:
            return
        width = max(budget // len(self.items), 64)
        ahead = self.worth_of_room + sum(max(gain, 0) * item.number for gain, item in zip(self.gains, self.items))
        to_come = sum(item.profit * item.number for item in self.items)
        layer: _Layer = {self.folded(self.rooms) | self.guard: (0, 0, None)}
        complete = True
        decided: set[int] = set()
        for i in self.order:
            ahead -= max(self.gains[i], 0) * self.items[i].number
            to_come -= self.items[i].profit * self.items[i].number
            layer = self._layer(layer, i, ahead, to_come)
            self.states += len(layer)
            decided.add(i)
            if not layer:
                break
            if len(layer) > width:
                kept = sorted(layer.items(), key=lambda state: (-state[1][0], state[0]))[:width]
                layer, complete = dict(kept), False
            by = 1 if len(decided) == len(self.items) else 0
            rooms, (_, _, link) = max(layer.items(), key=lambda state: (state[1][by], state[0]))
            self._offer(self._counts(link), self.unfolded(rooms), decided)
        if complete:
            self.bound = self.profit

    def _layer(self, layer: _Layer, i: int, ahead: int, to_come: int) -> _Layer:
        """Every useful number of item `i` in every state: what cannot beat the best so far is cut off."""
        worth, most, gain = self.items[i].profit, self.items[i].number, self.gains[i]
        weight, guard = self.folded(self.items[i].weights), self.guard
        least = (self.profit + 1) * self.scale - ahead
        least_profit = self.profit + 1 - to_come
        after: _Layer = {}
        for rooms, (score, profit, link) in layer.items():
            fewest, limit, short = 0, most, least - score
            if profit < least_profit:
                fewest = -((profit - least_profit) // worth)
            if gain > 0:
                fewest = max(fewest, -(-short // gain))
            elif short > 0:
                continue
            elif gain:
                limit = min(most, short // gain)
            if fewest > limit:
                continue
            n, left = fewest, rooms - weight * fewest
            while left & guard == guard:
                known = after.get(left)
                if known is None or score + gain * n > known[0]:
                    after[left] = (score + gain * n, profit + worth * n, (link, i, n) if n else link)
                n += 1
                if n > limit:
                    break
                left -= weight
        return after

    def folded(self, amounts: Sequence[int]) -> int:
        """One number for an amount of each capacity, side by side in bits; one guard bit above each tells a debt."""
        return sum(amount << place for amount, place in zip(amounts, self.places))

    def unfolded(self, rooms: int) -> list[int]:
        """The amounts again, without the guards."""
        return [(rooms >> place) & ((1 << width) - 1) for place, width in zip(self.places, self.widths)]

    def _counts(self, link: _Link | None) -> list[int]:
        counts = [0] * len(self.items)
        while link is not None:
            link, i, n = link
            counts[i] = n
        return counts
