"""A hand that waits for what it has begun and never for the clock; nothing is painted unless it is looked at."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from pos.application.shop.shop import Shop
from pos.ui.input.finishing_keys import STOOD
from tools.counter_hand import NO_MODIFIER, CounterHand

_PAUSE = 0.08
"""Seconds between two keys of a person: more than any scanner takes."""
_SOON = 400
"""Milliseconds: a shorter timer is part of what is under way, such as a search that waits for the last letter."""
_PATIENCE = 60
_TURN = 0.0015
"""Seconds that a quiet window is given: what `call_soon` was asked for comes after one millisecond."""


class QuickHand(CounterHand):
    """A CounterHand on a clock that it moves by itself."""

    paints = False
    """Whether each step is painted, as at a counter."""

    def __init__(self, app: QApplication, shop: Shop, resources: Path, state: Path, language: str, mode: str) -> None:
        self._ahead = 0.0
        self._soon: list[QTimer] = []
        super().__init__(app, shop, resources, state, language, mode)
        self.till.scanner.clock = self._clock
        self.till.window.showNormal()  # a till's smallest screen, whatever the platform's own is
        self.till.window.resize(1366, 768)
        self.till.window.setUpdatesEnabled(self.paints)
        self.till.pages.rested.connect(self._know_timers)
        self.settle()
        self._know_timers()

    def _know_timers(self) -> None:
        """Those of the pages that are there now."""
        timers = self.till.findChildren(QTimer) + self.till.window.findChildren(QTimer)
        self._soon = [one for one in timers if one.isSingleShot()]

    def settle(self, _milliseconds: int = 0) -> None:
        """Until nothing is under way."""
        ends = time.monotonic() + _PATIENCE
        quiet = 0
        while quiet < 3:  # what comes soon, and what is laid out after it
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)  # it waits for a loop that never comes
            is_busy = not self.till.is_idle or any(one.isActive() and one.interval() <= _SOON for one in self._soon)
            quiet = 0 if is_busy else quiet + 1
            if is_busy:
                assert time.monotonic() < ends, "the window has not come to rest"
            time.sleep(_TURN)

    def press(self, *keys: Any, with_: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        for key in keys:
            self._key(key, with_)
            self.settle()

    def type(self, text: str, *keys: Qt.Key) -> None:
        for char in text:
            self._key(ord(char), NO_MODIFIER)
        self.settle()
        self.press(*keys)

    def wait_for_document(self) -> None:
        while not self.checkout.receipts.is_idle:
            QApplication.processEvents()
            time.sleep(0.001)
        self.settle()

    def keep_hidden_pages_waiting(self) -> None:
        """Hidden pages take another language when they are shown, not before."""
        setattr(self.till.window.unspoken, "speak_next", lambda: None)  # noqa: B010

    def _key(self, key: Any, modifier: Qt.KeyboardModifier) -> None:
        again = STOOD if (key, modifier) == self._last else 0.0  # what the same key has done is seen before it, too
        self._ahead += max(self.till.session.finishing.left, again)  # a person sees the page before a finishing key
        self._last = key, modifier
        self._pause()
        QTest.keyClick(self._target(), key, modifier)
        self._pause()

    def _target(self) -> QWindow:
        """The window that has the keyboard."""
        focused: QWindow | None = QGuiApplication.focusWindow()
        return self.till.window.windowHandle() if focused is None else focused

    def _pause(self) -> None:
        self._ahead += _PAUSE
        self.till.scanner.poll()
        self.till.scanner.poll()  # after a long pause the filter waits once more for keys that may be late

    def _clock(self) -> float:
        return time.monotonic() + self._ahead


class PaintingHand(QuickHand):
    """The same where pictures are taken: what a page does once it is painted has been done."""

    paints = True
