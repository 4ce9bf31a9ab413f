"""Keys as hands and scanners send them, on a clock that the test holds: a person's pause costs no time."""

from __future__ import annotations

import time
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from pos.ui.application import Till

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
_PAUSE = 0.08
"""Seconds between two keys of a person: more than any scanner takes."""


class _Clock:
    """Runs like a real one, can be moved forward, and stands still while a scanner sends: no load makes it slow."""

    def __init__(self) -> None:
        self._ahead = 0.0
        self._stands_at: float | None = None

    def __call__(self) -> float:
        return time.monotonic() + self._ahead if self._stands_at is None else self._stands_at

    def move(self, seconds: float) -> None:
        self._ahead += seconds

    def stand(self) -> None:
        self._stands_at = self()

    def run(self) -> None:
        assert self._stands_at is not None
        self._ahead = self._stands_at - time.monotonic()
        self._stands_at = None


class Typing:
    """The keyboard and the scanner of one till."""

    def __init__(self, till: Till) -> None:
        self._till = till
        self._clock = _Clock()
        till.scanner.clock = self._clock

    def pause(self) -> None:
        """As long as a person needs between two keys: what was held back goes through."""
        self._clock.move(_PAUSE)
        self._till.scanner.poll()
        self._till.scanner.poll()  # after a long pause the filter waits once more for keys that may be late

    def press(self, key: Any, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key of a person; Qt's stubs know keys only, Qt itself signs too."""
        self.pause()
        QTest.keyClick(self._till.window.windowHandle(), key, modifier)
        self.pause()

    def begin_burst(self, text: str) -> None:
        """The first keys of a scanner; no time passes until `go_on`, or until `burst` brings the rest."""
        self._clock.stand()
        for sign in text:
            key: Any = sign
            QTest.keyClick(self._till.window.windowHandle(), key)

    def go_on(self) -> None:
        """Nothing more comes: it was somebody quick."""
        self._clock.run()
        self.pause()

    def burst(self, text: str) -> None:
        """A scanner's keys as they are, each line ending by Enter."""
        self._clock.stand()
        for sign in text:
            key: Any = Qt.Key.Key_Return if sign in "\r\n" else sign
            QTest.keyClick(self._till.window.windowHandle(), key)
        self._clock.run()
