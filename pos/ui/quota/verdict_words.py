"""The verdict on the basket in words: what is over by how much, what is not known of which goods."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from fractions import Fraction

from pos.application.quota.open_questions import QUESTIONS
from pos.application.sales.checkout_view import CheckoutView, EarlierUnknown, LineView
from pos.application.text.formatting import NO_BREAK, amount_text, date_text, money_text, percent_text
from pos.application.text.names import ATTRIBUTES, PARCEL_VERDICTS, VERDICTS, name_of, stated_name
from pos.application.text.translator import Translator
from pos.application.text.typography import listed
from pos.domain.money import Money
from pos.domain.quota.advice import Advice
from pos.domain.quota.assess import Assessment, RuleResult
from pos.domain.quota.duty import Bill
from pos.domain.quota.evaluation import Evaluation
from pos.domain.quota.rule import Each, Pool, Regime, Verdict
from pos.domain.sales.cart_line import CartLine
from pos.ui.look.sounds import Sound
from pos.ui.quota.quota_words import (
    excess_of,
    measured,
    missing_text,
    no_allowance_until,
    over_without_figures,
    title_of,
    too_young,
)
from pos.ui.widgets.cards.verdict_card import VerdictView
from pos.ui.widgets.drawing.tone import Tone

_MOST_SENTENCES = 4
_MOST_MISSING = 2
"""Sentences about what is missing beside a duty, which needs the room."""
_MOST_GOODS = 3
_LONGEST_NAME = 26
_ICONS = {
    Verdict.OK: "circle-check",
    Verdict.NOTE: "circle-check",
    Verdict.UNKNOWN: "circle-question-mark",
    Verdict.DUTY: "triangle-alert",
    Verdict.REVIEW: "hand",
    Verdict.REFUSE: "ban",
}
_SOUNDS = {
    Verdict.OK: Sound.ACCEPT,
    Verdict.NOTE: Sound.NOTE,
    Verdict.UNKNOWN: Sound.UNKNOWN,
    Verdict.DUTY: Sound.OVER,
    Verdict.REVIEW: Sound.REVIEW,
    Verdict.REFUSE: Sound.REFUSE,
}


def sound_of(verdict: Verdict) -> Sound:
    """The sound of a verdict; each has its own."""
    return _SOUNDS[verdict]


def icon_of(verdict: Verdict) -> str:
    """The icon of a verdict; each has its own."""
    return _ICONS[verdict]


def tone_of(verdict: Verdict) -> Tone:
    """The colours of a verdict."""
    if verdict > Verdict.UNKNOWN:
        return Tone.OVER
    return Tone.NEARLY if verdict == Verdict.UNKNOWN else Tone.WITHIN


def tone_of_assessment(assessment: Assessment) -> Tone:
    """The colours of the verdict as it is shown: of what is sent a note says that customs decides."""
    is_for_customs = assessment.verdict is Verdict.NOTE and assessment.regime.parcels
    return Tone.NEARLY if is_for_customs else tone_of(assessment.verdict)


def headline_of(assessment: Assessment, tr: Translator) -> str:
    """The verdict in a few words; where only an open question stands in its way, on what it depends."""
    if assessment.open and assessment.verdict == Verdict.UNKNOWN:
        return depends_text(assessment.open, tr)
    return name_of(verdict_names(assessment.regime), assessment.verdict.word, tr)


def verdict_names(regime: Regime) -> Mapping[str, str]:
    """What the verdicts of a regime are called: no one declares or takes out what is sent."""
    return PARCEL_VERDICTS if regime.parcels else VERDICTS


def depends_text(about: Sequence[str], tr: Translator) -> str:
    """On which open questions a verdict hangs."""
    return tr("Depends on {questions}", questions=questions_text(about, tr))


def questions_text(about: Collection[str], tr: Translator) -> str:
    """What is to be asked, in the order of asking."""
    return tr(", ").join(tr(QUESTIONS[one]) for one in QUESTIONS if one in about)


def estimate_note(verdict: Verdict, about: Sequence[str], tr: Translator) -> str:
    """What the figures of a card are worth: of what is over anyway, duty and advice may hang on open questions too."""
    said = tr("Estimate — customs decides.")
    return f"{depends_text(about, tr)} · {said}" if about and verdict > Verdict.UNKNOWN else said


def duty_figure(
    duty: Money | None, view: CheckoutView, assessments: Iterable[Assessment], tr: Translator
) -> tuple[str, str]:
    """The label and the amount of an estimated duty; what it is in the currency of the prices stands in the label.

    Where an attribute is missing the real duty may be higher: what is not known counts as nothing.
    """
    if duty is None:
        return tr("Estimated duty"), "…"
    at_least = any(one.unknown for one in assessments)
    price = None if view.advice_request is None else view.advice_request.in_price(duty, view.total.currency)
    said = money_text(duty, tr.language)
    if price is None:
        return tr("Estimated duty, at least") if at_least else tr("Estimated duty"), said
    amount = money_text(price, tr.language)
    if at_least:
        return tr("Estimated duty, at least {amount}", amount=amount), said
    return tr("Estimated duty, about {amount}", amount=amount), said


def verdict_view(
    view: CheckoutView,
    assessment: Assessment,
    judgement: Evaluation | None,
    lines: Sequence[LineView],
    tr: Translator,
    key: str,
    *,
    kept: bool = True,
) -> VerdictView:
    """The verdict card of the visitor who carries `lines`; `key` applies the advice, `kept` is that of a QuotaAdvice.

    Without a `judgement` the duty and what to leave are still being looked for.
    """
    verdict = assessment.verdict
    advice = judgement.advice if judgement is not None else None
    earlier = next(
        (one.unknown_earlier for one in view.visitors if view.shown.get(one.visitor.label) is assessment), ()
    )
    sentences = _sentences(assessment, lines, earlier, tr)
    figure, notes = None, [estimate_note(verdict, assessment.open, tr)]
    if verdict == Verdict.DUTY:
        figure = duty_figure(None, view, (assessment,), tr)
        # The gauges say by how much, and the duty needs the room; a low window has none for their second line.
        over = [r for r in assessment.rules if r.verdict > Verdict.UNKNOWN]
        missing = unknown_sentences(assessment, lines, earlier, tr) if assessment.unknown else []
        sentences = [*spent_sentences(over, tr), *left_out_of_duty(assessment, tr), *missing[:_MOST_MISSING]]
    if judgement is not None and judgement.bill is not None:
        figure = duty_figure(judgement.bill.amount, view, (assessment,), tr)
        notes = _duties(judgement.bill, lines, assessment.regime, tr) + notes
    leave = advice is not None and bool(advice.units) and verdict > Verdict.UNKNOWN
    return VerdictView(
        tone=tone_of_assessment(assessment),
        headline=headline_of(assessment, tr),
        icon=_ICONS[verdict],
        lines=tuple(sentences[:_MOST_SENTENCES]),
        figure=figure,
        notes=tuple(notes),
        advice=tr("Remove: {goods}", goods=_goods(advice, lines, tr)) if leave and advice else "",
        action=removal_text(assessment.open, tr, kept=kept) if leave else "",
        action_key=key if leave else "",
        unsettled=verdict > Verdict.UNKNOWN and judgement is None,
    )


def removal_text(about: Sequence[str], tr: Translator, *, kept: bool) -> str:
    """The button that removes what is over; it promises no result that depends on the open questions `about`, nor one
    that the prices of the rest do not keep.
    """
    return tr("Remove these") if about or not kept else tr("Remove these to stay within")


def _goods(advice: Advice, lines: Sequence[LineView], tr: Translator) -> str:
    return goods_text([(lines[index].line, units) for index, units in advice.units if index < len(lines)], tr)


def goods_text(named: Sequence[tuple[CartLine, int]], tr: Translator) -> str:
    """Goods of rows of the basket with so many pieces of each, the first few of them."""
    goods: dict[str, int] = {}
    for line, units in named:
        name = line.product.name_in(tr.language)
        goods[name] = goods.get(name, 0) + units
    return pieces_text(list(goods.items()), tr)


def pieces_text(named: Sequence[tuple[str, int]], tr: Translator) -> str:
    """The same of goods by their names."""
    parts = [f"{_short(name)}{NO_BREAK}×{NO_BREAK}{units}" for name, units in named[:_MOST_GOODS]]
    more = len(named) - _MOST_GOODS
    if more > 0:
        parts.append(tr.plural("{n} more", "{n} more", more))
    return tr(", ").join(parts)


def _short(name: str) -> str:
    """A name short enough for a card that lists several."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _duties(bill: Bill, lines: Sequence[LineView], regime: Regime, tr: Translator) -> list[str]:
    """Which units are taxed at what rate; of goods that are pending since an earlier sale the duty alone."""
    parts = []
    pending = sum((taxed.duty for taxed in bill.units if taxed.origin.history is not None), Fraction(0))
    for taxed in bill.units:
        if taxed.origin.history is None and taxed.origin.line < len(lines):
            name = _short(lines[taxed.origin.line].line.product.name_in(tr.language))
            duty = amount_text(Money.rounded(taxed.duty, regime.currency), tr.language)
            parts.append(f"{name} × {taxed.units} · {percent_text(taxed.rate * 100, tr.language)} {duty}")
    parts = [*parts[:_MOST_GOODS], *(["…"] if len(parts) > _MOST_GOODS else [])]
    if pending:
        amount = amount_text(Money.rounded(pending, regime.currency), tr.language)
        parts.append(tr("earlier {amount}", amount=amount))
    return [" + ".join(parts)] if parts else []


def _sentences(
    assessment: Assessment, lines: Sequence[LineView], earlier: Sequence[EarlierUnknown], tr: Translator
) -> list[str]:
    verdict = assessment.verdict
    if verdict == Verdict.OK:
        nothing = tr("No duty on this parcel.") if assessment.regime.parcels else tr("Nothing to declare.")
        return [nothing if lines else tr("The basket is empty.")]
    if verdict == Verdict.NOTE:
        return note_sentences(assessment, tr)
    if verdict == Verdict.UNKNOWN:
        return unknown_sentences(assessment, lines, earlier, tr)
    over = [r for r in assessment.rules if r.verdict > Verdict.UNKNOWN]
    return [over_sentence(r, assessment.regime, tr) for r in over]


def note_sentences(assessment: Assessment, tr: Translator) -> list[str]:
    """Which limits several kinds of goods share, and of which goods customs decides at the border."""
    noted = [r for r in assessment.rules if r.verdict == Verdict.NOTE]
    shared = tr(", ").join(title_of(r, tr) for r in noted if isinstance(r.rule.form, Pool) and not r.over)
    restricted = tr(", ").join(title_of(r, tr) for r in noted if not isinstance(r.rule.form, Pool) or r.over)
    said = []
    if shared:
        said.append(tr("{rules}: several kinds of goods share one allowance.", rules=shared))
    if restricted and assessment.regime.parcels:
        said.append(tr("{rules}: customs decides.", rules=restricted))
    elif restricted:
        said.append(tr("{rules}: restricted; customs may refuse these goods.", rules=restricted))
    return said


def left_out_of_duty(assessment: Assessment, tr: Translator) -> list[str]:
    """What a parcel has whose tax is not known, so that no sum seems to be the whole one."""
    noted = [r for r in assessment.rules if r.verdict == Verdict.NOTE]
    if not noted or not assessment.regime.parcels:
        return []
    rules = tr(", ").join(title_of(r, tr) for r in noted)
    return [tr("{rules}: not in this sum, customs decides.", rules=rules)]


def unknown_sentences(
    assessment: Assessment, lines: Sequence[LineView], earlier: Sequence[EarlierUnknown], tr: Translator
) -> list[str]:
    """Which attribute of which goods, at hand or bought `earlier`, or of the visitor is unknown."""
    rows = [row for row in lines if row.judged is not None and row.judged.unfilled]
    sentences = [
        tr(
            "{goods}: {attributes} missing.",
            goods=row.line.product.name_in(tr.language),
            attributes=missing_text(row.judged.unfilled, tr),
        )
        for row in rows
        if row.judged is not None
    ]
    sentences += [
        tr(
            "Bought earlier, {goods}: {attributes} missing.",
            goods=stated_name(one.line.name_in(tr.language), tr),
            attributes=missing_text(one.attributes, tr),
        )
        for one in earlier
    ]
    about_rows = {attribute for row in rows if row.judged is not None for attribute in row.judged.unfilled}
    asked = (*about_rows, *assessment.open, *(attribute for one in earlier for attribute in one.attributes))
    rest = dict.fromkeys(unknown.attribute for unknown in assessment.unknown if unknown.attribute not in asked)
    sentences += [tr("Unknown: {attribute}.", attribute=name_of(ATTRIBUTES, name, tr)) for name in rest]
    return sentences


def over_sentence(result: RuleResult, regime: Regime, tr: Translator) -> str:
    """One rule that is over, with by how much, or why its goods may not be taken."""
    title = title_of(result, tr)
    age = too_young(result)
    if age is not None:
        return tr.plural("{rule}: minimum age {n} year.", "{rule}: minimum age {n} years.", age, rule=title)
    excess = excess_of(result)
    if excess is None:
        return over_without_figures(result, regime, tr)
    figure, measure = excess
    if isinstance(result.rule.form, Each):
        limit = measured(result.rule.form.limit, measure, regime, tr)
        return tr("{rule}: a piece is above {limit}.", rule=title, limit=limit)
    amount, day = measured(figure, measure, regime, tr), no_allowance_until(result)
    if day is None:
        return tr("{rule}: over by {amount}.", rule=title, amount=amount)
    returns = date_text(day, tr.language)
    return tr("{rule}: over by {amount}, no allowance until {day}.", rule=title, amount=amount, day=returns)


def spent_sentences(over: Iterable[RuleResult], tr: Translator) -> list[str]:
    """Which allowances earlier purchases have used up, and until when; one sentence for each day."""
    titles: dict[date, list[str]] = {}
    for result in over:
        day = no_allowance_until(result)
        if day is not None:
            titles.setdefault(day, []).append(title_of(result, tr))
    return [
        tr("{rules}: no allowance until {day}.", rules=listed(tr, titles[day]), day=date_text(day, tr.language))
        for day in sorted(titles)
    ]
