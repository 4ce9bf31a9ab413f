"""The clerk's labels and orders in the real window, for pictures."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.ui.input.actions import LABELS, ORDERS
from tools.counter_hand import CounterHand

Key = Qt.Key
_SCANNED = ("4870204321111", "4870204320145", "4602360000322")
_OF_A_LOT = "8802015900045"


def labels_and_orders(hand: CounterHand) -> Iterator[str]:
    """Labels for what is scanned, on a sheet and on a roll; orders of what runs out and by hand."""
    hand.go(LABELS)
    yield "labels-right"
    hand.press(Key.Key_Right)
    yield "labels-new"
    hand.scan(*_SCANNED)
    hand.press(Key.Key_F5, Key.Key_F5)
    yield "labels-chosen"
    hand.press(Key.Key_F7)
    hand.scan(_OF_A_LOT)
    yield "labels-lots"
    hand.press(Key.Key_F12)
    yield "labels-printed"
    hand.without_notices()
    hand.go(ORDERS)
    yield "orders-low"
    hand.press(Key.Key_Return)
    yield "orders-quantity"
    hand.press(Key.Key_Escape, Key.Key_F8, Key.Key_F12)
    yield "orders-open"
    hand.scan(*_SCANNED)
    yield "orders-by-hand"
    hand.press(Key.Key_Right, Key.Key_Right, Key.Key_Return)
    yield "orders-suppliers"
    hand.press(Key.Key_Escape)
    hand.without_notices()
