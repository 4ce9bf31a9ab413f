"""Work that one person has begun and not recorded is not done by the next one at the till."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.application.shifts.hand_over_shift import Parties
from pos.domain.payment.tender import fewest_notes
from pos.ui.shifts.close_screen import CloseShiftScreen
from tests.ui.at_the_counter import Hand, close_till, open_till
from tests.ui.returns.test_blind_return_page import blind
from tests.ui.returns.test_returns_page import at_hand, open_receipt, page, proposed, sell, with_returns
from tests.ui.shifts.test_shift_pages import close_page, everything_said, person

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina, whose shift is open, at a till with the pages of returns and of the close."""
    opened = with_returns(open_till(qapp, qtbot, tmp_path))
    opened.till.window.plug(CloseShiftScreen(opened.till.session))
    yield opened
    close_till(opened)


def sign_in(hand: Hand, name: str) -> None:
    """After a lock; the till knows again whose shift it is."""
    hand.till.window.lock()
    hand.sign_in(name)


def hand_over(hand: Hand) -> None:
    """To the manager, who counts what should be there."""
    boss = person(hand, "manager")
    lines = hand.shop.read_shift(boss).cash
    count = {line.currency.code: fewest_notes(line.expected) for line in lines if line.expected is not None}
    hand.shop.hand_over_shift(Parties(boss, "amina", "manager"), count)


def test_a_return_that_was_not_recorded_is_not_the_next_shifts(hand: Hand) -> None:
    sale = sell(hand, (hand.goods("toy"), 2))
    open_receipt(hand, sale.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_F8)
    begun = at_hand(hand).pieces
    sign_in(hand, "manager")
    kept = at_hand(hand).pieces
    hand_over(hand)
    sign_in(hand, "manager")
    hand.till.window.show_screen("returns")
    hand.wait()

    assert begun == kept == 2
    assert page(hand).controller.hand is None
    assert page(hand).receipt.isVisible()
    assert page(hand).waiting() == ""


def test_a_return_without_a_receipt_is_not_the_next_shifts(hand: Hand) -> None:
    hand.till.window.show_screen("blind_return")
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F8)
    begun = blind(hand).waiting()
    hand_over(hand)
    sign_in(hand, "manager")

    assert begun
    assert blind(hand).waiting() == ""
    assert blind(hand).work.reason.reason == ""


def test_cash_to_move_is_asked_again_after_another_page(hand: Hand) -> None:
    hand.press(Key.Key_F10)
    hand.type("70")
    hand.press(Key.Key_Return)
    hand.type("change")
    begun = (str(hand.checkout.drawer.amount.amount()), hand.checkout.drawer.reason.text())
    sign_in(hand, "manager")
    shown = hand.checkout.drawer.isVisible()
    hand.press(Key.Key_F10)

    assert begun == ("70.00", "change")
    assert not shown
    assert (hand.checkout.drawer.amount.is_empty(), hand.checkout.drawer.reason.text()) == (True, "")


def test_who_closes_a_shift_counts_it_themselves(hand: Hand) -> None:
    hand.till.window.show_screen("close_shift")
    hand.wait()
    close_page(hand).board.columns["EUR"].cells[10_000].set_value(2)
    hand.till.window.lock()
    hand.sign_in("amina")
    hand.till.window.show_screen("close_shift")
    hand.wait()
    own = dict(close_page(hand).board.count)
    sign_in(hand, "manager")
    hand.till.window.show_screen("close_shift")
    hand.wait()

    assert list(own) == ["EUR"]
    assert close_page(hand).board.count == {}


def test_the_rounding_of_a_refund_has_one_sign_before_and_after(hand: Hand) -> None:
    sale = sell(hand, (hand.goods("toy"), 1))
    open_receipt(hand, sale.receipt)
    hand.press(Key.Key_F5)
    hand.press(Key.Key_4, Qt.KeyboardModifier.AltModifier)
    before = [row for row in proposed(hand) if row.startswith("Rounding")]
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    after = everything_said(page(hand).done).replace("\u00a0", " ").split("\n")

    assert before[0].removeprefix("Rounding ") in after


def test_after_goods_without_a_receipt_the_button_says_where_it_leads(hand: Hand) -> None:
    hand.till.window.show_screen("blind_return")
    hand.scan(hand.goods("food.honey").code)
    hand.press(Key.Key_F8)
    hand.press(Key.Key_F12)
    hand.type(hand.shop.demo_pins["manager"])
    hand.press(Key.Key_Return)

    assert blind(hand).done.next.text() == "Back to returns"
    hand.press(Key.Key_F12)
    assert hand.screen_id == "returns"
