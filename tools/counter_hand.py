"""A hand that walks through a whole sale in the real window, stopping at every screen worth a picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.application.shop import Shop
from pos.ui.application import Till
from pos.ui.theme import Mode

_NONE = Qt.KeyboardModifier.NoModifier
_ALT = Qt.KeyboardModifier.AltModifier
_CONTROL = Qt.KeyboardModifier.ControlModifier
_TYPING = 80  # milliseconds between two keys: a person, not a scanner


@dataclass(frozen=True, slots=True)
class Party:
    """Who shops together, and what is scanned for them."""

    passports: Sequence[str]
    goods: Sequence[str]


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

    def _without_notices(self) -> None:
        self.till.window.work.notices.clear()

    def walk(
        self, passports: tuple[str, str], within: Sequence[str], over: Sequence[str], party: Party
    ) -> Iterator[str]:
        """Yield the name of each screen when it stands there."""
        yield "sign-in"
        self._type(self._shop.demo_pins["amina"])
        self._press(Qt.Key.Key_Return)
        self._settle(600)
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
        self._settle(600)
        yield "paid"
        self._press(Qt.Key.Key_Return)
        self.till.scanner.document_scanned.emit(passports[1])
        self._settle(300)
        self._scan(over)
        yield "checkout-over"
        self._press(Qt.Key.Key_F1)
        yield "help"
        self._press(Qt.Key.Key_F1)
        self._press(Qt.Key.Key_L, _CONTROL)
        self._pay()
        yield from self._walk_of_a_party(party)

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

    def _pay(self) -> None:
        """Pay the basket exactly and go on to the next customer."""
        for _ in range(3):
            self._press(Qt.Key.Key_F12)
            self._settle(300)
