"""What no split of a basket can be under: all members of a party as one visitor with their allowances together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from pos.domain.quota.knapsack import BUDGET, pack
from pos.domain.quota.limits import Check, Limits
from pos.domain.quota.meet_in_the_middle import Item
from pos.domain.quota.rule import PartAbove, Tiers, Verdict, WholeUnit

_BRIEF = BUDGET // 4
"""The states of the search for a bound."""


@dataclass(frozen=True, slots=True)
class Pooled:
    """One rule that measures the goods alike for every member whom it meets.

    `checks` has a place for each member: None for one to whom any unit of these goods gives a verdict of `barred` or
    worse. `sold_elsewhere` is how much of what lies above the members' first steps other shops have sold.
    """

    rule: str
    checks: tuple[Check | None, ...]
    barred: Verdict
    adds: dict[int, Fraction]
    pending: Fraction
    sold_elsewhere: Fraction = Fraction(0)

    def room(self, lowest: Verdict) -> Fraction | None:
        """What all members together may carry before a verdict of `lowest` or worse; None: without limit."""
        together = Fraction(0)
        for check in self.checks:
            if check is None:
                if lowest > self.barred:
                    return None
                continue
            room = check.room(lowest)
            if room is None:
                return None
            together += Fraction(room, check.scale)
        return together

    def free_of_duty(self) -> list[Fraction]:
        """What each member may carry before the first step."""
        return [Fraction(0) if check is None else Fraction(check.free, check.scale) for check in self.checks]

    def total(self, numbers: Sequence[int]) -> Fraction:
        """What all goods, pending ones among them, add up to."""
        return self.pending + sum((amount * numbers[kind] for kind, amount in self.adds.items()), Fraction(0))


def pooled(party: Sequence[Limits]) -> list[Pooled]:
    """The rules that can be pooled over `party`, one Limits for each member."""
    pools = []
    for rule in dict.fromkeys(check.rule for limits in different(party) for check in limits.checks):
        pool = _pool(rule, party)
        if pool is not None:
            pools.append(pool)
    return pools


def _pool(rule: str, party: Sequence[Limits]) -> Pooled | None:
    checks: list[Check | None] = []
    for limits in party:
        named = [check for check in limits.checks if check.rule == rule]
        if len(named) > 1:
            return None
        checks += named or [None]
    first, *_ = party
    kinds = range(first.movable)
    adds, *others = [_adds(one, kinds) for one in {id(one): one for one in checks if one is not None}.values()]
    if any(other != adds for other in others):
        return None
    barred = Verdict.REFUSE
    pending = Fraction(0)
    for check, limits in zip(checks, party):
        if check is None:
            barred = min([barred, *[limits.flags[kind] for kind in adds]])
        else:
            for i, n in enumerate(limits.pending):
                pending += Fraction(check.adds.get(limits.movable + i, 0) * n, check.scale)
    sold_elsewhere = sum(
        (Fraction(check.sold_elsewhere, check.scale) for check in checks if check is not None), Fraction(0)
    )
    return Pooled(rule, tuple(checks), barred, adds, pending, sold_elsewhere) if barred >= Verdict.DUTY else None


def _adds(check: Check, kinds: Iterable[int]) -> dict[int, Fraction]:
    return {kind: Fraction(check.adds[kind], check.scale) for kind in kinds if kind in check.adds}


def different(party: Sequence[Limits]) -> list[Limits]:
    """One Limits of each object: members who stand alike share theirs."""
    return list({id(limits): limits for limits in party}.values())


def verdict_floor(party: Sequence[Limits], pools: Sequence[Pooled]) -> Verdict:
    """The best worst verdict that can be hoped for."""
    floor = Verdict.OK
    first, *_ = party
    alone = [(limits, _pending(limits)) for limits in different(party)]
    for limits, mine in alone:
        floor = max(floor, limits.verdict(mine, limits.sums(mine)))
    for kind, number in enumerate(first.numbers):
        if number:
            with_one = ((limits, [(kind, 1), *mine]) for limits, mine in alone)
            floor = max(floor, min(limits.verdict(goods, limits.sums(goods)) for limits, goods in with_one))
    for pool in pools:
        total = pool.total(first.numbers)
        for verdict in (Verdict.REFUSE, Verdict.REVIEW, Verdict.DUTY, Verdict.NOTE):
            room = pool.room(verdict)
            if room is not None and total > room:
                floor = max(floor, verdict)
                break
    return floor


def _pending(limits: Limits) -> list[tuple[int, int]]:
    return [(limits.movable + i, n) for i, n in enumerate(limits.pending)]


def duty_floor(party: Sequence[Limits], pools: Sequence[Pooled]) -> Fraction:
    """A duty that no split is under."""
    first, *_ = party
    charge = first.position.charge
    if isinstance(charge, PartAbove):
        return _part_floor(party, pools)
    return _whole_floor(party, pools) if isinstance(charge, WholeUnit) else Fraction(0)


def _part_floor(party: Sequence[Limits], pools: Sequence[Pooled]) -> Fraction:
    first, *_ = party
    above = defaultdict[str, Fraction](Fraction)
    for pool in pools:
        if None in pool.checks and pool.barred <= Verdict.DUTY:
            continue
        rooms = pool.free_of_duty()
        together = pool.total(first.numbers) - sum(rooms, Fraction(0))
        most = max(rooms)  # a unit above this is above it for every carrier, and no less beside other goods
        alone = sum(
            (max(amount - most, Fraction(0)) * first.numbers[kind] for kind, amount in pool.adds.items()), Fraction(0)
        )
        above[pool.rule] = max(together, alone, Fraction(0)) + pool.sold_elsewhere
    floor = Fraction(0)
    for name, members in first.groups.items():
        if all(name in limits.groups for limits in party):
            rules = [(first.checks[j], factor) for j, factor in members]
            floor += max(above[check.rule] * factor * check.scale for check, factor in rules)
    for j, form in first.tiers:
        if _rising(form):
            floor += above[first.checks[j].rule] * form.tiers[1].specific
    duty_elsewhere = sum((limits.duty_elsewhere() for limits in party if limits.position.fixed), Fraction(0))
    return max(floor - duty_elsewhere, Fraction(0))


def _rising(form: Tiers) -> bool:
    """Whether each tier costs at least as much as the one before, so that sharing evenly costs least."""
    steps = [tier.specific for tier in form.tiers]
    return len(steps) > 1 and steps == sorted(steps)


def _whole_floor(party: Sequence[Limits], pools: Sequence[Pooled]) -> Fraction:
    first, *_ = party
    rooms = [(pool, room) for pool in pools if (room := pool.room(Verdict.DUTY)) is not None]
    goods: list[tuple[Fraction, int, list[Fraction] | None]] = []
    for kind, number in enumerate(first.numbers):
        fits = any(_exempt_alone(limits, kind) for limits in different(party))
        weights = [pool.adds.get(kind, Fraction(0)) for pool, _ in rooms]
        goods.append((first.duty_of_unit(kind), number, weights if fits else None))
    for index, limits in enumerate(party):
        for kind, n in _pending(limits):
            checks = [pool.checks[index] for pool, _ in rooms]
            weights = [
                Fraction(0) if check is None else Fraction(check.adds.get(kind, 0), check.scale) for check in checks
            ]
            goods.append((limits.duty_of_unit(kind), n, weights if _exempt_alone(limits, kind) else None))
    if not goods:
        return Fraction(0)
    total = sum((duty * n for duty, n, _ in goods), Fraction(0))
    free = [(duty, n, weights) for duty, n, weights in goods if weights is not None]
    scale = lcm(*(duty.denominator for duty, _, _ in goods))
    scales = [
        lcm(room.denominator, *(weights[j].denominator for _, _, weights in free)) for j, (_, room) in enumerate(rooms)
    ]
    items = [
        Item(int(duty * scale), n, tuple([int(weight * by) for weight, by in zip(weights, scales)]))
        for duty, n, weights in free
    ]
    packing = pack(items, [max(int(room * by), 0) for (_, room), by in zip(rooms, scales)], _BRIEF)
    return total - Fraction(packing.bound, scale)


def _exempt_alone(limits: Limits, kind: int) -> bool:
    """Whether this visitor could carry one unit of `kind` exempt without any other goods."""
    if limits.taxed[kind]:
        return False
    rooms = ((check.room(Verdict.DUTY), check.adds.get(kind, 0)) for check in limits.checks)
    return all(room is None or amount <= room for room, amount in rooms)


def most_kept(party: Sequence[Limits], pools: Sequence[Pooled], profits: Sequence[int]) -> int:
    """More than this the goods that all members together carry at `ok` or `note` cannot be worth."""
    first, *_ = party
    rooms = [(pool, room - pool.pending) for pool in pools if (room := pool.room(Verdict.UNKNOWN)) is not None]
    scales = [lcm(room.denominator, *(amount.denominator for amount in pool.adds.values())) for pool, room in rooms]
    items = []
    for kind, number in enumerate(first.numbers):
        barred = all(limits.flags[kind] > Verdict.NOTE for limits in different(party))
        weights = tuple([int(pool.adds.get(kind, Fraction(0)) * by) for (pool, _), by in zip(rooms, scales)])
        items.append(Item(profits[kind], 0 if barred else number, weights))
    return pack(items, [max(int(room * by), 0) for (_, room), by in zip(rooms, scales)], _BRIEF).bound
