"""Several visitors who shop together: the best split of a basket, or the verdict on a split made by hand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, lcm
from typing import TypeVar

from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.domain.quota.advice import Advice
from pos.domain.quota.bearer import Bearer, Carrier, Counter, Packer, stand_alike
from pos.domain.quota.duty import ranked
from pos.domain.quota.judge import Judgement, judge_lots
from pos.domain.quota.knapsack import BUDGET
from pos.domain.quota.limits import Kind, Limits, kinds_of
from pos.domain.quota.measure import Goods, Lot, Origin
from pos.domain.quota.pooling import different, duty_floor, most_kept, pooled, verdict_floor
from pos.domain.quota.rule import Verdict
from pos.domain.quota.sharing import Sharing, Total, share
from pos.domain.quota.standing import Standing

PARTY_BUDGET = 2_400
"""Costed shares after which the search for a split ends."""


@dataclass(frozen=True, slots=True)
class Member:
    """One visitor of a party, by the name that the split uses."""

    id: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class PartyJudgement:
    """The verdict on a party. `split[id]` are (basket line, units); every member has an entry, maybe empty.

    `duty` is the sum over the members, rounded once; None unless the verdict is `duty`. `advice` counts basket
    lines. `proved`: no other split has a better verdict, or less duty.
    """

    verdict: Verdict
    duty: Money | None
    split: Mapping[str, tuple[tuple[int, int], ...]]
    members: tuple[tuple[str, Judgement], ...]
    advice: Advice | None
    proved: bool


@dataclass(eq=False)
class UnitsAstray(BadInput):
    """A split by hand that loses or doubles units, or names nobody of the party; `line` is the basket's."""

    line: int
    quantity: int
    carried: int


def judge_party(members: Sequence[Member], basket: Sequence[Goods], budget: int = PARTY_BUDGET) -> PartyJudgement:
    """Split `basket` so that first the worst verdict and then the duty is least. All members leave one way.

    Raises NoQuotaRate for a price in a currency without a rate.
    """
    lots = _weighed(members, basket)
    if len(members) == 1:
        everything = tuple((lot.origin.line, lot.quantity) for lot in lots if lot.quantity)
        return _judged(members, lots, {members[0].id: everything}, True, budget)
    kinds, lines = _merged(lots)
    carriers = _bearers(members, kinds, Bearer)
    party = [carrier.limits for carrier in carriers]
    pools = pooled(party)
    verdict, duty = verdict_floor(party, pools), duty_floor(party, pools)
    if duty:
        verdict = max(verdict, Verdict.DUTY)
    scale = lcm(*(carrier.scale for carrier in carriers))
    for carrier in carriers:
        carrier.scale = scale
    floor = Total(verdict, ceil(duty * scale) if verdict <= Verdict.DUTY else 0, 0, 0)
    sharing = share(carriers, [kind.number for kind in kinds], _sizes(party), floor, budget)
    return _judged(members, lots, _by_line(members, sharing, lines), sharing.proved, budget)


def judge_split(
    members: Sequence[Member],
    basket: Sequence[Goods],
    split: Mapping[str, Sequence[tuple[int, int]]],
    budget: int = PARTY_BUDGET,
) -> PartyJudgement:
    """The verdict on a split made by hand: by member the (basket line, units) he carries.

    Raises UnitsAstray unless every unit is carried exactly once, NoQuotaRate as `judge_party`.
    """
    lots = _weighed(members, basket)
    carried = [0] * len(lots)
    names = {member.id for member in members}
    for name, parts in split.items():
        for line, units in parts:
            if name not in names or not 0 <= line < len(lots) or units < 0:
                raise UnitsAstray(line, 0, units)
            carried[line] += units
    for line, (lot, units) in enumerate(zip(lots, carried)):
        if units != lot.quantity:
            raise UnitsAstray(line, lot.quantity, units)
    by_member = {member.id: tuple(split.get(member.id, ())) for member in members}
    return _judged(members, lots, by_member, False, budget)


def _weighed(members: Sequence[Member], basket: Sequence[Goods]) -> list[Lot]:
    scales = members[0].standing.scales
    return [scales.lot(Origin(line), goods) for line, goods in enumerate(basket)]


def _merged(lots: Sequence[Lot]) -> tuple[list[Kind], list[list[tuple[int, int]]]]:
    """Equal units of all lines as one kind, and for each kind its (line, units) in the order of scanning."""
    merged: dict[tuple[object, ...], tuple[Kind, list[tuple[int, int]]]] = {}
    for kind in kinds_of(lots):
        unit = kind.unit
        key = (unit.category, unit.value, unit.attributes)
        first, lines = merged.get(key, (kind._replace(number=0), []))
        lines.append((unit.origin.line, kind.number))
        merged[key] = (first._replace(number=first.number + kind.number), lines)
    return [kind for kind, _ in merged.values()], [lines for _, lines in merged.values()]


_AnyBearer = TypeVar("_AnyBearer", bound=Bearer)


def _bearers(members: Sequence[Member], kinds: Sequence[Kind], sort: type[_AnyBearer]) -> list[_AnyBearer]:
    """One bearer for each member; members who stand alike share theirs."""
    bearers: list[_AnyBearer] = []
    for member in members:
        alike = (bearer for bearer in bearers if stand_alike(bearer.limits.standing, member.standing))
        bearers.append(next(alike, None) or sort(member.standing, kinds))
    return bearers


def _sizes(party: Sequence[Limits]) -> list[Fraction]:
    """How much of an allowance one unit takes at most: the great ones are shared out first."""
    sizes = []
    for kind in range(party[0].movable):
        shares = [
            max((Fraction(amount, room) for amount, room in _rooms(limits, kind) if room), default=Fraction(0))
            for limits in different(party)
        ]
        sizes.append(min(shares))
    return sizes


def _rooms(limits: Limits, kind: int) -> list[tuple[int, int]]:
    return [(amount, limits.checks[j].steps[0][0]) for j, amount in limits.adds[kind]]


def _by_line(
    members: Sequence[Member], sharing: Sharing, lines: Sequence[Sequence[tuple[int, int]]]
) -> dict[str, tuple[tuple[int, int], ...]]:
    """The shares in basket lines: of equal units the first scanned go to the first member."""
    left = [[list(part) for part in parts] for parts in lines]
    split = {}
    for member, share_of_kinds in zip(members, sharing.shares):
        mine: dict[int, int] = {}
        for kind, wanted in share_of_kinds:
            for part in left[kind]:
                taken = min(part[1], wanted)
                if taken:
                    mine[part[0]] = mine.get(part[0], 0) + taken
                    part[1] -= taken
                    wanted -= taken
        split[member.id] = tuple(sorted(mine.items()))
    return split


def _judged(
    members: Sequence[Member],
    lots: Sequence[Lot],
    split: Mapping[str, tuple[tuple[int, int], ...]],
    proved: bool,
    budget: int,
) -> PartyJudgement:
    judgements = []
    for member in members:
        mine: dict[int, int] = {}
        for line, units in split[member.id]:
            mine[line] = mine.get(line, 0) + units
        carried = [lot.units(mine.get(line, 0)) if lot.quantity else lot for line, lot in enumerate(lots)]
        judgements.append((member.id, judge_lots(member.standing, carried, BUDGET // len(members))))
    verdict = max(judgement.assessment.verdict for _, judgement in judgements)
    duty = None
    if verdict is Verdict.DUTY:
        bills = [judgement.bill for _, judgement in judgements if judgement.bill is not None]
        exact = sum((bill.exact for bill in bills), Fraction(0))
        duty = Money.rounded(exact, members[0].standing.regime.currency)
        proved = proved and all(bill.proved for bill in bills)
    if len(members) == 1:
        advice = judgements[0][1].advice
    else:
        alone = [judgement.advice for _, judgement in judgements]
        advice = _advice(members, lots, split, alone, budget) if verdict > Verdict.NOTE else None
    return PartyJudgement(verdict, duty, split, tuple(judgements), advice, proved)


def _advice(
    members: Sequence[Member],
    lots: Sequence[Lot],
    split: Mapping[str, tuple[tuple[int, int], ...]],
    alone: Sequence[Advice | None],
    budget: int,
) -> Advice | None:
    """The cheapest units to leave so that the rest can be split at `ok` or `note`; None where nothing helps.

    The search starts from what each member should leave of his own part of `split`.
    """
    kinds = kinds_of(lots)
    if not kinds:
        return None
    packers = _bearers(members, kinds, Packer)
    if any(packer.cost(()).verdict > Verdict.NOTE for packer in packers):
        return None
    party = [packer.limits for packer in packers]
    numbers = [kind.number for kind in kinds]
    worths = [Fraction(kind.unit.value) for kind in kinds]
    scale = lcm(*(worth.denominator for worth in worths))
    prices, one = ranked([int(worth * scale) for worth in worths], [(n, place) for place, n in enumerate(numbers)])
    kept = most_kept(party, pooled(party), prices)
    floor = Total(Verdict.OK, sum(price * n for price, n in zip(prices, numbers)) - kept, 0, 0)
    carriers: list[Carrier] = [*packers, Counter(prices)]
    parts = [dict(split[member.id]) for member in members]
    leaves = [{} if advice is None else dict(advice.units) for advice in alone]
    places = [kind.unit.origin.line for kind in kinds]
    carried = [[part.get(line, 0) - leave.get(line, 0) for line in places] for part, leave in zip(parts, leaves)]
    carried.append([sum(leave.get(line, 0) for leave in leaves) for line in places])
    start = [tuple((kind, n) for kind, n in enumerate(mine) if n) for mine in carried]
    sharing = share(carriers, numbers, _sizes(party), floor, budget, start)
    left = _last_scanned(lots, {places[kind]: n for kind, n in sharing.shares[-1]})
    proved = sharing.proved or sharing.total.duty // one <= floor.duty // one
    return Advice(left, proved) if left else None


def _last_scanned(lots: Sequence[Lot], left: Mapping[int, int]) -> tuple[tuple[int, int], ...]:
    """The same goods, taken of equal units from the last scanned lines."""
    chosen: dict[int, int] = {}
    for lines in _merged(lots)[1]:
        wanted = sum(left.get(line, 0) for line, _ in lines)
        for line, units in reversed(lines):
            if taken := min(units, wanted):
                chosen[line] = taken
                wanted -= taken
    return tuple(sorted(chosen.items()))
