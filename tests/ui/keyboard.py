"""Keys as hands and scanners send them, on a clock that the test holds: a person's pause costs no time."""

from __future__ import annotations

import sys
import time
from typing import Any

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from pos.ui.input.finishing_keys import STOOD
from pos.ui.shell.application import TillWindow
from tests.ui.passing_time import PassingTime

NO_MODIFIER = Qt.KeyboardModifier.NoModifier
ABOVE_PLACE = 0 if sys.platform == "win32" else 8
"""What the system adds to the place of a key to make its scan code: X11 does."""
_SEEN = 0.001
_PAUSE = 0.08
"""Seconds between two keys of a person: more than any scanner takes."""


_SCREEN = QTest.createTouchDevice()


class _Clock:
    """A moment takes what the test lets pass, however busy the machine is: the keys of a scanner take none."""

    def __init__(self) -> None:
        self._now = time.monotonic()

    def __call__(self) -> float:
        return self._now

    def move(self, seconds: float) -> None:
        self._now += seconds


class Typing:
    """The keyboard and the scanner of one till."""

    def __init__(self, till: TillWindow) -> None:
        self._till = till
        self._clock = _Clock()
        till.scanner.clock = self._clock
        self.time = PassingTime(till, self._clock.move)
        self._last: tuple[Any, Qt.KeyboardModifier] | None = None

    def pause(self) -> None:
        """As long as a person needs between two keys: what was held back goes through."""
        self._clock.move(_PAUSE)
        self._till.scanner.poll()
        self._till.scanner.poll()  # after a long pause the filter waits once more for keys that may be late

    def look(self) -> None:
        """As long as a person needs to see what has come: a finishing key counts from then on."""
        self._clock.move(self._till.session.finishing.left + _SEEN)

    def press(self, key: Any, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key of a person who sees what is on show, and what the same key has done before; Qt's stubs know keys
        only, Qt itself signs too.
        """
        self.look()
        if (key, modifier) == self._last:
            self._clock.move(STOOD)
        self._last = key, modifier
        self.press_blindly(key, modifier)

    def press_blindly(self, key: Any, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """One key of a person who does not look."""
        self.pause()
        QTest.keyClick(self._till.window.windowHandle(), key, modifier)
        self.pause()

    def press_again(self, key: Any, after: float = 0.12, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """The same key by mistake, so many seconds after the last one went up."""
        self._clock.move(after)
        QTest.keyClick(self._till.window.windowHandle(), key, modifier)

    def hold(self, key: Any, seconds: float = 1.2, modifier: Qt.KeyboardModifier = NO_MODIFIER) -> None:
        """A key that is held down, as X11 sends it: after half a second releases and presses, 30 ms from each other."""
        window = self._till.window.windowHandle()
        QTest.keyPress(window, key, modifier)
        self._clock.move(0.5)
        for _ in range(int((seconds - 0.5) / 0.03)):
            QTest.keyRelease(window, key, modifier)
            QTest.keyPress(window, key, modifier)
            QApplication.processEvents()
            self._clock.move(0.03)
        QTest.keyRelease(window, key, modifier)

    def tap(self, widget: QWidget) -> None:
        """A tap on the middle of a control, at once: the person who has looked before calls `look`."""
        position = widget.mapTo(self._till.window, widget.rect().center())
        QTest.mouseClick(self._till.window.windowHandle(), Qt.MouseButton.LeftButton, NO_MODIFIER, position)

    def touch(self, widget: QWidget) -> None:
        """A finger that comes down on the middle of a control and stays there."""
        self._finger(widget).press(0, self._position_of(widget, widget.rect().center())).commit()

    def touch_at(self, widget: QWidget, position: QPoint) -> None:
        """A finger that comes down on a place of a control and stays there."""
        self._finger(widget).press(0, self._position_of(widget, position)).commit()

    def move_to(self, widget: QWidget, position: QPoint) -> None:
        """The finger that is down goes there."""
        self._finger(widget).move(0, self._position_of(widget, position)).commit()

    def lift_at(self, widget: QWidget, position: QPoint) -> None:
        """The finger goes up there."""
        self._finger(widget).release(0, self._position_of(widget, position)).commit()

    def lift(self, widget: QWidget) -> None:
        """The finger goes up there."""
        self._finger(widget).release(0, self._position_of(widget, widget.rect().center())).commit()

    def finger(self, widget: QWidget, position: QPoint | None = None) -> None:
        """A tap of a finger on a control, in the middle or at `position`, by a person who sees what is on show."""
        self.look()
        place = widget.rect().center() if position is None else position
        self.slide(widget, place, place)
        QApplication.processEvents()

    def slide(self, widget: QWidget, start: QPoint, end: QPoint) -> None:
        """A finger that comes down at one place of a control and goes up at another."""
        first, last = self._position_of(widget, start), self._position_of(widget, end)
        self._finger(widget).press(0, first).commit()
        self._finger(widget).move(0, (first + last) / 2).commit()
        self._finger(widget).move(0, last).commit()
        self._finger(widget).release(0, last).commit()

    def flick(self, widget: QWidget, start: QPoint, end: QPoint, seconds: float = 0.1) -> None:
        """A quick finger, which is lifted while it moves."""
        first, last = self._position_of(widget, start), self._position_of(widget, end)
        self._finger(widget).press(0, first).commit()
        for step in range(1, 11):
            self._clock.move(seconds / 10)
            self._finger(widget).move(0, first + (last - first) * step / 10).commit()
        self._finger(widget).release(0, last).commit()

    def _finger(self, widget: QWidget) -> Any:
        return QTest.touchEvent(widget.window().windowHandle(), _SCREEN)

    def _position_of(self, widget: QWidget, position: QPoint) -> QPoint:
        return widget.mapTo(widget.window(), position)

    def wait(self, seconds: float) -> None:
        """Let time pass."""
        self._clock.move(seconds)

    def begin_burst(self, text: str) -> None:
        """The first keys of a scanner; no time passes until `go_on`, or until `burst` brings the rest."""
        for char in text:
            key: Any = char
            QTest.keyClick(self._till.window.windowHandle(), key)

    def go_on(self) -> None:
        """Nothing more comes: it was someone quick."""
        self.pause()

    def burst(self, text: str) -> None:
        """A scanner's keys as they are, each line ending by Enter."""
        for char in text:
            key: Any = Qt.Key.Key_Return if char in "\r\n" else char
            QTest.keyClick(self._till.window.windowHandle(), key)
