"""The rights of a role are changed at another till while someone of that role is at work: the window follows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.staff.staff import Person
from tests.shops import BAG, SWEETS
from tests.ui.at_the_counter import Hand, close_till, open_till

Key = Qt.Key
CONSOLE = Person.at_the_console("root")


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina at the checkout."""
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def elsewhere(hand: Hand, name: str, text: str) -> None:
    """A manager sets it at another till."""
    hand.shop.office.set_setting(CONSOLE, name, text)


def rail(hand: Hand) -> list[str]:
    return [entry.key for entry in hand.till.window.work._entries]


def test_a_right_granted_meanwhile_is_there_after_the_next_step_and_the_basket_stays(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(SWEETS)
    before = hand.rows()
    elsewhere(hand, "cashier_permissions", "sell,open_shift,close_shift,reports")
    hand.scan(BAG)

    person = hand.till.session.person
    assert person is not None
    assert (person.may("reports"), person.may("return")) == (True, False)
    assert set(before) < set(hand.rows())
    assert len(hand.view.visitors) == 1


def test_a_limit_lowered_at_another_till_is_asked_about_before_the_payment_and_the_basket_stays(hand: Hand) -> None:
    hand.show_passport()
    hand.scan(SWEETS)
    hand.press(Key.Key_F5)
    hand.type("10")
    hand.press(Key.Key_Return)
    rows = hand.rows()
    assert hand.view.lines[0].line.discount is not None
    elsewhere(hand, "cashier_discount_percent", "5")

    hand.open_payment()
    hand.wait()

    assert hand.screen_id == "checkout"
    assert hand.rows() == rows
    assert "approv" in hand.news.lower()


def test_a_person_who_may_no_longer_sell_is_led_away_and_the_basket_is_kept(hand: Hand) -> None:
    hand.scan(SWEETS)
    elsewhere(hand, "cashier_permissions", "return")
    hand.scan(BAG)

    notice = hand.till.window.work.notices.notice
    assert hand.screen_id != "checkout"
    assert notice is not None
    assert notice.text.startswith("Your rights were changed by a manager.")
    elsewhere(hand, "cashier_permissions", "sell,open_shift,close_shift")
    hand.sign_in("amina")
    assert len(hand.rows()) == 2


def test_a_person_who_was_granted_discounts_approves_them_up_to_their_limit(hand: Hand) -> None:
    elsewhere(hand, "clerk_permissions", "catalogue,stock,discount")
    elsewhere(hand, "clerk_discount_percent", "20")
    page, offered = hand.checkout.page, []
    hand.scan(SWEETS)
    for percent in ("21", "20"):
        hand.press(Key.Key_F5)
        hand.type(percent)
        hand.press(Key.Key_Return)
        page.news.action_pressed.emit()
        hand.wait(50)
        offered.append([page.approval._people.itemText(row) for row in range(page.approval._people.count())])
        if percent == "21":
            hand.press(Key.Key_Escape)
    page.approval._people.setCurrentIndex(page.approval._people.findData("clerk"))
    page.approval.pin.push(hand.shop.demo_pins["clerk"])
    hand.press(Key.Key_Return)
    hand.wait(50)

    assert offered == [["Dana K."], ["Dana K.", "Ruslan B.", "Zhao Min"]]
    discount = hand.view.lines[0].line.discount
    assert discount is not None
    assert discount.percent == 20
    hand.show_passport()
    hand.sell()
    assert hand.shop.verify_books() == []
