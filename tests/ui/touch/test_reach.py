"""What has only a key is reached by finger too, and every page has a way back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from pos.ui.sales.basket.inline_editor import InlineEditor
from tests.ui.at_the_counter import Hand, close_till, open_till
from tools.window_faults import FINGER


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def open_menu(hand: Hand) -> dict[str, object]:
    """The entries of the menu by their words."""
    hand.typing.finger(hand.till.window.work.status.more)
    hand.wait(10)
    menu = hand.till.window.action_menu.menu
    assert menu is not None
    return {entry.text().partition("\t")[0]: entry for entry in menu.actions()}


def choose(hand: Hand, words: str) -> None:
    entry = open_menu(hand)[words]
    hand.typing.look()
    menu = hand.till.window.action_menu.menu
    assert menu is not None
    entry.trigger()  # type: ignore[attr-defined] # a QAction
    menu.close()
    hand.wait(10)


def test_another_price_and_a_note_are_found_by_finger(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    assert {"Another price", "Note on the line", "Discount on the basket", "Print again"} <= open_menu(hand).keys()
    menu = hand.till.window.action_menu.menu
    assert menu is not None
    menu.close()
    choose(hand, "Another price")
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    assert field.isVisible()


def test_each_entry_of_the_menu_has_room_for_a_finger(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    open_menu(hand)
    menu = hand.till.window.action_menu.menu
    assert menu is not None
    assert min(menu.actionGeometry(entry).height() for entry in menu.actions()) >= FINGER
    menu.close()


def test_what_has_a_button_of_its_own_is_not_in_the_menu(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    assert not {"Pay", "Quantity", "Void line", "Help", "Lock", "Back"} & open_menu(hand).keys()


def test_the_second_half_of_the_tap_that_opens_the_menu_starts_nothing(hand: Hand) -> None:
    hand.scan(hand.goods("food.sweets").code)
    entry = open_menu(hand)["Note on the line"]
    entry.trigger()  # type: ignore[attr-defined] # a QAction, at once
    hand.wait(10)
    assert not [field for field in hand.checkout.findChildren(InlineEditor) if field.isVisible()]
    menu = hand.till.window.action_menu.menu
    if menu is not None:
        menu.close()


def test_the_payment_is_left_by_finger(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(hand.goods("food.sweets").code)
    hand.typing.finger(hand.checkout.total.pay_button)
    hand.wait(10)
    assert hand.screen_id == "payment"
    hand.typing.finger(hand.till.window.work.status.back)
    hand.wait(10)
    assert hand.screen_id == "checkout"


def test_a_way_back_from_nowhere_does_nothing(hand: Hand) -> None:
    hand.typing.finger(hand.till.window.work.status.back)
    hand.wait(10)
    assert hand.screen_id == "checkout"
