"""One visitor's rules compiled to whole numbers over a fixed list of goods: fast verdicts for many allocations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import lcm
from typing import NamedTuple

from pos.domain.quota.allowance_position import AllowancePosition, RulePosition, count
from pos.domain.quota.fixed_goods import FixedOfRule
from pos.domain.quota.measure import QuotaItem, inside
from pos.domain.quota.rule import (
    Ban,
    Choice,
    Each,
    Exact,
    MostVisits,
    PartAbove,
    PerVariant,
    Pool,
    Sum,
    Tiers,
    Verdict,
    WholeUnit,
)


class EqualUnits(NamedTuple):
    """Equal units: one of them, and how many there are."""

    unit: QuotaItem
    number: int


def kinds_of(lots: Sequence[QuotaItem]) -> list[EqualUnits]:
    """One kind for each lot."""
    return [EqualUnits(lot.units(1), lot.quantity) for lot in lots if lot.quantity]


@dataclass(frozen=True, slots=True)
class Check:
    """One sum, of a rule or of one variant within it: what a unit of each kind adds, in whole numbers of 1/`scale`.

    `steps` ascend; above each of them the verdict is the one beside it. They are what goods of other shops leave: a
    step below 0 is passed already. `fixed` is what each of those goods adds, and `sold_elsewhere` how much of
    what lies above the first step is theirs.
    """

    rule: str
    adds: dict[int, int]
    steps: tuple[tuple[int, Verdict], ...]
    scale: int
    fixed: tuple[int, ...] = ()
    sold_elsewhere: int = 0

    @property
    def free(self) -> int:
        """How much fits before the first step."""
        (step, _), *_ = self.steps
        return max(step, 0)

    def room(self, lowest: Verdict) -> int | None:
        """How much fits before a verdict of `lowest` or worse; None where nothing is that bad."""
        return next((step for step, verdict in self.steps if verdict >= lowest), None)


@dataclass(frozen=True, slots=True)
class CompiledAlternative:
    """One alternative of a choice: kinds that may be there at all, kinds it knows enough of, and its limits.

    Without `knows` it does not know enough of goods that other shops sold.
    """

    allowed: frozenset[int]
    sure: frozenset[int]
    bounds: tuple[tuple[dict[int, int], int], ...]
    knows: bool = True


@dataclass(frozen=True, slots=True)
class CompiledChoice:
    """A choice: which kinds it is about, its ways, and the verdict where none holds.

    `begun`: it is about goods that other shops sold, and has a verdict without any of these kinds.
    """

    about: frozenset[int]
    ways: tuple[CompiledAlternative, ...]
    over: Verdict
    begun: bool = False

    def verdict(self, present: Sequence[tuple[int, int]]) -> Verdict:
        """The verdict on the kinds that are there, each with its number."""
        mine = [(kind, n) for kind, n in present if kind in self.about]
        if not mine and not self.begun:
            return Verdict.OK
        doubtful = False
        for way in self.ways:
            if any(kind not in way.allowed for kind, _ in mine):
                continue
            if any(sum([adds.get(kind, 0) * n for kind, n in mine]) > room for adds, room in way.bounds):
                continue
            if way.knows and all(kind in way.sure for kind, _ in mine):
                return Verdict.OK
            doubtful = True
        return Verdict.UNKNOWN if doubtful else self.over


class _Above(NamedTuple):
    """Above `floor` each 1/scale of a check costs `factor`."""

    check: int
    floor: int
    factor: int


class _Step(NamedTuple):
    """From `floor` to `end` each 1/scale of a check costs `factor`."""

    check: int
    floor: int
    end: int
    factor: int


class Limits:
    """The rules of one position over `kinds`: first the goods at hand, then the visitor's pending goods.

    An allocation is a list of numbers, one for each kind. `numbers` are those of the kinds at hand, `pending` those
    of the kinds that the visitor has already bought here. Goods of other shops are no kinds: they narrow the limits.
    `standing` is the verdict on those alone, whatever is carried beside them.
    """

    def __init__(self, position: AllowancePosition, at_hand: Sequence[EqualUnits]) -> None:
        self.position = position
        self.kinds = [*at_hand, *kinds_of(position.pending)]
        self.movable = len(at_hand)
        self.numbers = [kind.number for kind in at_hand]
        self.pending = tuple(kind.number for kind in self.kinds[self.movable :])
        self.flags = [Verdict.OK] * len(self.kinds)
        self.taxed = [False] * len(self.kinds)
        self.checks: list[Check] = []
        self.mixed: list[tuple[dict[int, int], frozenset[int], bool, Verdict]] = []
        self.choices: list[CompiledChoice] = []
        self.groups: dict[str, list[tuple[int, Fraction]]] = {}
        self.tiers: list[tuple[int, Tiers]] = []
        self.standing = Verdict.OK
        for rule_position in position.rule_positions:
            self._compile(rule_position)
        self.adds: list[list[tuple[int, int]]] = [[] for _ in self.kinds]
        for j, check in enumerate(self.checks):
            for kind, amount in check.adds.items():
                self.adds[kind].append((j, amount))
        self._worst_first = sorted(
            ((verdict, j, step) for j, check in enumerate(self.checks) for step, verdict in check.steps), reverse=True
        )
        self._duties: list[Fraction] | None = None
        self._whole_duties: list[int] = []
        self._whole_scale = 0
        self._rooms: dict[Verdict, tuple[list[int], list[tuple[int, ...]]]] = {}
        self._steps: dict[int, tuple[list[list[_Above]], list[_Step], int]] = {}
        if position.fixed:
            self.standing = self.verdict((), [0] * len(self.checks))

    def _flag(self, kind: int, verdict: Verdict) -> None:
        """Any unit of `kind` gives `verdict`."""
        self.flags[kind] = max(self.flags[kind], verdict)
        self.taxed[kind] = self.taxed[kind] or verdict is Verdict.DUTY

    def _compile(self, rule_position: RulePosition) -> None:
        rule, form = rule_position.rule, rule_position.rule.form
        held = {
            index: known
            for index, kind in enumerate(self.kinds)
            if kind.unit.category in rule.scope.leaves and (known := inside(rule.scope, kind.unit)) is not False
        }
        if not isinstance(form, Sum | Pool | Tiers):
            for index, known in held.items():
                if rule_position.doubts or not known:
                    self._flag(index, Verdict.UNKNOWN)
        sure = [index for index, known in held.items() if known]
        fixed = FixedOfRule(rule_position, self.position.fixed) if self.position.fixed else None
        if fixed is not None:
            self.standing = max(self.standing, fixed.alone)
            if fixed.is_unknown and not isinstance(form, Sum | Pool | Tiers):
                for index in held:
                    self._flag(index, Verdict.UNKNOWN)
        if isinstance(form, Sum | Pool | Tiers):
            self._compile_sum(rule_position, form, held, fixed)
        elif (
            rule_position.barred
            or isinstance(form, Ban)
            or (isinstance(form, MostVisits) and not rule_position.available)
        ):
            for index in sure:
                self._flag(index, rule_position.over)
        elif isinstance(form, Each):
            for index in sure:
                amount = self.kinds[index].unit.of(form.measure)
                if amount is None or amount > form.limit:
                    self._flag(index, Verdict.UNKNOWN if amount is None else rule_position.over)
        elif isinstance(form, PerVariant):
            self._compile_variants(rule_position, form, sure, fixed)
        elif isinstance(form, Choice):
            self._compile_choice(rule_position, form, sure, fixed)

    def _compile_sum(
        self,
        rule_position: RulePosition,
        form: Sum | Pool | Tiers,
        held: Iterable[int],
        fixed: FixedOfRule | None,
    ) -> None:
        amounts: dict[int, Exact] = {}
        parts: dict[int, int] = {}
        for index in held:
            counted = count(rule_position.rule, self.kinds[index].unit)
            if not counted.present and not counted.missing:
                continue
            if counted.missing or rule_position.doubts or rule_position.unknowns or (fixed and fixed.is_unknown):
                self._flag(index, Verdict.UNKNOWN)
            if counted.present:
                parts[index] = counted.part
                if rule_position.barred:
                    self._flag(index, rule_position.over)
            if counted.amount:
                amounts[index] = counted.amount
        if rule_position.barred and rule_position.over is not Verdict.DUTY:
            return
        available = rule_position.available or 0
        if isinstance(form, Tiers):
            after = [*(tier.over for tier in form.tiers[1:]), rule_position.over]
            steps: list[tuple[Exact, Verdict]] = [(tier.up_to, over) for tier, over in zip(form.tiers, after)]
        else:
            steps = [(available, rule_position.over)]
        self._check(rule_position, form, amounts, steps, fixed)
        theirs = frozenset[int]() if fixed is None else fixed.parts
        if isinstance(form, Pool) and form.mixed and len({*parts.values(), *theirs}) > 1:
            self.mixed.append((parts, theirs, not rule_position.is_of_duty, form.mixed))

    def _check(
        self,
        rule_position: RulePosition,
        form: Sum | Pool | Tiers | PerVariant,
        amounts: dict[int, Exact],
        steps: Sequence[tuple[Exact, Verdict]],
        fixed: FixedOfRule | None,
        variant: str = "",
    ) -> None:
        theirs: Sequence[Exact] = ()
        sold_elsewhere: Exact = 0
        if fixed is not None:
            pending = [] if variant else [amounts.get(self.movable + i, 0) * n for i, n in enumerate(self.pending)]
            theirs = fixed.free_of(variant)
            steps, sold_elsewhere = fixed.left_of(steps, pending, variant)
        every = (*amounts.values(), *(step for step, _ in steps), *theirs, sold_elsewhere)
        scale = lcm(*(Fraction(amount).denominator for amount in every))
        at = len(self.checks)
        self.checks.append(
            Check(
                f"{rule_position.rule.id} {variant}" if variant else rule_position.rule.id,
                {index: int(amount * scale) for index, amount in amounts.items()},
                tuple((int(step * scale), over) for step, over in steps),
                scale,
                tuple(int(amount * scale) for amount in theirs),
                int(sold_elsewhere * scale),
            )
        )
        charge = self.position.charge
        if not isinstance(charge, PartAbove):
            return
        if isinstance(form, Tiers):
            self.tiers.append((at, form))
        elif isinstance(form, Sum) and rule_position.over is Verdict.DUTY:
            factor = charge.ad_valorem if form.measure == "value" else charge.minimum or Fraction(0)
            self.groups.setdefault(rule_position.rule.group or rule_position.rule.id, []).append((at, factor / scale))

    def _compile_variants(
        self, rule_position: RulePosition, form: PerVariant, sure: Sequence[int], fixed: FixedOfRule | None
    ) -> None:
        variants: dict[str, dict[int, Exact]] = {}
        for index in sure:
            unit = self.kinds[index].unit
            amount = unit.of(form.measure)
            if unit.attributes.variant is None or amount is None:
                self._flag(index, Verdict.UNKNOWN)
            else:
                variants.setdefault(unit.attributes.variant, {})[index] = amount
        for variant, amounts in variants.items():
            self._check(rule_position, form, amounts, [(form.limit, rule_position.over)], fixed, variant)

    def _compile_choice(
        self, rule_position: RulePosition, form: Choice, about: Sequence[int], fixed: FixedOfRule | None
    ) -> None:
        ways = []
        theirs = [] if fixed is None else fixed.lots
        for alternative in form.alternatives:
            if alternative.since is not None and self.position.day < alternative.since:
                continue
            held = {index: inside(alternative.only, self.kinds[index].unit) for index in about}
            unsure = {index for index, known in held.items() if known is None}
            before = [inside(alternative.only, lot) for lot in theirs]
            if False in before:
                continue
            knows, is_passed = None not in before, False
            bounds = []
            for bound in alternative.bounds:
                amounts: dict[int, Exact] = {}
                for index in about:
                    unit = self.kinds[index].unit
                    known, amount = inside(bound.scope, unit), unit.of(bound.measure)
                    if known is False:
                        continue
                    if known is None or amount is None:
                        unsure.add(index)
                    else:
                        amounts[index] = amount
                room: Exact = bound.limit
                for lot in theirs:
                    known, amount = inside(bound.scope, lot), lot.of(bound.measure)
                    knows = knows and (known is False or (known is True and amount is not None))
                    room -= amount if known and amount is not None else 0
                is_passed = is_passed or room < 0
                scale = lcm(Fraction(room).denominator, *(Fraction(a).denominator for a in amounts.values()))
                adds = {index: int(amount * scale) for index, amount in amounts.items()}
                bounds.append((adds, int(room * scale)))
            allowed = frozenset(index for index, known in held.items() if known is not False)
            if not is_passed:
                ways.append(CompiledAlternative(allowed, allowed - unsure, tuple(bounds), knows))
        begun = bool(theirs) and not rule_position.is_of_duty
        self.choices.append(CompiledChoice(frozenset(about), tuple(ways), rule_position.over, begun))

    def sums(self, present: Sequence[tuple[int, int]]) -> list[int]:
        """What each check has gathered."""
        sums = [0] * len(self.checks)
        for kind, n in present:
            for j, amount in self.adds[kind]:
                sums[j] += amount * n
        return sums

    def verdict(self, present: Sequence[tuple[int, int]], sums: Sequence[int]) -> Verdict:
        """The worst verdict of all rules on these goods (pending ones among them)."""
        worst = max([self.standing, *[self.flags[kind] for kind, _ in present]])
        for verdict, j, step in self._worst_first:
            if sums[j] > step:
                worst = max(worst, verdict)
                break
        for choice in self.choices:
            worst = max(worst, choice.verdict(present))
        for parts, theirs, begun, verdict in self.mixed:
            if verdict > worst:
                mine = {parts[kind] for kind, _ in present if kind in parts}
                if (mine or begun) and len(mine | theirs) > 1:
                    worst = verdict
        return worst

    def rooms(self, lowest: Verdict) -> tuple[list[int], list[tuple[int, ...]]]:
        """What fits in each check before a verdict of `lowest` or worse, and what a unit of each kind takes of it."""
        known = self._rooms.get(lowest)
        if known is None:
            checks = [(check, room) for check in self.checks if (room := check.room(lowest)) is not None]
            takes = [tuple([check.adds.get(kind, 0) for check, _ in checks]) for kind in range(len(self.kinds))]
            known = self._rooms[lowest] = ([max(room, 0) for _, room in checks], takes)
        return known

    def part_duty(self, sums: Sequence[int]) -> Fraction:
        """Where the part above is taxed: the greatest duty of each group, and the specific duties of tiers.

        It is the duty on the whole carry-out less the part that other shops have reported.
        """
        scale = self.whole_scale()
        return Fraction(self.whole_part_duty(sums, scale), scale)

    def whole_part_duty(self, sums: Sequence[int], scale: int) -> int:
        """The same in whole numbers of 1/`scale`, a multiple of `duty_scale`."""
        groups, tiers, duty_elsewhere = self._steps.get(scale) or self._whole_steps(scale)
        return _charge(groups, tiers, sums) - duty_elsewhere

    def duty_elsewhere(self) -> Fraction:
        """The duty that other shops have reported of the carry-out: what their goods added when each was sold."""
        scale = self.whole_scale()
        _, _, duty_elsewhere = self._steps.get(scale) or self._whole_steps(scale)
        return Fraction(duty_elsewhere, scale)

    def _whole_steps(self, scale: int) -> tuple[list[list[_Above]], list[_Step], int]:
        """The floors of this shop's sums, and what other shops have reported."""
        groups = [
            [
                _Above(j, self.checks[j].free - self.checks[j].sold_elsewhere, int(factor * scale))
                for j, factor in members
            ]
            for members in self.groups.values()
        ]
        tiers = []
        for j, form in self.tiers:
            measure, theirs = self.checks[j].scale, sum(self.checks[j].fixed)
            floor = -theirs
            for tier in form.tiers:
                end = int(tier.up_to * measure) - theirs
                tiers.append(_Step(j, floor, end, int(tier.specific * scale / measure)))
                floor = end
        self._steps[scale] = groups, tiers, self._told(groups, tiers)
        return self._steps[scale]

    def _told(self, groups: Sequence[Sequence[_Above]], tiers: Sequence[_Step]) -> int:
        """What the goods of other shops added to the duty, in the order of sale."""
        duty_elsewhere = done = 0
        sums = [-sum(check.fixed) for check in self.checks]
        for i, item in enumerate(self.position.fixed):
            for kind in range(self.movable + done, self.movable + item.after):
                for j, amount in self.adds[kind]:
                    sums[j] += amount * self.kinds[kind].number
            done = item.after
            before = _charge(groups, tiers, sums)
            sums = [amount + check.fixed[i] if check.fixed else amount for amount, check in zip(sums, self.checks)]
            duty_elsewhere += _charge(groups, tiers, sums) - before
        return duty_elsewhere

    @property
    def duty_scale(self) -> int:
        """Every duty on goods of these kinds is a whole number of 1/`duty_scale`."""
        charge = self.position.charge
        if isinstance(charge, PartAbove):
            factors = [factor for members in self.groups.values() for _, factor in members]
            tiers = [
                tier.specific / (self.checks[j].scale * tier.up_to.denominator)
                for j, form in self.tiers
                for tier in form.tiers
            ]
            return lcm(*(factor.denominator for factor in (*factors, *tiers)))
        return lcm(*(self.duty_of_unit(kind).denominator for kind in range(len(self.kinds))))

    def whole_duties(self) -> tuple[list[int], int]:
        """The duty on one unit of each kind in whole numbers of one scale, and that scale."""
        scale = self.whole_scale()
        if not self._whole_duties:
            self._whole_duties = [int(self.duty_of_unit(kind) * scale) for kind in range(len(self.kinds))]
        return self._whole_duties, scale

    def whole_scale(self) -> int:
        """`duty_scale`, found once."""
        if not self._whole_scale:
            self._whole_scale = self.duty_scale
        return self._whole_scale

    def duty_of_unit(self, kind: int) -> Fraction:
        """The duty on one unit of `kind` that is taxed whole."""
        if self._duties is None:
            self._duties = [kind.unit.value * self.rate(i) for i, kind in enumerate(self.kinds)]
        return self._duties[kind]

    def rate(self, kind: int) -> Fraction:
        """The first rate that matches a unit of `kind`; 0 where the regime taxes no unit."""
        charge, unit = self.position.charge, self.kinds[kind].unit
        if not isinstance(charge, WholeUnit):
            return Fraction(0)
        matches = (
            rate.rate for rate in charge.rates if inside(rate.scope, unit) and unit.value >= rate.unit_value_from
        )
        return next(matches, Fraction(0))

    def options(
        self, lowest: Verdict, present: Sequence[tuple[int, int]]
    ) -> list[tuple[frozenset[int], list[tuple[dict[int, int], int]]]]:
        """Every way to keep the choices that these goods break below `lowest`.

        A way is a set of kinds that must not be there, and limits on the others. Choices that hold for all the
        goods hold for any of them.
        """
        broken = [choice for choice in self.choices if choice.verdict(present) >= lowest]
        ways = [self._ways(choice, sure_only=lowest <= Verdict.UNKNOWN) for choice in broken]
        return [
            (frozenset().union(*(banned for banned, _ in chosen)), [bound for _, bounds in chosen for bound in bounds])
            for chosen in product(*ways)
        ]

    def _ways(
        self, choice: CompiledChoice, sure_only: bool
    ) -> list[tuple[frozenset[int], tuple[tuple[dict[int, int], int], ...]]]:
        ways = [
            (choice.about - (way.sure if sure_only else way.allowed), way.bounds)
            for way in choice.ways
            if way.knows or not sure_only
        ]
        return ways or [(choice.about, ())]


def _charge(groups: Sequence[Sequence[_Above]], tiers: Sequence[_Step], sums: Sequence[int]) -> int:
    """The duty on sums of a whole carry-out."""
    charge = sum([max([max(sums[j] - floor, 0) * factor for j, floor, factor in group]) for group in groups])
    for j, floor, end, factor in tiers:
        if sums[j] > floor:
            charge += (min(sums[j], end) - floor) * factor
    return charge
