"""The till of a shop of a center: what a visitor bought next door, and a center that does not answer."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Qt

from pos.ui.input.actions import CHECKOUT, SETTINGS
from pos.ui.settings.center_row import CENTER_ROW
from pos.ui.settings.screen import SettingsScreen
from tools.center_beside import CenterBeside
from tools.counter_hand import CounterHand
from tools.counter_walk import CHOCOLATE, COGNAC, CREAM, PUZZLE

Key = Qt.Key
_ZHANG = "P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000019CHN8505051F3405042<<<<<<<<<<<<<<04"
_LI = "P<CHNLI<<NA<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<<\nE000000020CHN8505051F3405042<<<<<<<<<<<<<<02"
_NEXT_DOOR = (COGNAC, *[CREAM] * 5)


def buy_next_door(hand: CounterHand) -> None:
    """A visitor buys at another member, and takes it to China."""
    hand.sign_in("amina")
    hand.show_document(_ZHANG)
    hand.scan(*_NEXT_DOOR)
    hand.pay()


def at_a_member(hand: CounterHand, center: CenterBeside) -> Iterator[str]:
    """Gauges with what was bought elsewhere, the settings of the line, and a center that is away."""
    hand.sign_in("manager")
    hand.go(SETTINGS)
    page = hand.screen()
    assert isinstance(page, SettingsScreen)
    page.look_at(CENTER_ROW)
    hand.settle()
    page.center.test.click()
    hand.settle()
    yield "center-settings"
    hand.sign_in("amina")
    hand.show_document(_ZHANG)
    hand.scan(COGNAC, CREAM, CREAM, *[CHOCOLATE] * 3)
    hand.checkout.panel.question.no.click()
    hand.settle()
    yield "center-elsewhere"
    hand.pay()
    center.fall_silent()
    hand.show_document(_LI)
    hand.scan(CREAM, PUZZLE)
    yield "center-away-card"
    hand.open_payment()
    yield "center-away"
    hand.press(Key.Key_Escape)
    boss = hand.person("manager")
    hand.shop.office.set_setting(boss, "center_away", "approve")
    hand.go(CHECKOUT)
    hand.press(Key.Key_F12)
    yield "center-approval-asked"
    hand.press(Key.Key_Return)
    yield "center-approval"
