"""Keys of a person who is quicker than the store: they wait for the answer to the step before, in their order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from pos.ui.input.scanner_filter import delivered_again, identity
from pos.ui.look.sounds import Sound
from pos.ui.session.steps_under_way import PATIENCE
from pos.ui.widgets.fields.key_positions import is_modifier

if TYPE_CHECKING:
    from pos.ui.input.key_bindings import KeyBindings
    from pos.ui.input.scanner_filter import ScannerFilter
    from pos.ui.session.session import Session

_MOST = 500
"""The most entries: a key held down for long does not fill the memory."""
_KEYS = frozenset({QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease})
_TAPS = frozenset({QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin})


@dataclass(frozen=True, slots=True)
class _Key:
    """A key that went down or up at a moment of the steady clock, and the window that it was for."""

    window: QWindow
    event: QKeyEvent
    at: float


class KeyQueue(QObject):
    """Hears the window's keys behind the scanner's filter and before all others.

    A key means what it would mean to a person who waits: F4 behind a scan is of the goods scanned, and a figure behind
    F12 is an amount. So while a step is under way keys wait for its answer, and so does a scan behind such a key. Where
    the step is refused the keys behind it are dropped, and a finishing key that had to wait does not count: both sound.
    A tap waits for nothing, and what was typed before it comes first.
    """

    def __init__(
        self,
        session: Session,
        bindings: KeyBindings,
        scanner: ScannerFilter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._bindings, self._scanner = session, bindings, scanner
        self._steps, self._finishing = session.under_way, session.finishing
        self._waiting: list[_Key | Callable[[], None]] = []
        """Keys, and functions that deliver a scan."""
        self._led = 0
        """Where those that wait may be the first keys of a scanner."""
        self._is_delivering = False
        self._end = QTimer(self, singleShot=True, interval=round(PATIENCE * 1000))
        self._end.timeout.connect(self.deliver_all)
        self._steps.refused.connect(self._give_up)
        self._steps.settled.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        scanner.led.connect(self._lead)
        scanner.took_back.connect(self._take_back)

    @property
    def is_empty(self) -> bool:
        """Whether no key waits."""
        return not self._waiting

    def scan(self, deliver: Callable[[], None]) -> None:
        """Deliver a scan: at once, or behind the keys that wait."""
        if self._waiting:
            self._keep(deliver)
        else:
            deliver()

    def forget(self) -> None:
        """Drop what waits: it was meant for another person's page."""
        self._waiting.clear()
        self._end.stop()

    def deliver_all(self) -> None:
        """Deliver what waits without an answer."""
        self._deliver(regardless=True)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True keeps a key."""
        kind = event.type()
        if not isinstance(watched, QWindow) or self._is_delivering:
            return False
        if kind in _TAPS or kind == QEvent.Type.InputMethod:
            self.deliver_all()
            return False
        if kind not in _KEYS or not isinstance(event, QKeyEvent) or is_modifier(event):
            return False
        if self._waiting:
            self._deliver()
        if kind == QEvent.Type.KeyRelease:
            return self._keep_release(watched, event)
        if not self._waiting and not self._steps.hold_keys:
            return False
        if kind == QEvent.Type.KeyPress:
            self._keep(_Key(watched, delivered_again(event, kind), self._finishing.clock()))
        event.accept()  # before Qt looks for a shortcut of the page that is on show yet
        return True

    def _keep_release(self, window: QWindow, event: QKeyEvent) -> bool:
        """Keep the release of a key that waits; another one belongs to a press that was delivered."""
        key = identity(event)
        if not any(isinstance(one, _Key) and identity(one.event) == key for one in self._waiting):
            return False
        self._keep(_Key(window, delivered_again(event, event.type()), self._finishing.clock()))
        return True

    def _give_up(self) -> None:
        """The step before was refused: the keys behind it were meant for what has not come. Scans are taken."""
        scans: list[_Key | Callable[[], None]] = [one for one in self._waiting if not isinstance(one, _Key)]
        if len(scans) < len(self._waiting):
            self._note()
        self._waiting, self._led = scans, 0

    def _note(self) -> None:
        self._session.sounds.play(Sound.NOTE)

    def _keep(self, one: _Key | Callable[[], None]) -> None:
        if not self._waiting:
            self._end.start()
        if len(self._waiting) < _MOST:
            self._waiting.append(one)

    def _lead(self) -> None:
        self._led = len(self._waiting)

    def _take_back(self) -> None:
        """The keys since the first one were a scanner's: those that have been delivered are out of their field."""
        del self._waiting[self._led :]

    def _deliver(self, *, regardless: bool = False) -> None:
        while self._waiting and not self._is_delivering and (regardless or not self._steps.hold_keys):
            one = self._waiting.pop(0)
            if self._led:
                self._led -= 1
            elif isinstance(one, _Key):
                self._scanner.remember_field()  # it may be a scanner's, and is taken out again then
            if not isinstance(one, _Key):
                one()
            elif shiboken6.isValid(one.window):
                self._is_delivering = True
                try:
                    with self._finishing.as_of(one.at):
                        self._press(one)
                finally:
                    self._is_delivering = False
        if not self._waiting:
            self._end.stop()

    def _press(self, key: _Key) -> None:
        """As Qt does it for a fresh key: the fields may claim it, then shortcuts are looked for, then it is typed."""
        if key.event.type() == QEvent.Type.KeyPress:
            offered = delivered_again(key.event, QEvent.Type.ShortcutOverride)
            offered.ignore()
            QCoreApplication.sendEvent(key.window, offered)
            if self._bindings.finishes(key.event):
                self._note()
                return
            is_shortcut = not offered.isAccepted() and QApplication.activePopupWidget() is None
            if is_shortcut and self._bindings.press(key.event):
                return
        QCoreApplication.sendEvent(key.window, key.event)
