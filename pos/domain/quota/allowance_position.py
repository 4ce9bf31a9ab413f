"""Where a visitor stands before the basket: the rules that apply, and what past purchases have left of each."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from pos.domain.quota.measure import Goods, ItemOrigin, QuotaItem, QuotaRates, Scales, UnknownAttribute, inside
from pos.domain.quota.rule import (
    Ban,
    Charge,
    Each,
    Exact,
    MostVisits,
    PerVariant,
    Pool,
    Regime,
    Rule,
    Sum,
    Tiers,
    Verdict,
    Who,
    WholeUnit,
)
from pos.domain.quota.window import age_on, within


@dataclass(frozen=True, slots=True)
class Traveller:
    """What a regime asks about a person; None is not known, no entries are none known.

    `born_from` is the earliest possible day of birth, where the document has only a part of the birth date.
    """

    birth_date: date | None = None
    residence: str | None = None
    entries: tuple[date, ...] = ()
    born_from: date | None = None

    def ages_on(self, day: date) -> tuple[int, int | None]:
        """The least and the greatest age that is possible; None is any age."""
        if self.birth_date is not None:
            age = age_on(day, self.birth_date)
            return age, age
        if self.born_from is None:
            return 0, None
        oldest = age_on(day, self.born_from)
        return max(oldest - 1, 0), oldest  # a part of a date leaves a year open at most


@dataclass(frozen=True, slots=True)
class PastSale:
    """An earlier sale of the visitor. `carried_out_at` None: sold, and not known to have left.

    `not_departed` is known of goods that were to leave by another way out: they leave with what is bought now, on
    on every day of this regime. `fixed`: another shop of the center sold it, and its units keep the state (free,
    dutiable) that they were sold with; its `at` is the center's instant.
    """

    at: datetime
    carried_out_at: datetime | None
    lines: tuple[Goods, ...]
    not_departed: bool = False
    fixed: bool = False


class FixedItem(NamedTuple):
    """Goods of another shop that have not been carried out: they lie in one carry-out with what is sold here.

    `free` are the units of `lot` that use up what may be carried out without duty. Where a unit is exempt or taxed
    whole, those are the units sold free, and they take room before all goods of this shop. Elsewhere they are all
    units, and take room in the order of sale: after the first `after` lots that are pending here.
    """

    lot: QuotaItem
    free: QuotaItem
    after: int = 0


@dataclass(frozen=True, slots=True)
class CompletedCarryOut:
    """A completed carry-out: its local day, all its goods, and those that went out exempt."""

    day: date
    goods: tuple[QuotaItem, ...]
    exempt: tuple[QuotaItem, ...]


class RulePosition(NamedTuple):
    """One rule as it meets this visitor today.

    `barred`: too young, any unit in scope is over. `doubts`: attributes of the visitor that the rule needs and
    are unknown. Figures are None for rules that are not one sum. `renews` is the local day on which a spent
    allowance returns. `used_elsewhere` is the part of `used` that other shops of the center sold.
    """

    rule: Rule
    barred: bool
    doubts: tuple[str, ...]
    limit: Exact | None
    used: Exact | None
    available: Exact | None
    spent: bool
    renews: date | None
    unknowns: tuple[UnknownAttribute, ...]
    used_elsewhere: Exact = 0

    @property
    def over(self) -> Verdict:
        """The verdict above the limit, for this visitor."""
        return self.rule.under_age if self.barred and self.rule.under_age is not None else self.rule.over

    @property
    def is_of_duty(self) -> bool:
        """Whether nothing but duty lies above its limits. Such a rule is a matter of each shop's own units."""
        form = self.rule.form
        tiers = form.tiers if isinstance(form, Tiers) and not self.barred else ()
        return self.over is Verdict.DUTY and all(tier.over in (Verdict.OK, Verdict.DUTY) for tier in tiers)


@dataclass(frozen=True, slots=True)
class RuleUsage:
    """What one lot adds to a rule that is one sum; `missing` names the attributes that are not on file."""

    amount: Exact = 0
    present: bool = False
    missing: tuple[str, ...] = ()
    part: int = 0


_NONE = RuleUsage()


def count(rule: Rule, lot: QuotaItem) -> RuleUsage:
    """What `lot` adds to a rule of one sum (Sum, Pool, Tiers)."""
    form = rule.form
    if type(form) is Sum or type(form) is Tiers:
        held = inside(rule.scope, lot)
        if held is False:
            return _NONE
        amount = lot.of(form.measure)
        if held is None:
            return RuleUsage(missing=("abv",) if amount is not None else ("abv", form.measure))
        return RuleUsage(0, True, (form.measure,)) if amount is None else RuleUsage(amount, True)
    if type(form) is Pool:
        missing: list[str] = []
        for index, part in enumerate(form.parts):
            held = inside(part.scope, lot)
            if held is False:
                continue
            amount = lot.of(part.measure)
            if held and amount is not None:
                return RuleUsage(amount / part.per, True, (), index)
            missing += [] if held else ["abv"]
            missing += [] if amount is not None else [part.measure]
            if held:
                return RuleUsage(0, True, tuple(missing), index)
        return RuleUsage(missing=tuple(dict.fromkeys(missing))) if missing else _NONE
    return _NONE


@dataclass(frozen=True, slots=True)
class AllowancePosition:
    """A visitor before the basket. Build it once for a sale, judge every change of the basket with it.

    `pending` was sold here, `fixed` in other shops of the center; neither has been carried out.
    """

    regime: Regime
    at: datetime
    day: date
    rule_positions: tuple[RulePosition, ...]
    pending: tuple[QuotaItem, ...]
    scales: Scales
    fixed: tuple[FixedItem, ...] = ()

    @property
    def charge(self) -> Charge | None:
        """How duty is charged on this day; None for no duty."""
        return self.regime.charge_on(self.day)


def position_of(
    regime: Regime, visitor: Traveller, history: Sequence[PastSale], at: datetime, rates: QuotaRates
) -> AllowancePosition:
    """Where `visitor` stands at the instant `at` (with a zone); raises NoQuotaRate."""
    day = at.astimezone(regime.zone).date()
    scales = Scales(rates, regime.currency.code)
    departures, pending, fixed = _sorted_out(regime, history, day, scales) if history else ((), (), ())
    met = _met(regime, visitor, day)
    spent_by = _uses(met, departures, day) if departures else {}
    others = frozenset(index for index, sale in enumerate(history) if sale.fixed) if departures else frozenset()
    rule_positions = tuple(
        _rule_position(rule, barred, doubts, departures, spent_by, day, others) for rule, barred, doubts in met
    )
    return AllowancePosition(regime, at, day, rule_positions, pending, scales, fixed)


_Met = tuple[Rule, bool, tuple[str, ...]]


def rules_met(regime: Regime, visitor: Traveller, day: date) -> tuple[tuple[Rule, bool], ...]:
    """The rules that hold for `visitor` on the local `day`, each with whether they are too young for its goods."""
    return tuple((rule, barred) for rule, barred, _ in _met(regime, visitor, day))


def _meets(rule: Rule, visitor: Traveller, day: date) -> _Met | None:
    """The rule with (too young, doubts), or None where it is not for this visitor."""
    who = rule.who
    doubts: tuple[str, ...] = ()
    barred = False
    if who.crossings_above is not None:
        entries = sum(within(who.within_days, entry, day) for entry in visitor.entries)
        if entries <= who.crossings_above:
            return None
    if who.residence is not None:
        if visitor.residence is None:
            doubts += ("residence",)
        elif visitor.residence not in who.residence:
            return None
    if who.age_from is not None or who.age_to is not None:
        youngest, oldest = visitor.ages_on(day)
        if who.age_to is not None and youngest > who.age_to:
            return None
        if who.age_from is not None and oldest is not None and oldest < who.age_from:
            if rule.under_age is None:
                return None
            barred = True
        elif _may_lie_outside(who, youngest, oldest):
            doubts += ("birth_date",)
    return rule, barred, doubts


def _may_lie_outside(who: Who, youngest: int, oldest: int | None) -> bool:
    """Whether a rule may not apply to a visitor of such an age."""
    too_young = who.age_from is not None and youngest < who.age_from
    too_old = who.age_to is not None and (oldest is None or oldest > who.age_to)
    return too_young or too_old


def _met(regime: Regime, visitor: Traveller, day: date) -> tuple[_Met, ...]:
    """The rules for this visitor; of versions that differ only by an unknown age, the most generous one."""
    met: dict[str, _Met] = {}
    for rule in regime.in_force(day):
        meeting = _meets(rule, visitor, day)
        if meeting is None:
            continue
        other = met.get(rule.id)
        if other is None or _generosity(rule) > _generosity(other[0]):
            met[rule.id] = meeting
    return tuple(meeting for meeting in met.values() if meeting[0].unless not in met)


def _generosity(rule: Rule) -> Exact:
    form = rule.form
    if isinstance(form, Ban):
        return 0
    return form.limit if isinstance(form, Sum | Each | PerVariant | MostVisits | Tiers) else 1


def _sorted_out(
    regime: Regime, history: Sequence[PastSale], today: date, scales: Scales
) -> tuple[tuple[CompletedCarryOut, ...], tuple[QuotaItem, ...], tuple[FixedItem, ...]]:
    """Past sales as completed carry-outs, as pending goods of this shop and as those of other shops.

    Sales that left at one instant are one carry-out; where a regime takes pending goods to have left at
    midnight, those of one local day are one carry-out. Where goods are sent, each sale is a parcel of its own.
    """
    left: dict[datetime | date | int, tuple[date, list[tuple[QuotaItem, QuotaItem]]]] = {}
    pending: list[QuotaItem] = []
    fixed: list[FixedItem] = []
    for index, sale in enumerate(history):
        sold_on = sale.at.astimezone(regime.zone).date()
        assumed = regime.parcels or (regime.assume_left and sold_on < today and not sale.not_departed)
        gone = sale.carried_out_at is not None or assumed
        if not gone and sale.fixed:
            lines = [(ItemOrigin(i, index), goods) for i, goods in enumerate(sale.lines) if goods.quantity]
            fixed += [FixedItem(scales.lot(at, goods), scales.lot(at, goods, exempt_only=True)) for at, goods in lines]
            continue
        if not gone:
            pending += [scales.lot(ItemOrigin(i, index), goods) for i, goods in enumerate(sale.lines) if goods.quantity]
            continue
        out = sale.carried_out_at
        day = sold_on if out is None else out.astimezone(regime.zone).date()
        together = index if regime.parcels else day if out is None else out
        lots = left.setdefault(together, (day, []))[1]
        for i, goods in enumerate(sale.lines):
            if goods.quantity:
                origin = ItemOrigin(i, index)
                lots.append((scales.lot(origin, goods), scales.lot(origin, goods, exempt_only=True)))
    departures = [
        CompletedCarryOut(day, tuple(lot for lot, _ in lots), tuple(free for _, free in lots if free.quantity))
        for day, lots in left.values()
    ]
    if fixed:
        fixed = _in_order(regime.charge_on(today), history, pending, fixed)
    return tuple(departures), tuple(pending), tuple(fixed)


def _in_order(
    charge: Charge | None, history: Sequence[PastSale], pending: list[QuotaItem], fixed: list[FixedItem]
) -> list[FixedItem]:
    """The goods of other shops in the order in which they take room; `pending` is put in the order of sale."""

    def sold_at(lot: QuotaItem) -> datetime:
        return history[lot.origin.history or 0].at

    pending.sort(key=sold_at)
    fixed.sort(key=lambda item: sold_at(item.lot))
    if isinstance(charge, WholeUnit):
        return fixed
    instants = [sold_at(lot) for lot in pending]
    return [FixedItem(item.lot, item.lot, bisect_left(instants, sold_at(item.lot))) for item in fixed]


def _touches(rule: Rule, lots: Sequence[QuotaItem]) -> bool:
    """Whether a unit may lie in the rule's scope: an unknown strength is taken to be inside."""
    if isinstance(rule.form, Pool):
        return any(inside(part.scope, lot) is not False for part in rule.form.parts for lot in lots)
    return any(inside(rule.scope, lot) is not False for lot in lots)


def _uses(met: Sequence[_Met], departures: Sequence[CompletedCarryOut], today: date) -> dict[str, list[date]]:
    """By rule or group: the days of the carry-outs in the window that spent a use of it, oldest first."""
    spent: dict[str, set[int]] = {}
    for rule, _, _ in met:
        if rule.uses is None:
            continue
        for index, departure in enumerate(departures):
            if rule.window.holds(departure.day, today) and _touches(rule, _counted(rule, departure)):
                spent.setdefault(rule.group or rule.id, set()).add(index)
    return {name: sorted(departures[index].day for index in indexes) for name, indexes in spent.items()}


def _counted(rule: Rule, departure: CompletedCarryOut) -> tuple[QuotaItem, ...]:
    """The goods of a carry-out that use up a rule: what went out exempt, or all of it."""
    return departure.goods if rule.taxed_too else departure.exempt


def _rule_position(
    rule: Rule,
    barred: bool,
    doubts: tuple[str, ...],
    departures: Sequence[CompletedCarryOut],
    spent_by: dict[str, list[date]],
    today: date,
    others: frozenset[int],
) -> RulePosition:
    form = rule.form
    if not isinstance(form, Sum | Pool | Tiers | MostVisits):
        return RulePosition(rule, barred, doubts, None, None, None, False, None, ())
    limit: Exact = 0 if barred else 1 if isinstance(form, Pool) else form.limit
    if not departures or not rule.window.remembers:
        return RulePosition(rule, barred, doubts, limit, 0, limit, False, None, ())
    counted = [departure for departure in departures if rule.window.holds(departure.day, today)]
    used: Exact = 0
    elsewhere: Exact = 0
    unknowns: list[UnknownAttribute] = []
    days: list[date] = []
    for departure in counted:
        if isinstance(form, MostVisits):
            amount: Exact = int(_touches(rule, departure.goods))
        else:
            counts = [(lot, count(rule, lot)) for lot in _counted(rule, departure)]
            amount = sum((tally.amount for _, tally in counts), 0)
            unknowns += [UnknownAttribute(lot.origin, name) for lot, tally in counts for name in tally.missing]
            if others:
                elsewhere += sum((tally.amount for lot, tally in counts if lot.origin.history in others), 0)
        if isinstance(form, MostVisits) and amount and others:
            elsewhere += not _touches(rule, [lot for lot in departure.goods if lot.origin.history not in others])
        used += amount
        days += [departure.day] if amount else []
    uses = spent_by.get(rule.group or rule.id, [])
    spent = rule.uses is not None and len(uses) >= rule.uses
    available: Exact = 0 if spent else max(limit - used, 0)
    renews = None
    if spent:
        renews = rule.window.freed(uses[len(uses) - (rule.uses or 1)])
        unknowns = []  # nothing is left, for any value of the missing figure
    elif not available and days:
        renews = rule.window.freed(min(days))
    return RulePosition(rule, barred, doubts, limit, used, available, spent, renews, tuple(unknowns), elsewhere)
