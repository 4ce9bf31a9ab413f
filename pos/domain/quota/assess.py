"""The verdict: pending goods and the basket, as one carry-out, against every rule that meets the visitor."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import NamedTuple

from pos.domain.quota.allowance_position import AllowancePosition, PastSale, RulePosition, Traveller, count, position_of
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
        "judged",
        "lacking",
        "lots",
        "parts",
        "pending",
        "present",
        "rule_position",
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
        self.judged: tuple[RuleResult, list[UnknownAttribute]] | None = None
        """What it comes to and what is lacking, until a further lot touches it."""

    def copy(self) -> _Tally:
        """The same so far: to judge adds gaps of its own."""
        same = _Tally(self.rule_position)
        same.current, same.pending, same.present = self.current, self.pending, self.present
        same.parts, same.unknowns, same.lots = self.parts, self.unknowns.copy(), self.lots
        same.broken, same.lacking = self.broken, self.lacking
        return same


def assess_items(position: AllowancePosition, basket: Sequence[QuotaItem]) -> Assessment:
    """Judge lots that are already weighed in the regime's currency."""
    return Assessing(position)(basket)


class Assessing:
    """Judges one basket after another for a visitor: of one that goes on the one before only what is new is gathered.

    Nearly every scan adds a line to those before, and its verdict must not take the longer the more there are.
    """

    __slots__ = ("_by_category", "_eaten", "_lots", "_tallies", "position")

    def __init__(self, position: AllowancePosition) -> None:
        self.position = position
        self._begin()

    def _begin(self) -> None:
        """Nothing but what the visitor has still to carry out."""
        self._tallies = [_Tally(rule_position) for rule_position in self.position.rule_positions]
        self._by_category: dict[str, list[_Tally]] = {}
        self._lots: list[QuotaItem] = []
        self._eaten: list[tuple[Usage, ...]] = []
        for lot in self.position.pending:
            for tally in _of_category(self._by_category, self._tallies, lot.category):
                _gather(tally, lot, pending=True)

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
            tally.judged = _judge(self.position, whole), whole.unknowns
        return tally.judged

    def _add(self, lot: QuotaItem) -> None:
        uses: tuple[Usage, ...] = ()
        if lot.quantity:
            touched = _of_category(self._by_category, self._tallies, lot.category)
            uses = tuple([use for tally in touched if (use := _gather(tally, lot, pending=False))])
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
    if rule_position.doubts:
        tally.unknowns += [UnknownAttribute(lot.origin, name) for name in rule_position.doubts]
    if amount is not None:
        tally.current += amount
        if pending:
            tally.pending += amount
    return Usage(rule.id, measure, amount)


def _judge(position: AllowancePosition, tally: _Tally) -> RuleResult:
    rule_position = tally.rule_position
    form = rule_position.rule.form
    if isinstance(form, Sum | Pool | Tiers | MostVisits):
        return _sum_result(position, tally, form)
    if rule_position.doubts:
        tally.unknowns += [UnknownAttribute(lot.origin, name) for lot in tally.lots for name in rule_position.doubts]
    if rule_position.barred or isinstance(form, Ban):
        verdict = rule_position.over if tally.present else Verdict.OK
    elif isinstance(form, Each):
        tally.unknowns += tally.lacking
        verdict = rule_position.over if tally.broken else Verdict.OK
    elif isinstance(form, PerVariant):
        verdict = _per_variant(tally, form)
    else:
        verdict = _choice(tally, form, position.day)
    fit = None
    if not rule_position.barred and (
        verdict > Verdict.UNKNOWN or not isinstance(form, Each)
    ):  # an Each looks at all goods
        fit = fit_of(form, tally.lots, position.day)
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
    return RuleResult(
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


def _hold_each(tally: _Tally, form: Each, lot: QuotaItem, amount: Exact | None) -> None:
    """Hold the pieces of a lot against the limit of each."""
    if amount is None:
        tally.lacking.append(UnknownAttribute(lot.origin, form.measure))
    elif amount > (form.limit if lot.quantity == 1 else form.limit * lot.quantity):
        tally.broken = True


def _per_variant(tally: _Tally, form: PerVariant) -> Verdict:
    sums: dict[str, Exact] = {}
    for lot in tally.lots:
        amount = lot.of(form.measure)
        variant = lot.attributes.variant
        if variant is None:
            tally.unknowns.append(UnknownAttribute(lot.origin, "variant"))
        if amount is None:
            tally.unknowns.append(UnknownAttribute(lot.origin, form.measure))
        elif variant is not None:
            sums[variant] = sums.get(variant, 0) + amount
    return tally.rule_position.over if any(amount > form.limit for amount in sums.values()) else Verdict.OK


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
