"""A hand at the real window: it scans, types and waits for the store, as a person does."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from decimal import Decimal
from math import ceil
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.application.sales.checkout_view import CheckoutView
from pos.application.shop.shop import Shop
from pos.domain.money import CURRENCIES
from pos.domain.payment.tender import fewest_notes
from pos.domain.pricing.rates import Rate
from pos.domain.staff.staff import Person
from pos.ui.input.actions import CHECKOUT
from pos.ui.input.finishing_keys import STOOD
from pos.ui.look.theme import Mode
from pos.ui.page.screen import Screen
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.shell.application import TillWindow
from pos.ui.shifts.count_board import CountBoard

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_RATES = {
    "CNY": (Decimal("72.4"), Decimal("72.8"), Decimal("72.8")),
    "USD": (Decimal(501), Decimal(505), Decimal(503)),
    "EUR": (Decimal(590), Decimal(596), Decimal(593)),
    "RUB": (Decimal("6.36"), Decimal("6.44"), Decimal("6.4")),
}
_WEEKS = (12, 9, 11, 4, -3, 2, 7, 5, -6, -9, -4, 1, 6, 3)
"""By how many thousandths the rates of some mornings were off those of today."""

_TYPING = 80  # milliseconds between two keys: a person, not a scanner


class CounterHand:
    """One till in one language and theme, and a person who scans and types at it."""

    def __init__(self, app: QApplication, shop: Shop, resources: Path, state: Path, language: str, mode: str) -> None:
        self.shop = shop
        self.till = TillWindow(app, shop, resources, state, state.with_suffix(".log"))
        self.looked_at: QWidget = self.till.window
        """The window of the picture."""
        self.speak(language, mode)
        self.till.show()
        self.settle(400)
        self.till.window.activateWindow()
        QTest.qWaitForWindowActive(self.till.window)  # keys find their actions in an active window only
        self._window = self.till.window.windowHandle()
        self._last: tuple[Qt.Key, Qt.KeyboardModifier] | None = None
        self.settle()

    def speak(self, language: str, mode: str) -> None:
        """Another language and theme."""
        self.till.theme.switch(Mode(mode))
        self.till.session.speak(language)

    def settle(self, milliseconds: int = 120) -> None:
        """Until the store has answered everything, and what follows from it is painted."""
        QTest.qWait(milliseconds)
        for _ in range(600):
            if self.till.is_idle:
                break
            QTest.qWait(10)
        QTest.qWait(60)

    def press(self, *keys: Qt.Key, with_: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key after another, each when what is on show has been seen."""
        for key in keys:
            again = STOOD if (key, with_) == self._last else 0.0
            QTest.qWait(ceil(max(self.till.session.finishing.left, again) * 1000))
            self._last = key, with_
            QTest.keyClick(self._window, key, with_, _TYPING)
            self.settle()

    def type(self, text: str, *keys: Qt.Key) -> None:
        """What is typed, and the keys after it."""
        for char in text:
            QTest.keyClick(self._window, ord(char), NO_MODIFIER, _TYPING)
        self.settle()
        self.press(*keys)

    def scan(self, *codes: str) -> None:
        """Codes at the scanner."""
        for code in codes:
            self.till.scanner.scanned.emit(code)
        self.settle(300)

    def show_document(self, passport: str) -> None:
        """A passport at the scanner."""
        self.till.scanner.document_scanned.emit(passport)
        self.settle(300)

    def sign_in(self, name: str, pin: str = "") -> None:
        """Be at the till after the sign-in; the person before is gone."""
        self.till.window.lock()
        self.settle(300)
        self.till.way_in.sign_in.people.card(name).click()
        self.type(pin or self.shop.demo_pins[name], Qt.Key.Key_Return)
        self.settle(600)

    def approve(self) -> None:
        """The manager's PIN where it is asked for."""
        self.type(self.shop.demo_pins["manager"], Qt.Key.Key_Return)
        self.settle(300)

    def go(self, screen_id: str) -> None:
        """To a page of the rail."""
        self.till.window.show_screen(screen_id)
        self.settle(300)

    def open_payment(self) -> None:
        """F12, and the first answer to what is asked before: on no other day, to China."""
        self.press(Qt.Key.Key_F12)
        for _ in self.view.open_questions:
            self.press(Qt.Key.Key_F1, with_=Qt.KeyboardModifier.ShiftModifier)

    def pay(self) -> None:
        """Pay the basket exactly and go on to the next customer."""
        self.open_payment()
        self.settle(300)
        for _ in range(2):
            self.press(Qt.Key.Key_F12)
            self.settle(300)
        self.wait_for_document()
        self.without_notices()

    def empty_basket(self) -> None:
        """Void what lies in the basket, row by row: the customer has gone."""
        while lines := len(self.view.lines):
            self.press(Qt.Key.Key_F6)
            assert len(self.view.lines) < lines, "F6 voids no row on this page"
        self.checkout.counter.start_new()  # the visitors are gone too
        self.settle()
        self.without_notices()

    def wait_for_document(self) -> None:
        """Until the receipts are printed."""
        for _ in range(1_000):
            if self.checkout.receipts.is_idle:
                break
            QTest.qWait(10)
        self.settle(600)

    def without_notices(self) -> None:
        """Write down what the frame says."""
        self.till.window.work.notices.clear()

    def set_rates(self) -> None:
        """Six weeks of rates, as a manager sets them on some mornings, and one that is to come."""
        now = self.shop.now()
        with self.shop.issue_receipt.store.begin() as work:
            for days, thousandths in enumerate(_WEEKS):
                since = now - timedelta(days=3 * (len(_WEEKS) - days))
                for code, figures in _RATES.items():
                    buy, sell, customs = (
                        (one * (1000 + thousandths) / 1000).quantize(Decimal("0.01")) for one in figures
                    )
                    work.rates.set(Rate(CURRENCIES[code], buy, sell, customs, since), "manager")
            work.commit()
        boss = self.person("manager")
        self.shop.set_rate(boss, CURRENCIES["USD"], Decimal("502.5"), Decimal(506), Decimal(504), None)
        self.shop.set_rate(boss, CURRENCIES["CNY"], Decimal("72.1"), Decimal("72.9"), None, now + timedelta(hours=15))

    def count(self, wrong: Sequence[str] = ()) -> None:
        """Type nothing, but fill the board with what lies in the drawer; of `wrong` currencies one note is missing."""
        board = self.screen().findChild(CountBoard)
        assert board is not None
        for line in self.shop.read_shift(self.person("manager")).cash:
            column = board.columns[line.currency.code]
            assert line.expected is not None
            notes = dict(fewest_notes(line.expected))
            if line.currency.code in wrong and notes:
                notes[max(notes)] -= 1
            for value, pieces in notes.items():
                column.cells[value].set_value(pieces)
            column.fill_rest()
        self.settle()

    def person(self, name: str) -> Person:
        """Someone of the shop."""
        return next(person for person in self.shop.sign_in.people() if person.name == name)

    def screen(self) -> QWidget:
        """The page on show."""
        page = self.till.window.page
        assert isinstance(page, Screen)
        return page

    @property
    def view(self) -> CheckoutView:
        """The sale as the checkout shows it."""
        view = self.checkout.counter.view
        assert view is not None
        return view

    @property
    def checkout(self) -> CheckoutScreen:
        page = self.till.window.screen_at(CHECKOUT)
        assert isinstance(page, CheckoutScreen)
        return page
