"""The verdict on the basket in words: what is over by how much, what is not known of which goods."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from fractions import Fraction

from pos.application.quota.open_questions import QUESTIONS
from pos.application.sales.checkout_view import CheckoutView, LineView
from pos.application.text.formatting import NO_BREAK, amount_text, money_text, percent_text
from pos.application.text.names import ATTRIBUTES, VERDICTS, name_of
from pos.application.text.words import Words
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
    over_without_figures,
    pool_part,
    title_of,
    too_young,
)
from pos.ui.widgets.cards.verdict_card import VerdictView
from pos.ui.widgets.drawing.tone import Tone

_MOST_SENTENCES = 4
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


def headline_of(assessment: Assessment, words: Words) -> str:
    """The verdict in a few words; where only an open question stands in its way, on what it depends."""
    if assessment.open and assessment.verdict == Verdict.UNKNOWN:
        return depends_text(assessment.open, words)
    return name_of(VERDICTS, assessment.verdict.word, words)


def depends_text(about: Sequence[str], words: Words) -> str:
    """On which open questions a verdict hangs."""
    return words("Depends on {questions}", questions=questions_text(about, words))


def questions_text(about: Collection[str], words: Words) -> str:
    """What is to be asked, in the order of asking."""
    return words(", ").join(words(QUESTIONS[one]) for one in QUESTIONS if one in about)


def estimate_note(verdict: Verdict, about: Sequence[str], words: Words) -> str:
    """What the figures of a card are worth: of what is over anyway, duty and advice may hang on open questions too."""
    said = words("Estimate — customs decides.")
    return f"{depends_text(about, words)} · {said}" if about and verdict > Verdict.UNKNOWN else said


def duty_figure(duty: Money | None, view: CheckoutView, words: Words) -> tuple[str, str]:
    """The label and the amount of an estimated duty; what it is in the currency of the prices stands in the label."""
    if duty is None:
        return words("Estimated duty"), "…"
    price = None if view.question is None else view.question.in_price(duty, view.total.currency)
    said = money_text(duty, words.language)
    if price is None:
        return words("Estimated duty"), said
    return words("Estimated duty, about {amount}", amount=money_text(price, words.language)), said


def verdict_view(
    view: CheckoutView,
    assessment: Assessment,
    judgement: Evaluation | None,
    lines: Sequence[LineView],
    words: Words,
    key: str,
) -> VerdictView:
    """The verdict card of the visitor who carries `lines`; `key` applies the advice.

    Without a `judgement` the duty and what to leave are still being looked for.
    """
    verdict = assessment.verdict
    advice = judgement.advice if judgement is not None else None
    sentences = _sentences(assessment, lines, words)
    figure, notes = None, [estimate_note(verdict, assessment.open, words)]
    if verdict == Verdict.DUTY:
        figure = duty_figure(None, view, words)
        sentences = []  # the gauges say what is over, and the duty needs the room
    if judgement is not None and judgement.bill is not None:
        figure = duty_figure(judgement.bill.amount, view, words)
        notes = _duties(judgement.bill, lines, assessment.regime, words) + notes
    leave = advice is not None and bool(advice.units) and verdict > Verdict.UNKNOWN
    return VerdictView(
        tone=tone_of(verdict),
        headline=headline_of(assessment, words),
        icon=_ICONS[verdict],
        lines=tuple(sentences[:_MOST_SENTENCES]),
        figure=figure,
        notes=tuple(notes),
        advice=words("Remove: {goods}", goods=_goods(advice, lines, words)) if leave and advice else "",
        action=removal_text(assessment.open, words) if leave else "",
        action_key=key if leave else "",
        unsettled=verdict > Verdict.UNKNOWN and judgement is None,
    )


def removal_text(about: Sequence[str], words: Words) -> str:
    """The button that removes what is over; it promises no result that depends on the open questions `about`."""
    return words("Remove these") if about else words("Remove these to stay within")


def _goods(advice: Advice, lines: Sequence[LineView], words: Words) -> str:
    return goods_text([(lines[place].line, units) for place, units in advice.units if place < len(lines)], words)


def goods_text(named: Sequence[tuple[CartLine, int]], words: Words) -> str:
    """Rows of the basket with so many pieces of each, the first few of them."""
    return pieces_text([(line.product.name_in(words.language), units) for line, units in named], words)


def pieces_text(named: Sequence[tuple[str, int]], words: Words) -> str:
    """The same of goods by their names."""
    parts = [f"{_short(name)}{NO_BREAK}×{NO_BREAK}{units}" for name, units in named[:_MOST_GOODS]]
    more = len(named) - _MOST_GOODS
    if more > 0:
        parts.append(words.plural("{n} more", "{n} more", more))
    return words(", ").join(parts)


def _short(name: str) -> str:
    """A name short enough for a card that lists several."""
    return name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1].rstrip()}…"


def _duties(bill: Bill, lines: Sequence[LineView], regime: Regime, words: Words) -> list[str]:
    """Which units are taxed at what rate; of goods that are pending since an earlier sale the duty alone."""
    parts = []
    pending = sum((taxed.duty for taxed in bill.units if taxed.origin.history is not None), Fraction(0))
    for taxed in bill.units:
        if taxed.origin.history is None and taxed.origin.line < len(lines):
            name = _short(lines[taxed.origin.line].line.product.name_in(words.language))
            duty = amount_text(Money.rounded(taxed.duty, regime.currency), words.language)
            parts.append(f"{name} × {taxed.units} · {percent_text(taxed.rate * 100, words.language)} {duty}")
    parts = [*parts[:_MOST_GOODS], *(["…"] if len(parts) > _MOST_GOODS else [])]
    if pending:
        amount = amount_text(Money.rounded(pending, regime.currency), words.language)
        parts.append(words("earlier {amount}", amount=amount))
    return [" + ".join(parts)] if parts else []


def _sentences(assessment: Assessment, lines: Sequence[LineView], words: Words) -> list[str]:
    verdict = assessment.verdict
    if verdict == Verdict.OK:
        return [words("Nothing to declare.") if lines else words("The basket is empty.")]
    if verdict == Verdict.NOTE:
        return note_sentences(assessment, words)
    if verdict == Verdict.UNKNOWN:
        return unknown_sentences(assessment, lines, words)
    over = [r for r in assessment.rules if r.verdict > Verdict.UNKNOWN]
    return [over_sentence(r, assessment.regime, lines, words) for r in over]


def note_sentences(assessment: Assessment, words: Words) -> list[str]:
    """Which limits several kinds of goods share, and of which goods customs decides at the border."""
    noted = [r for r in assessment.rules if r.verdict == Verdict.NOTE]
    shared = words(", ").join(title_of(r, words) for r in noted if isinstance(r.rule.form, Pool) and not r.over)
    restricted = words(", ").join(title_of(r, words) for r in noted if not isinstance(r.rule.form, Pool) or r.over)
    said = []
    if shared:
        said.append(words("{rules}: several kinds of goods share one allowance.", rules=shared))
    if restricted:
        said.append(words("{rules}: restricted; customs may refuse these goods.", rules=restricted))
    return said


def unknown_sentences(assessment: Assessment, lines: Sequence[LineView], words: Words) -> list[str]:
    """Which attribute of which goods (or of the visitor) is unknown."""
    rows = [row for row in lines if row.judged is not None and row.judged.unfilled]
    sentences = [
        words(
            "{goods}: {attributes} missing.",
            goods=row.line.product.name_in(words.language),
            attributes=missing_text(row.judged.unfilled, words),
        )
        for row in rows
        if row.judged is not None
    ]
    about_rows = {attribute for row in rows if row.judged is not None for attribute in row.judged.unfilled}
    asked = (*about_rows, *assessment.open)
    rest = dict.fromkeys(unknown.attribute for unknown in assessment.unknown if unknown.attribute not in asked)
    sentences += [words("Unknown: {attribute}.", attribute=name_of(ATTRIBUTES, name, words)) for name in rest]
    return sentences


def over_sentence(result: RuleResult, regime: Regime, lines: Sequence[LineView], words: Words) -> str:
    """One rule that is over, with by how much, or why its goods may not be taken."""
    title = title_of(result, words)
    age = too_young(result)
    if age is not None:
        return words.plural("{rule}: minimum age {n} year.", "{rule}: minimum age {n} years.", age, rule=title)
    excess = excess_of(result)
    if excess is None:
        return over_without_figures(result, words)
    amount, measure = excess
    if isinstance(result.rule.form, Each):
        limit = measured(result.rule.form.limit, measure, regime, words)
        return words("{rule}: a piece is above {limit}.", rule=title, limit=limit)
    if measure == "pool":
        kinds = {pool_part(result.rule, row.line.product.category or "") for row in lines} - {None}
        part = next(iter(kinds)) if len(kinds) == 1 else None
        if part is not None:
            amount, measure = amount * part.per, part.measure
    return words("{rule}: over by {amount}.", rule=title, amount=measured(amount, measure, regime, words))
