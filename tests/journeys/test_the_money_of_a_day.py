"""A cashier's day by keyboard alone: float, mixed sale, exchange, a discount by approval, the blind close."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.domain.sales.sale import Sale
from tests.builders import CONSOLE
from tests.journeys.closing import count_the_drawer
from tests.ui.at_the_counter import PASSPORT, Hand, a_demo_shop, whole_window

Key = Qt.Key
ALT = Qt.KeyboardModifier.AltModifier
COGNAC = "4870204320114"  # 168.00
CHOCOLATE = "4870204320145"  # 12.50
FLOAT = ("500", "100000", "100", "50", "5000")


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Someone before the sign-in of a till whose last shift was closed yesterday."""
    shop = a_demo_shop(tmp_path / "shop")
    manager = next(person for person in shop.sign_in.people() if person.name == "manager")
    held = shop.read_shift.drawer() or {}
    shop.close_shift(manager, {code: held.get(code, {}) for code in held})
    with whole_window(qapp, qtbot, tmp_path, shop, Hand, "amina") as hand:
        yield hand


def _last(hand: Hand) -> Sale:
    sale = hand.shop.show_sale.last()
    assert sale is not None
    return sale


def _go_by_rail(hand: Hand, screen_id: str) -> None:
    """Tab to the rail, the arrows to a place, Enter: until it is on show."""
    rail = hand.till.window.work.rail
    for _ in range(80):
        focused = QApplication.focusWidget()
        if focused is not None and rail.isAncestorOf(focused):
            break
        QTest.keyClick(hand.till.window.windowHandle(), Key.Key_Tab)
    for _ in range(20):
        button = rail.item(screen_id)
        assert button is not None
        if button.hasFocus():
            break
        hand.press(Key.Key_Down)
    hand.press(Key.Key_Space)
    assert hand.screen_id == screen_id


def test_a_day_of_money_goes_by_keyboard_alone(hand: Hand, qtbot: QtBot) -> None:
    # sign in, and count what lies in the drawer
    hand.type(hand.shop.demo_pins["amina"])
    hand.press(Key.Key_Return)
    qtbot.waitUntil(lambda: hand.screen_id == "open_shift", timeout=30_000)
    for total in FLOAT:
        hand.type(total)
        hand.press(Key.Key_Return)
    assert hand.screen_id == "checkout"

    # a mixed sale: two cognacs and six chocolates for 411 yuan, in yuan, tenge and by card
    for code in [COGNAC] * 2 + [CHOCOLATE] * 6:
        hand.scan(code)
    hand.scan(PASSPORT)
    hand.open_payment()
    assert hand.screen_id == "payment"
    hand.type("200")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_2, ALT)
    hand.type("10000")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_1, ALT)
    hand.press(Key.Key_D, ALT)
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)  # approved on the terminal
    qtbot.waitUntil(lambda: hand.screen_id == "paid", timeout=30_000)
    mixed = _last(hand)
    assert [(p.tender.method, p.tender.amount.currency.code) for p in mixed.paid] == [
        ("cash", "CNY"),
        ("cash", "KZT"),
        ("card", "CNY"),
    ]
    hand.press(Key.Key_F12)

    # an exchange: two chocolates come back, a cognac goes out
    hand.press(Key.Key_F11)
    hand.scan(mixed.receipt)
    hand.press(Key.Key_Down)
    hand.type("2")
    hand.press(Key.Key_F6)
    assert hand.screen_id == "checkout"
    hand.scan(PASSPORT)
    hand.scan(COGNAC)
    assert str(hand.view.due) == "143.00"
    hand.press(Key.Key_F12)
    hand.press(Key.Key_F12)
    qtbot.waitUntil(lambda: hand.screen_id == "paid", timeout=30_000)
    exchanged = _last(hand)
    assert [(back.reverses, back.pieces) for back in exchanged.returns] == [(mixed.receipt, 2)]
    hand.press(Key.Key_F12)

    # a quarter off is more than a cashier may give: the manager types the PIN in place
    hand.scan(PASSPORT)
    hand.scan(CHOCOLATE)
    hand.press(Key.Key_F5)
    hand.type("25")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_Return)
    hand.type(hand.shop.demo_pins["manager"])
    hand.press(Key.Key_Return)
    hand.wait(300)
    assert hand.rows() == ["1 | Dark chocolate 100 g | 9.37"]
    hand.press(Key.Key_F12)
    hand.type("10")
    hand.press(Key.Key_Return)
    hand.press(Key.Key_F12)
    qtbot.waitUntil(lambda: hand.screen_id == "paid", timeout=30_000)
    assert (_last(hand).approved_by, str(_last(hand).total)) == ("manager", "9.37")
    hand.press(Key.Key_F12)

    # the blind close: what is counted is one yuan short, and only that it differs is reported
    report = hand.shop.read_shift(next(p for p in hand.shop.sign_in.people() if p.name == "manager"))
    expected = {line.currency.code: line.expected for line in report.cash}
    _go_by_rail(hand, "shift")
    hand.press(Key.Key_F12)
    assert hand.screen_id == "close_shift"
    count_the_drawer(
        hand, {code: amount for code, amount in expected.items() if amount is not None}, short={"CNY": 100}
    )
    qtbot.waitUntil(lambda: hand.shop.issue_shift.find(CONSOLE).report.z_number == 2, timeout=30_000)

    z = hand.shop.issue_shift.find(CONSOLE).report
    assert (z.cashier, z.sales.count, z.returns.count, z.approvals) == ("amina", 3, 1, 1)
    off = {line.currency.code: str(line.difference) for line in z.cash if line.difference}
    assert off == {"CNY": "-1.00"}
    hand.press(Key.Key_F12)
    assert hand.screen_id == "open_shift"
    assert hand.shop.verify_books() == []
