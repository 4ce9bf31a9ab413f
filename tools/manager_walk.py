"""The manager's day: pages that only managers have, the shift left open, a new person; what has been."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.ui.input.actions import (
    CUSTOMS,
    HISTORY,
    JOURNAL,
    PRICES,
    RATES,
    REGIMES,
    REPORTS,
    REPRICE,
    SETTINGS,
    SHIFT,
    STAFF,
    WELCOME,
)
from pos.ui.reports.screen import ReportsScreen
from pos.ui.settings.screen import SettingsScreen
from pos.ui.staff.screen import StaffScreen
from tools.counter_hand import CounterHand

Key = Qt.Key
CONTROL = Qt.KeyboardModifier.ControlModifier


def the_manager(hand: CounterHand) -> Iterator[str]:
    """The pages of the rail that only the manager has."""
    hand.sign_in("manager")
    yield "foreign-shift-manager"
    hand.go(REGIMES)
    yield "rules"
    hand.go(SHIFT)
    yield "shift"
    hand.go(STAFF)
    yield "staff"
    hand.press(Key.Key_F5)
    yield "rights"
    hand.press(Key.Key_Escape, Key.Key_F3)
    hand.type("dana", Key.Key_Return)
    hand.type("Dana M", Key.Key_F12)
    yield "staff-pin"
    hand.press(Key.Key_Return)
    hand.set_rates()
    hand.go(RATES)
    hand.without_notices()
    hand.settle()
    yield "rates"
    hand.type("50.1", Key.Key_Return)
    hand.type("72.9", Key.Key_F12)
    yield "rates-asked"
    hand.press(Key.Key_Escape)
    hand.go(PRICES)
    yield "promotions"
    hand.press(Key.Key_F4)
    yield "promotion-new"
    hand.go(SETTINGS)
    yield "settings"
    settings = hand.screen()
    assert isinstance(settings, SettingsScreen)
    settings.list.setCurrentIndex(settings.list.rows.index(settings.list.rows.index_of("block_expired"), 0))
    settings.form.begin()
    hand.settle()
    yield "settings-categories"
    hand.go(WELCOME)
    yield "first-steps"
    hand.go(REPRICE)
    hand.type("10", Key.Key_Return)
    hand.settle(600)
    yield "reprice"
    hand.go(REPORTS)
    hand.settle(600)
    yield "reports-open"


def the_end_of_the_shift(hand: CounterHand) -> Iterator[str]:
    """The manager closes the shift that was left open, and looks at the day."""
    hand.go(SHIFT)
    hand.press(Key.Key_F12)
    yield "close-foreign"
    for stage in ("close-recount", "z"):
        hand.count(wrong=("KZT",))
        hand.press(Key.Key_Return, with_=CONTROL)
        hand.settle(600)
        yield stage
    hand.press(Key.Key_F12)
    hand.without_notices()
    hand.settle(300)
    yield "open-shift"
    hand.go(REPORTS)
    yield "reports"
    reports = hand.screen()
    assert isinstance(reports, ReportsScreen)
    for picture in ("reports-middle", "reports-below"):
        bar = reports.day.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())
        hand.settle()
        yield picture
    reports.day.verticalScrollBar().setValue(0)
    hand.press(Key.Key_Return)
    hand.settle(300)
    yield "reports-z"
    hand.press(Key.Key_Escape)
    hand.go(HISTORY)
    hand.settle(400)
    yield "history"
    hand.type("honey")
    hand.settle(500)
    yield "history-found"
    hand.press(Key.Key_Escape)
    hand.go(JOURNAL)
    hand.settle(300)
    yield "journal"
    hand.press(Key.Key_F9)
    hand.settle(600)
    yield "journal-checked"
    hand.without_notices()
    hand.press(Key.Key_F4, Key.Key_F4, Key.Key_F4)  # taken out, given up
    hand.settle(300)
    yield "journal-entry"


def a_new_person(hand: CounterHand) -> Iterator[str]:
    """A person with a one-time PIN chooses their own at the first sign-in."""
    hand.go(STAFF)
    staff = hand.screen()
    assert isinstance(staff, StaffScreen)
    staff.list.setCurrentIndex(staff.list.rows.index(staff.list.rows.index_of("li"), 0))
    hand.press(Key.Key_F6)
    yield "staff-asked"
    hand.press(Key.Key_Return)
    pin = staff.note.pin
    hand.press(Key.Key_Return)
    hand.sign_in("li", pin)
    yield "choose-pin"


_PAINTED = 600


def the_past(hand: CounterHand) -> Iterator[str]:
    """The manager looks at what has been."""
    hand.sign_in("manager")
    hand.go(REPORTS)
    reports = hand.screen()
    assert isinstance(reports, ReportsScreen)
    hand.press(Key.Key_Left, Key.Key_Left, Key.Key_Left)  # Saturday: there is more to see than on a Monday
    hand.settle(_PAINTED)
    yield "day"
    for picture in ("day-middle", "day-below"):
        bar = reports.day.verticalScrollBar()  # made again with the page's table
        bar.setValue(bar.value() + bar.pageStep())
        hand.settle()
        yield picture
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
