"""A hand that walks through the work of a day in the real window, stopping at every screen worth a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.application.shop import Shop
from pos.ui.actions import CHECKOUT, CLOSE_SHIFT, GAPS, PARKED, RATES, REGIMES, REPORTS, SEARCH, SHIFT, STAFF, VISITORS
from pos.ui.application import Till
from pos.ui.checkout.screen import CheckoutScreen
from pos.ui.theme import Mode

_NONE = Qt.KeyboardModifier.NoModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_TYPING = 80  # milliseconds between two keys: a person, not a scanner
_COUNTED = ("12", "9", "14", "22", "25", "87", "31", "46", "0", "4")
"""What is typed at the close: the yuan to the end, the tenge just begun."""

_INSTEAD = ("8801204309072",)
"""What is bought for what was brought back."""


@dataclass(frozen=True, slots=True)
class Party:
    """Who shops together, and what is scanned for them."""

    passports: Sequence[str]
    goods: Sequence[str]
    asked: str
    """What is asked about on the side: the price of it, and whether it would fit."""


class CounterHand:
    """One till in one language and theme, and a person who scans and types at it."""

    def __init__(self, app: QApplication, shop: Shop, resources: Path, state: Path, language: str, mode: str) -> None:
        self._shop = shop
        self.till = Till(app, shop, resources, state, state.with_suffix(".log"))
        self.till.theme.switch(Mode(mode))
        self.till.session.speak(language)
        self.till.show()
        self._settle(400)
        self.till.window.activateWindow()
        QTest.qWaitForWindowActive(self.till.window)  # keys find their actions in an active window only
        self._window = self.till.window.windowHandle()
        self._settle()

    def _settle(self, milliseconds: int = 120) -> None:
        """Until the store has answered everything, and what follows from it is painted."""
        QTest.qWait(milliseconds)
        for _ in range(600):
            if self.till.is_idle:
                break
            QTest.qWait(10)
        QTest.qWait(60)

    def _press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = _NONE) -> None:
        QTest.keyClick(self._window, key, modifier, _TYPING)
        self._settle()

    def _type(self, text: str) -> None:
        for sign in text:
            QTest.keyClick(self._window, ord(sign), _NONE, _TYPING)
        self._settle()

    def _scan(self, codes: Sequence[str]) -> None:
        for code in codes:
            self.till.scanner.scanned.emit(code)
        self._settle(300)

    def _sign_in(self, name: str) -> None:
        self.till.way_in.sign_in.people.card(name).click()
        self._type(self._shop.demo_pins[name])
        self._press(Qt.Key.Key_Return)
        self._settle(600)

    def _lock(self) -> None:
        self.till.window.lock()
        self._settle(300)

    def _go(self, place: str) -> None:
        self.till.window.show_place(place)
        self._settle(300)

    def _wait_for_paper(self) -> None:
        checkout = self.till.window.screen_at(CHECKOUT)
        assert isinstance(checkout, CheckoutScreen)
        for _ in range(1_000):
            if checkout.receipts.is_idle:
                break
            QTest.qWait(10)
        self._settle(600)

    def _without_notices(self) -> None:
        self.till.window.work.notices.clear()

    def walk(
        self, passports: tuple[str, str], within: Sequence[str], over: Sequence[str], party: Party
    ) -> Iterator[str]:
        """Yield the name of each screen when it stands there."""
        yield "sign-in"
        self._sign_in("amina")
        yield "checkout-empty"
        self.till.scanner.document_scanned.emit(passports[0])
        self._scan(within)
        yield "checkout-within"
        self._press(Qt.Key.Key_F12)
        yield "payment"
        self._type("400")
        self._press(Qt.Key.Key_Return)
        self._press(Qt.Key.Key_2, _ALT)
        self._type("80000")
        self._press(Qt.Key.Key_Return)
        yield "payment-change"
        self._press(Qt.Key.Key_Return)
        self._wait_for_paper()
        yield "paid"
        self._press(Qt.Key.Key_Return)
        self._without_notices()
        self.till.scanner.document_scanned.emit(passports[1])
        self._settle(300)
        self._scan(over)
        yield "checkout-over"
        self._press(Qt.Key.Key_F1)
        yield "help"
        self._press(Qt.Key.Key_F1)
        self._press(Qt.Key.Key_L, _CONTROL)
        self._pay()
        yield from self._walk_after_a_sale(passports[0])
        yield from self._walk_of_the_parked(passports, within)
        yield from self._walk_of_a_party(party)
        yield from self._walk_of_others()

    def _walk_after_a_sale(self, passport: str) -> Iterator[str]:
        """The first visitor again, what he brings back, and the drawer half counted."""
        self._go(VISITORS)
        self.till.scanner.document_scanned.emit(passport)
        self._settle(300)
        yield "visitors"
        self._go(CHECKOUT)
        self._press(Qt.Key.Key_F11)
        self._settle(300)
        yield "receipts"
        self._type("1")  # the first receipt of this till
        self._press(Qt.Key.Key_Return)
        for _ in range(2):
            self._press(Qt.Key.Key_Down)
        self._type("2")
        self._press(Qt.Key.Key_F8)
        yield "returns"
        self._press(Qt.Key.Key_F6)
        self.till.scanner.document_scanned.emit(passport)
        self._scan(_INSTEAD)
        yield "exchange"
        self._pay()
        self._go(CLOSE_SHIFT)
        for number in _COUNTED:
            self._type(number)
            self._press(Qt.Key.Key_Return)
        yield "close-shift"
        self._go(CHECKOUT)

    def _walk_of_the_parked(self, passports: tuple[str, str], goods: Sequence[str]) -> Iterator[str]:
        """Two baskets are parked, and discarded again."""
        for passport, codes, note in zip(passports, (goods[2:5], goods[5:8]), ("1", "")):
            self.till.scanner.document_scanned.emit(passport)
            self._scan(codes)
            self._press(Qt.Key.Key_F7)
            self._type(note)
            self._press(Qt.Key.Key_Return)
        self._go(PARKED)
        yield "parked"
        for _ in range(4):
            self._press(Qt.Key.Key_Delete)
        self._go(CHECKOUT)
        self._without_notices()

    def _walk_of_a_party(self, party: Party) -> Iterator[str]:
        """Four companions; everything is in the first one's hands until the split."""
        self.till.scanner.document_scanned.emit(party.passports[0])
        self._scan(party.goods)
        for passport in party.passports[1:]:
            self.till.scanner.document_scanned.emit(passport)
            self._settle()
        for _ in party.passports[1:]:
            self._press(Qt.Key.Key_Up, _CONTROL)
        self._without_notices()
        self._settle()
        yield "party-over"
        self._press(Qt.Key.Key_F9)
        self._settle(300)
        yield "party-split"
        self._go(SEARCH)
        self._type(party.asked)
        self._settle(300)
        yield "search-fit"

    def _walk_of_others(self) -> Iterator[str]:
        """The next cashier, the clerk and the manager at the same till."""
        self._lock()
        self._sign_in("li")
        yield "foreign-shift"
        self._press(Qt.Key.Key_F12)
        for number in _COUNTED:
            self._type(number)
            self._press(Qt.Key.Key_Return)
        yield "hand-over"
        self._lock()
        self._sign_in("clerk")
        self._go(GAPS)
        yield "missing-data"
        self._lock()
        self._sign_in("manager")
        self._go(REGIMES)
        yield "rules"
        self._go(SHIFT)
        yield "shift"
        self._go(REPORTS)
        yield "reports"
        self._go(STAFF)
        yield "staff"
        self._go(RATES)
        yield "rates"

    def _pay(self) -> None:
        """Pay the basket exactly and go on to the next customer."""
        for _ in range(3):
            self._press(Qt.Key.Key_F12)
            self._settle(300)
        self._wait_for_paper()
        self._without_notices()
