"""The clerk receives a delivery: something short, something over, something that was not ordered."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.domain.money import CNY, Money
from pos.ui.input.actions import RECEIVE
from tools.counter_hand import CounterHand

Key = Qt.Key
_SWEETS, _CHOCOLATE, _COGNAC, _HONEY, _BAG = (
    "4870204320060", "4870204320145", "4870204320114", "4870204320206", "6901204300016",
)  # fmt: skip


def deliveries(hand: CounterHand) -> Iterator[str]:
    """Where receiving begins, a delivery half counted, its papers, the receipt posted, and a bill that came late."""
    wanted = ((_SWEETS, 3), (_CHOCOLATE, 2), (_COGNAC, 36), (_HONEY, 4))
    lines = [OrderDraftLine(code, pieces, Money(3_000, CNY)) for code, pieces in wanted]
    hand.shop.deliveries.orders.make(OrderDraft(lines, "Almaty Sweets", note="4471"), hand.person("clerk"))
    hand.go(RECEIVE)
    yield "receive-start"
    hand.press(Key.Key_Return)
    hand.scan(*[_SWEETS] * 3, *[_CHOCOLATE] * 3, _COGNAC)
    hand.press(Key.Key_F7)
    hand.scan(_BAG, *[_HONEY] * 2)
    yield "receive-count"
    hand.press(Key.Key_F9)
    yield "receive-papers"
    hand.press(Key.Key_Escape)
    hand.press(Key.Key_F12)
    hand.settle(400)
    yield "receive-posted"
    hand.press(Key.Key_F12, Key.Key_Right)
    hand.without_notices()
    yield "receive-list-of-posted"
    hand.press(Key.Key_Return, Key.Key_F9)
    hand.type("180", Key.Key_Return)
    yield "receive-late-charge"
    hand.press(Key.Key_Return)
    yield "receive-charged"
    hand.press(Key.Key_Escape)
