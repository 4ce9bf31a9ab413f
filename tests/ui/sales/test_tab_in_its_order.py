"""Tab goes down a page and along its rows, also where a part is built later than what stands below it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.at_the_counter import CARTON, Hand, close_till, open_till
from tests.ui.sales.test_quick_keys import a_page, set_up
from tools.window_faults import out_of_order, tab_ring

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


def jumps(hand: Hand) -> list[str]:
    page = hand.till.window.page
    return [*out_of_order(one for one in tab_ring(hand.till.window) if page is not None and page.isAncestorOf(one))]


def test_tab_goes_from_a_row_to_the_field_over_it_and_then_to_the_quick_keys(hand: Hand) -> None:
    hand.till.window.resize(1920, 1080)
    set_up(hand, a_page([one.id for one in hand.shop.find.with_codes(hand.shop.demo_goods[:5])]))
    hand.scan(CARTON)
    hand.press(Key.Key_F5)

    assert hand.checkout.changes.editor.isVisible()
    assert jumps(hand) == []


def test_tab_goes_to_the_payments_before_what_stands_below_them(hand: Hand) -> None:
    hand.till.window.resize(1080, 1920)
    hand.scan(CARTON)
    hand.show_passport()
    hand.open_payment()
    for amount in ("100", "200"):
        hand.type(amount)
        hand.press(Key.Key_Return)

    assert len(hand.payment.due.tenders()) == 2
    assert jumps(hand) == []
