"""A rule in words: what it allows of which goods, in which span, to whom, and what happens above it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from fractions import Fraction

from pos.application.text.border_words import country_text
from pos.application.text.formatting import date_text, kg_text, number_text, percent_text, unit_text
from pos.application.text.names import CATEGORIES, name_of
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import noted
from pos.domain.quota.rule import (
    Alternative,
    Ban,
    Charge,
    Choice,
    Each,
    Exact,
    MostVisits,
    PartAbove,
    PerVariant,
    Pool,
    PoolPart,
    Regime,
    Rule,
    Scope,
    Strength,
    Sum,
    Tiers,
    Verdict,
    Who,
)
from pos.ui.quota.quota_words import banned_text, measured

SEPARATOR = " · "

WINDOWS: Mapping[str, str] = {
    "carry_out": N_("each crossing"),
    "day": N_("a calendar day"),
    "month": N_("a calendar month"),
    "year": N_("a calendar year"),
}

OUTCOMES: Mapping[Verdict, str] = {
    Verdict.NOTE: N_("allowed with a note"),
    Verdict.DUTY: N_("declare, pay duty"),
    Verdict.REVIEW: N_("ask a manager"),
    Verdict.REFUSE: N_("not allowed"),
}
"""What a rule does above its limit."""

OUTCOME_ICONS: Mapping[Verdict, str] = {
    Verdict.NOTE: "sticky-note",
    Verdict.DUTY: "banknote",
    Verdict.REVIEW: "hand",
    Verdict.REFUSE: "ban",
}

SURE: Mapping[str, tuple[int, str, str]] = {
    "high": (3, N_("high confidence"), N_("The source is explicit.")),
    "medium": (
        2,
        N_("medium confidence"),
        N_("This is an interpretation of the source. Customs may interpret it differently."),
    ),
    "low": (1, N_("low confidence"), N_("The source is unclear. Ask customs.")),
}
"""How far a rule can be relied on: so many bars out of three, the word beside them, and what it means."""

_PER = {"ml": (1000, "L"), "net_g": (1000, "kg"), "gross_kg": (1, "kg")}
"""The unit in which a specific duty is spoken of, and how much of the measure it is."""


def amount_text(amount: Exact, measure: str, regime: Regime, tr: Translator) -> str:
    """A limit as a law writes it: whole kilograms without the grams of a balance."""
    if measure == "gross_kg" and Fraction(amount).denominator == 1:
        return kg_text(amount, tr.language, 0)
    return measured(amount, measure, regime, tr)


def goods_text(scope: Scope, tr: Translator) -> str:
    """Which goods a rule is about: All goods, but not Alcohol; Alcohol from 12 % vol."""
    named = tr(", ").join(name_of(CATEGORIES, name, tr) for name in scope.names)
    for strength in _strengths(scope.strength, tr):
        named = tr("{goods} {strength}", goods=named, strength=strength)
    if not scope.excluded:
        return named
    others = tr(", ").join(name_of(CATEGORIES, name, tr) for name in scope.excluded)
    return tr("{goods}, but not {others}", goods=named, others=others)


def _strengths(strength: Strength | None, tr: Translator) -> list[str]:
    if strength is None:
        return []

    def percent(value: Fraction) -> str:
        return number_text(value, tr.language, 2, trimmed=True)

    parts = []
    if strength.at_least is not None:
        parts.append(tr("from {n} % vol.", n=percent(strength.at_least)))
    if strength.above is not None:
        parts.append(tr("above {n} % vol.", n=percent(strength.above)))
    if strength.at_most is not None:
        parts.append(tr("up to {n} % vol.", n=percent(strength.at_most)))
    return parts


def limit_lines(rule: Rule, regime: Regime, day: date, tr: Translator, *, full: bool = False) -> list[str]:
    """What the rule allows, a line for each kind of goods or step; `full` leaves nothing out."""
    form = rule.form
    match form:
        case Ban():
            return [banned_text(rule.over, regime, tr)]
        case Each():
            return [tr("up to {limit} per piece", limit=amount_text(form.limit, form.measure, regime, tr))]
        case PerVariant():
            return [tr("{limit} of the same kind", limit=amount_text(form.limit, form.measure, regime, tr))]
        case Tiers():
            return _tiers(form, regime, tr)
        case Pool():
            return _pool(form, regime, tr, full)
        case Choice():
            return _choice(form, regime, day, tr, full)
        case MostVisits():
            return [amount_text(form.limit, "carry_outs", regime, tr)]
        case Sum(limit=limit) if not limit:
            return [tr("none allowed")]
        case Sum():
            return [amount_text(form.limit, form.measure, regime, tr)]


def _tiers(form: Tiers, regime: Regime, tr: Translator) -> list[str]:
    lines = []
    for tier in form.tiers:
        limit = amount_text(tier.up_to, form.measure, regime, tr)
        if tier.over is Verdict.OK:
            parts = [tr("up to {limit} free", limit=limit)]
        else:
            parts = [tr("up to {limit}: {outcome}", limit=limit, outcome=tr(OUTCOMES[tier.over]))]
        if tier.specific:
            parts.append(_specific(tier.specific, form.measure, regime, tr))
        lines.append(SEPARATOR.join(parts))
    return lines


def _specific(amount: Fraction, measure: str, regime: Regime, tr: Translator) -> str:
    size, name = _PER.get(measure, (1, ""))
    unit = unit_text(name, tr.language) if name else amount_text(1, measure, regime, tr)
    return tr("{amount} per {unit}", amount=amount_text(amount * size, "value", regime, tr), unit=unit)


def _pool(form: Pool, regime: Regime, tr: Translator, full: bool) -> list[str]:
    lines = [_part(part, regime, tr) for part in form.parts]
    if full:
        lines.append(tr("Several kinds of goods share the allowance: half of one leaves half of another."))
        if form.mixed is not Verdict.OK:
            lines.append(tr("Several kinds together: {outcome}.", outcome=tr(OUTCOMES[form.mixed])))
    return lines


def _part(part: PoolPart, regime: Regime, tr: Translator) -> str:
    return SEPARATOR.join([amount_text(part.per, part.measure, regime, tr), goods_text(part.scope, tr)])


def _choice(form: Choice, regime: Regime, day: date, tr: Translator, full: bool) -> list[str]:
    lines = [_alternative(one, regime, day, tr, full) for one in form.alternatives]
    return [tr("One of these, and no other goods of this kind:"), *lines] if full else lines


def _alternative(one: Alternative, regime: Regime, day: date, tr: Translator, full: bool) -> str:
    parts = [amount_text(one.limit, one.measure, regime, tr), goods_text(one.only, tr)]
    if one.since is not None and one.since > day:
        parts.append(tr("from {day} on", day=date_text(one.since, tr.language)))
    text = SEPARATOR.join(parts)
    if one.within and not full:
        text = tr("{limit}, mixed", limit=text)
    elif one.within:
        bounds = [noted(tr, amount_text(b.limit, b.measure, regime, tr), goods_text(b.scope, tr)) for b in one.within]
        text = tr("{limit}, including at most {bounds}", limit=text, bounds=tr(", ").join(bounds))
    return text


def window_text(rule: Rule, regime: Regime, tr: Translator) -> str:
    """Which carry-outs share the limit, and how many of them have an allowance; empty where it makes no odds."""
    if isinstance(rule.form, Ban | Each):
        return ""
    window = rule.window
    if window.kind == "rolling":
        text = tr.plural("any {n} consecutive day", "any {n} consecutive days", window.days)
    else:
        text = tr("each parcel") if regime.parcels and window.kind == "carry_out" else tr(WINDOWS[window.kind])
    uses = [] if rule.uses is None else [amount_text(rule.uses, "carry_outs", regime, tr)]
    return SEPARATOR.join([text, *uses])


def who_text(who: Who, tr: Translator) -> str:
    """Which visitors the rule is for: everybody; from 18 years of age · living in China."""
    parts = []
    if who.age_from is not None:
        parts.append(tr.plural("from {n} year of age", "from {n} years of age", who.age_from))
    if who.age_to is not None:
        parts.append(tr.plural("up to {n} year of age", "up to {n} years of age", who.age_to))
    if who.residence is not None:
        countries = tr(", ").join(country_text(code, tr) for code in sorted(who.residence))
        parts.append(tr("resident in {countries}", countries=countries))
    if who.crossings_above is not None:
        entries = tr.plural("more than {n} entry", "more than {n} entries", who.crossings_above)
        days = tr.plural("within {n} day", "within {n} days", who.within_days)
        parts.append(tr("{entries} {days}", entries=entries, days=days))
    return SEPARATOR.join(parts) or tr("all visitors")


def force_text(rule: Rule, tr: Translator) -> str:
    """From when to when the rule holds, both days included."""
    language = tr.language
    last = None if rule.until is None else date_text(rule.until - timedelta(days=1), language)
    if rule.since is None:
        return tr("no start date") if last is None else tr("to {day}", day=last)
    first = date_text(rule.since, language)
    return tr("since {day}", day=first) if last is None else f"{first} – {last}"


def planned_text(since: date | None, tr: Translator) -> str:
    """From when on a version that is not confirmed is planned."""
    assert since is not None, "a planned version says from when"
    return tr("planned from {day}, not confirmed", day=date_text(since, tr.language))


def charge_lines(charge: Charge | None, regime: Regime, tr: Translator) -> list[tuple[str, str, str]]:
    """How duty is charged: which goods, at what rate, and from which price of a piece (or "")."""
    if charge is None:
        return []
    language = tr.language
    if isinstance(charge, PartAbove):
        rate = tr("{rate} of the excess value", rate=percent_text(charge.ad_valorem * 100, language))
        least = ""
        if charge.minimum is not None:
            least = tr("minimum {duty}", duty=_specific(charge.minimum, "gross_kg", regime, tr))
        return [(tr("Goods over the allowance"), rate, least)]
    rows = []
    for rate_ in charge.rates:
        floor = ""
        if rate_.unit_value_from:
            floor = tr("a piece from {price}", price=amount_text(rate_.unit_value_from, "value", regime, tr))
        rows.append((goods_text(rate_.scope, tr), percent_text(rate_.rate * 100, language), floor))
    return rows


def together(rule: Rule, rules: Sequence[Rule], tr: Translator) -> str:
    """The other rules of the same group, by title."""
    others = [one.title_in(tr.language) for one in rules if one.group == rule.group and one.id != rule.id]
    return tr(", ").join(dict.fromkeys(others)) if rule.group is not None else ""
