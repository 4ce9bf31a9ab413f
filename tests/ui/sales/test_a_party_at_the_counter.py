"""Several visitors at the real window over a real shop: companions, the split, rows moved, entries, departures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.text.formatting import plain_text
from pos.domain.money import Money
from pos.domain.quota.rule import Verdict
from pos.ui.look.sounds import Sound
from pos.ui.look.theme import Mode
from pos.ui.sales.party.companion_card import CompanionCard
from pos.ui.widgets.drawing.tone import Tone
from tests.horgos import CNY
from tests.ui.at_the_counter import CARTON, PASSPORT, Hand, a_passport, close_till, open_till
from tests.ui.keyboard import NO_MODIFIER

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def cards(hand: Hand) -> list[CompanionCard]:
    return hand.checkout.panel.party.cards()


def verdict_says(hand: Hand) -> str:
    card = hand.checkout.panel.verdict
    return f"{card.accessibleName()} {card.accessibleDescription()}"


def cartons(hand: Hand, count: int) -> None:
    hand.type(f"{count} *")
    hand.press(Key.Key_Return)
    hand.scan(CARTON)


def party_over(hand: Hand, companions: int, count: int) -> None:
    """ZHANG WEI with so many companions and so many cartons, all in the hands of the last one."""
    hand.show_passport()
    hand.show_companions(companions)
    cartons(hand, count)
    hand.wait(20)


def no_frequent_visitors(hand: Hand) -> None:
    """Each visitor has entered on no other day."""
    for one in hand.view.visitors:
        hand.checkout.visitors.record_entry_dates(one.visitor.label, ())
    hand.wait(20)


# ── who is there, and who takes the goods ────────────────────────────────────────────────────────────────────


def test_a_second_passport_joins_and_takes_what_is_scanned_next(hand: Hand) -> None:
    sweets, honey = hand.goods("food.sweets"), hand.goods("food.honey")
    hand.show_passport()
    hand.scan(sweets.code)

    hand.scan(a_passport(1))
    news = hand.news
    hand.scan(honey.code)

    assert "B · AKHMETOVA S•• added" in news
    assert hand.carriers() == [("1", "A"), ("1", "B")]
    assert [card.view.label for card in cards(hand) if card.view is not None and card.view.chosen] == ["B"]
    assert hand.checkout.panel.heading.text == "2 visitors · To China"


def test_a_press_on_a_card_or_a_key_chooses_who_takes_the_goods(hand: Hand) -> None:
    sweets, honey, toy = (hand.goods(name) for name in ("food.sweets", "food.honey", "toy"))
    hand.show_passport()
    hand.show_companions(2)

    cards(hand)[0].click()
    hand.wait()
    hand.scan(sweets.code)
    hand.press(Key.Key_Down, CONTROL)
    hand.scan(honey.code)
    hand.press(Key.Key_Up, CONTROL)
    hand.press(Key.Key_Up, CONTROL)
    hand.scan(toy.code)

    assert hand.carriers() == [("1", "A"), ("1", "B"), ("1", "C")]
    assert hand.checkout.page.scan.box.field.hasFocus()


def test_a_passport_shown_twice_is_reported_and_only_chosen_again(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    hand.heard.sounds.clear()

    hand.scan(PASSPORT)

    assert "A · ZHANG W•• is already in this sale" in hand.news
    assert hand.heard.sounds == [Sound.NOTE]
    assert (len(cards(hand)), hand.view.chosen) == (2, "A")


def test_another_birth_date_typed_for_a_passport_that_was_scanned_is_not_passed_over_in_silence(hand: Hand) -> None:
    hand.show_passport()
    hand.checkout.counter.identify_typed("passport", "E00000001", "CHN", "1984-05-05")
    hand.wait()

    assert "A · ZHANG W•• is already in this sale" in hand.news
    assert "The date of birth differs from the one shown first, which still counts." in hand.news


def test_a_birth_date_typed_wrongly_gives_way_to_the_passport_that_is_scanned_and_is_said_to(hand: Hand) -> None:
    hand.checkout.counter.identify_typed("passport", "E00000001", "CHN", "2015-05-05")
    hand.wait()
    typed = hand.view.visitors[0].age
    hand.show_passport()

    assert (typed, hand.view.visitors[0].visitor.birth_date) == (11, date(1985, 5, 5))
    assert "A · ZHANG W•• is already in this sale" in hand.news
    assert "The date of birth differs from the one entered first. The one on the document counts now." in hand.news


def test_forty_documents_are_a_tour_of_forty_cards_and_the_next_is_refused(hand: Hand) -> None:
    hand.show_companions(40)
    heading, chosen = hand.checkout.panel.heading.text, hand.view.chosen
    cartons(hand, 3)
    hand.press(Key.Key_F9)

    hand.checkout.document_scanned(a_passport(7))
    hand.wait()
    again = hand.view.chosen
    hand.checkout.document_scanned(a_passport(41))
    hand.wait()

    assert (heading, chosen, again) == ("40 visitors · To China", "AN", "G")
    assert len(cards(hand)) == len(hand.view.visitors) == 40
    assert hand.heard.sounds[-1] is Sound.REFUSE
    assert hand.view.verdict <= Verdict.NOTE
    assert [len(card.gauges()) > 0 for card in cards(hand)].count(True) == 1  # the others are two lines


def test_who_is_left_out_leaves_the_goods_to_the_others_and_undo_brings_everything_back(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    hand.scan(hand.goods("toy").code)
    before = hand.carriers()

    cards(hand)[1].tool("dismiss").click()
    hand.wait()
    alone = (hand.carriers(), hand.checkout.panel.card.isVisible())
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()

    assert before == hand.carriers() == [("1", "B")]
    assert alone == ([("1", "A")], True)


# ── the split ────────────────────────────────────────────────────────────────────────────────────────────────


def test_until_f9_the_verdict_is_that_of_the_hands_and_then_everybody_is_within(hand: Hand) -> None:
    party_over(hand, 2, 6)
    no_frequent_visitors(hand)
    before, proposed = hand.view.verdict, verdict_says(hand)

    hand.press(Key.Key_F9)
    hand.wait(20)

    assert before is Verdict.DUTY
    assert "Over: to declare" in proposed
    assert "C · " in proposed
    assert "With a split, all visitors stay within the allowance." in proposed
    assert sorted(hand.carriers()) == [("2", "A"), ("2", "B"), ("2", "C")]
    assert verdict_says(hand).startswith("All 3 within the allowance")
    assert hand.news == "Goods split: all visitors are within the allowance."


def test_nothing_of_a_split_is_certain_while_entry_days_are_open(hand: Hand) -> None:
    party_over(hand, 2, 6)
    assert "With a split, the verdict depends on the entry days." in verdict_says(hand)
    hand.press(Key.Key_F9)
    hand.wait(20)
    assert hand.view.open_questions
    assert hand.news == "Goods split. Depends on the entry days."
    assert hand.checkout.page.news.notice is not None
    assert hand.checkout.page.news.notice.tone is Tone.NEARLY

    no_frequent_visitors(hand)
    assert "Depends on" not in hand.news


def test_a_split_to_visitors_who_were_not_asked_about_their_entries_promises_nothing(hand: Hand) -> None:
    party_over(hand, 2, 6)
    hand.checkout.visitors.record_entry_dates("C", ())  # who carries everything so far
    hand.wait(20)
    nothing_open, proposed = hand.view.open_questions, verdict_says(hand)
    no_frequent_visitors(hand)

    assert nothing_open == ()
    assert "With a split, the verdict depends on the entry days." in proposed
    assert "stay within" not in proposed
    assert "With a split, all visitors stay within the allowance." in verdict_says(hand)


def test_f9_gives_out_the_very_split_that_the_screen_has_shown(hand: Hand) -> None:
    party_over(hand, 2, 9)
    advice = hand.checkout._counter.advice
    assert advice is not None
    assert advice.split is not None
    split, amount = advice.split.party.split, advice.split.duty

    hand.press(Key.Key_F9)
    hand.wait(20)

    after = hand.checkout._counter.advice
    assert after is not None
    assert after.duty == amount
    assert sorted(hand.carriers()) == sorted((str(n), label) for label, parts in split.items() for _, n in parts)


def test_the_button_of_the_verdict_splits_and_the_strip_shows_it_until_the_next_scan(hand: Hand) -> None:
    party_over(hand, 1, 3)
    hint = hand.checkout.page.strip.hint("split")

    hand.checkout.panel.verdict.action_pressed.emit()
    hand.wait(20)
    split = (hint.text(), hint.isChecked())
    hand.press(Key.Key_Down, CONTROL)
    still = hint.isChecked()
    hand.scan(hand.goods("toy").code)

    assert split == ("Split over 2", True)
    assert still
    assert (hint.text(), hint.isChecked()) == ("Split", False)


def test_who_joins_after_a_split_is_not_counted_among_those_who_have_the_goods(hand: Hand) -> None:
    party_over(hand, 1, 3)
    hand.press(Key.Key_F9)
    hand.scan(a_passport(2))

    assert hand.checkout.page.strip.hint("split").text() == "Split over 2"


def test_f9_without_a_companion_says_whom_to_scan(hand: Hand) -> None:
    hand.show_passport()
    cartons(hand, 3)

    hand.press(Key.Key_F9)

    assert "companion" in hand.news
    assert hand.carriers() == [("3", "A")]


def test_ctrl_l_leaves_behind_what_is_too_much_for_all_and_shares_the_rest(hand: Hand) -> None:
    party_over(hand, 1, 5)
    first = verdict_says(hand)
    hand.press(Key.Key_F9)
    hand.wait(20)
    then = verdict_says(hand)

    hand.press(Key.Key_L, CONTROL)
    hand.wait(20)

    assert "With a split, the duty falls to" in first
    assert "Remove: Cigarettes, carton of 200 × 1" in plain_text(then)
    assert sorted(hand.carriers()) == [("2", "A"), ("2", "B")]
    assert hand.view.verdict <= Verdict.NOTE


# ── rows moved by hand ───────────────────────────────────────────────────────────────────────────────────────


def press_circle(hand: Hand) -> None:
    view = hand.checkout.page.rows
    box = view.row_box(hand.view.lines[0].id)
    assert box is not None
    spot = QPoint(box.right() - 36, box.center().y())
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    hand.wait()


def choose_in_menu(hand: Hand, begins: str) -> None:
    menu = hand.checkout.carriers.menu
    assert menu is not None
    action = next(action for action in menu.actions() if action.text().startswith(begins))
    hand.typing.look()
    action.trigger()
    menu.close()
    hand.wait()


def test_the_circle_of_a_row_offers_everybody_and_moves_the_row(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    cartons(hand, 3)

    press_circle(hand)
    choose_in_menu(hand, "A · ")

    assert hand.carriers() == [("3", "A")]


def test_a_scan_closes_the_menu_of_carriers_and_is_taken(hand: Hand) -> None:
    toy = hand.goods("toy")
    hand.show_passport()
    hand.show_companions(1)
    hand.scan(toy.code)
    hand.press(Key.Key_T, CONTROL)
    menu = hand.checkout.carriers.menu
    assert menu is not None
    window = menu.windowHandle()

    for char in toy.code:
        key: Any = char
        QTest.keyClick(window, key)
    QTest.keyClick(window, Key.Key_Return)
    hand.wait(50)

    assert hand.carriers() == [("2", "B")]
    assert hand.checkout.carriers.menu is None


def test_a_carrier_is_chosen_as_fast_as_the_keys_are_pressed(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    cartons(hand, 1)
    assert hand.carriers() == [("1", "B")]

    hand.typing.press(Key.Key_T, CONTROL)
    menu = hand.checkout.carriers.menu
    assert menu is not None
    for key in (Key.Key_Up, Key.Key_Return):
        QTest.keyClick(menu.windowHandle(), key)
    hand.wait(50)

    assert hand.carriers() == [("1", "A")]


def test_a_waiting_quantity_says_how_many_pieces_to_move(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    cartons(hand, 3)
    hand.type("2 *")
    hand.press(Key.Key_Return)

    hand.press(Key.Key_T, CONTROL)
    choose_in_menu(hand, "A · ")

    assert sorted(hand.carriers()) == [("1", "B"), ("2", "A")]
    assert hand.checkout.page.scan.waiting is None


def test_ctrl_g_gives_the_selected_row_to_whom_was_chosen_since(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(1)
    for category in ("food.sweets", "food.honey"):
        hand.scan(hand.goods(category).code)
    hand.press(Key.Key_Up)  # the first row

    hand.press(Key.Key_Up, CONTROL)  # the first visitor
    hand.press(Key.Key_G, CONTROL)

    assert hand.carriers() == [("1", "A"), ("1", "B")]


def test_only_the_rows_of_the_person_who_is_over_are_marked(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(CARTON)
    hand.show_companions(1)
    cartons(hand, 3)
    no_frequent_visitors(hand)

    rows = hand.checkout.page.rows.rows
    assert [rows.row(index).quota_token for index in range(2)] == ["muted", "over"]


def test_the_approval_names_whose_goods_it_is_for(hand: Hand) -> None:
    party_over(hand, 1, 3)
    no_frequent_visitors(hand)

    hand.press(Key.Key_F12)
    refused = hand.news
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)

    assert refused == "The visitors' goods are over the allowance.\nB · Tobacco: over by 200 sticks."
    assert hand.checkout.page.approval.title.endswith("(B · AKHMETOVA S••)")


# ── what is asked of a visitor ───────────────────────────────────────────────────────────────────────────────


def test_entries_are_asked_once_a_day(hand: Hand) -> None:
    question = hand.checkout.panel.question
    hand.show_passport()
    before = question.isVisible()
    hand.scan(CARTON)
    asked = question.isVisible()

    question.no.click()
    hand.wait()
    answered = question.isVisible()
    hand.checkout.counter.start_new()
    hand.wait()
    hand.show_passport()
    hand.scan(CARTON)

    assert (before, asked, answered, question.isVisible()) == (False, True, False, False)
    assert hand.view.verdict is Verdict.OK


def test_who_entered_on_another_day_has_the_limits_of_frequent_trips(hand: Hand) -> None:
    question = hand.checkout.panel.question
    hand.show_passport()
    hand.scan(CARTON)

    question.which.click()
    hand.press(Key.Key_Escape)
    closed = question.is_open
    question.which.click()
    question.chips()[2].click()
    question.done.click()
    hand.wait()

    assert not closed
    assert [day.isoformat() for day in sorted(hand.view.visitors[0].visitor.entries)] == ["2026-11-21", "2026-11-24"]
    assert hand.view.verdict is Verdict.DUTY
    assert not question.isVisible()


def test_goods_declared_from_elsewhere_stand_in_the_gauge_until_they_are_taken_back(hand: Hand) -> None:
    hand.show_passport()
    hand.press(Key.Key_B, CONTROL)
    form = hand.checkout.declared
    form.category.setCurrentIndex(form.category.findData("alcohol.spirit"))
    form.price.setText("300")
    form.attributes["ml"].setText("700")
    form.attributes["abv"].setText("40")
    hand.press(Key.Key_Return)

    spirits = next(gauge for gauge in hand.checkout.panel.gauges() if gauge.accessibleName() == "Alcohol")
    counted = spirits.accessibleDescription()
    form.removers()[0].click()
    hand.wait()
    hand.press(Key.Key_Escape)

    assert "earlier 0.70" in counted
    assert hand.view.visitors[0].visitor.declared == ()
    assert hand.checkout.panel.isVisible()


def test_of_goods_from_elsewhere_without_a_weight_the_earlier_weight_is_unknown_and_they_are_named(hand: Hand) -> None:
    hand.scan(a_passport(7, country="KAZ"))
    hand.scan("8801204309072")  # 0.180 kg
    hand.press(Key.Key_B, CONTROL)
    form = hand.checkout.declared
    form.category.setCurrentIndex(form.category.findData("electronics.phone"))
    form.price.setText("300")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    said = hand.checkout.panel.verdict.accessibleDescription()
    weight = next(gauge for gauge in hand.checkout.panel.gauges() if gauge.accessibleName() == "Weight")
    of_weight = weight.accessibleDescription()
    hand.show_companions(1, country="KAZ")
    hand.wait(20)
    of_party = verdict_says(hand)

    assert "earlier unknown · now 0.180 · of" in of_weight
    assert "Bought earlier, Phones: gross weight, kg missing." in said
    assert "Unknown: " not in said
    assert "A · Bought earlier, Phones: gross weight, kg missing." in of_party


def test_a_duty_is_the_least_that_it_can_be_where_a_weight_is_missing(hand: Hand) -> None:
    hand.scan(a_passport(7, country="KAZ"))
    hand.scan("8801204309072")
    hand.press(Key.Key_B, CONTROL)
    form = hand.checkout.declared
    form.category.setCurrentIndex(form.category.findData("electronics.phone"))
    form.price.setText("9000")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    hand.wait(600)
    of_one = hand.checkout.panel.verdict.accessibleDescription()
    hand.show_companions(1, country="KAZ")
    hand.wait(600)

    assert "Estimated duty, at least" in of_one
    assert "Bought earlier, Phones: gross weight, kg missing." in of_one
    assert "Estimated duty, at least" in verdict_says(hand)


def test_tab_leads_through_every_figure_of_a_purchase_elsewhere_before_its_buttons(hand: Hand) -> None:
    hand.show_passport()
    hand.press(Key.Key_B, CONTROL)
    form = hand.checkout.declared
    form.category.setCurrentIndex(form.category.findData("alcohol.spirit"))
    for figure in ("2", "300", "", "700", "40"):  # the currency stays
        hand.press(Key.Key_Tab)
        if figure:
            hand.type(figure)
    hand.press(Key.Key_Return)

    (bottles,) = hand.view.visitors[0].visitor.declared
    assert (bottles.quantity, bottles.unit_price) == (2, Money(30000, CNY))
    assert (str(bottles.attributes.ml), str(bottles.attributes.abv)) == ("700", "40")


def test_what_is_wrong_with_goods_from_elsewhere_is_said_in_the_form(hand: Hand) -> None:
    hand.show_passport()
    hand.press(Key.Key_B, CONTROL)
    form = hand.checkout.declared

    form.category.setCurrentIndex(form.category.findData("perfume"))
    form.price.setText("much")
    hand.press(Key.Key_Return)

    assert "much" in form.sentence
    assert hand.view.visitors[0].visitor.declared == ()
    assert form.isVisible()


def test_what_waits_for_the_other_side_is_named_on_the_card_until_its_owner_has_left(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.sell()
    hand.show_passport()
    hand.press(Key.Key_F8)
    hand.scan(hand.goods("food.sweets").code)
    card = hand.checkout.panel.card
    shown = card.other_side

    assert hand.view.destination == "KZ"
    assert shown.isVisible()
    assert shown.text().startswith("Not taken out yet (To China), counted here: ")
    hand.show_companions(1)
    assert shown.text() in cards(hand)[0].accessibleDescription()
    hand.press(Key.Key_F8)
    assert "Still pending" not in cards(hand)[0].accessibleDescription()


def test_has_left_asks_once_more_and_then_nothing_is_pending(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("toy").code)
    hand.sell()
    hand.show_passport()
    pending = hand.view.visitors[0].pending
    offered = hand.checkout.panel.tool("left").isVisible()

    hand.press(Key.Key_O, CONTROL)
    asked = hand.news
    hand.checkout.page.news.action_pressed.emit()
    hand.wait()

    assert (pending, offered) == (True, True)
    assert "Has ZHANG W•• left for customs?" in asked
    assert "1 piece counts as taken out" in hand.news
    assert not hand.view.visitors[0].pending
    assert not hand.checkout.panel.tool("left").isVisible()


# ── room ─────────────────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("companions", [1, 3, 11])
def test_the_panel_fits_a_small_screen_with_a_notice_above_it(hand: Hand, companions: int) -> None:
    window, panel = hand.till.window, hand.checkout.panel
    party_over(hand, companions, 3)
    hand.till.theme.switch(Mode.DARK)
    window.resize(1366, 768)
    card = panel.verdict
    for language in ("en", "zh", "ru", "kk"):
        hand.till.session.speak(language)
        hand.till.session.report(ValueError("a notice above the page"))
        hand.wait(20)

        assert window.height() == 768
        assert hand.news != "", language
        assert card.geometry().bottom() < panel.height(), language
        assert card.height() >= card.heightForWidth(card.width()), language
        assert panel.party.geometry().bottom() < card.geometry().top(), language
        assert panel.party.viewport().height() >= cards(hand)[-1].height(), language


def tap_first_visitor(hand: Hand) -> None:
    menu = hand.checkout.carriers.menu
    assert menu is not None
    position = menu.actionGeometry(menu.actions()[0]).center()
    QTest.mouseClick(menu.windowHandle(), Qt.MouseButton.LeftButton, NO_MODIFIER, position)
    hand.wait()


def test_the_second_half_of_the_tap_that_opens_the_menu_of_carriers_gives_nothing_away(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(2)
    hand.scan(CARTON)
    row, circle = hand.view.lines[0].id, hand.checkout.page.rows.carrier_pressed
    circle.emit(row)
    hand.typing.wait(0.15)
    tap_first_visitor(hand)
    early = hand.carriers()
    circle.emit(row)
    choose_in_menu(hand, "A · ")
    hand.wait()

    assert (early, hand.carriers()) == ([("1", "C")], [("1", "A")])


def test_a_finger_that_slides_over_a_circle_opens_no_menu_of_that_row(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(2)
    hand.scan(CARTON)
    hand.scan(hand.goods("food.sweets").code)
    rows = hand.checkout.page.rows
    first, second = (rows.visualRect(rows.model().index(row, 0)).center() for row in range(2))
    circle = QPoint(rows.viewport().width() - 40, second.y())
    hand.typing.slide(rows.viewport(), first, circle)
    slid = hand.checkout.carriers.menu
    hand.typing.slide(rows.viewport(), circle, circle)

    assert slid is None
    assert hand.checkout.carriers.menu is not None
    hand.checkout.carriers.leave()


def test_the_menu_of_carriers_does_not_lie_over_a_locked_till(hand: Hand) -> None:
    hand.show_passport()
    hand.show_companions(2)
    hand.scan(CARTON)
    hand.checkout.carriers.ask()
    opened = hand.checkout.carriers.menu is not None
    hand.till.window.lock()
    hand.wait()

    assert opened
    assert (hand.checkout.carriers.menu, QApplication.activePopupWidget()) == (None, None)


def test_goods_bought_elsewhere_are_named_in_the_language_of_the_window(hand: Hand) -> None:
    hand.scan(a_passport(7, country="KAZ"))
    hand.till.session.speak("kk")
    hand.press(Key.Key_B, CONTROL)
    form = hand.checkout.declared
    form.category.setCurrentIndex(form.category.findData("electronics.phone"))
    form.price.setText("300")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Escape)
    hand.scan("8801204309072")
    said = []
    for language in ("zh", "en"):
        hand.till.session.speak(language)
        hand.wait()
        said.append(hand.checkout.panel.verdict.accessibleDescription())

    assert "此前购买的手机" in said[0]
    assert "Bought earlier, Phones: gross weight, kg missing." in said[1]
