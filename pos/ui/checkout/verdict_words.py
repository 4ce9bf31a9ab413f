"""The verdict on the basket in words: what is over by how much, what is not known of which goods."""

from __future__ import annotations

from collections.abc import Sequence

from pos.application.checkout import LineView
from pos.application.names import ATTRIBUTES, VERDICTS, name_of
from pos.application.words import Words
from pos.domain.quota.assess import Assessment, RuleResult
from pos.domain.quota.rule import Regime, Verdict
from pos.ui.checkout.quota_words import measured, missing_text, pool_part, title_of, too_young
from pos.ui.sounds import Sound
from pos.ui.widgets.tone import Tone
from pos.ui.widgets.verdict_card import VerdictView

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


def tone_of(verdict: Verdict) -> Tone:
    """The colours of a verdict."""
    if verdict > Verdict.UNKNOWN:
        return Tone.OVER
    return Tone.NEARLY if verdict == Verdict.UNKNOWN else Tone.WITHIN


def verdict_view(assessment: Assessment, lines: Sequence[LineView], words: Words) -> VerdictView:
    """The verdict card of one visitor."""
    verdict = assessment.verdict
    sentences = _sentences(assessment, lines, words)
    return VerdictView(
        tone=tone_of(verdict),
        headline=name_of(VERDICTS, verdict.word, words),
        icon=_ICONS[verdict],
        lines=tuple(sentences[:4]),
        notes=(words("Estimate — customs decides."),),
    )


def _sentences(assessment: Assessment, lines: Sequence[LineView], words: Words) -> list[str]:
    verdict = assessment.verdict
    if verdict == Verdict.OK:
        return [words("Nothing to declare.") if lines else words("Nothing in the basket yet.")]
    if verdict == Verdict.NOTE:
        noted = [title_of(r, words) for r in assessment.rules if r.verdict == Verdict.NOTE]
        return [words("{rules}: several kinds share one allowance.", rules=words(", ").join(noted))]
    if verdict == Verdict.UNKNOWN:
        return unknown_sentences(assessment, lines, words)
    over = [_over(r, assessment.regime, lines, words) for r in assessment.rules if r.verdict > Verdict.UNKNOWN]
    return [*over, words("Take out what is over before paying.")]


def unknown_sentences(assessment: Assessment, lines: Sequence[LineView], words: Words) -> list[str]:
    """Which attribute of which goods (or of the visitor) nobody knows."""
    rows = [row for row in lines if row.judged is not None and row.judged.missing]
    told = [
        words(
            "{goods}: {attributes} not on file.",
            goods=row.line.product.name_in(words.language),
            attributes=missing_text(row.judged.missing, words),
        )
        for row in rows
        if row.judged is not None
    ]
    about_rows = {attribute for row in rows if row.judged is not None for attribute in row.judged.missing}
    rest = dict.fromkeys(gap.attribute for gap in assessment.unknown if gap.attribute not in about_rows)
    told += [words("Not known: {attribute}.", attribute=name_of(ATTRIBUTES, name, words)) for name in rest]
    return told


def _over(result: RuleResult, regime: Regime, lines: Sequence[LineView], words: Words) -> str:
    title = title_of(result, words)
    age = too_young(result)
    if age is not None:
        return words.plural("{rule}: from {n} year of age only.", "{rule}: from {n} years of age only.", age, rule=title)
    if not result.over:
        return words("{rule}: not in this combination.", rule=title)
    amount, measure = result.over, result.measure
    if measure == "pool":
        kinds = {pool_part(result.rule, row.line.product.category or "") for row in lines} - {None}
        part = next(iter(kinds)) if len(kinds) == 1 else None
        if part is not None:
            amount, measure = amount * part.per, part.measure
    return words("{rule}: over by {amount}.", rule=title, amount=measured(amount, measure, regime, words))
