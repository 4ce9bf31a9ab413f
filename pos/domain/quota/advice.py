"""What to leave behind: the basket units without which the verdict is `ok` or `note`, and whose value is least."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from pos.domain.quota.assess import Assessment
from pos.domain.quota.duty import ranked
from pos.domain.quota.knapsack import BUDGET, pack_one_of
from pos.domain.quota.limits import Limits
from pos.domain.quota.meet_in_the_middle import Item
from pos.domain.quota.rule import Verdict


@dataclass(frozen=True, slots=True)
class Advice:
    """Units to leave, as (basket line, units). `proved`: no cheaper set helps; of equally cheap ones it may be any."""

    units: tuple[tuple[int, int], ...]
    proved: bool = True


def advise(
    assessment: Assessment,
    limits: Limits,
    budget: int = BUDGET,
    known: Advice | None = None,
) -> Advice | None:
    """The cheapest set to leave; ties: fewest units, then the last scanned.

    None where nothing needs to be left, and where pending goods or those of other shops alone are too many, so that
    nothing helps.
    `limits` are those of the assessed position and basket; `known` is an advice that was found before.
    """
    if assessment.verdict <= Verdict.NOTE:
        return None
    mine = range(limits.movable)
    pending = [(limits.movable + i, n) for i, n in enumerate(limits.pending)]
    if limits.standing > Verdict.NOTE or any(limits.flags[kind] > Verdict.NOTE for kind, _ in pending):
        return None
    everything = [*((kind, limits.kinds[kind].number) for kind in mine), *pending]
    worths = [Fraction(limits.kinds[kind].unit.value) for kind in mine]
    scale = lcm(*(worth.denominator for worth in worths))
    profits, one = ranked(
        [int(worth * scale) for worth in worths],
        [(limits.kinds[kind].number, index) for index, kind in enumerate(mine)],
    )
    rooms = [(check.adds, room) for check in limits.checks if (room := check.room(Verdict.UNKNOWN)) is not None]
    ways = []
    for banned, bounds in limits.options(Verdict.UNKNOWN, everything):
        if any(kind in banned for kind, _ in pending):
            continue
        limited = [(adds, room - sum(adds.get(kind, 0) * n for kind, n in pending)) for adds, room in (*rooms, *bounds)]
        if any(room < 0 for _, room in limited):
            continue
        items = [
            Item(
                profits[kind],
                0 if limits.flags[kind] > Verdict.NOTE or kind in banned else limits.kinds[kind].number,
                tuple([adds.get(kind, 0) for adds, _ in limited]),
            )
            for kind in mine
        ]
        ways.append((items, [room for _, room in limited]))
    start = None
    if known is not None:
        leave = dict(known.units)
        start = [limits.kinds[kind].number - leave.get(limits.kinds[kind].unit.origin.line, 0) for kind in mine]
    best = pack_one_of(ways, budget, start)
    if best is None:
        return None
    left = [(limits.kinds[kind], limits.kinds[kind].number - best.counts[kind]) for kind in mine]
    return Advice(tuple((kind.unit.origin.line, n) for kind, n in left if n), best.profit // one >= best.bound // one)
