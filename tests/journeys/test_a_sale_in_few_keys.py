"""The whole sale by a practised cashier: how many keys it takes beside the scans."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from tests.ui.at_the_counter import PASSPORT, Hand, close_till, open_till
from tests.ui.keyboard import NO_MODIFIER

COGNAC, CHOCOLATE, SWEETS = "4870204320114", "4870204320145", "4870204320060"
MOST = 15
Key = Qt.Key


class CountingHand:
    """Presses keys, and counts them; a key held down with another one counts as well."""

    def __init__(self, hand: Hand) -> None:
        self.hand = hand
        self.pressed: list[str] = []

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key, or two at once."""
        if modifier != NO_MODIFIER:
            self.pressed.append(modifier.name or "")
        self.pressed.append(key.name or "")
        self.hand.press(key, modifier)

    def type(self, text: str) -> None:
        """A key for each character."""
        self.pressed.extend(text)
        self.hand.type(text)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina with an open shift."""
    opened = open_till(qapp, qtbot, tmp_path)
    yield opened
    close_till(opened)


@pytest.mark.parametrize("asked", [0, 2], ids=["nothing to ask", "the days of entry"])
def test_five_scans_a_passport_a_mixed_payment_and_the_receipt_take_fifteen_keys_at_most(
    hand: Hand, asked: int
) -> None:
    """Where the verdict hangs on a question its answer is one chord more."""
    keys = CountingHand(hand)

    # five goods and a passport: the scanner types, no one else
    for code in (COGNAC if asked else hand.goods("food.honey").code, CHOCOLATE, CHOCOLATE, SWEETS, SWEETS):
        hand.scan(code)
    for line in PASSPORT.split("\n"):
        hand.typing.burst(f"{line}\r")
    hand.until(lambda: len(hand.view.visitors) == 1)
    assert keys.pressed == []

    # a hundred yuan, then a note of twenty thousand tenge, and the change is shown before anything is recorded
    keys.press(Key.Key_F12)
    if asked:
        keys.press(Key.Key_F1, Qt.KeyboardModifier.ShiftModifier)
    keys.type("100")
    keys.press(Key.Key_Return)
    keys.press(Key.Key_2, Qt.KeyboardModifier.AltModifier)
    keys.type("20000")
    keys.press(Key.Key_Return)
    assert hand.screen_id == "payment"
    assert hand.shop.show_sale.last() is None

    # recorded; the receipt prints by itself, and the next customer can begin
    keys.press(Key.Key_Return)
    hand.until(lambda: hand.screen_id == "paid")
    sale = hand.shop.show_sale.last()
    assert sale is not None
    hand.until(lambda: any(hand.shop.folder.glob(f"receipts/*/*/*/{sale.receipt}.pdf")))
    keys.press(Key.Key_Return)
    assert hand.screen_id == "checkout"

    assert [str(one.tender.amount) for one in sale.paid] == ["100.00", "20000.00"]
    assert sale.change
    assert len(keys.pressed) <= MOST + asked, keys.pressed
