"""Checks across fields: meaningless combinations, which would silently be no limit."""

from __future__ import annotations

from datetime import date
from itertools import combinations, pairwise

from pos.domain.quota.rule import (
    Ban,
    Charge,
    ChargeVersion,
    Choice,
    Each,
    MostVisits,
    PartAbove,
    PerVariant,
    Pool,
    Regime,
    Rule,
    Scope,
    Strength,
    Sum,
    Tiers,
    Verdict,
)
from pos.regimes.fields import FilePosition

NO_SOURCE = "none:"
"""What a source begins with where there is no law."""


def check_alone(rule: Rule, position: FilePosition) -> None:
    """Refuse meaningless combinations within one rule."""
    if rule.since is not None and rule.until is not None and rule.until <= rule.since:
        raise position.fault("until", "not_after_from")
    if rule.under_age is not None and rule.who.age_from is None:
        raise position.fault("under_age", "needs_age_from")
    if rule.window.remembers and isinstance(rule.form, Choice | Tiers | Ban | Each | PerVariant):
        raise position.fault("window", "not_with_this_form")
    if rule.uses is not None and not (rule.window.remembers and isinstance(rule.form, Sum | Pool)):
        raise position.fault("uses", "needs_a_window_and_a_limit")
    if isinstance(rule.form, MostVisits) and not rule.window.remembers:
        raise position.fault("window", "carry_outs_need_a_span")
    if rule.taxed_too and not (rule.window.remembers and isinstance(rule.form, Sum | Pool)):
        raise position.fault("taxed_too", "needs_a_window_and_a_limit")
    if rule.group is not None and not isinstance(rule.form, Sum):
        raise position.fault("group", "only_for_a_limit")
    _check_form(rule, position)


def _check_form(rule: Rule, position: FilePosition) -> None:
    form = rule.form
    if isinstance(form, MostVisits) and form.limit.denominator != 1:
        raise position.fault("carry_outs", "not_a_whole_number")
    if isinstance(form, Tiers):
        verdicts = [*(tier.over for tier in form.tiers), rule.over]
        if any(above < below for below, above in pairwise(verdicts)):
            raise position.fault("tiers", "not_ascending")
    if isinstance(form, Pool) and any(_share_goods(a.scope, b.scope) for a, b in combinations(form.parts, 2)):
        raise position.fault("parts", "parts_overlap")
    if isinstance(form, Choice):
        for number, alternative in enumerate(form.alternatives):
            if not alternative.only.leaves & rule.scope.leaves:
                raise position.fault(f"any_of[{number}].only", "holds_no_goods")
            for inner, bound in enumerate(alternative.within):
                if not bound.scope.leaves & alternative.only.leaves:
                    raise position.fault(f"any_of[{number}].within[{inner}].scope", "holds_no_goods")


def _share_goods(one: Scope, other: Scope) -> bool:
    """Whether one unit can belong to both."""
    apart = _weaker(one.strength, other.strength) or _weaker(other.strength, one.strength)
    return bool(one.leaves & other.leaves) and not apart


def _weaker(one: Strength | None, other: Strength | None) -> bool:
    """Whether all goods of `one` are weaker than all goods of `other`."""
    if one is None or other is None or one.at_most is None:
        return False
    least, above = other.at_least, other.above
    return (least is not None and one.at_most < least) or (above is not None and one.at_most <= above)


def check_together(regime: Regime, file: str) -> None:
    """Refuse meaningless combinations among the rules of one regime."""
    _check_versions(regime, file)
    unless = {rule.id: {other.unless for other in regime.rules if other.id == rule.id} for rule in regime.rules}
    for rule in regime.rules:
        position = FilePosition(file, rule.id)
        if regime.is_example and rule.confidence != "low":
            raise position.fault("confidence", "of_an_example")
        if not regime.is_example and rule.source.startswith(NO_SOURCE):
            raise position.fault("source", "of_an_example_only")
        if rule.unless is not None and rule.unless not in {other.id for other in regime.rules}:
            raise position.fault("unless", "unknown_rule")
        if rule.id in _shutting_out(rule.unless, unless):
            raise position.fault("unless", "rules_shut_each_other_out")
        for charge in _charges(regime, rule):
            if Verdict.DUTY in (rule.over, rule.under_age):
                _check_charge(charge, rule, position)
            tiers = rule.form.tiers if isinstance(rule.form, Tiers) else ()
            if charge is None and any(tier.over is Verdict.DUTY for tier in tiers):
                raise position.fault("tiers", "duty_needs_a_charge")
            if any(tier.specific for tier in tiers) and not isinstance(charge, PartAbove):
                raise position.fault("tiers", "specific_needs_charge_part")
    for index, rule in enumerate(regime.rules):
        for other in regime.rules[index + 1 :]:
            if rule.id == other.id and _meet(rule, other):
                raise FilePosition(file, rule.id).fault("from", "two_versions_on_one_day")
            one_group = rule.group is not None and rule.group == other.group and _dates_meet(rule, other)
            if one_group and (rule.window, rule.uses) != (other.window, other.uses):
                raise FilePosition(file, other.id).fault("group", "not_as_its_group")


def _shutting_out(first: str | None, unless: dict[str, set[str | None]]) -> set[str]:
    """Every rule that the `unless` of one leads to."""
    reached: set[str] = set()
    ahead = [first]
    while ahead:
        name = ahead.pop()
        if name is not None and name not in reached:
            reached.add(name)
            ahead += unless.get(name, ())
    return reached


def _check_versions(regime: Regime, file: str) -> None:
    """Refuse versions of the charge that leave a day without one, or with two."""
    if not regime.charges:
        if regime.planned_charges and regime.charge is None:
            raise FilePosition(file).fault("duty", "none_confirmed")
        return
    versions = sorted(regime.charges, key=lambda one: one.since or date.min)
    follow = all(one.until is not None and one.until == later.since for one, later in pairwise(versions))
    if not follow or versions[0].since is not None or versions[-1].until is not None:
        raise FilePosition(file).fault("duty", "versions_leave_a_day")


def _charges(regime: Regime, rule: Rule) -> list[Charge | None]:
    """How duty is charged on the days on which a rule holds."""
    if not regime.charges:
        return [regime.charge]
    return [one.charge for one in regime.charges if _dates_meet(rule, one)]


def _check_charge(charge: Charge | None, rule: Rule, position: FilePosition) -> None:
    if charge is None:
        raise position.fault("over", "duty_needs_a_charge")
    if isinstance(charge, PartAbove):
        measured = isinstance(rule.form, Sum) and rule.form.measure in ("value", "gross_kg")
        if not measured or (rule.form.measure == "gross_kg" and charge.minimum is None):  # type: ignore[union-attr]
            raise position.fault("over", "no_formula_for_this_measure")


def _meet(rule: Rule, other: Rule) -> bool:
    """Whether one visitor can meet both rules on one day."""
    return _dates_meet(rule, other) and not (_older(rule, other) or _older(other, rule))


def _dates_meet(rule: Rule, other: Rule | ChargeVersion) -> bool:
    before = rule.until and other.since and rule.until <= other.since
    after = other.until and rule.since and other.until <= rule.since
    return not (before or after)


def _older(rule: Rule, other: Rule) -> bool:
    """Whether `rule` is for travellers above the ages of `other` only."""
    least, most = rule.who.age_from, other.who.age_to
    return least is not None and most is not None and rule.under_age is None and most < least
