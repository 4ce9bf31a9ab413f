"""The quota in words and figures: amounts in common units, states, gauges, the verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

from pos.application.text.formatting import (
    date_text,
    grams_text,
    is_small,
    kg_text,
    litres_text,
    ml_text,
    money_text,
    number_text,
    percent_text,
    pieces_text,
    sticks_text,
    volume_text,
)
from pos.application.text.names import ATTRIBUTES, GAUGE_STATES, name_of
from pos.application.text.translator import Translator
from pos.domain.money import Money, half_up
from pos.domain.quota.assess import Assessment, RuleResult
from pos.domain.quota.rule import Ban, Choice, Each, Exact, PerVariant, Pool, PoolPart, Regime, Rule, Sum, Verdict
from pos.domain.quota.rule_excess import LimitUse
from pos.ui.widgets.cards.quota_gauge import BETWEEN, GaugeState, GaugeView

_NEARLY = 85
"""Per cent of an allowance."""
_SHOWN_WITHOUT_GOODS = 3
_HARM = {
    GaugeState.WITHIN: 0,
    GaugeState.NEARLY: 1,
    GaugeState.SPENT: 2,
    GaugeState.OPEN: 3,
    GaugeState.UNKNOWN: 4,
    GaugeState.OVER: 5,
}


def no_rules_texts(regime: str, tr: Translator) -> tuple[str, str]:
    """That the rules which the settings name cannot be read: in short, and what follows from it."""
    return tr("No rules for this destination"), tr(
        "The rules “{regime}” from the settings cannot be read. Allowances are not checked until a "
        "manager corrects this under Rules.",
        regime=regime,
    )


def no_parcel_texts(tr: Translator) -> tuple[str, str]:
    """That the shop has no rules for parcels to the destination: in short, and what can be done."""
    return tr("No rules for this destination"), tr(
        "The shop sends nothing there. Have the goods carried out, or choose the rules for parcels in the settings."
    )


def measured(amount: Exact, measure: str, regime: Regime, tr: Translator, *, unit: bool = True) -> str:
    """Format an amount of a measure: ¥ 612.00, 1.40 L, 5.200 kg, 200 sticks, 50 %."""
    language = tr.language
    if measure == "value":
        return money_text(Money.rounded(amount, regime.currency), language, symbol=unit)
    if measure == "ml":
        return volume_text(amount, language, unit=unit)
    if measure == "gross_kg":
        return kg_text(amount, language, unit=unit)
    if measure == "net_g":
        return grams_text(amount, language, unit=unit)
    if measure == "pool":
        return percent_text(Fraction(amount) * 100, language, 0)
    if not unit:
        return number_text(amount, language)
    if measure == "sticks":
        return sticks_text(half_up(Fraction(amount)), tr)
    if measure == "carry_outs":
        return tr.plural("{n} crossing", "{n} crossings", half_up(Fraction(amount)))
    return pieces_text(half_up(Fraction(amount)), tr)


def pool_part(rule: Rule, category: str) -> PoolPart | None:
    """The part of a shared allowance for goods of `category`; None if the rule is no pool."""
    if not isinstance(rule.form, Pool):
        return None
    return next((part for part in rule.form.parts if category in part.scope.leaves), None)


def state_of(result: RuleResult) -> GaugeState:
    """The state of a rule: within, nearly used up, over, unknown, or spent until a day."""
    if result.verdict > Verdict.UNKNOWN:
        return GaugeState.OVER
    if result.verdict == Verdict.UNKNOWN:
        return GaugeState.OPEN if result.open else GaugeState.UNKNOWN
    if result.spent:
        return GaugeState.SPENT
    if result.current and result.available and _is_share(result.current, result.available, _NEARLY):
        return GaugeState.NEARLY
    fit = result.fit
    if fit is not None and fit.current and _is_share(fit.current, fit.limit, _NEARLY):
        return GaugeState.NEARLY
    return GaugeState.WITHIN


def _is_share(part: Exact, whole: Exact, percent: int) -> bool:
    """Whether `part` is at least this percentage of `whole`; called for every rule at every scan."""
    return 100 * part.numerator * whole.denominator >= percent * whole.numerator * part.denominator


def harm_of(state: GaugeState) -> int:
    """Severity of a state, to sort the worst first."""
    return _HARM[state]


def state_word(result: RuleResult, tr: Translator) -> str:
    """The word beside a gauge."""
    state = state_of(result)
    left = result.left if result.fit is None else result.fit.left
    if state is GaugeState.SPENT or (state is GaugeState.NEARLY and left == 0 and not result.beside):
        return tr("used up")
    if state is GaugeState.NEARLY:
        return name_of(GAUGE_STATES, "nearly", tr)
    if state is GaugeState.OPEN:
        return tr.context("allowance", "still open")
    return name_of(GAUGE_STATES, result.verdict.word, tr)


def title_of(result: RuleResult, tr: Translator, *, inside: bool = False) -> str:
    """The rule's short title; with `inside` it starts in lower case, for use within a sentence."""
    title = result.rule.title_in(tr.language)
    return title[:1].lower() + title[1:] if inside else title


def shown_rules(assessment: Assessment) -> list[RuleResult]:
    """The rules that deserve a gauge: those touched by the basket or pending goods; if one is over, the worst first.

    With an empty basket: earlier use, and the first limits of the regime.
    """
    eaten = {use.rule for uses in assessment.eaten for use in uses}
    strict = {r.rule.id: _strictest(r, assessment.rules).rule.id for r in assessment.rules}
    touched = [r for r in assessment.rules if r.rule.id in eaten or _waits(r) or r.verdict > Verdict.OK]
    if eaten:
        touched = [r for r in touched if strict[r.rule.id] == r.rule.id]
        over = assessment.verdict > Verdict.UNKNOWN
        return sorted(touched, key=lambda result: -result.verdict) if over else touched
    used = [r.rule.id for r in assessment.rules if r in touched or r.used]
    fresh = [r.rule.id for r in assessment.rules if r.limit and r.rule.id not in used]
    chosen = {strict[rule] for rule in used + fresh[: max(0, _SHOWN_WITHOUT_GOODS - len(used))]}
    return [r for r in assessment.rules if r.rule.id in chosen]


def all_rules(assessment: Assessment) -> list[RuleResult]:
    """Every rule with an allowance, those of `shown_rules` first; of several sums over the same goods the strictest."""
    first = shown_rules(assessment)
    others = [_strictest(result, assessment.rules) for result in assessment.rules if result.limit]
    return list({result.rule.id: result for result in (*first, *others)}.values())


def _waits(result: RuleResult) -> bool:
    """Whether goods of an earlier sale wait under this rule; one that is not one sum has them in the set that fits."""
    return bool(result.pending) or (result.fit is not None and bool(result.fit.pending))


def _strictest(result: RuleResult, rules: Sequence[RuleResult]) -> RuleResult:
    """Of several sums over the same goods, the one that leaves least: the rest left by another one cannot be used.

    What was used of a longer window is a fact of its own: the rest of a year goes on behind the limit of one parcel.
    """
    own = result.rule.form
    if not isinstance(own, Sum) or result.left is None:
        return result
    same = (
        r for r in rules
        if not (result.used and r.rule.window != result.rule.window)
        and isinstance(r.rule.form, Sum) and r.rule.form.measure == own.measure
        and r.rule.scope == result.rule.scope and r.left is not None and r.left < result.left
    )  # fmt: skip
    return min(same, key=lambda r: r.left or 0, default=result)


def gauge_view(result: RuleResult, regime: Regime, tr: Translator) -> GaugeView:
    """The gauge of one rule."""
    title, state, word = title_of(result, tr), state_of(result), state_word(result, tr)
    if regime.parcels and isinstance(result.rule.form, Ban) and result.verdict is Verdict.DUTY:
        word = tr("taxed")
    if regime.parcels and result.verdict is Verdict.NOTE:
        state = GaugeState.NEARLY  # as the verdict: what customs decide about a parcel is not known
    limit = result.limit
    if limit is None or result.used is None or result.current is None or result.pending is None:
        if result.fit is not None and not isinstance(result.rule.form, Each):
            return _fit_view(result, result.fit, regime, tr)
        return GaugeView(title, state, word, 0, 0, 0, detail=_without_figures(result, regime, tr))
    measure, scale = _unit_of(result)

    greatest = limit or max(result.used + result.pending, result.current)
    in_unit = ml_text if is_small(Fraction(greatest) * scale) else litres_text

    def text(amount: Exact, *, unit: bool = False) -> str:
        scaled = amount if scale == 1 else Fraction(amount) * scale
        # One unit for the whole gauge: that of its limit, or of the goods where nothing is allowed.
        if measure == "ml" and (scaled or unit):
            return in_unit(scaled, tr.language, unit=unit)
        return measured(scaled, measure, regime, tr, unit=unit)

    earlier, now = result.used + result.pending, result.current - result.pending
    elsewhere = result.used_elsewhere + result.pending_elsewhere
    lead, figure = _lead(result, result.left, tr), text(result.left or 0, unit=True)
    if state is GaugeState.OVER:
        lead, figure = tr.context("excess", "over"), text(result.over or 0, unit=True) if result.over else ""
    elif state in (GaugeState.UNKNOWN, GaugeState.OPEN):
        lead, figure = "", ""
    parts = [
        _earlier_text(text(earlier), text(elsewhere) if elsewhere else "", tr),
        tr("now {amount}", amount=text(now)),
    ]
    parts.append(tr("of {limit}", limit=text(limit, unit=True)))
    if state is GaugeState.UNKNOWN:
        parts[:2] = _with_unknown(result, parts[0], parts[1], tr)
    day = no_allowance_until(result)
    if day is not None:
        parts = [tr("no allowance until {day}", day=date_text(day, tr.language))]
    if result.spent:
        earlier = max(limit, earlier)
    is_most = _is_most(result, result.left)
    return GaugeView(
        title, state, word, earlier, now, limit, lead, figure, BETWEEN.join(parts), is_most=is_most,
        elsewhere=elsewhere,
    )  # fmt: skip


def _earlier_text(earlier: str, elsewhere: str, tr: Translator) -> str:
    """What was bought before this sale; in a center also how much of it in other shops."""
    if not elsewhere:
        return tr("earlier {amount}", amount=earlier)
    return tr("earlier {amount} (elsewhere {elsewhere})", amount=earlier, elsewhere=elsewhere)


def _with_unknown(result: RuleResult, earlier: str, now: str, tr: Translator) -> list[str]:
    """What was bought before and what is bought now, with that of the two which is not known."""
    of_earlier = [one.is_of_earlier_goods for one in result.unknown]
    return [
        tr("earlier unknown") if any(of_earlier) else earlier,
        now if of_earlier and all(of_earlier) else tr("now unknown"),
    ]


def _is_most(result: RuleResult, left: Exact | None) -> bool:
    """Whether what is left is the most that can be: an answer about the visitor may lower it."""
    return bool(result.open and left)


def _lead(result: RuleResult, left: Exact | None, tr: Translator) -> str:
    """The word before what is left."""
    return tr.context("remaining", "at most") if _is_most(result, left) else tr.context("remaining", "left")


def _fit_view(result: RuleResult, fit: LimitUse, regime: Regime, tr: Translator) -> GaugeView:
    """The gauge of a rule with several sums, by the decisive figures."""
    state = state_of(result)
    lead, figure = _lead(result, fit.left, tr), measured(fit.left, fit.measure, regime, tr)
    if state is GaugeState.OVER:
        lead = tr.context("excess", "over") if fit.over else ""
        figure = measured(fit.over, fit.measure, regime, tr) if fit.over else ""
    elif state in (GaugeState.UNKNOWN, GaugeState.OPEN):
        lead, figure = "", ""
    now = measured(fit.current - fit.pending, fit.measure, regime, tr, unit=False)
    earlier, elsewhere = (
        measured(amount, fit.measure, regime, tr, unit=False) for amount in (fit.pending, fit.elsewhere)
    )
    used = [_earlier_text(earlier, elsewhere if fit.elsewhere else "", tr), tr("now {amount}", amount=now)]
    if state is GaugeState.UNKNOWN:
        used = _with_unknown(result, used[0], used[1], tr)
    detail = (*used, tr("of {limit}", limit=measured(fit.limit, fit.measure, regime, tr)))
    return GaugeView(
        title_of(result, tr), state, state_word(result, tr), Fraction(fit.pending),
        Fraction(fit.current - fit.pending), Fraction(fit.limit), lead, figure, BETWEEN.join(detail),
        is_most=_is_most(result, fit.left), elsewhere=Fraction(fit.elsewhere),
    )  # fmt: skip


def _unit_of(result: RuleResult) -> tuple[str, Exact]:
    """The measure to show and its factor: a pool used by one kind of goods is shown in the unit of those goods."""
    form = result.rule.form
    if not isinstance(form, Pool):
        return result.measure, 1
    if len(result.parts) > 1 or result.used:  # of earlier carry-outs only the share is known
        return "pool", 1
    part = form.parts[result.parts[0] if result.parts else 0]
    return part.measure, Fraction(part.per)


def _without_figures(result: RuleResult, regime: Regime, tr: Translator) -> str:
    form, age = result.rule.form, too_young(result)
    if age is not None:
        return tr.plural("minimum age {n} year", "minimum age {n} years", age)
    if isinstance(form, Each):
        return tr("up to {limit} per piece", limit=measured(form.limit, form.measure, regime, tr))
    if isinstance(form, PerVariant):
        return tr("{limit} of the same kind", limit=measured(form.limit, form.measure, regime, tr))
    if isinstance(form, Choice):
        return tr("one of several permitted combinations")
    if isinstance(form, Ban):
        if result.rule.over is Verdict.NOTE:
            return tr("customs decides") if regime.parcels else tr("customs may refuse")
        return banned_text(result.rule.over, regime, tr)
    return ""


def banned_text(over: Verdict, regime: Regime, tr: Translator) -> str:
    """What is said of goods of which not one piece is within: often they may be taken all the same."""
    if over is Verdict.REFUSE:
        return tr("cannot be sent") if regime.parcels else tr("cannot be taken out")
    return tr("none allowed") if over is Verdict.REVIEW else tr("from the first piece")


def missing_text(attributes: Sequence[str], tr: Translator) -> str:
    """The missing attributes: volume, ml, strength, % vol."""
    return tr(", ").join(name_of(ATTRIBUTES, attribute, tr) for attribute in attributes)


def too_young(result: RuleResult) -> int | None:
    """The minimum age of the rule, if the visitor is younger."""
    return result.rule.who.age_from if result.barred and result.verdict > Verdict.UNKNOWN else None


def no_allowance_until(result: RuleResult) -> date | None:
    """The day on which an allowance returns of which earlier purchases have left nothing."""
    return result.returns_on if result.spent or not result.available else None


def excess_of(result: RuleResult) -> tuple[Exact, str] | None:
    """The excess over a rule and its measure, in the unit of the gauge; None if it has no figure."""
    if result.over:
        unit, factor = _unit_of(result)
        return result.over * factor, unit
    return (result.fit.over, result.fit.measure) if result.fit is not None and result.fit.over else None


def over_without_figures(result: RuleResult, regime: Regime, tr: Translator) -> str:
    """Why goods may not be taken when there is no amount to show."""
    title = title_of(result, tr)
    if not isinstance(result.rule.form, Ban):
        return tr("{rule}: this combination is not allowed.", rule=title)
    if result.rule.over is Verdict.DUTY:
        return tr("{rule}: duty or tax from the first piece.", rule=title)
    if regime.parcels:
        return tr("{rule}: cannot be sent.", rule=title)
    return tr("{rule}: cannot be taken out.", rule=title)
