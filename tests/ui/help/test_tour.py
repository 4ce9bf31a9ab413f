"""The tour of a demo shop: it follows what really happens, to the end of a first sale."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.help.tour.tour import Tour
from pos.ui.widgets.cards.guide_strip import GuideStrip
from tests.ui.at_the_counter import Hand, close_till, open_till

Key = Qt.Key
ALT, CONTROL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def tour(hand: Hand) -> Tour:
    shown = hand.till.looking_on.tour
    assert shown is not None
    return shown


def strip(hand: Hand) -> GuideStrip:
    return hand.till.window.findChildren(GuideStrip)[0]


def test_a_newcomer_is_led_through_a_whole_sale_by_what_happens(hand: Hand) -> None:
    hand.till.looking_on.offer_tour()
    steps = [tour(hand).step]

    def then() -> None:
        hand.wait()
        steps.append(tour(hand).step)

    strip(hand).action_button.click()
    then()
    strip(hand).action_button.click()
    then()
    strip(hand).action_button.click()
    then()
    hand.press(Key.Key_L, CONTROL)
    then()
    hand.checkout.panel.question.no.click()
    then()
    hand.press(Key.Key_F12)
    then()
    hand.press(Key.Key_2, ALT)
    then()
    hand.press(Key.Key_F12)
    then()
    hand.press(Key.Key_Return)
    then()

    assert steps == ["scan", "passport", "over", "advice", "entries", "pay", "currency", "record", "next", "end"]
    assert hand.checkout.page.scan.box.field.hasFocus()
    hand.till.session.speak("ru")
    assert strip(hand).text.startswith("Первая продажа завершена")


def test_who_goes_ahead_alone_is_followed_and_a_closed_tour_comes_only_when_asked_for(hand: Hand) -> None:
    unasked = hand.till.looking_on.tour
    hand.press(Key.Key_F1)
    hand.press(Key.Key_F5)
    begun = (hand.screen_id, strip(hand).isVisible())
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    ahead = tour(hand).step
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    sold = tour(hand).step
    strip(hand).cross.click()
    hand.till.looking_on.offer_tour()

    assert unasked is None
    assert begun == ("checkout", True)
    assert (ahead, sold) == ("over", "next")
    assert not strip(hand).isVisible()
    assert hand.till.session.memory.state.tour == "closed"


def test_who_leaves_the_payment_is_asked_to_open_it_again(hand: Hand) -> None:
    hand.till.looking_on.offer_tour()
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_2, ALT)
    paying = tour(hand).step
    hand.press(Key.Key_Escape)
    left = tour(hand).step
    hand.press(Key.Key_F12)

    assert (paying, left, tour(hand).step) == ("record", "pay", "record")


def test_a_visitor_who_is_taken_back_is_asked_for_again_and_nothing_is_said_of_their_allowance(hand: Hand) -> None:
    hand.till.looking_on.offer_tour()
    hand.scan(hand.goods("food.sweets").code)
    hand.show_passport()
    hand.press(Key.Key_F12)
    hand.press(Key.Key_Escape)
    left, said = tour(hand).step, strip(hand).text
    hand.press(Key.Key_Z, CONTROL)
    without_visitor = tour(hand).step
    hand.press(Key.Key_Z, CONTROL)

    assert (left, said) == ("pay", "F12 opens the payment. Goods and allowance are held during payment.")
    assert (without_visitor, tour(hand).step) == ("passport", "scan")


def test_the_tour_names_no_pin_that_was_changed(hand: Hand) -> None:
    hand.till.looking_on.offer_tour()
    hand.till.window.lock()
    hand.wait()
    tour(hand)._step = 0
    hand.till.session.speak("ru")
    assert "PIN 246810" in strip(hand).text

    hand.shop.sign_in.choose_pin("amina", "246810", "806428")
    hand.till.way_in.sign_in.load_people()
    hand.wait()
    assert strip(hand).text == "Войдите как Amina S.: введите PIN и нажмите Enter."


def test_a_tour_of_a_sale_is_for_people_who_sell_and_scans_at_the_checkout_alone(hand: Hand) -> None:
    """A stock clerk was told to sell, and the button put a cognac on the stock document on show."""
    hand.till.looking_on.offer_tour()
    hand.till.window.show_screen("parked")
    hand.wait()
    strip(hand).action_button.click()
    hand.wait()
    assert (hand.screen_id, hand.rows()) == ("checkout", [])

    clerk = next(one for one in hand.shop.sign_in.people() if one.name == "clerk")
    hand.till.session.take_person(clerk)
    hand.wait()
    assert not strip(hand).isVisible()
    hand.sign_in()
    assert strip(hand).isVisible()
