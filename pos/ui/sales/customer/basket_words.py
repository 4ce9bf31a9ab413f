"""The texts of the sale in progress for the customer: goods, total, and the remaining allowance."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction

from pos.application.sales.checkout_view import CheckoutView
from pos.application.text.border_words import EXAMPLE_RULES, are_example
from pos.application.text.formatting import NO_BREAK, kg_text, money_text, number_text, percent_text, pieces_text
from pos.application.text.translator import N_, Translator
from pos.application.text.typography import labelled
from pos.domain.quota.assess import Assessment
from pos.domain.quota.rule import Verdict
from pos.domain.returns.goods_return import ReturnedLine
from pos.domain.sales.cart_line import CartLine
from pos.ui.quota.party_words import by_tightness
from pos.ui.quota.quota_words import gauge_view, shown_rules
from pos.ui.quota.verdict_words import icon_of, tone_of_assessment
from pos.ui.sales.customer.speech import Speech
from pos.ui.sales.customer.view_models import DisplayedAmount, DisplayedBasket, DisplayedRow, Holder
from pos.ui.widgets.cards.quota_gauge import GaugeState, GaugeView

MOST_BARS, MOST_WITH_TROUBLE = 4, 3
"""The most bars of one visitor; a verdict with more text needs the room of one bar."""
MOST_HOLDERS = 6
_MOST_WORDED = 16
"""The most rows that are worded: more than fit on the largest screen."""
_WHOLE_BASKET = 0
"""The id of the row with what is taken off the whole basket: lines have positive ids, returned goods negative ones."""

_PARCEL = -1_000_000
"""The id of the row that says how the goods are sent: behind any returned goods."""

_VERDICTS = {
    Verdict.OK: N_("Within your allowance"),
    Verdict.NOTE: N_("Within your allowance"),
    Verdict.UNKNOWN: N_("Some product data is missing"),
    Verdict.DUTY: N_("Over your allowance: customs may charge duty"),
    Verdict.REVIEW: N_("Please ask us about your allowance"),
    Verdict.REFUSE: N_("You cannot take all of these goods out: please ask us"),
}
_OF_A_PARCEL = {
    **_VERDICTS,
    Verdict.OK: N_("No duty on this parcel"),
    Verdict.NOTE: N_("Customs decides about this parcel"),
    Verdict.DUTY: N_("Customs charges duty or tax on this parcel"),
    Verdict.REVIEW: N_("Please ask us about this parcel"),
    Verdict.REFUSE: N_("Not all of these goods can be sent: please ask us"),
}
"""The same of goods that are sent."""
_TO_ASK, _TO_ASK_SHORT = N_("We have one more question for you"), N_("Question for you")
_SHORT = {
    Verdict.OK: N_("Within the allowance"),
    Verdict.NOTE: N_("Within the allowance"),
    Verdict.UNKNOWN: N_("Allowance unknown"),
    Verdict.DUTY: N_("Duty may be due"),
    Verdict.REVIEW: N_("Please ask us"),
    Verdict.REFUSE: N_("Please ask us"),
}


class BasketWriter:
    """Words baskets; an unchanged row is not worded again."""

    def __init__(self) -> None:
        self._written: dict[int, tuple[CartLine, DisplayedRow]] = {}
        self._language = ""

    def displayed(self, view: CheckoutView, both: Speech) -> DisplayedBasket:
        """The display of a view: no name, no document, no reason, and companions only by their letters."""
        if both.language != self._language:
            self._language, self._written = both.language, {}
        return _basket(view, both, (*self._rows(view, both.language), *_beside_the_rows(view, both)))

    def forget(self) -> None:
        """Drop everything known of a basket."""
        self._written = {}

    def _rows(self, view: CheckoutView, language: str) -> tuple[DisplayedRow, ...]:
        """The rows around the one changed last; returned goods are at the end."""
        index = next((index for index, row in enumerate(view.lines) if row.id == view.last), len(view.lines) - 1)
        end = max(index + 1, min(len(view.lines), _MOST_WORDED))
        written: dict[int, tuple[CartLine, DisplayedRow]] = {}
        for row in view.lines[max(0, end - _MOST_WORDED) : end]:
            known = self._written.get(row.id)
            same = known is not None and (known[0] is row.line or known[0] == row.line)
            written[row.id] = known if same and known is not None else (row.line, _sold(row.line, language))
        self._written = written
        back = (_back(-1 - number, line, language) for number, (_one, line) in enumerate(view.back.rows()))
        return (*(row for _line, row in written.values()), *back)


def _basket(view: CheckoutView, both: Speech, rows: tuple[DisplayedRow, ...]) -> DisplayedBasket:
    language = both.language
    holders, more = _holders(view, both.first)
    caption = (both("Total"), pieces_text(view.pieces, both.first)) if view.pieces else (both("Total"),)
    return DisplayedBasket(
        rows=rows,
        newest=view.last,
        total=DisplayedAmount(" · ".join(caption), money_text(view.due, language)),
        others=tuple(money_text(amount, language, cash=True) for amount in view.others),
        greeting="" if view.lines or view.back.pieces else both("Welcome"),
        title="" if not holders else both("Your allowance") if view.parcel is None else both("Your parcel"),
        holders=holders,
        more=more,
        estimate=both(_estimate(view)) if holders else "",
    )


def _estimate(view: CheckoutView) -> str:
    """What the figures of an allowance are worth."""
    regimes = [one.regime for one in view.quota.values()]
    return EXAMPLE_RULES if any(map(are_example, regimes)) else N_("Estimate — customs decides.")


def _sold(line: CartLine, language: str) -> DisplayedRow:
    grams = line.piece.grams
    quantity = number_text(line.quantity, language) if grams is None else kg_text(Fraction(grams, 1000), language)
    off = ""
    if line.discount is not None and line.discount.percent is not None:
        off = percent_text(-line.discount.percent, language)
    elif line.net != line.gross:
        off = money_text(line.net - line.gross, language, symbol=False)
    total = money_text(line.net, language)
    return DisplayedRow(line.id, quantity, line.product.name_in(language), off, total)


def _beside_the_rows(view: CheckoutView, both: Speech) -> tuple[DisplayedRow, ...]:
    """What is taken off the whole basket, and how returned goods are rounded: without it the rows do not add up to the
    total.
    """
    return (*_off_the_basket(view, both), *_rounded(view, both), *_sent(view, both))


def _sent(view: CheckoutView, both: Speech) -> tuple[DisplayedRow, ...]:
    """That the goods are sent, by whom, and what the parcel weighs; never to whom."""
    if view.parcel is None:
        return ()
    weight = kg_text(Fraction(view.parcel.grams, 1000), both.language)
    return (DisplayedRow(_PARCEL, "", f"{both('To be sent')} · {view.parcel.delivery_service}", "", weight),)


def _rounded(view: CheckoutView, both: Speech) -> tuple[DisplayedRow, ...]:
    if not view.back_rounding:
        return ()
    total = money_text(view.back_rounding, both.language, plus=True)
    return (DisplayedRow(-1 - len(view.back.rows()), "", both("Rounding"), "", total),)


def _off_the_basket(view: CheckoutView, both: Speech) -> tuple[DisplayedRow, ...]:
    if view.basket is None or view.basket_off is None or not view.basket_off.minor:
        return ()
    percent = view.basket.percent
    off = "" if percent is None else percent_text(-percent, both.language)
    total = money_text(-view.basket_off, both.language)
    return (DisplayedRow(_WHOLE_BASKET, "", both("Discount on the basket"), off, total),)


def _back(row_id: int, line: ReturnedLine, language: str) -> DisplayedRow:
    name = line.names.get(language) or line.name
    quantity, total = number_text(-line.quantity, language), money_text(-line.amount, language)
    return DisplayedRow(row_id, quantity, name, "", total, is_back=True)


def _holders(view: CheckoutView, tr: Translator) -> tuple[tuple[Holder, ...], str]:
    """Each visitor's allowance, those who carry something first when there is no room for all; and how many have no
    room.
    """
    judged = [label for label in (one.visitor.label for one in view.visitors) if label in view.quota]
    if len(judged) == 1 == len(view.visitors):
        return (_alone(view.shown[judged[0]], tr),), ""
    if len(judged) > MOST_HOLDERS:
        carriers = {row.line.carrier for row in view.lines}
        judged.sort(key=lambda label: label not in carriers)
    shown = judged[:MOST_HOLDERS]
    more = len(judged) - len(shown)
    said = tr.plural("+{n} more", "+{n} more", more) if more else ""
    return tuple(_in_a_party(label, view.shown[label], tr) for label in shown), said


def _alone(assessment: Assessment, tr: Translator) -> Holder:
    rules = shown_rules(assessment)
    most = MOST_BARS if assessment.verdict <= Verdict.NOTE else MOST_WITH_TROUBLE
    if len(rules) > most:
        rules = by_tightness(rules)[:most]
    bars = tuple(_bar(gauge_view(rule, assessment.regime, tr)) for rule in rules)
    verdicts = _OF_A_PARCEL if assessment.regime.parcels else _VERDICTS
    return _holder("", bars, assessment, _said(assessment, verdicts, _TO_ASK, tr))


def _in_a_party(label: str, assessment: Assessment, tr: Translator) -> Holder:
    tightest = by_tightness(shown_rules(assessment))[:1]
    bars = [_bar(gauge_view(rule, assessment.regime, tr)) for rule in tightest]
    if bars and bars[0].state in (GaugeState.UNKNOWN, GaugeState.OPEN):  # the verdict says that it is unknown
        bars = [replace(bars[0], figure="")]
    holder = _holder(label, tuple(bars), assessment, _said(assessment, _SHORT, _TO_ASK_SHORT, tr))
    return replace(holder, named=next((labelled(tr, bar.title, bar.figure) for bar in bars if bar.figure), ""))


def _said(assessment: Assessment, verdicts: Mapping[Verdict, str], to_ask: str, tr: Translator) -> str:
    """The verdict for the customer; an open question is shown only if nothing else prevents the sale."""
    is_open = assessment.open and assessment.verdict == Verdict.UNKNOWN
    return tr(to_ask if is_open else verdicts[assessment.verdict])


def _holder(letter: str, bars: tuple[GaugeView, ...], assessment: Assessment, word: str) -> Holder:
    return Holder(letter, bars, word, tone_of_assessment(assessment), icon_of(assessment.verdict))


def _bar(view: GaugeView) -> GaugeView:
    """Everyone near the display can read what is left; earlier purchases are only visible in the length of the bar."""
    figure = NO_BREAK.join(part for part in (view.lead, view.figure) if part)
    detail = view.detail if view.state is GaugeState.SPENT or not view.limit else ""
    if view.state is GaugeState.OPEN:
        return replace(view, lead="", figure="", detail="", aside="")  # the remainder is not certain
    return replace(view, lead="", figure=figure or view.word, detail=detail, aside="")
