"""Several visitors who shop together: the best split of a basket, or the verdict on a split made by hand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TypeVar

from pos.domain.errors import BadInput
from pos.domain.money import Money
from pos.domain.quota.advice import Advice
from pos.domain.quota.allowance_position import AllowancePosition
from pos.domain.quota.evaluation import Evaluation, evaluate_items, evaluations
from pos.domain.quota.goods_to_remove import RemovalSearch
from pos.domain.quota.knapsack import BUDGET
from pos.domain.quota.limits import EqualUnits, Limits, kinds_of
from pos.domain.quota.measure import Goods, ItemOrigin, QuotaItem
from pos.domain.quota.pooling import different
from pos.domain.quota.rule import Verdict
from pos.domain.quota.share_cost import Counts, ShareCost, TravellerCost, positions_alike
from pos.domain.quota.splitting import Splitting

FIRST = 115_000
"""The work (see Filling.work) after which the first split is given: about a twentieth of a second of one core."""
_LAST_SPLIT, _LAST = 3_000_000, 4_000_000
"""The work after which the search for a split ends, and all search: about two seconds of one core."""
_APART = 50_000
"""The work between two answers, so that reporting them does not take longer than finding them."""


@dataclass(frozen=True, slots=True)
class Member:
    """One visitor of a party, by the name that the split uses."""

    id: str
    position: AllowancePosition


@dataclass(frozen=True, slots=True)
class PartyEvaluation:
    """The verdict on a party. `split[id]` are (basket line, units); every member has an entry, maybe empty.

    `duty` is the sum over the members, rounded once; None unless the verdict is `duty`. `advice` counts basket
    lines; `within` is how the rest is split then. `proved`: no other split has a better verdict, or less duty.
    """

    verdict: Verdict
    duty: Money | None
    split: Mapping[str, tuple[tuple[int, int], ...]]
    members: tuple[tuple[str, Evaluation], ...]
    advice: Advice | None
    proved: bool
    within: Mapping[str, tuple[tuple[int, int], ...]] | None = None


Split = Mapping[str, tuple[tuple[int, int], ...]]
"""By member: the (basket line, units) that they carry."""
Judged = tuple[tuple[str, Evaluation], ...]
"""Each member with the judgement on their part."""


@dataclass(eq=False)
class UnitsAstray(BadInput):
    """A split by hand that loses or doubles units, or names a person outside the party; `line` is the basket's."""

    fact = "units_astray"

    line: int
    quantity: int
    carried: int


def evaluate_party(members: Sequence[Member], basket: Sequence[Goods], budget: int = FIRST) -> PartyEvaluation:
    """Split `basket` so that first the worst verdict and then the duty is least: the first answer, found at once.

    All members leave one way. Raises NoQuotaRate for a price in a currency without a rate.
    """
    first = next(party_answers(members, basket, budget))
    assert first is not None
    return first


def best_party(members: Sequence[Member], basket: Sequence[Goods]) -> PartyEvaluation:
    """The last answer: nothing better exists, or the whole budget is spent."""
    *_, last = (answer for answer in party_answers(members, basket) if answer is not None)
    return last


def party_answers(
    members: Sequence[Member], basket: Sequence[Goods], first: int = FIRST
) -> Iterator[PartyEvaluation | None]:
    """The first answer after a work of `first`, and then better and better ones; the last is the best there is.

    None stands for a step that found nothing better, so that a search beside other things may rest, or end. The same
    basket gives the same answers: work ends the search, never a clock.
    """
    lots = _weighed(members, basket)
    first_member, *others = members
    if not others:
        everything = tuple((lot.origin.line, lot.quantity) for lot in lots if lot.quantity)
        for alone in evaluations(first_member.position, lots):
            proved = alone.bill is None or alone.bill.proved
            by_member = ((first_member.id, alone),)
            yield _party_evaluation(members, {first_member.id: everything}, by_member, alone.advice, proved)
        return
    yield from _Hunt(members, lots).answers(first)


class _Hunt:
    """The search for a split, and for what to leave behind."""

    def __init__(self, members: Sequence[Member], lots: Sequence[QuotaItem]) -> None:
        self._members = members
        self._lots = lots
        kinds, self._lines = _merged(lots)
        carriers = _bearers(members, kinds, TravellerCost)
        self._splitting = Splitting(carriers, _sizes([carrier.limits for carrier in carriers]))
        self._known: dict[tuple[str, tuple[tuple[int, int], ...]], Evaluation] = {}
        self._shown: PartyEvaluation | None = None

    def answers(self, first: int) -> Iterator[PartyEvaluation | None]:
        splitting = self._splitting
        steps = splitting.steps(_LAST_SPLIT)
        for _ in steps:
            if splitting.work >= first:
                break
        split, judged = self._judged()
        leaving = _leaving(self._members, self._lots, split, judged)
        leaves: Iterator[bool] = iter(())
        if leaving is not None:
            leaves = leaving.steps(_LAST)
            for _ in leaves:
                if leaving.work >= first // 4:
                    break
        yield self._answer(leaving)
        yield from self._better(splitting, steps, leaving, _LAST_SPLIT)
        if leaving is not None:
            yield from self._better(leaving, leaves, leaving, _LAST - splitting.work)
        yield self._answer(leaving)

    def _better(
        self, search: Splitting | RemovalSearch, steps: Iterator[bool], leaving: RemovalSearch | None, most: int
    ) -> Iterator[PartyEvaluation | None]:
        """Better answers, as far as steps of this search find them within a work of `most`; None beside."""
        waiting, reported_at = False, search.work
        for better in steps:
            waiting = waiting or better
            if search.work >= most:
                return
            if waiting and search.work - reported_at >= _APART:
                waiting, reported_at = False, search.work
                yield self._answer(leaving)
            else:
                yield None

    def _answer(self, leaving: RemovalSearch | None) -> PartyEvaluation | None:
        """What is found by now; None where that is shown already. It is never worse than what was shown."""
        split, judged = self._judged()
        proved, floor = self._splitting.proved, self._splitting.duty_floor
        now = _party_evaluation(self._members, split, judged, None, proved, floor)
        before = self._shown
        if before is not None and _badness(now) > _badness(before):
            now = replace(before, proved=before.proved or proved)
        now = _with_advice(self._members, now, leaving)
        if before is not None and now == before:
            return None
        self._shown = now
        return now

    def _judged(self) -> tuple[Split, Judged]:
        """The best split so far by basket line, and the judgement on each member's part."""
        splitting, members = self._splitting, self._members
        split, exempt = by_line(members, splitting.best, splitting.exempt, self._lines)
        judged = []
        for member in members:
            key = (member.id, split[member.id])
            if key not in self._known:
                self._known[key] = _judge_part(
                    member, self._lots, split[member.id], _budget_of_each(members), exempt[member.id]
                )
            judged.append((member.id, self._known[key]))
        return split, tuple(judged)


def _badness(party: PartyEvaluation) -> tuple[Verdict, int]:
    """A split with a worse verdict is worse, and then one with more duty."""
    return party.verdict, 0 if party.duty is None else party.duty.minor


def evaluate_split(
    members: Sequence[Member],
    basket: Sequence[Goods],
    split: Mapping[str, Sequence[tuple[int, int]]],
    budget: int = FIRST,
) -> PartyEvaluation:
    """The verdict on a split made by hand: by member the (basket line, units) that they carry.

    Raises UnitsAstray unless every unit is carried exactly once, NoQuotaRate as `evaluate_party`.
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
    judged = tuple(
        (member.id, _judge_part(member, lots, by_member[member.id], _budget_of_each(members))) for member in members
    )
    (_, first), *others = judged
    if not others:
        return _party_evaluation(members, by_member, judged, first.advice, True)
    leaving = _leaving(members, lots, by_member, judged)
    for _ in () if leaving is None else leaving.steps(budget):
        pass
    return _with_advice(members, _party_evaluation(members, by_member, judged, None, False), leaving)


def _budget_of_each(members: Sequence[Member]) -> int:
    return BUDGET // len(members)


def _weighed(members: Sequence[Member], basket: Sequence[Goods]) -> list[QuotaItem]:
    first, *_ = members
    scales = first.position.scales
    return [scales.lot(ItemOrigin(line), goods) for line, goods in enumerate(basket)]


def _merged(lots: Sequence[QuotaItem]) -> tuple[list[EqualUnits], list[list[tuple[int, int]]]]:
    """Equal units of all lines as one kind, and for each kind its (line, units) in the order of scanning."""
    merged: dict[tuple[object, ...], tuple[EqualUnits, list[tuple[int, int]]]] = {}
    for kind in kinds_of(lots):
        unit = kind.unit
        key = (unit.category, unit.value, unit.attributes)
        first, lines = merged.get(key, (kind._replace(number=0), []))
        lines.append((unit.origin.line, kind.number))
        merged[key] = (first._replace(number=first.number + kind.number), lines)
    return [kind for kind, _ in merged.values()], [lines for _, lines in merged.values()]


_AnyBearer = TypeVar("_AnyBearer", bound=TravellerCost)


def _bearers(members: Sequence[Member], kinds: Sequence[EqualUnits], sort: type[_AnyBearer]) -> list[_AnyBearer]:
    """One bearer for each member; members who stand alike share theirs."""
    bearers: list[_AnyBearer] = []
    for member in members:
        alike = (bearer for bearer in bearers if positions_alike(bearer.limits.position, member.position))
        bearers.append(next(alike, None) or sort(member.position, kinds))
    return bearers


def _sizes(party: Sequence[Limits]) -> list[Fraction]:
    """How much of an allowance one unit takes at most: the great ones are shared out first."""
    sizes = []
    first, *_ = party
    for kind in range(first.movable):
        shares = [
            max((Fraction(amount, room) for amount, room in _rooms(limits, kind) if room), default=Fraction(0))
            for limits in different(party)
        ]
        sizes.append(min(shares))
    return sizes


def _rooms(limits: Limits, kind: int) -> list[tuple[int, int]]:
    return [(amount, limits.checks[j].free) for j, amount in limits.adds[kind]]


def by_line(
    members: Sequence[Member],
    shares: Sequence[Counts],
    exempt: Sequence[Mapping[int, int] | None],
    lines: Sequence[Sequence[tuple[int, int]]],
) -> tuple[Split, dict[str, Mapping[ItemOrigin, int] | None]]:
    """The shares in basket lines: of equal units the first scanned go to the first member.

    And which of them can go out exempt, where that is known: of equal units the first scanned.
    """
    left = [[list(part) for part in parts] for parts in lines]
    split: dict[str, tuple[tuple[int, int], ...]] = {}
    free: dict[str, Mapping[ItemOrigin, int] | None] = {}
    for member, share, known in zip(members, shares, exempt):
        mine: dict[int, int] = {}
        out: dict[ItemOrigin, int] = {}
        for kind, pieces in share:
            spare = 0 if known is None else known.get(kind, 0)
            for part in left[kind]:
                taken = min(part[1], pieces)
                if taken:
                    mine[part[0]] = mine.get(part[0], 0) + taken
                    part[1] -= taken
                    pieces -= taken
                    out[ItemOrigin(part[0])] = min(taken, spare)
                    spare -= out[ItemOrigin(part[0])]
        split[member.id] = tuple(sorted(mine.items()))
        if known is not None:
            pending = enumerate(member.position.pending)
            out |= {lot.origin: known.get(len(lines) + i, 0) for i, lot in pending}
        free[member.id] = None if known is None else out
    return split, free


def _judge_part(
    member: Member,
    lots: Sequence[QuotaItem],
    part: Sequence[tuple[int, int]],
    budget: int,
    exempt: Mapping[ItemOrigin, int] | None = None,
) -> Evaluation:
    """The judgement on one member's part of a split."""
    mine: dict[int, int] = {}
    for line, units in part:
        mine[line] = mine.get(line, 0) + units
    carried = [lot.units(mine.get(line, 0)) if lot.quantity else lot for line, lot in enumerate(lots)]
    return evaluate_items(member.position, carried, budget, exempt)


def _party_evaluation(
    members: Sequence[Member],
    split: Split,
    judged: Judged,
    advice: Advice | None,
    proved: bool,
    floor: Fraction | None = None,
) -> PartyEvaluation:
    """The judgement on a party; no duty is under `floor`."""
    verdict = max(judgement.assessment.verdict for _, judgement in judged)
    duty = None
    if verdict is Verdict.DUTY:
        bills = [judgement.bill for _, judgement in judged if judgement.bill is not None]
        exact = sum((bill.exact for bill in bills), Fraction(0))
        first, *_ = members
        duty = Money.rounded(exact, first.position.regime.currency)
        proved = (proved and all(bill.proved for bill in bills)) or (floor is not None and exact <= floor)
    return PartyEvaluation(verdict, duty, split, judged, advice if verdict > Verdict.NOTE else None, proved)


def _with_advice(members: Sequence[Member], party: PartyEvaluation, leaving: RemovalSearch | None) -> PartyEvaluation:
    """The judgement with the best advice so far, where anything need be left."""
    advice = None if leaving is None or party.verdict <= Verdict.NOTE else leaving.best
    if advice is None or leaving is None:
        return replace(party, advice=None, within=None)
    within = {member.id: tuple(sorted(mine.items())) for member, mine in zip(members, leaving.carried)}
    return replace(party, advice=advice, within=within)


def _leaving(
    members: Sequence[Member], lots: Sequence[QuotaItem], split: Split, judged: Judged
) -> RemovalSearch | None:
    """The search for what to leave, from what each member should leave of their own part; None where nothing helps."""
    kinds = kinds_of(lots)
    if max(judgement.assessment.verdict for _, judgement in judged) <= Verdict.NOTE:
        return None
    packers = _bearers(members, kinds, ShareCost)
    if any(packer.cost(()).verdict > Verdict.NOTE for packer in packers):
        return None
    leaves = [{} if alone.advice is None else dict(alone.advice.units) for _, alone in judged]
    carried: list[dict[int, int]] = []
    for member, leave in zip(members, leaves):
        carried.append({line: n - leave.get(line, 0) for line, n in split[member.id]})
    left = Counter[int]()
    for leave in leaves:
        left.update(leave)
    return RemovalSearch(packers, lots, _sizes([packer.limits for packer in packers]), [*carried, left])
