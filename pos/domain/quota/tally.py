"""What each rule gathers from the lots of one carry-out: sums, kinds and what is missing."""

from __future__ import annotations

from typing import Any, Generic, NamedTuple, TypeVar

from pos.domain.quota.allowance_position import FixedItem, RulePosition, count
from pos.domain.quota.measure import QuotaItem, UnknownAttribute, inside
from pos.domain.quota.rule import Ban, Each, Exact, MostVisits, PerVariant, Pool, Sum, Tiers, Verdict


class Usage(NamedTuple):
    """What one basket line uses of one rule; None where an attribute is missing or the rule is not a sum."""

    rule: str
    measure: str
    amount: Exact | None


_Result = TypeVar("_Result")


class Tally(Generic[_Result]):
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
        self.fixed: FixedTally | None = None
        """Where other shops' goods lie in the carry-out, what they add. Of a rule of duty `present`, `broken` and
        `lacking` are then those of this shop's lots alone.
        """
        self.judged: tuple[_Result, list[UnknownAttribute]] | None = None
        """What it comes to and what is lacking, until a further lot touches it."""

    def copy(self) -> Tally[_Result]:
        """The same so far: to judge adds gaps of its own."""
        same: Tally[_Result] = Tally(self.rule_position)
        same.current, same.pending, same.present = self.current, self.pending, self.present
        same.parts, same.unknowns, same.lots = self.parts, self.unknowns.copy(), self.lots
        same.broken, same.lacking = self.broken, self.lacking
        same.fixed = self.fixed
        return same


class FixedTally:
    """What a rule has gathered from the goods of other shops.

    `amount` is their part of the sum; `taxed` are units beside it that were sold dutiable and count where something
    worse than duty begins. `sold_elsewhere` is how much of what lies above the limit is theirs. `present`: some may lie
    in the scope of the rule; `touched`: goods of this shop may.
    """

    __slots__ = ("amount", "present", "sold_elsewhere", "taxed", "touched")

    def __init__(self) -> None:
        self.present = self.touched = False
        self.amount: Exact = 0
        self.taxed: Exact = 0
        self.sold_elsewhere: Exact = 0


def gather(tally: Tally[Any], lot: QuotaItem, pending: bool) -> Usage | None:
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


def gather_fixed(tally: Tally[Any], item: FixedItem) -> None:
    """Add goods of another shop to a rule whose scope names their category.

    Of a rule of duty they take room as far as they were sold free, and are no matter of this shop's verdict otherwise.
    Every other rule counts whatever lies in the carry-out.
    """
    rule_position = tally.rule_position
    form, is_of_duty = rule_position.rule.form, rule_position.is_of_duty
    in_tiers = isinstance(form, Tiers) and not is_of_duty
    lot = item.free if (is_of_duty or in_tiers) and not isinstance(form, MostVisits) else item.lot
    current, present, broken = tally.current, tally.present, tally.broken
    gaps, lacking, lots = len(tally.unknowns), len(tally.lacking), len(tally.lots)
    if lot.quantity and gather(tally, lot, pending=True) is None:
        return
    fixed = tally.fixed
    assert fixed is not None
    fixed.present = True
    added = tally.current - current
    fixed.amount += added
    step = first_of_duty(rule_position)
    if step is not None:
        fixed.sold_elsewhere += max(tally.current - step, 0) - max(current - step, 0)
    if in_tiers and (taxed := item.lot.quantity - item.free.quantity):
        gather(tally, item.lot.units(taxed), pending=True)
        more = tally.current - current - added
        fixed.taxed += more
        tally.current -= more
        tally.pending -= more
    if is_of_duty:
        tally.present, tally.broken = present, broken
        del tally.lacking[lacking:]
        if rule_position.barred or isinstance(form, Ban | Each | MostVisits):  # it looks at each unit apart
            del tally.unknowns[gaps:]
            del tally.lots[lots:]


def first_of_duty(rule_position: RulePosition) -> Exact | None:
    """Where duty begins in a rule of one sum; None where it does not."""
    form = rule_position.rule.form
    if isinstance(form, Tiers):
        steps = tier_steps(form, rule_position.over)
        return next((step for step, over in steps if over is Verdict.DUTY), None)
    return rule_position.available if rule_position.over is Verdict.DUTY else None


def tier_steps(form: Tiers, beyond: Verdict) -> list[tuple[Exact, Verdict]]:
    """The amounts of a tiered rule above which each verdict begins."""
    overs = [*(tier.over for tier in form.tiers[1:]), beyond]
    return [(tier.up_to, over) for tier, over in zip(form.tiers, overs)]


def _hold_each(tally: Tally[Any], form: Each, lot: QuotaItem, amount: Exact | None) -> None:
    """Hold the pieces of a lot against the limit of each."""
    if amount is None:
        tally.lacking.append(UnknownAttribute(lot.origin, form.measure))
    elif amount > (form.limit if lot.quantity == 1 else form.limit * lot.quantity):
        tally.broken = True
