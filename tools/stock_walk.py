"""The clerk counts a category, moves goods, and looks at what expires, for pictures."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from PySide6.QtCore import Qt

from pos.application.count_stock import WantedCount
from pos.domain.stock import FLOOR, STORE_ROOM, Movement
from pos.ui.actions import COUNT, STOCK
from tools.counter_hand import CounterHand

Key = Qt.Key
_SWEETS, _CHOCOLATE, _COGNAC, _HONEY = "4870204320060", "4870204320145", "4870204320114", "4870204320206"
_LOTS = (
    (_CHOCOLATE, "L2611A", 11, FLOOR, 24, "10415010/120826/0004471"),
    (_CHOCOLATE, "L2702B", 180, STORE_ROOM, 120, "10415010/120826/0004471"),
    (_HONEY, "H0426", -2, FLOOR, 3, ""),
    (_SWEETS, "S-7", 25, FLOOR, 18, ""),
    (_COGNAC, "0826", None, STORE_ROOM, 36, "10415010/120826/0004472"),
)
"""A product, its lot, in how many days that expires, where it lies, pieces, customs document."""


def counting(hand: CounterHand) -> Iterator[str]:
    """A stock-take of the sweets: its sheet, its differences with their reasons, what was posted."""
    hand.go(COUNT)
    yield "count-start"
    hand.shop.count_stock.begin(hand.person("clerk"), WantedCount(scope="category", value="food.sweets"))
    hand.go(STOCK)
    hand.go(COUNT)
    hand.press(Key.Key_Return)
    hand.scan(_CHOCOLATE)
    hand.type("31", Key.Key_Return)
    hand.scan(_SWEETS, _HONEY, _SWEETS, _SWEETS)
    yield "count-sheet"
    hand.press(Key.Key_F12)
    yield "count-differences"
    hand.press(Key.Key_1, Key.Key_2)
    yield "count-reasons"
    hand.press(Key.Key_F7)
    hand.settle(300)
    yield "count-recount"
    hand.press(Key.Key_F12, Key.Key_F5, Key.Key_F12)
    hand.settle(400)
    yield "count-posted"
    hand.press(Key.Key_Escape)
    yield "count-list"
    hand.without_notices()


def stock(hand: CounterHand) -> Iterator[str]:
    """A paper that moves goods, the movements, what expires, the accounts of lots."""
    _bring_lots(hand)
    hand.go(STOCK)
    yield "stock-empty"
    hand.scan(_CHOCOLATE, _CHOCOLATE, _COGNAC, _HONEY)
    yield "stock-paper"
    hand.press(Key.Key_F12, Key.Key_F8)
    yield "stock-movements"
    hand.press(Key.Key_F8)
    yield "stock-expiry"
    hand.press(Key.Key_F8)
    yield "stock-lots"
    hand.press(Key.Key_F8)
    hand.without_notices()


def _bring_lots(hand: CounterHand) -> None:
    now = hand.shop.now()
    with hand.shop.issue_receipt.store.begin() as work:
        moves = []
        for code, name, days, place, pieces, entry in _LOTS:
            product = work.products.by_code(code, now)
            assert product is not None, "the demo shop has it"
            expiry: date | None = None if days is None else (now + timedelta(days=days)).date()
            lot = work.stock.lot(product.id, name, expiry, entry, now)
            moves.append(Movement(product.id, pieces, "receipt", place, lot.id))
        work.stock.record(moves, now, "clerk", f"R-{work.stock.next_number('R'):06}")
        work.commit()
