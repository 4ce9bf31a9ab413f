"""Someone new: added by the manager, signed in with a one-time PIN, selling, and disabled while selling."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

import main
from pos.application.settings.first_steps import FirstStep
from pos.application.settings.options import Options
from pos.ui.settings.welcome.screen import WelcomeScreen
from pos.ui.staff.screen import StaffScreen
from tests.ui.at_the_counter import NOON, Hand, a_demo_shop, whole_window

Key = Qt.Key
CHOCOLATE, SWEETS, COGNAC = "4870204320145", "4870204320060", "4870204320114"


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Someone before the sign-in of a demo shop's till."""
    shop = a_demo_shop(tmp_path / "shop")
    with whole_window(qapp, qtbot, tmp_path, shop, Hand, "manager") as hand:
        yield hand


def scan(hand: Hand, code: str) -> None:
    """What a scanner has read."""
    hand.till.scanner.scanned.emit(code)
    hand.wait(50)


def type_pin(hand: Hand, *pins: str) -> None:
    for pin in pins:
        hand.type(pin)
        hand.press(Key.Key_Return)


def at_the_till(hand: Hand) -> str:
    person = hand.till.session.person
    return "" if person is None else person.name


def staff(hand: Hand) -> StaffScreen:
    page = hand.till.window.screen_at("staff")
    assert isinstance(page, StaffScreen)
    return page


def test_the_guide_of_a_new_shop_asks_for_the_new_person_and_not_for_another_name_of_the_manager(hand: Hand) -> None:
    type_pin(hand, hand.shop.demo_pins["manager"])
    hand.wait(300)
    hand.till.window.show_screen("welcome")
    guide = hand.till.window.screen_at("welcome")
    assert isinstance(guide, WelcomeScreen)
    guide.rows[FirstStep.STAFF].action_button.click()
    hand.wait(300)
    hand.type("aliya")
    hand.press(Key.Key_Tab)
    hand.type("Aliya")

    form = staff(hand).form
    assert form.record is None
    assert (form.name.text(), form.shown.text()) == ("aliya", "Aliya")


def test_a_new_person_sells_until_they_are_disabled_and_their_basket_stays(hand: Hand, tmp_path: Path) -> None:
    # the shift of yesterday is closed; the manager adds Dana and notes the PIN
    manager = next(person for person in hand.shop.sign_in.people() if person.name == "manager")
    held = hand.shop.read_shift.drawer() or {}
    hand.shop.close_shift(manager, dict(held))
    type_pin(hand, hand.shop.demo_pins["manager"])
    hand.till.window.show_screen("staff")
    hand.wait()
    hand.press(Key.Key_F3)
    hand.type("dana")
    hand.press(Key.Key_Return)
    hand.type("Dana M")
    hand.press(Key.Key_F12)
    pin = staff(hand).note.pin
    hand.press(Key.Key_Return)
    hand.press(Key.Key_L, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)

    # at the first sign-in Dana chooses another; one that is easy to guess, or not the same twice, is asked for again
    page = hand.till.way_in.sign_in
    page.people.card("dana").click()
    type_pin(hand, pin)
    assert at_the_till(hand) == ""
    type_pin(hand, "123456")
    assert "too simple" in page.pin.complaint
    type_pin(hand, "483926", "483927")
    assert page.pin.complaint == "The PINs do not match. Type the same PIN twice."
    type_pin(hand, "483926", "483926")
    hand.wait(50)
    assert (at_the_till(hand), hand.screen_id) == ("dana", "open_shift")
    hand.press(Key.Key_F5)  # the drawer holds what the last Z counted
    hand.press(Key.Key_F12)
    assert hand.screen_id == "checkout"

    # Dana sells
    hand.show_passport()
    scan(hand, CHOCOLATE)
    hand.sell()
    sale = hand.shop.show_sale.last()
    assert sale is not None
    assert sale.cashier == "dana"

    # a larger discount than Dana may give is approved by the manager: for this row as it is
    scan(hand, COGNAC)
    hand.press(Key.Key_F5)
    hand.type("15")
    hand.press(Key.Key_Return)
    hand.wait(50)
    hand.press(Key.Key_Return)
    hand.wait(50)
    approval = hand.checkout.page.approval
    assert approval.figures == "15 % off 1 × Cognac 5★ 0.5 L"
    type_pin(hand, hand.shop.demo_pins["manager"])
    hand.wait()
    assert hand.rows() == ["1 | Cognac 5★ 0.5 L | 142.80"]

    # at another till the manager disables Dana; the next scan locks this one, and the basket is still there
    office = main.build(Options(data=tmp_path / "shop", till="T9", at=NOON), quick_pins=True)
    boss = next(one for one in office.sign_in.people() if one.name == "manager")
    office.staff.disable(boss, "dana")
    scan(hand, SWEETS)
    assert (hand.screen_id, at_the_till(hand)) == ("sign_in", "")
    notice = hand.till.window.front.notices.notice
    assert notice is not None
    assert notice.text == "Dana M is disabled. A manager can enable them."
    assert "dana" not in [one.name for one in page._people]

    # enabled again, Dana is on the list, and nothing says that they are not
    office.staff.enable(boss, "dana")
    office.close()
    hand.till.clock.start()
    hand.wait()
    assert "dana" in [one.name for one in page._people]
    assert hand.till.window.front.notices.notice is None

    # Amina goes on with it
    page.people.card("amina").click()
    type_pin(hand, hand.shop.demo_pins["amina"])
    hand.wait(50)
    assert hand.rows() == ["1 | Cognac 5★ 0.5 L | 142.80"]
    assert hand.shop.verify_books() == []
