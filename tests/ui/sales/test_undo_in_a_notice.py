"""The notice of a step has a button that takes it back: what Ctrl+Z does, while nothing else was done since."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.at_the_counter import CARTON, Hand, close_till, open_till
from tests.ui.slow_store import SlowStore

Key = Qt.Key
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path, name="manager")
    yield opened
    close_till(opened)


def void(hand: Hand) -> None:
    hand.press(Key.Key_F6)


def leave_behind(hand: Hand) -> None:
    hand.press(Key.Key_L, CONTROL)


def split(hand: Hand) -> None:
    hand.press(Key.Key_F9)


def discount(hand: Hand) -> None:
    hand.press(Key.Key_F5)
    hand.type("5")
    hand.press(Key.Key_Return)


def discount_in_money(hand: Hand) -> None:
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F5)
    hand.type("1.50")
    hand.press(Key.Key_Return)


def discount_basket(hand: Hand) -> None:
    hand.press(Key.Key_F5, SHIFT)
    hand.type("5")
    hand.press(Key.Key_Return)


def another_price(hand: Hand) -> None:
    hand.press(Key.Key_F4, CONTROL)
    hand.type("3.00")
    hand.press(Key.Key_Return)


def new_sale(hand: Hand) -> None:
    hand.press(Key.Key_F6, SHIFT)


def remove_a_visitor(hand: Hand) -> None:
    hand.checkout.visitors.on_requested("dismiss", "B")
    hand.wait()


ACTS: dict[Callable[[Hand], None], str] = {
    void: "Removed from the basket: ",
    leave_behind: "Removed from the basket: ",
    split: "",
    discount: "Discount of 5 %: ",
    discount_in_money: "Discount of ¥ 1.50: ",
    discount_basket: "Discount on the basket: 5 %.",
    another_price: "Another price: ",
    new_sale: "New sale. ",
    remove_a_visitor: "",
}


def a_full_sale(hand: Hand) -> None:
    """Two visitors, and more cigarettes than both may take."""
    hand.show_passport()
    hand.show_companions(1)
    hand.scan(hand.goods("food.honey").code)
    for _ in range(5):
        hand.scan(CARTON)


def press_undo(hand: Hand) -> None:
    """By a finger, once the notice has been seen."""
    hand.wait(450)
    hand.typing.finger(hand.checkout.page.news._action)
    hand.wait()


def said(hand: Hand) -> str:
    return hand.news.replace("\u00a0", " ")


def offered(hand: Hand) -> str:
    notice = hand.checkout.page.news.notice
    return "" if notice is None else notice.action


def stands(hand: Hand) -> tuple[object, ...]:
    view = hand.view
    visitors = [one.visitor for one in view.visitors]
    return [row.line for row in view.lines], visitors, view.basket, view.total, view.last_step, view.chosen


def test_the_button_takes_back_what_the_notice_says_as_ctrl_z_does(hand: Hand) -> None:
    a_full_sale(hand)
    before = stands(hand)
    for act, words in ACTS.items():
        act(hand)
        hand.press(Key.Key_Z, CONTROL)
        assert stands(hand) == before, act.__name__
        assert offered(hand) == "", "there is nothing left to take back"

        act(hand)
        assert said(hand).startswith(words), act.__name__
        assert (offered(hand), stands(hand) == before) == ("Undo", False), act.__name__
        button = hand.checkout.page.news._action
        assert button.isVisible()
        assert button.height() >= 44
        press_undo(hand)
        assert stands(hand) == before, act.__name__
        assert hand.news == ""


def test_the_button_goes_with_the_next_step_although_the_words_are_still_true(hand: Hand) -> None:
    hand.scan(CARTON)
    hand.scan(hand.goods("food.honey").code)
    discount(hand)
    words = hand.news
    hand.press(Key.Key_N, CONTROL)
    hand.type("gift")
    hand.press(Key.Key_Return)
    assert (hand.news, offered(hand)) == (words, ""), "a note changes no row"
    hand.press(Key.Key_Z, CONTROL)
    assert (hand.news, offered(hand)) == (words, "Undo"), "the discount is the last step again"


def test_another_chosen_visitor_is_no_step(hand: Hand) -> None:
    a_full_sale(hand)
    split(hand)
    hand.press(Key.Key_Up, CONTROL)
    assert offered(hand) == "Undo"


def test_a_scan_that_is_looked_up_while_the_button_is_pressed_is_not_taken_back(hand: Hand) -> None:
    hand.scan(CARTON)
    hand.scan(hand.goods("food.honey").code)
    void(hand)
    sweets = hand.goods("food.sweets")
    hand.wait(450)
    with SlowStore(hand) as slow:
        slow.scan(sweets.code)
        hand.typing.finger(hand.checkout.page.news._action)
    assert [row.line.product.id for row in hand.view.lines][-1] == sweets.id
    assert len(hand.view.lines) == 2


def test_a_refused_discount_offers_nothing(hand: Hand) -> None:
    hand.scan(CARTON)
    hand.press(Key.Key_F5)
    hand.type("101")
    hand.press(Key.Key_Return)
    assert offered(hand) != "Undo"


def test_a_discount_that_is_approved_can_be_taken_back_too(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> None:
    hand = open_till(qapp, qtbot, tmp_path)
    hand.scan(CARTON)
    hand.press(Key.Key_F5)
    hand.type("15")
    hand.press(Key.Key_Return)
    assert offered(hand) != "Undo"
    hand.checkout.page.news.action_pressed.emit()
    hand.wait(50)
    hand.checkout.page.approval.pin.push("314159")
    hand.press(Key.Key_Return)
    hand.wait(50)
    assert (said(hand)[:18], offered(hand)) == ("Discount of 15 %: ", "Undo")
    press_undo(hand)
    assert hand.view.lines[0].line.discount is None
    close_till(hand)


def test_a_discount_that_is_removed_is_said_and_comes_back(hand: Hand) -> None:
    hand.scan(CARTON)
    discount(hand)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_Delete)
    hand.press(Key.Key_Return)
    assert hand.news.startswith("Discount removed: ")
    press_undo(hand)
    assert hand.view.lines[0].line.discount is not None
