"""The verdict: pending goods and the basket, as one carry-out, against every rule that meets the visitor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from pos.domain.quota.allowance_position import (
    AllowancePosition,
    PastSale,
    Traveller,
    position_of,
)
from pos.domain.quota.measure import Goods, ItemOrigin, QuotaItem, QuotaRates, UnknownAttribute, inside
from pos.domain.quota.rule import (
    Ban,
    Choice,
    Each,
    Exact,
    MostVisits,
    PerVariant,
    Pool,
    Regime,
    Rule,
    Scope,
    Sum,
    Tiers,
    Verdict,
)
from pos.domain.quota.rule_excess import LimitUse, fit_of, has_room_beside
from pos.domain.quota.tally import FixedTally, Tally, Usage, first_of_duty, gather, gather_fixed, tier_steps


class RuleResult(NamedTuple):
    """One rule's verdict and its exact figures, None for a rule that is not one sum.

    `barred`: the visitor is too young for any unit in scope. `fit` are the figures that decide where there is no one
    sum: of the permitted set that the goods fit best, of the kind or the piece that is most above its limit. With
    `beside`, goods of another kind still fit where `fit` has nothing left.
    `returns_on` is the local day (it begins at midnight, `returns_at`) on which a spent allowance returns.
    `used_elsewhere` and `pending_elsewhere` are the parts of `used` and `pending` that other shops of the center sold.
    """

    rule: Rule
    verdict: Verdict
    limit: Exact | None = None
    used: Exact | None = None
    available: Exact | None = None
    current: Exact | None = None
    pending: Exact | None = None
    over: Exact | None = None
    left: Exact | None = None
    spent: bool = False
    returns_on: date | None = None
    returns_at: datetime | None = None
    parts: tuple[int, ...] = ()
    """Of a pool: which kinds of goods are pending or in the basket, by their places in the file."""
    barred: bool = False
    fit: LimitUse | None = None
    beside: bool = False
    open: bool = False
    """Of a verdict as it is shown: it hangs on an open question about the visitor; of a better one than unknown what is
    left does, which is the most that can be left.
    """
    used_elsewhere: Exact = 0
    pending_elsewhere: Exact = 0
    unknown: tuple[UnknownAttribute, ...] = ()
    """What the rule lacks of goods at hand or bought before, or of the visitor."""

    @property
    def measure(self) -> str:
        """What the figures count: a measure, `pool` (shares of one allowance) or `carry_outs`."""
        form = self.rule.form
        if isinstance(form, Pool):
            return "pool"
        if isinstance(form, MostVisits):
            return "carry_outs"
        return form.measure if isinstance(form, Sum | Tiers | Each | PerVariant) else ""


_Tally = Tally[RuleResult]


@dataclass(frozen=True, slots=True)
class Assessment:
    """The verdict on one visitor's carry-out: every rule that applies to them, in the order of the regime's file.

    `eaten[i]` is what basket line `i` uses, `unknown` which attributes are missing on which line.
    """

    regime: Regime
    at: datetime
    verdict: Verdict
    rules: tuple[RuleResult, ...]
    unknown: tuple[UnknownAttribute, ...]
    eaten: tuple[tuple[Usage, ...], ...]
    open: tuple[str, ...] = ()
    """As it is shown: the questions about the visitor on which the verdict hangs."""

    def rule(self, name: str) -> RuleResult | None:
        """The result of the rule with the id `name`, if it is in force for this visitor."""
        return next((result for result in self.rules if result.rule.id == name), None)


def assess(
    regime: Regime,
    visitor: Traveller,
    history: Sequence[PastSale],
    basket: Sequence[Goods],
    at: datetime,
    rates: QuotaRates,
) -> Assessment:
    """Judge `basket` together with what the visitor has bought and not carried out yet; raises NoQuotaRate."""
    return assess_from(position_of(regime, visitor, history, at, rates), basket)


def assess_from(position: AllowancePosition, basket: Sequence[Goods]) -> Assessment:
    """Judge `basket` for a visitor whose past is already weighed; raises NoQuotaRate."""
    scales = position.scales
    lots = [scales.lot(ItemOrigin(line), goods) for line, goods in enumerate(basket)]
    return assess_items(position, lots)


def assess_items(position: AllowancePosition, basket: Sequence[QuotaItem]) -> Assessment:
    """Judge lots that are already weighed in the regime's currency."""
    return Assessing(position)(basket)


_NONE = frozenset[int]()


class Assessing:
    """Judges one basket after another for a visitor: of one that goes on the one before only what is new is gathered.

    Nearly every scan adds a line to those before, and its verdict must not take the longer the more there are.
    """

    __slots__ = ("_by_category", "_eaten", "_lots", "_others", "_tallies", "position")

    def __init__(self, position: AllowancePosition) -> None:
        self.position = position
        self._others = frozenset([item.lot.origin.history or 0 for item in position.fixed]) if position.fixed else _NONE
        self._begin()

    def _begin(self) -> None:
        """Nothing but what the visitor has still to carry out."""
        self._tallies: list[_Tally] = [Tally(rule_position) for rule_position in self.position.rule_positions]
        self._by_category: dict[str, list[_Tally]] = {}
        self._lots: list[QuotaItem] = []
        self._eaten: list[tuple[Usage, ...]] = []
        if self.position.fixed:
            self._begin_beside_fixed()
            return
        for lot in self.position.pending:
            for tally in _of_category(self._by_category, self._tallies, lot.category):
                gather(tally, lot, pending=True)

    def _begin_beside_fixed(self) -> None:
        """What the visitor has still to carry out from here and from other shops, in the order of taking room."""
        for tally in self._tallies:
            tally.fixed = FixedTally()
        pending, done = self.position.pending, 0
        for item in self.position.fixed:
            for lot in pending[done : item.after]:
                self._gather(lot, pending=True)
            done = item.after
            for tally in _of_category(self._by_category, self._tallies, item.lot.category):
                gather_fixed(tally, item)
        for lot in pending[done:]:
            self._gather(lot, pending=True)
        for tally in self._tallies:
            if (fixed := tally.fixed) is not None and isinstance(tally.rule_position.rule.form, MostVisits):
                fixed.amount = int(fixed.present and not fixed.touched)  # else this shop's goods began the carry-out

    def _gather(self, lot: QuotaItem, pending: bool) -> tuple[Usage, ...]:
        """Add a lot of this shop to every rule whose scope names its category."""
        touched = _of_category(self._by_category, self._tallies, lot.category)
        uses = [(tally.fixed, use) for tally in touched if (use := gather(tally, lot, pending))]
        for fixed, _ in uses:
            if fixed is not None:
                fixed.touched = True
        return tuple([use for _, use in uses])

    def __call__(self, basket: Sequence[QuotaItem]) -> Assessment:
        """Judge lots that are already weighed in the regime's currency."""
        known = len(self._lots)
        if known and self._lots != list(basket[:known]):
            self._begin()
            known = 0
        for lot in basket[known:]:
            self._add(lot)
        position, judged = self.position, [self._judged(tally) for tally in self._tallies]
        results = tuple([result for result, _ in judged])
        verdict = max([result.verdict for result in results], default=Verdict.OK)
        unknowns = [each for _, lacking in judged for each in lacking]
        unknown = tuple(dict.fromkeys(unknowns)) if unknowns else ()
        return Assessment(position.regime, position.at, verdict, results, unknown, tuple(self._eaten))

    def _judged(self, tally: _Tally) -> tuple[RuleResult, list[UnknownAttribute]]:
        """A line touches few of the rules, and what the others come to stays."""
        if tally.judged is None:
            whole = tally.copy()
            result = _judge(self.position, whole, self._others)
            if whole.unknowns:
                result = result._replace(unknown=tuple(dict.fromkeys(whole.unknowns)))
            tally.judged = result, whole.unknowns
        return tally.judged

    def _add(self, lot: QuotaItem) -> None:
        uses: tuple[Usage, ...] = ()
        if lot.quantity:
            if self._others:
                uses = self._gather(lot, pending=False)
            else:
                touched = _of_category(self._by_category, self._tallies, lot.category)
                uses = tuple([use for tally in touched if (use := gather(tally, lot, pending=False))])
        self._lots.append(lot)
        self._eaten.append(uses)


def _of_category(by_category: dict[str, list[_Tally]], tallies: list[_Tally], category: str) -> list[_Tally]:
    of_category = by_category.get(category)
    if of_category is None:
        of_category = [tally for tally in tallies if category in tally.rule_position.rule.scope.leaves]
        by_category[category] = of_category
    return of_category


def _judge(position: AllowancePosition, tally: _Tally, others: frozenset[int]) -> RuleResult:
    rule_position = tally.rule_position
    form = rule_position.rule.form
    fixed = tally.fixed
    is_elsewhere = fixed is not None and not fixed.touched and rule_position.is_of_duty
    if is_elsewhere:
        tally.unknowns = []
    if isinstance(form, Sum | Pool | Tiers | MostVisits):
        return _sum_result(position, tally, form)
    if is_elsewhere:
        fit = None if rule_position.barred else fit_of(form, tally.lots, position.day, others)
        return RuleResult(rule_position.rule, Verdict.OK, barred=rule_position.barred, fit=fit)
    if rule_position.doubts:
        tally.unknowns += [UnknownAttribute(lot.origin, name) for lot in tally.lots for name in rule_position.doubts]
    if rule_position.barred or isinstance(form, Ban):
        verdict = rule_position.over if tally.present else Verdict.OK
    elif isinstance(form, Each):
        tally.unknowns += tally.lacking
        verdict = rule_position.over if tally.broken else Verdict.OK
    elif isinstance(form, PerVariant):
        verdict = _per_variant(tally, form, others if rule_position.is_of_duty else frozenset())
    elif fixed is not None and not tally.present and rule_position.is_of_duty:
        verdict = Verdict.OK
    else:
        verdict = _choice(tally, form, position.day)
    fit = None
    if not rule_position.barred and (
        verdict > Verdict.UNKNOWN or not isinstance(form, Each)
    ):  # an Each looks at all goods
        fit = fit_of(form, tally.lots, position.day, others)
    verdict = max(verdict, Verdict.UNKNOWN) if tally.unknowns else verdict
    beside = fit is not None and not fit.left and has_room_beside(form, tally.lots, position.day)
    return RuleResult(rule_position.rule, verdict, barred=rule_position.barred, fit=fit, beside=beside)


def _sum_result(position: AllowancePosition, tally: _Tally, form: Sum | Pool | Tiers | MostVisits) -> RuleResult:
    rule_position = tally.rule_position
    limit, used, available = rule_position.limit, rule_position.used, rule_position.available
    assert limit is not None
    assert used is not None
    assert available is not None
    current = tally.current
    exceeds = current > available
    if tally.present or tally.unknowns:
        tally.unknowns += rule_position.unknowns
    if rule_position.barred:
        verdict = rule_position.over if tally.present else Verdict.OK
    elif (fixed := tally.fixed) is not None:
        verdict = _beside_fixed(tally, fixed, form)
    elif exceeds:
        verdict = form.verdict(current, rule_position.over) if isinstance(form, Tiers) else rule_position.over
    elif isinstance(form, Pool) and len(tally.parts) > 1:
        verdict = form.mixed
    else:
        verdict = Verdict.OK
    if tally.unknowns and verdict < Verdict.UNKNOWN:
        verdict = Verdict.UNKNOWN
    over: Exact = current - available if exceeds else 0
    left: Exact = 0 if exceeds else available - current if current else available
    renews = rule_position.renews
    returns_at = None if renews is None else datetime.combine(renews, time(0), position.regime.zone)
    result = RuleResult(
        rule_position.rule,
        verdict,
        limit,
        used,
        available,
        current,
        tally.pending,
        over,
        left,
        rule_position.spent,
        renews,
        returns_at,
        tuple(sorted(tally.parts)) if isinstance(form, Pool) else (),
        rule_position.barred,
    )
    if tally.fixed is not None or rule_position.used_elsewhere:
        elsewhere = 0 if tally.fixed is None else tally.fixed.amount
        result = result._replace(used_elsewhere=rule_position.used_elsewhere, pending_elsewhere=elsewhere)
    return result


def _beside_fixed(tally: _Tally, fixed: FixedTally, form: Sum | Pool | Tiers | MostVisits) -> Verdict:
    """The verdict of one sum that other shops' goods are a part of.

    Duty is said only where goods of this shop are a part of what lies above the limit.
    """
    rule_position, current = tally.rule_position, tally.current
    available = rule_position.available or 0
    if isinstance(form, Tiers):
        steps = tier_steps(form, rule_position.over)
        first = first_of_duty(rule_position)
        owes = first is not None and current - first > fixed.sold_elsewhere
        above = (over for step, over in steps if over is not Verdict.DUTY and current + fixed.taxed > step)
        return max(Verdict.DUTY if owes else Verdict.OK, max(above, default=Verdict.OK))
    if current > available:
        is_mine = fixed.touched if isinstance(form, MostVisits) else current - available > fixed.sold_elsewhere
        if is_mine or rule_position.over is not Verdict.DUTY:
            return rule_position.over
    is_said = fixed.touched or not rule_position.is_of_duty
    return form.mixed if isinstance(form, Pool) and is_said and len(tally.parts) > 1 else Verdict.OK


def _per_variant(tally: _Tally, form: PerVariant, others: frozenset[int]) -> Verdict:
    """The verdict of the kind that is most above the limit; of those that only `others` sold nothing is said."""
    sums: dict[str, Exact] = {}
    mine: set[str] = set()
    for lot in tally.lots:
        amount = lot.of(form.measure)
        variant = lot.attributes.variant
        if variant is None:
            tally.unknowns.append(UnknownAttribute(lot.origin, "variant"))
        if amount is None:
            tally.unknowns.append(UnknownAttribute(lot.origin, form.measure))
        elif variant is not None:
            sums[variant] = sums.get(variant, 0) + amount
            if amount and lot.origin.history not in others:
                mine.add(variant)
    is_over = any(sums[variant] > form.limit for variant in mine)
    return tally.rule_position.over if is_over else Verdict.OK


def _choice(tally: _Tally, form: Choice, day: date) -> Verdict:
    """Ok where one alternative surely holds; missing figures count only where none does."""
    if not tally.lots:
        return Verdict.OK
    undecided: list[UnknownAttribute] = []
    failed: list[UnknownAttribute] = []
    for alternative in form.alternatives:
        if alternative.since is not None and day < alternative.since:
            continue
        held = [inside(alternative.only, lot) for lot in tally.lots]
        if False in held:
            continue
        unknowns = [UnknownAttribute(lot.origin, "abv") for lot, sure in zip(tally.lots, held) if sure is None]
        broken = False
        for bound in alternative.bounds:
            known, missing = _known(bound.scope, bound.measure, tally.lots)
            unknowns += missing
            broken = broken or known > bound.limit
        if not broken and not unknowns:
            return Verdict.OK
        if broken:
            failed += unknowns
        else:
            undecided += unknowns
    tally.unknowns += undecided or failed
    return Verdict.UNKNOWN if undecided else tally.rule_position.over


def _known(scope: Scope, measure: str, lots: Sequence[QuotaItem]) -> tuple[Exact, list[UnknownAttribute]]:
    """The sum of what is on file, and what is not."""
    known: Exact = 0
    unknowns = []
    for lot in lots:
        held = inside(scope, lot)
        if held is False:
            continue
        amount = lot.of(measure)
        if held is None:
            unknowns.append(UnknownAttribute(lot.origin, "abv"))
        if amount is None:
            unknowns.append(UnknownAttribute(lot.origin, measure))
        elif held:
            known += amount
    return known, unknowns
