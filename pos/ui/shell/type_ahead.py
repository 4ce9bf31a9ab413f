"""Type-ahead buffer between sign-in and the first page: keeps keys and scans until a page can take them."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtGui import QKeyEvent, QWindow

from pos.ui.input.key_bindings import KeyBindings
from pos.ui.widgets.fields.key_positions import ENTERS

_MOST = 500
"""The most entries: a key held down for long does not fill the memory."""


class TypeAhead(QObject):
    """One of the listeners of the window, behind the scanner's filter. `waits` is whether a user is signing in."""

    def __init__(self, waits: Callable[[], bool], bindings: KeyBindings, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waits = waits
        self._bindings = bindings
        self._kept: list[tuple[bool, Callable[[], None]]] = []
        """The input in its order: whether it is a scan, and the function that delivers it."""
        self._has_begun = False
        """Whether something was typed ahead for this user, delivered or not."""

    def scan(self, deliver: Callable[[], None]) -> None:
        """Deliver a scan now or in its turn."""
        if self._waits():
            self._keep(True, deliver)
        else:
            deliver()

    def hand_over(self) -> None:
        """Deliver the kept input in its order, until the user has to wait again."""
        while self._kept and not self._waits():
            self._kept.pop(0)[1]()

    def forget(self) -> None:
        """The sign-in was given up: keys meant for a page at work are dropped, and a scan is reported."""
        kept, self._kept = self._kept, []
        for is_scan, hand_over in kept:
            if is_scan:
                hand_over()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the window's keys while a user is signing in."""
        if not isinstance(event, QKeyEvent) or not isinstance(watched, QWindow):
            return False
        if not self._waits():
            self._has_begun = False
            return False
        is_again = event.key() in ENTERS and not self._has_begun  # the Enter of the PIN, pressed twice
        if event.type() == QEvent.Type.KeyPress and not is_again:
            copy = event.clone()
            self._keep(False, lambda: self._press(watched, copy))
        event.accept()  # before Qt looks for a shortcut of the page that is left
        return True

    def _press(self, window: QWindow, key: QKeyEvent) -> None:
        if self._bindings.finishes(key) or self._bindings.press(key):
            return  # a finishing key does not count if it was pressed before its page was shown
        QCoreApplication.sendEvent(window, key)

    def _keep(self, is_scan: bool, hand_over: Callable[[], None]) -> None:
        self._has_begun = True
        if len(self._kept) < _MOST:
            self._kept.append((is_scan, hand_over))
