"""The manager's morning in a shop with a past: a day, the month, the receipts behind a bar, what went out."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.ui.input.actions import CUSTOMS, REPORTS
from pos.ui.reports.screen import ReportsScreen
from tools.counter_hand import CounterHand

Key = Qt.Key
_PAINTED = 600


def morning(hand: CounterHand) -> Iterator[str]:
    """Yield the name of each picture when it stands there."""
    hand.sign_in("manager")
    hand.go(REPORTS)
    reports = hand.screen()
    assert isinstance(reports, ReportsScreen)
    hand.press(Key.Key_Left, Key.Key_Left, Key.Key_Left)  # Saturday: there is more to see than on a Monday
    hand.settle(_PAINTED)
    yield "day"
    for place in ("day-middle", "day-below"):
        bar = reports.day.verticalScrollBar()  # made again with the page's table
        bar.setValue(bar.value() + bar.pageStep())
        hand.settle()
        yield place
    reports.day.verticalScrollBar().setValue(0)
    hand.press(Key.Key_Tab, Key.Key_Right)
    yield "day-hour"
    hand.press(Key.Key_Return)
    yield "day-receipts"
    hand.press(Key.Key_Escape, Key.Key_F6, Key.Key_F6, Key.Key_F6, Key.Key_F6)
    hand.settle(_PAINTED)
    yield "day-month"
    hand.go(CUSTOMS)
    hand.press(Key.Key_Down, Key.Key_Down)
    yield "customs"
