"""The stock clerk counts a shelf and moves goods: the pictures of the stock-take and of the stock."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.ui.input.actions import COUNT, STOCK
from tools.counter_hand import CounterHand

Key = Qt.Key
_CHOCOLATE, _COGNAC, _SWEETS = "4870204320145", "4870204321111", "4870204320060"


def counting_pages(hand: CounterHand) -> Iterator[str]:
    """The list, a blind sheet, the differences before and after they are posted."""
    hand.go(COUNT)
    yield "count-empty"
    hand.scan(_CHOCOLATE, _SWEETS)
    hand.press(Key.Key_F12)
    hand.settle(300)
    hand.scan(_SWEETS)
    hand.type("158", Key.Key_Return)
    hand.scan(_COGNAC, _CHOCOLATE)
    hand.type("197", Key.Key_Return)
    hand.settle(200)
    yield "count-sheet"
    hand.press(Key.Key_F12)
    hand.settle(300)
    hand.press(Key.Key_4)
    hand.settle(200)
    yield "count-differences"
    hand.press(Key.Key_F5)
    hand.settle(200)
    hand.press(Key.Key_F12)
    hand.settle(300)
    yield "count-posted"


def stock_pages(hand: CounterHand) -> Iterator[str]:
    """A paper of several goods, what moved, what expires, the accounts of lots."""
    hand.go(STOCK)
    hand.press(Key.Key_F5, Key.Key_F5)
    hand.type("5 *")
    hand.scan(_CHOCOLATE, _COGNAC)
    hand.settle(200)
    yield "stock-paper"
    hand.press(Key.Key_F12)
    hand.settle(300)
    for name in ("stock-movements", "stock-expiry", "stock-lots"):
        hand.press(Key.Key_F8)
        hand.settle(300)
        yield name
