"""A hand at the whole window that times a key until what it caused is painted."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter_ns
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractEventDispatcher, QCoreApplication, QEvent, QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.catalogue.scan_assembler import ScanTiming
from pos.domain.money import Currency, Money
from pos.domain.visitors.document import Document
from pos.ui.input.actions import CHECKOUT, PAID, PAYMENT
from pos.ui.sales.checkout.screen import CheckoutScreen
from pos.ui.sales.payment.paid_screen import PaidScreen
from pos.ui.sales.payment.screen import PaymentScreen

if TYPE_CHECKING:
    from tests.benchmarks.watched_hand import WatchedHand

_LOST = 10_000
"""Milliseconds after which a paint is not waited for any longer."""
_KEY_GAP = 2
"""Milliseconds between two keys of a quick scanner."""


class _Paint(QObject):
    """Waits until a widget is painted while something is so, and the event loop has done all that was due with it."""

    def __init__(self, widget: QWidget, is_so: Callable[[], bool]) -> None:
        super().__init__()
        self._widget, self._is_so = widget, is_so
        self._painted = False
        self._loop = QEventLoop()
        self.at = 0
        widget.installEventFilter(self)
        QAbstractEventDispatcher.instance().aboutToBlock.connect(self._rests)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:  # noqa: N802 # Qt's name
        if event.type() == QEvent.Type.Paint and self._is_so():
            self._painted = True
        return False

    def _rests(self) -> None:
        if self._painted and not self.at:
            self.at = perf_counter_ns()
            self._loop.quit()

    def wait(self) -> int:
        """Let the loop run; the instant at which it rested."""
        QTimer.singleShot(_LOST, self._loop, self._loop.quit)
        self._loop.exec()
        QAbstractEventDispatcher.instance().aboutToBlock.disconnect(self._rests)
        self._widget.removeEventFilter(self)
        assert self.at, "what the key caused was never painted"
        return self.at


def _press(window: Any, key: Any) -> None:
    QTest.keyClick(window, key)


def _comes(window: Any, char: str) -> None:
    """A key as a scanner sends it, through the event loop: `QTest` keeps the interpreter from the store's thread."""
    key = Qt.Key.Key_Return if char == "\r" else Qt.Key(ord(char.upper()))
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.postEvent(window, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, char))


class PaintedHand:
    """Scans, types and pays; each gives the milliseconds from its last key to the painted answer."""

    def __init__(self, hand: WatchedHand) -> None:
        self._hand = hand
        self.till = hand.till
        self.till.window.showNormal()
        self.till.window.resize(1366, 768)
        checkout = self.till.window.screen_at(CHECKOUT)
        payment = self.till.window.screen_at(PAYMENT)
        assert isinstance(checkout, CheckoutScreen)
        assert isinstance(payment, PaymentScreen)
        self.checkout, self.payment = checkout, payment
        self.till.scanner.set_timing(ScanTiming(gap=1.0))  # a busy machine is no slow scanner
        self.till.session.take_shift(self.till.session.shop.open_shift.current())
        hand.goes_to(CHECKOUT)
        assert self.till.window.page is checkout, "the till is at work"

    def _timed(self, step: Callable[[], None], widget: QWidget, is_so: Callable[[], bool]) -> float:
        paint = _Paint(widget, is_so)
        began = perf_counter_ns()
        step()
        return (paint.wait() - began) / 1e6

    # ── the basket ───────────────────────────────────────────────────────────────────────────────────────────

    def begins(self, visitor: Document) -> None:
        """A new sale for a visitor."""
        counter = self.checkout.counter
        counter.start_new()
        counter.identify_typed(visitor.kind, visitor.number, visitor.country, str(visitor.birth_date))
        self._hand.wait()

    def fills(self, codes: Sequence[str]) -> None:
        """Goods without keys."""
        for code in codes:
            self.checkout.counter.scan(code)
            self._hand.until(lambda: self.till.is_idle)
        self._hand.wait(60)

    def scans(self, code: str) -> float:
        """A scanner's burst of keys; from its Enter to the painted row."""
        rows, window = self.checkout.page.rows, self.till.window.windowHandle()
        before = rows.rows.rowCount()
        for char in code:
            _comes(window, char)
            self._hand.rest(_KEY_GAP)
        return self._timed(lambda: _comes(window, "\r"), rows.viewport(), lambda: rows.rows.rowCount() > before)

    def undoes(self) -> None:
        """The basket as before."""
        self.checkout.counter.undo()
        self._hand.wait(10)

    # ── the search ───────────────────────────────────────────────────────────────────────────────────────────

    def types(self, text: str) -> float:
        """A text in the field, at once, as an input method commits it; until the list shows what it finds."""
        popup = self.checkout.page.scan.popup
        field = self.checkout.page.scan.box.field
        field.setFocus()
        assert isinstance(field, QLineEdit)
        paint = _Paint(popup, lambda: popup.answered == text)
        began = perf_counter_ns()
        field.setText(text)
        field.textEdited.emit(text)
        took = (paint.wait() - began) / 1e6
        field.clear()
        popup.close_down()
        self._hand.wait(5)
        return took

    # ── the payment ──────────────────────────────────────────────────────────────────────────────────────────

    def pays(self, codes: Sequence[str], visitor: Document) -> float:
        """A sale with two tenders; from the key that records it to the painted change."""
        self.begins(visitor)
        self.fills(codes)
        self._hand.wait(450)  # a finishing key counts only when what is on show has stood
        self._hand.press(Qt.Key.Key_F12)
        view = self.checkout.counter.view
        for _ in () if view is None else view.open_questions:
            self.checkout.questions.answer(0)
            self._hand.wait(60)
        assert self.till.window.page is self.payment, "the payment is open"
        self._gives(Money.zero)
        self.payment.confirm()
        self._gives(lambda _currency: self._left())
        self.payment.confirm()
        self._hand.wait(450)
        paid = self.till.window.screen_at(PAID)
        assert isinstance(paid, PaidScreen)
        took = self._timed(lambda: self._starts(Qt.Key.Key_F12), paid, lambda: self.till.window.page is paid)
        self._hand.wait(60)
        paid.go_on()
        self._hand.wait(30)
        return took

    def _starts(self, key: Qt.Key) -> None:
        """The step of a key of the page, through the event loop (see `_comes`)."""
        pressed, keys = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier), self.till.window.keys
        QTimer.singleShot(0, self.till.window, lambda: keys.press(pressed))

    def _left(self) -> Money:
        assert self.payment.payment is not None
        return self.payment.payment.remaining()

    def _gives(self, more_than: Callable[[Currency], Money]) -> None:
        """Ten units more than so much, typed in whole units, which notes make."""
        currency = self._left().currency
        whole = more_than(currency).minor // 10**currency.digits
        self.payment.entry.amount.set_amount(Money.parse(str(whole + 10), currency))
