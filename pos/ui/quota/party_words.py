"""Several visitors in words: each one's card, the verdict on all, and what can be done about it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import tzinfo
from enum import StrEnum
from fractions import Fraction

from pos.application.quota.open_questions import CENTER
from pos.application.quota.quota_advice import QuotaAdvice, SplitPreview
from pos.application.sales.checkout_view import CheckoutView, LineView, VisitorView
from pos.application.text.border_words import destination_text
from pos.application.text.formatting import date_text, money_text
from pos.application.text.names import DOCUMENTS, VERDICTS, name_of, stated_name
from pos.application.text.translator import Translator
from pos.application.text.typography import paragraph
from pos.domain.money import Money, total
from pos.domain.quota.assess import RuleResult
from pos.domain.quota.party_split import PartyEvaluation
from pos.domain.quota.rule import Verdict
from pos.domain.visitors.visitor import Visitor
from pos.ui.quota.age_text import age_text
from pos.ui.quota.center_words import center_text, center_tone
from pos.ui.quota.quota_words import gauge_view, harm_of, no_allowance_until, shown_rules, state_of, title_of
from pos.ui.quota.verdict_words import (
    depends_text,
    duty_figure,
    estimate_note,
    goods_text,
    headline_of,
    icon_of,
    note_sentences,
    over_sentence,
    pieces_text,
    questions_text,
    removal_text,
    spent_sentences,
    tone_of,
    unknown_sentences,
)
from pos.ui.widgets.cards.quota_gauge import GaugeView
from pos.ui.widgets.cards.verdict_card import VerdictView
from pos.ui.widgets.drawing.tone import Tone

_MOST_SENTENCES = 2


class VerdictAction(StrEnum):
    """What the button of the verdict does."""

    NONE = ""
    LEAVE = "leave"
    SPLIT = "split"


@dataclass(frozen=True, slots=True)
class CompanionView:
    """The card of one visitor of a party; `gauges` with the tightest first.

    `carries`: goods in the basket are theirs; `pending`: earlier purchases are still to be carried out. `remark` is a
    line of its own: what the center said, stated purchases, or an expired document (then it warns).
    """

    label: str
    name: str
    second: str
    remark: str
    remark_warns: bool
    chosen: bool
    carries: bool
    pending: bool
    gauges: tuple[GaugeView, ...]
    state_text: str


def name_text(visitor: Visitor) -> str:
    """A visitor as the screen names them: the masked name, or the masked number where no name is known."""
    return visitor.name or visitor.masked


def called(visitor: Visitor) -> str:
    """Letter and name: B · AKHMETOVA S••."""
    return f"{visitor.label} · {name_text(visitor)}"


def names_in(view: CheckoutView) -> dict[str, str]:
    """By label what each visitor is called in this sale; those of one surname by the year of birth too."""
    people = [one.visitor for one in view.visitors]
    surnames = [name_text(person).partition(" ")[0].removesuffix("A") for person in people]  # a daughter's ends in -A
    named = {}
    for person, surname in zip(people, surnames, strict=True):
        born = person.birth_date
        year = f" {born.year}" if born is not None and surnames.count(surname) > 1 else ""
        named[person.label] = name_text(person) + year
    return named


def companion_views(view: CheckoutView, zone: tzinfo, tr: Translator) -> list[CompanionView]:
    """The cards of all visitors, in the order in which they came; times are those of `zone`."""
    carried: dict[str, list[LineView]] = {visitor.visitor.label: [] for visitor in view.visitors}
    for row in view.lines:
        if row.line.carrier in carried:
            carried[row.line.carrier].append(row)
    names = names_in(view)
    return [
        _companion(view, visitor, names[visitor.visitor.label], carried[visitor.visitor.label], zone, tr)
        for visitor in view.visitors
    ]


def _companion(
    view: CheckoutView, visitor: VisitorView, name: str, lines: list[LineView], zone: tzinfo, tr: Translator
) -> CompanionView:
    person = visitor.visitor
    assessment = view.shown.get(person.label)
    gauges: tuple[GaugeView, ...] = ()
    if assessment is not None:
        tightest = by_tightness(shown_rules(assessment))
        gauges = tuple(gauge_view(result, assessment.regime, tr) for result in tightest)
    kind = name_of(DOCUMENTS, person.kind, tr)
    second = [f"{kind} {person.masked}" if person.name else kind]
    if age := age_text(visitor.age, visitor.oldest, tr):
        second.append(age)
    expired = visitor.expired and person.expiry is not None
    said = center_text(visitor.center, zone, tr)
    remark = [*([said] if said else []), *other_side_texts(visitor, tr)]
    remark += [declared_text(person, tr)] if person.declared else []
    if person.expiry is not None and expired:
        remark.insert(0, tr("Document expired on {day}", day=date_text(person.expiry, tr.language)))
    return CompanionView(
        label=person.label,
        name=name,
        second=" · ".join(second),
        remark=" · ".join(remark),
        remark_warns=expired or bool(visitor.other_side) or center_tone(visitor.center) is Tone.NEARLY,
        chosen=person.label == view.chosen,
        carries=bool(lines),
        pending=visitor.pending,
        gauges=gauges,
        state_text=headline_of(assessment, tr) if assessment is not None else "",
    )


def other_side_texts(visitor: VisitorView, tr: Translator) -> list[str]:
    """What waits to leave by another way out, and counts here: a line for each side."""
    return [
        tr(
            "Not taken out yet ({side}), counted here: {goods}",
            side=destination_text(side, tr) if side else tr("another destination"),
            goods=pieces_text([(stated_name(line.name_in(tr.language), tr), line.quantity) for line in lines], tr),
        )
        for side, lines in visitor.other_side
    ]


def declared_text(person: Visitor, tr: Translator) -> str:
    """Stated purchases elsewhere, summed in each currency: declared ¥ 1,200.00."""
    sums: dict[str, Money] = {}
    for line in person.declared:
        worth = line.unit_price * line.quantity - line.discount
        currency = worth.currency
        sums[currency.code] = total((sums.get(currency.code, Money.zero(currency)), worth), currency)
    amounts = " + ".join(money_text(money, tr.language) for money in sums.values())
    return tr("stated {amounts}", amounts=amounts)


def by_tightness(rules: Sequence[RuleResult]) -> list[RuleResult]:
    """Rules with those first that are over, or of which most is taken."""
    return sorted(rules, key=_tightness)


def _tightness(result: RuleResult) -> tuple[int, int, Fraction]:
    """Worst first, then by the share of the limit that is taken."""
    share = Fraction(0)
    if result.current and result.available:
        share = Fraction(result.current) / Fraction(result.available)
    elif result.fit is not None and result.fit.limit:
        share = Fraction(result.fit.current) / Fraction(result.fit.limit)
    return -harm_of(state_of(result)), -result.verdict, -share


def proposal_of(view: CheckoutView, quota_advice: QuotaAdvice | None) -> VerdictAction:
    """What to propose to a party: a better split, else what to leave behind; nothing while all is well."""
    if view.shown_verdict <= Verdict.UNKNOWN:
        helps = (
            quota_advice is not None and quota_advice.split is not None and _is_better(quota_advice.split, quota_advice)
        )
        return VerdictAction.SPLIT if helps else VerdictAction.NONE
    if quota_advice is None or quota_advice.split is None or _is_better(quota_advice.split, quota_advice):
        return VerdictAction.SPLIT
    return VerdictAction.LEAVE if quota_advice.leave else VerdictAction.NONE


def _is_better(split: SplitPreview, quota_advice: QuotaAdvice) -> bool:
    before, after = (quota_advice.verdict, quota_advice.duty), (split.verdict, split.duty)
    minor = [0 if duty is None else duty.minor for _, duty in (before, after)]
    return (after[0], minor[1]) < (before[0], minor[0])


def party_verdict(
    view: CheckoutView, quota_advice: QuotaAdvice | None, tr: Translator, keys: tuple[str, str]
) -> VerdictView:
    """The verdict card of several visitors; `keys` apply the advice and split.

    Without a `quota_advice` the duty and what to do about it are still being looked for.
    """
    verdict, proposal = view.shown_verdict, proposal_of(view, quota_advice)
    about = _open_after(view, quota_advice, proposal)
    notes = [estimate_note(verdict, _open_in(view), tr)]
    figure = None
    if verdict == Verdict.DUTY:
        duty = None if quota_advice is None else quota_advice.duty
        figure = duty_figure(duty, view, view.shown.values(), tr)
    if verdict <= Verdict.NOTE and not view.lines:
        notes = []
    advice = _advice(view, quota_advice, proposal, about, tr) if verdict > Verdict.UNKNOWN or proposal else ""
    action, key = "", ""
    if proposal is VerdictAction.SPLIT:
        action, key = tr("Split the goods"), keys[1]
    elif proposal is VerdictAction.LEAVE:
        action, key = removal_text(about, tr, kept=quota_advice is None or quota_advice.kept), keys[0]
    return VerdictView(
        tone=tone_of(verdict),
        headline=_headline(view, tr),
        icon=icon_of(verdict),
        lines=tuple(_sentences(view, tr)),
        figure=figure,
        notes=tuple(notes),
        advice=advice,
        action=action,
        action_key=key,
        unsettled=verdict > Verdict.UNKNOWN and quota_advice is None,
    )


def _open_after(view: CheckoutView, quota_advice: QuotaAdvice | None, proposal: VerdictAction) -> Sequence[str]:
    """The questions on which the verdict hangs, and those that the proposed step would add."""
    added: Sequence[str] = ()
    if quota_advice is not None and proposal is VerdictAction.SPLIT and quota_advice.split is not None:
        added = quota_advice.split.open
    elif quota_advice is not None and proposal is VerdictAction.LEAVE:
        added = quota_advice.open_within
    return tuple(dict.fromkeys((*_open_in(view), *added)))


def _advice(
    view: CheckoutView, quota_advice: QuotaAdvice | None, proposal: VerdictAction, about: Sequence[str], tr: Translator
) -> str:
    if quota_advice is None:
        return tr("Looking for the best split …")
    if proposal is VerdictAction.SPLIT:
        return (
            tr("A better split may exist.")
            if quota_advice.split is None
            else _prospect(quota_advice.split, quota_advice.verdict, about, _open_in(view), tr)
        )
    sentences = []
    if proposal is VerdictAction.LEAVE and quota_advice.leave:
        lines = {row.id: row for row in view.lines}
        goods = [(lines[line_id].line, pieces) for line_id, pieces in quota_advice.leave if line_id in lines]
        sentences.append(tr("Remove: {goods}", goods=goods_text(goods, tr)))
    if quota_advice.split is not None and not quota_advice.split.proved:
        sentences.append(tr("A better split may exist."))
    return paragraph(tr, sentences)


def _prospect(split: SplitPreview, now: Verdict, about: Sequence[str], said: Sequence[str], tr: Translator) -> str:
    """What sharing the goods out would come to; `about` are the questions that are open then, of which `said` are open
    now and stand below the figures of the card.
    """
    depends = tr("With a split, the verdict depends on {questions}.", questions=questions_text(about, tr))
    if split.verdict <= Verdict.UNKNOWN and about:
        return depends
    added = [depends] if set(about) - set(said) else []
    return paragraph(tr, [_prospect_in_figures(split, now, tr), *added])


def _prospect_in_figures(split: SplitPreview, now: Verdict, tr: Translator) -> str:
    if split.verdict <= Verdict.NOTE:
        return tr("With a split, all visitors stay within the allowance.")
    if split.verdict == Verdict.DUTY and split.duty is not None:
        if now > Verdict.DUTY:
            return tr("With a split, the duty would be {amount}.", amount=money_text(split.duty, tr.language))
        return tr("With a split, the duty falls to {amount}.", amount=money_text(split.duty, tr.language))
    verdict = name_of(VERDICTS, split.verdict.word, tr)
    return tr("With a split, the worst verdict would be: {verdict}.", verdict=verdict)


def shared_verdict(best: PartyEvaluation, view: CheckoutView | None) -> Verdict:
    """What a split has come to, as it may be shown while questions are open."""
    return max(best.verdict, Verdict.UNKNOWN) if _open_in(view) else best.verdict


def shared_text(best: PartyEvaluation, view: CheckoutView | None, tr: Translator) -> str:
    """The same in a sentence."""
    about = _open_in(view)
    if about and best.verdict <= Verdict.UNKNOWN:
        text = tr("Goods split. {verdict}.", verdict=depends_text(about, tr))
    elif best.verdict <= Verdict.NOTE:
        text = tr("Goods split: all visitors are within the allowance.")
    elif best.verdict == Verdict.DUTY and best.duty is not None and not about:
        text = tr("Goods split. Duty: {amount}.", amount=money_text(best.duty, tr.language))
    else:
        said = name_of(VERDICTS, best.verdict.word, tr)
        text = tr("Goods split. {verdict}.", verdict=said)
    return text if best.proved else paragraph(tr, (text, tr("A better split may exist.")))


def _headline(view: CheckoutView, tr: Translator) -> str:
    verdict, count = view.shown_verdict, len(view.visitors)
    if verdict == Verdict.OK:
        few = {
            2: tr("Both within the allowance"),
            3: tr("All 3 within the allowance"),
            4: tr("All 4 within the allowance"),
        }
        return few.get(count) or tr.plural("All {n} within the allowance", "All {n} within the allowance", count)
    about = _open_in(view)
    if verdict == Verdict.UNKNOWN and about:
        return depends_text(about, tr)
    return name_of(VERDICTS, verdict.word, tr)


def _open_in(view: CheckoutView | None) -> Sequence[str]:
    """The questions on which a verdict, a duty or an advice of this basket may hang, that to the center among them."""
    if view is None:
        return ()
    center = [CENTER] if any(one.center.is_open for one in view.visitors) else []
    return tuple(dict.fromkeys([*(about for _, about in view.open_questions), *center]))


def _sentences(view: CheckoutView, tr: Translator) -> list[str]:
    """What is over, noted or not known for whom, the worst first."""
    verdict = view.shown_verdict
    if verdict == Verdict.OK:
        return [] if view.lines else [tr("The basket is empty.")]
    findings: list[tuple[Verdict, str]] = []
    asked = [label for label, assessment in view.shown.items() if assessment.open]
    if verdict == Verdict.UNKNOWN and asked:  # on what it depends says the headline
        findings.append((verdict, tr(", ").join(asked)))
    for label, assessment in view.shown.items():
        lines = [row for row in view.lines if row.line.carrier == label]
        over = [r for r in assessment.rules if r.verdict > Verdict.UNKNOWN]
        said: list[tuple[Verdict, str]] = []
        if verdict > Verdict.DUTY:
            said = [(r.verdict, over_sentence(r, assessment.regime, tr)) for r in over]
        elif assessment.verdict != verdict:
            continue
        elif verdict == Verdict.DUTY:  # by how much is for the gauges to say
            spent = spent_sentences(over, tr)
            titles = [title_of(r, tr) for r in over if not spent or no_allowance_until(r) is None]
            said = [(verdict, sentence) for sentence in (*spent, tr(", ").join(titles)) if sentence]
        elif verdict == Verdict.UNKNOWN:
            earlier = next((one.unknown_earlier for one in view.visitors if one.visitor.label == label), ())
            said = [(verdict, sentence) for sentence in unknown_sentences(assessment, lines, earlier, tr)]
        else:
            said = [(verdict, sentence) for sentence in note_sentences(assessment, tr)]
        findings += [(how, f"{label} · {sentence}") for how, sentence in said]
    sentences = [sentence for _, sentence in sorted(findings, key=lambda one: -one[0])]
    more = len(sentences) - _MOST_SENTENCES
    if more <= 0:
        return sentences
    return [*sentences[:_MOST_SENTENCES], tr.plural("+{n} more", "+{n} more", more)]
