"""What each of several visitors may take below a verdict, as allowances that are filled from one heap of goods."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from math import lcm

from pos.domain.quota.filling import Allowance, AllowanceHoldings, FillingWay
from pos.domain.quota.limits import Limits
from pos.domain.quota.rule import Verdict


class Heap:
    """The goods at hand and what the visitors of `party` may take of them before a verdict of `lowest` or worse.

    A visitor's pending goods take room first. With `pending_too` they stand beside the goods at hand instead, for their
    owner alone: kinds from `first_pending[index]` on.
    """

    def __init__(self, party: Sequence[Limits], lowest: Verdict, pending_too: bool = False) -> None:
        self.party = party
        self.lowest = lowest
        first, *_ = party
        self.movable = first.movable
        self.numbers = [*first.numbers]
        self.first_pending: list[int] = []
        for limits in party:
            self.first_pending.append(len(self.numbers))
            self.numbers += limits.pending if pending_too else ()
        self._pending_too = pending_too
        self._scales: dict[str, int] = {}
        for limits in {id(limits): limits for limits in party}.values():
            for check in limits.checks:
                if check.room(lowest) is not None:
                    self._scales[check.rule] = lcm(self._scales.get(check.rule, 1), check.scale)
        known: dict[tuple[int, int], Allowance] = {}
        self.allowances: list[Allowance] = []
        for index, limits in enumerate(party):
            same = (id(limits), index if pending_too and limits.pending else -1)
            if same not in known:
                known[same] = self._allowance(index, limits)
            self.allowances.append(known[same])

    @property
    def is_fillable(self) -> bool:
        """Whether the pending goods leave every visitor a way."""
        return all(allowance.ways for allowance in self.allowances)

    def _allowance(self, index: int, limits: Limits) -> Allowance:
        sums, rooms = self._sums(limits)
        pending = [(limits.movable + i, n) for i, n in enumerate(limits.pending)]
        everything = [*((kind, limits.kinds[kind].number) for kind in range(limits.movable)), *pending]
        fixed = [] if self._pending_too else pending
        if limits.standing >= self.lowest or any(limits.flags[kind] >= self.lowest for kind, _ in fixed):
            return Allowance((), len(self._scales), ())
        ways = []
        for banned, bounds in limits.options(self.lowest, everything):
            if any(kind in banned for kind, _ in fixed):
                continue
            columns = [*sums, *(adds for adds, _ in bounds)]
            left = [
                room - sum([adds.get(kind, 0) * n for kind, n in fixed])
                for adds, room in zip(columns, [*rooms, *(room for _, room in bounds)])
            ]
            if any(room < 0 for room in left):
                continue
            takes = {
                self._name(index, limits, kind): tuple([adds.get(kind, 0) for adds in columns])
                for kind in range(len(limits.kinds) if self._pending_too else limits.movable)
                if kind not in banned and limits.flags[kind] < self.lowest
            }
            ways.append(FillingWay(takes, tuple(left)))
        return Allowance(tuple(ways), len(sums), tuple(_plain(ways, j) for j in range(len(sums))))

    def _name(self, index: int, limits: Limits, kind: int) -> int:
        return kind if kind < limits.movable else self.first_pending[index] + kind - limits.movable

    def _sums(self, limits: Limits) -> tuple[list[dict[int, int]], list[int]]:
        """What a unit of each kind adds to every sum that the party knows, and the rooms, all in the party's scales."""
        sums: list[dict[int, int]] = []
        rooms: list[int] = []
        known = {check.rule: (check, room) for check in limits.checks if (room := check.room(self.lowest)) is not None}
        for rule, scale in self._scales.items():
            if rule not in known:
                sums.append({})
                rooms.append(0)
                continue
            check, room = known[rule]
            by = scale // check.scale
            sums.append({kind: amount * by for kind, amount in check.adds.items()})
            rooms.append(room * by)
        return sums, rooms

    def held_at_hand(self, held: AllowanceHoldings) -> list[dict[int, int]]:
        """The shares of the goods at hand."""
        return [{kind: n for kind, n in sorted(share.items()) if kind < self.movable} for share in held.shares]

    def held_in_all(self, held: AllowanceHoldings) -> list[dict[int, int]]:
        """The shares with the pending goods among them, by each visitor's own kinds."""
        mine = []
        for index, share in enumerate(held.shares):
            first = self.first_pending[index]
            own = {kind if kind < self.movable else kind - first + self.movable: n for kind, n in share.items()}
            mine.append(dict(sorted(own.items())))
        return mine


def _plain(ways: Sequence[FillingWay], total: int) -> frozenset[int]:
    """The kinds that take room of this sum alone in every way."""
    kinds = [
        {kind for kind, weights in way.takes.items() if [j for j, weight in enumerate(weights) if weight] == [total]}
        for way in ways
    ]
    return frozenset(set.intersection(*kinds)) if kinds else frozenset()


def profits_of(heap: Heap, worth: Mapping[int, Fraction]) -> tuple[list[int], int]:
    """Profits in whole numbers: first what a unit is worth, then one unit more; and what a worth of 1 comes to."""
    scale = lcm(*(amount.denominator for amount in worth.values()))
    more = sum(heap.numbers) + 1
    return [int(worth[kind] * scale) * more + 1 for kind in range(len(heap.numbers))], scale * more
