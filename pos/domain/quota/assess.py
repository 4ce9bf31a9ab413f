"""The verdict: pending goods and the basket, as one carry-out, against every rule that meets the visitor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from pos.domain.quota.allowance_position import (
    AllowancePosition,
    FixedItem,
    PastSale,
    RulePosition,
    Traveller,
    count,
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

    @property
    def measure(self) -> str:
        """What the figures count: a measure, `pool` (shares of one allowance) or `carry_outs`."""
        form = self.rule.form
        if isinstance(form, Pool):
            return "pool"
        if isinstance(form, MostVisits):
            return "carry_outs"
        return form.measure if isinstance(form, Sum | Tiers | Each | PerVariant) else ""


class Usage(NamedTuple):
    """What one basket line uses of one rule; None where an attribute is missing or the rule is not a sum."""

    rule: str
    measure: str
    amount: Exact | None


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


class _Tally:
    """What a rule has gathered so far from the lots of one carry-out."""

    __slots__ = (
        "broken",
        "current",
        "fixed",
        "judged",
        "lacking",
        "lots",
        "parts",
        "pending",
        "present",
        "rule_position",
        "touched",
        "unknowns",
    )

    def __init__(self, rule_position: RulePosition) -> None:
        self.rule_position = rule_position
        self.current: Exact = 0
        self.pending: Exact = 0
        self.present = False
        self.parts: set[int] = set()
        self.unknowns: list[UnknownAttribute] = []
        self.lots: list[QuotaItem] = []
        self.broken = False
        """Of a limit on each piece: whether a lot is above it."""
        self.lacking: list[UnknownAttribute] = []
        """The lots without a value for it."""
        self.touched = False
        """Whether a lot may lie in the scope of the rule."""
        self.fixed: _Fixed | None = None
        """What other shops sold of it; `touched` and, of a rule of duty, `present`, `broken` and `lacking` are then
        those of this shop's lots alone.
        """
        self.judged: tuple[RuleResult, list[UnknownAttribute]] | None = None
        """What it comes to and what is lacking, until a further lot touches it."""

    def copy(self) -> _Tally:
        """The same so far: to judge adds gaps of its own."""
        same = _Tally(self.rule_position)
        same.current, same.pending, same.present = self.current, self.pending, self.present
        same.parts, same.unknowns, same.lots = self.parts, self.unknowns.copy(), self.lots
        same.broken, same.lacking = self.broken, self.lacking
        same.touched, same.fixed = self.touched, self.fixed
        return same


class _Fixed:
    """What a rule has gathered from the goods of other shops.

    `amount` is their part of the sum; `taxed` are units beside it that were sold dutiable and count where something
    worse than duty begins. `told` is how much of what lies above the limit is theirs.
    """

    __slots__ = ("amount", "taxed", "told")

    def __init__(self) -> None:
        self.amount: Exact = 0
        self.taxed: Exact = 0
        self.told: Exact = 0


def assess_items(position: AllowancePosition, basket: Sequence[QuotaItem]) -> Assessment:
    """Judge lots that are already weighed in the regime's currency."""
    return Assessing(position)(basket)


class Assessing:
    """Judges one basket after another for a visitor: of one that goes on the one before only what is new is gathered.

    Nearly every scan adds a line to those before, and its verdict must not take the longer the more there are.
    """

    __slots__ = ("_by_category", "_eaten", "_lots", "_others", "_tallies", "position")

    def __init__(self, position: AllowancePosition) -> None:
        self.position = position
        self._others = frozenset([item.lot.origin.history or 0 for item in position.fixed])
        self._begin()

    def _begin(self) -> None:
        """Nothing but what the visitor has still to carry out."""
        self._tallies = [_Tally(rule_position) for rule_position in self.position.rule_positions]
        self._by_category: dict[str, list[_Tally]] = {}
        self._lots: list[QuotaItem] = []
        self._eaten: list[tuple[Usage, ...]] = []
        pending, done = self.position.pending, 0
        for item in self.position.fixed:
            self._gather_pending(pending[done : item.after])
            done = item.after
            for tally in self._touched_by(item.lot):
                _gather_fixed(tally, item)
        self._gather_pending(pending[done:])
        for tally in self._tallies:
            if tally.fixed is not None and isinstance(tally.rule_position.rule.form, MostVisits):
                tally.fixed.amount = 0 if tally.touched else 1  # goods of this shop have begun the carry-out

    def _gather_pending(self, lots: Sequence[QuotaItem]) -> None:
        for lot in lots:
            for tally in self._touched_by(lot):
                _gather(tally, lot, pending=True)

    def _touched_by(self, lot: QuotaItem) -> list[_Tally]:
        return _of_category(self._by_category, self._tallies, lot.category)

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
            tally.judged = _judge(self.position, whole, self._others), whole.unknowns
        return tally.judged

    def _add(self, lot: QuotaItem) -> None:
        uses: tuple[Usage, ...] = ()
        if lot.quantity:
            uses = tuple([use for tally in self._touched_by(lot) if (use := _gather(tally, lot, pending=False))])
        self._lots.append(lot)
        self._eaten.append(uses)


def _of_category(by_category: dict[str, list[_Tally]], tallies: list[_Tally], category: str) -> list[_Tally]:
    of_category = by_category.get(category)
    if of_category is None:
        of_category = [tally for tally in tallies if category in tally.rule_position.rule.scope.leaves]
        by_category[category] = of_category
    return of_category


def _gather(tally: _Tally, lot: QuotaItem, pending: bool) -> Usage | None:
    """Add a lot to a rule whose scope names its category."""
    tally.judged = None
    rule_position = tally.rule_position
    rule = rule_position.rule
    form = rule.form
    if type(form) is Sum and rule.scope.strength is None and (amount := lot.of(form.measure)) is not None:
        measure = form.measure
        tally.present = True
    elif isinstance(form, Sum | Pool | Tiers):
        tallied = count(rule, lot)
        if not tallied.present and not tallied.missing:
            return None
        amount = tallied.amount
        if tallied.present:
            tally.present = True
            tally.parts.add(tallied.part)
        if tallied.missing:
            tally.unknowns += [UnknownAttribute(lot.origin, name) for name in tallied.missing]
            amount = None
        measure = "pool" if isinstance(form, Pool) else form.measure
    else:
        held = inside(rule.scope, lot)
        if held is False:
            return None
        tally.touched = True
        if held is None:
            tally.unknowns.append(UnknownAttribute(lot.origin, "abv"))
        else:
            tally.present = True
            tally.lots.append(lot)
        if type(form) is MostVisits:
            tally.current = 1
            tally.pending = 1 if pending else tally.pending
            tally.unknowns += [UnknownAttribute(lot.origin, name) for name in rule_position.doubts]
        measure = form.measure if isinstance(form, Each | PerVariant) else ""
        amount = lot.of(measure) if measure else None
        if held and type(form) is Each:
            _hold_each(tally, form, lot, amount)
        return Usage(rule.id, measure, amount)
    tally.touched = True
    if rule_position.doubts:
        tally.unknowns += [UnknownAttribute(lot.origin, name) for name in rule_position.doubts]
    if amount is not None:
        tally.current += amount
        if pending:
            tally.pending += amount
    return Usage(rule.id, measure, amount)


def _gather_fixed(tally: _Tally, item: FixedItem) -> None:
    """Add goods of another shop to a rule whose scope names their category.

    Of a rule of duty they take room as far as they were sold free, and are no matter of this shop's verdict otherwise.
    Every other rule counts whatever lies in the carry-out.
    """
    rule_position = tally.rule_position
    form, is_of_duty = rule_position.rule.form, rule_position.is_of_duty
    in_tiers = isinstance(form, Tiers) and not is_of_duty
    lot = item.free if (is_of_duty or in_tiers) and not isinstance(form, MostVisits) else item.lot
    current, touched, present, broken = tally.current, tally.touched, tally.present, tally.broken
    gaps, lacking, lots = len(tally.unknowns), len(tally.lacking), len(tally.lots)
    if lot.quantity and _gather(tally, lot, pending=True) is None:
        return
    fixed = tally.fixed = tally.fixed or _Fixed()
    added = tally.current - current
    fixed.amount += added
    step = _first_of_duty(rule_position)
    if step is not None:
        fixed.told += max(tally.current - step, 0) - max(current - step, 0)
    if in_tiers and (taxed := item.lot.quantity - item.free.quantity):
        _gather(tally, item.lot.units(taxed), pending=True)
        more = tally.current - current - added
        fixed.taxed += more
        tally.current -= more
        tally.pending -= more
    tally.touched = touched
    if is_of_duty:
        tally.present, tally.broken = present, broken
        del tally.lacking[lacking:]
        if rule_position.barred or isinstance(form, Ban | Each | MostVisits):  # it looks at each unit apart
            del tally.unknowns[gaps:]
            del tally.lots[lots:]


def _first_of_duty(rule_position: RulePosition) -> Exact | None:
    """Where duty begins in a rule of one sum; None where it does not."""
    form = rule_position.rule.form
    if isinstance(form, Tiers):
        steps = _steps(form, rule_position.over)
        return next((step for step, over in steps if over is Verdict.DUTY), None)
    return rule_position.available if rule_position.over is Verdict.DUTY else None


def _steps(form: Tiers, beyond: Verdict) -> list[tuple[Exact, Verdict]]:
    """The amounts of a tiered rule above which each verdict begins."""
    overs = [*(tier.over for tier in form.tiers[1:]), beyond]
    return [(tier.up_to, over) for tier, over in zip(form.tiers, overs)]


def _judge(position: AllowancePosition, tally: _Tally, others: frozenset[int]) -> RuleResult:
    rule_position = tally.rule_position
    form = rule_position.rule.form
    is_elsewhere = tally.fixed is not None and rule_position.is_of_duty and not tally.touched
    if is_elsewhere:
        tally.unknowns = []
    if isinstance(form, Sum | Pool | Tiers | MostVisits):
        return _sum_result(position, tally, form)
    if is_elsewhere:
        return RuleResult(
            rule_position.rule,
            Verdict.OK,
            barred=rule_position.barred,
            fit=None if rule_position.barred else fit_of(form, tally.lots, position.day, others),
        )
    if rule_position.doubts:
        tally.unknowns += [UnknownAttribute(lot.origin, name) for lot in tally.lots for name in rule_position.doubts]
    if rule_position.barred or isinstance(form, Ban):
        verdict = rule_position.over if tally.present else Verdict.OK
    elif isinstance(form, Each):
        tally.unknowns += tally.lacking
        verdict = rule_position.over if tally.broken else Verdict.OK
    elif isinstance(form, PerVariant):
        verdict = _per_variant(tally, form, others if rule_position.is_of_duty else frozenset())
    elif tally.fixed is not None and not tally.present and rule_position.is_of_duty:
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
    elif tally.fixed is not None:
        verdict = _beside_fixed(tally, tally.fixed, form)
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
    pending_elsewhere = 0 if tally.fixed is None else tally.fixed.amount
    if pending_elsewhere or rule_position.used_elsewhere:
        result = result._replace(used_elsewhere=rule_position.used_elsewhere, pending_elsewhere=pending_elsewhere)
    return result


def _beside_fixed(tally: _Tally, fixed: _Fixed, form: Sum | Pool | Tiers | MostVisits) -> Verdict:
    """The verdict of one sum that other shops' goods are a part of.

    Duty is said only where goods of this shop are a part of what lies above the limit.
    """
    rule_position, current = tally.rule_position, tally.current
    available = rule_position.available or 0
    if isinstance(form, Tiers):
        steps = _steps(form, rule_position.over)
        first = _first_of_duty(rule_position)
        owes = first is not None and current - first > fixed.told
        above = (over for step, over in steps if over is not Verdict.DUTY and current + fixed.taxed > step)
        return max(Verdict.DUTY if owes else Verdict.OK, max(above, default=Verdict.OK))
    if current > available:
        is_mine = tally.touched if isinstance(form, MostVisits) else current - available > fixed.told
        if is_mine or rule_position.over is not Verdict.DUTY:
            return rule_position.over
    is_said = tally.touched or not rule_position.is_of_duty
    return form.mixed if isinstance(form, Pool) and is_said and len(tally.parts) > 1 else Verdict.OK


def _hold_each(tally: _Tally, form: Each, lot: QuotaItem, amount: Exact | None) -> None:
    """Hold the pieces of a lot against the limit of each."""
    if amount is None:
        tally.lacking.append(UnknownAttribute(lot.origin, form.measure))
    elif amount > (form.limit if lot.quantity == 1 else form.limit * lot.quantity):
        tally.broken = True


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
