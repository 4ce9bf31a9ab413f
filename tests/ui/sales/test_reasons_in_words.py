"""Why goods may not be taken: the real reason, with figures, in the verdict, the gauge, the row and the refusal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.sales.complete_sale import Payment
from pos.application.text.formatting import plain_text
from pos.application.text.translator import Translator
from pos.domain.payment.tender import Tender
from pos.domain.quota.allowance_position import PastSale, Traveller
from pos.domain.quota.assess import Assessment, RuleResult, assess
from pos.domain.quota.measure import Goods
from pos.domain.quota.rule import Verdict
from pos.domain.visitors.document import read_scanned
from pos.ui.quota.quota_words import gauge_view, shown_rules
from pos.ui.quota.verdict_words import note_sentences, over_sentence, spent_sentences
from pos.ui.widgets.cards.quota_gauge import GaugeState, GaugeView
from tests.domain.quota.border import ADULT, NOON, RATES, goods, regime, sold
from tests.ui.at_the_counter import CARTON, PASSPORT, Hand, a_passport, close_till, open_till
from tests.ui.at_the_counter import NOON as COUNTER_NOON

ENGLISH = Translator.english()
YOUTH = Traveller(date(2009, 5, 1))


def judged(basket: Sequence[Goods], who: Traveller = ADULT, past: Sequence[PastSale] = ()) -> Assessment:
    return assess(regime("kz-horgos"), who, past, basket, NOON, RATES)


def result(answer: Assessment, name: str) -> RuleResult:
    rule_result = answer.rule(name)
    assert rule_result is not None
    return rule_result


def said(answer: Assessment, name: str) -> str:
    return plain_text(over_sentence(result(answer, name), answer.regime, ENGLISH))


def gauge(answer: Assessment, name: str) -> GaugeView:
    return gauge_view(result(answer, name), answer.regime, ENGLISH)


def cartons(count: int) -> Goods:
    return goods("tobacco.cigarette", "300", count, sticks=200, net_g="180", gross_kg="0.300")


def test_an_adult_with_a_carton_too_many_hears_by_how_much_and_nothing_of_age() -> None:
    answer = judged([cartons(2)])

    assert answer.verdict is Verdict.REFUSE
    assert said(answer, "tobacco") == "Tobacco: over by 200 sticks."


def test_nothing_left_is_used_up_and_not_nearly() -> None:
    of_unknown_weight = goods("tobacco.cigarette", "300", 1, sticks=200, gross_kg="0.300")  # promises nothing beside it
    view = gauge(judged([of_unknown_weight]), "tobacco")

    assert (view.word, view.lead, view.figure) == ("used up", "left", "0 sticks")


def test_who_is_too_young_hears_the_age_and_no_amount() -> None:
    answer = judged([cartons(1)], YOUTH)

    assert answer.verdict is Verdict.REFUSE
    assert said(answer, "tobacco") == "Tobacco: minimum age 18 years."
    assert said(judged([goods("alcohol.beer", "9", ml="500", abv="5")], YOUTH), "alcohol").endswith(
        "minimum age 18 years."
    )


def test_the_gauge_of_who_is_too_young_names_the_age_and_no_limit_of_an_adult() -> None:
    """It called tobacco *one of several permitted combinations*: none is permitted."""
    view = gauge(judged([cartons(1)], YOUTH), "tobacco")

    assert (view.detail, view.lead, view.figure) == ("minimum age 18 years", "", "")


def test_litres_above_the_last_tier_are_named() -> None:
    answer = judged([goods("alcohol.spirit", "9", 9, ml="700", abv="40")])

    assert said(answer, "alcohol") == "Alcohol: over by 3.30 L."


def test_the_gauge_of_a_choice_shows_the_permitted_set_that_fits_best() -> None:
    past = [sold("2026-11-20T10:00:00+08:00", cartons(1))]
    over, within = gauge(judged([cartons(1)], past=past), "tobacco"), gauge(judged([cartons(1)]), "tobacco")

    assert (over.state, over.figure, over.detail) == (
        GaugeState.OVER, "200 sticks", "earlier 200 · now 200 · of 200 sticks",
    )  # fmt: skip
    assert (over.earlier, over.now, over.limit) == (200, 200, 200)
    assert (within.state, within.figure) == (GaugeState.NEARLY, "0 sticks")


def test_tobacco_is_used_up_only_when_no_kind_of_it_fits_any_more() -> None:
    carton = cartons(1)  # 180 g of the 250 g that all kinds together may weigh
    pouch = goods("tobacco.loose", "40", 1, net_g="50", gross_kg="0.060")
    rest = goods("tobacco.loose", "20", 1, net_g="20", gross_kg="0.030")

    said_of = [gauge(judged(basket), "tobacco").word for basket in ([carton], [carton, pouch], [carton, pouch, rest])]

    assert said_of == ["almost used up", "almost used up", "used up"]
    assert judged([carton, pouch]).verdict is Verdict.OK


def test_what_an_earlier_sale_has_used_up_is_shown_beside_goods_of_another_kind() -> None:
    past = [sold("2026-11-20T10:00:00+08:00", cartons(1))]
    for basket in ([], [goods("food.sweets", "20", 1, gross_kg="0.100")]):
        answer = judged(basket, past=past)
        tobacco = {one.rule.id: gauge(answer, one.rule.id) for one in shown_rules(answer)}.get("tobacco")

        assert tobacco is not None, basket
        assert (tobacco.word, tobacco.figure, tobacco.earlier) == ("almost used up", "0 sticks", 200)


def test_kinds_of_tobacco_together_are_shown_by_their_weight() -> None:
    answer = judged([cartons(1), goods("tobacco.loose", "40", 3, net_g="50", gross_kg="0.060")])

    assert said(answer, "tobacco") == "Tobacco: over by 80 g."
    assert gauge(answer, "tobacco").limit == 250


def test_a_set_that_is_not_permitted_yet_is_not_named() -> None:
    heated = [goods("tobacco.heated", "300", 2, sticks=200, net_g="50", gross_kg="0.2")]
    before = assess(regime("kz-horgos"), ADULT, [], heated, NOON.replace(year=2022, month=9), RATES)
    weighed = before.rule("tobacco")

    assert weighed is not None
    assert weighed.fit is not None
    assert weighed.fit.measure == "sticks"  # the bound within the set of all kinds
    assert judged(heated).rules


def test_goods_of_one_kind_are_counted_and_a_ban_says_that_it_is_one() -> None:
    furs = judged([goods("fur", "90", 3, gross_kg="2", variant="fox")])
    vape = judged([goods("vape.pod", "9", ml="2", gross_kg="0.1")])
    heavy = judged([goods("furniture", "9", gross_kg="36")])

    assert said(furs, "fur").endswith("over by 2 pieces.")
    assert said(vape, "vape").endswith(": cannot be taken out.")
    assert said(heavy, "heavy").endswith(": a piece is above 35.000 kg.")


def test_an_allowance_that_was_used_up_earlier_is_said_with_the_day_on_which_it_returns() -> None:
    """The gauge named the day where it had the room for a second line, and nothing else did."""
    chocolate = goods("food.sweets", "100", 1, gross_kg="0.500")
    left = "2026-11-20T12:00:00+08:00"
    answer = judged([chocolate], past=[sold("2026-11-20T10:00:00+08:00", chocolate, left=left)])

    assert answer.verdict is Verdict.DUTY
    assert said(answer, "weight") == "Weight: over by 0.500 kg, no allowance until 1 Dec 2026."
    over = [one for one in answer.rules if one.verdict is Verdict.DUTY]
    assert plain_text(spent_sentences(over, ENGLISH)[0]) == "Goods, Weight: no allowance until 1 Dec 2026."


# ── at the window ────────────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def test_every_place_of_the_checkout_says_over_by_200_sticks(hand: Hand) -> None:
    hand.checkout.document_scanned(a_passport(1, country="KAZ"))
    hand.wait()
    for _ in range(2):
        hand.scan(CARTON)
    card = hand.checkout.panel.verdict.accessibleDescription()
    shown = [gauge.accessibleDescription() for gauge in hand.checkout.panel.gauges()]
    row = hand.checkout.page.rows.rows.row(0).quota
    hand.press(Qt.Key.Key_F12)

    assert "Tobacco: over by 200 sticks." in card
    assert any("of 200 sticks" in text for text in shown)
    assert "over by 200" in row
    assert "Tobacco: over by 200 sticks." in hand.news
    assert "age" not in card + row + hand.news


def test_kinds_that_share_an_allowance_are_over_by_a_share_of_it_and_not_each_by_all_of_it(hand: Hand) -> None:
    hand.show_passport()
    for code in (CARTON, CARTON, CARTON, hand.goods("tobacco.cigar").code):
        hand.scan(code)
    rows = hand.checkout.page.rows.rows
    cigarettes, cigars = (plain_text(rows.row(n).quota) for n in (0, 1))
    hand.open_payment()

    assert cigarettes == "tobacco 600 sticks, over by 65 %"
    assert cigars == "tobacco 3 sticks, over by 65 %"  # 3 cartons are 150 %, 3 cigars 15 %
    assert "Tobacco: over by 65 %." in plain_text(hand.news)


def test_who_approves_a_basket_over_the_allowance_sees_by_how_much(hand: Hand) -> None:
    hand.show_passport()
    for _ in range(3):
        hand.scan(CARTON)
    hand.open_payment()
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)

    assert plain_text(hand.checkout.page.approval.figures) == "Over the allowance: Tobacco (200 sticks)"


def test_the_parts_of_a_duty_come_to_the_duty_with_what_is_pending(hand: Hand) -> None:
    boss = next(one for one in hand.shop.sign_in.people() if one.name == "manager")
    basket = hand.shop.new_checkout()
    basket.identify(read_scanned(PASSPORT, COUNTER_NOON.date()))
    basket.leave_to("CN")
    basket.add(hand.shop.find.show(CARTON).product.id, 3)
    order = replace(basket.order(boss), over_quota="duty")
    hand.shop.complete_sale.from_counter(order, Payment((Tender("cash", order.cart.total),)))
    hand.show_passport()
    hand.scan(CARTON)
    hand.open_payment()
    hand.wait(300)
    said = plain_text(hand.checkout.panel.verdict.accessibleDescription())

    assert "¥ 260.00" in said
    assert "× 1 · 50 % 130.00 + earlier 130.00" in said


def test_dairy_to_china_is_named_as_restricted_and_shares_no_allowance() -> None:
    answer = assess(regime("cn-horgos"), ADULT, (), [goods("food.dairy", "198", net_g="400")], NOON, RATES)

    assert answer.verdict is Verdict.NOTE
    assert note_sentences(answer, ENGLISH) == ["Dairy: restricted; customs may refuse these goods."]
    assert gauge(answer, "dairy").detail == "customs may refuse"


def test_kinds_of_tobacco_that_share_an_allowance_are_named_beside_what_is_restricted() -> None:
    basket = [
        goods("tobacco.cigarette", "130", sticks=100, net_g="90", gross_kg="0.150"),
        goods("tobacco.cigar", "100", sticks=5, net_g="20", gross_kg="0.050"),
        goods("food.dairy", "198", net_g="400"),
    ]
    answer = assess(regime("cn-horgos"), ADULT, (), basket, NOON, RATES)

    assert [sentence.split(": ")[1] for sentence in note_sentences(answer, ENGLISH)] == [
        "several kinds of goods share one allowance.",
        "restricted; customs may refuse these goods.",
    ]


def test_card_and_refusal_say_that_there_is_no_allowance_before_a_day(hand: Hand) -> None:
    who = a_passport(7, "AKHMETOVA<<SAULE", country="KAZ")
    sweets = hand.goods("food.sweets").code
    hand.scan(who)
    hand.scan(sweets)
    hand.sell()
    hand.scan(who)
    hand.press(Qt.Key.Key_O, Qt.KeyboardModifier.ControlModifier)
    hand.press(Qt.Key.Key_Return)
    hand.wait(100)
    hand.scan(sweets)
    hand.press(Qt.Key.Key_F12)
    hand.wait(20)

    assert "Goods, Weight: no allowance until 1 Dec 2026." in hand.checkout.panel.verdict.accessibleDescription()
    assert hand.news.count(", no allowance until 1 Dec 2026.") == 2
