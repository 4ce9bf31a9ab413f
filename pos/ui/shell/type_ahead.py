"""Type-ahead buffer: keys and scans of a person who is quicker than the till wait, in their order."""

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
from pos.ui.widgets.fields.key_positions import ENTERS, is_modifier

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


class TypeAhead(QObject):
    """Hears the window's keys behind the scanner's filter and before all others.

    It keeps them while a user signs in, until a page at work can take them, and for a moment while the store answers a
    step: a key means what it means to a person who waits. F4 behind a scan is of the goods scanned, and a figure behind
    F12 is an amount. A scan behind a key that waits comes behind it. Where the step is refused the keys behind it are
    dropped, and a finishing key that had to wait does not count: both sound. At work a tap waits for nothing, and what
    was typed before it comes first.
    """

    def __init__(
        self,
        session: Session,
        is_signing_in: Callable[[], bool],
        bindings: KeyBindings,
        scanner: ScannerFilter,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._bindings, self._scanner = session, bindings, scanner
        self._steps, self._finishing = session.under_way, session.finishing
        self._is_signing_in = is_signing_in
        self._waiting: list[_Key | Callable[[], None]] = []
        """Keys, and functions that deliver a scan."""
        self._led: int | None = None
        """From where on those that wait may be a scanner's; None for none."""
        self._has_begun = False
        """Whether something was typed ahead for the user who signs in, delivered or not."""
        self._is_delivering = False
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self.hand_over)
        self._steps.refused.connect(self._give_up)
        self._steps.settled.connect(self.hand_over, Qt.ConnectionType.QueuedConnection)
        scanner.led.connect(self._lead)
        scanner.took_back.connect(self._take_back)

    @property
    def is_empty(self) -> bool:
        """Whether nothing waits."""
        return not self._waiting

    def scan(self, deliver: Callable[[], None]) -> None:
        """Deliver a scan: at once, or in its turn."""
        if self._waiting or self._is_signing_in():
            self._keep(deliver)
        else:
            deliver()

    def hand_over(self) -> None:
        """Deliver what waits, in its order, until it has to wait again."""
        while self._waiting and not self._is_delivering and not self._waits():
            self._deliver_first()
        self._wind()  # perhaps for the answer to another step, that one of these keys has asked for

    def forget(self) -> None:
        """The user has left, or the sign-in was given up: keys meant for a page at work are dropped, and a scan is
        reported.
        """
        waiting, self._waiting = self._waiting, []
        self._end.stop()
        for one in waiting:
            if not isinstance(one, _Key):
                one()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """True keeps a key."""
        kind = event.type()
        if not isinstance(watched, QWindow) or self._is_delivering:
            return False
        if kind in _TAPS or kind == QEvent.Type.InputMethod:
            self._deliver_unanswered()
            return False
        if kind not in _KEYS or not isinstance(event, QKeyEvent) or is_modifier(event):
            return False
        self.hand_over()
        if kind == QEvent.Type.KeyRelease:
            return self._keep_release(watched, event)
        if not self._waiting and not self._waits():
            self._has_begun = False
            return False
        is_again = self._is_signing_in() and event.key() in ENTERS and not self._has_begun  # that of the PIN
        if kind == QEvent.Type.KeyPress and not is_again:
            self._keep(_Key(watched, delivered_again(event, kind), self._finishing.clock()))
        event.accept()  # before Qt looks for a shortcut of the page that is on show yet
        return True

    def _waits(self) -> bool:
        return self._is_signing_in() or self._steps.hold_keys

    def _keep_release(self, window: QWindow, event: QKeyEvent) -> bool:
        """Keep the release of a key that waits; another one belongs to a press that was delivered."""
        key = identity(event)
        if not any(isinstance(one, _Key) and identity(one.event) == key for one in self._waiting):
            return False
        self._keep(_Key(window, delivered_again(event, event.type()), self._finishing.clock()))
        return True

    def _keep(self, one: _Key | Callable[[], None]) -> None:
        self._has_begun = True
        if len(self._waiting) < _MOST:
            self._waiting.append(one)
        self._wind()

    def _wind(self) -> None:
        """What waits for an answer waits as long as its step may take."""
        left = self._steps.left
        if self._waiting and left:
            self._end.start(int(left * 1000) + 1)
        else:
            self._end.stop()

    def _lead(self, is_first: bool) -> None:
        self._led = len(self._waiting) if is_first else None

    def _take_back(self) -> None:
        """Those were a scanner's; the ones that have been delivered are out of their field."""
        if self._led is not None:
            del self._waiting[self._led :]

    def _give_up(self) -> None:
        """The step before was refused: the keys behind it were meant for what has not come. Scans are taken."""
        scans: list[_Key | Callable[[], None]] = [one for one in self._waiting if not isinstance(one, _Key)]
        if len(scans) < len(self._waiting):
            self._note()
        self._waiting, self._led = scans, None

    def _note(self) -> None:
        self._session.sounds.play(Sound.NOTE)

    def _deliver_unanswered(self) -> None:
        """Deliver what waits for the store without its answer."""
        while self._waiting and not self._is_delivering and not self._is_signing_in():
            self._deliver_first()

    def _deliver_first(self) -> None:
        one = self._waiting.pop(0)
        if self._led:
            self._led -= 1
        elif self._led == 0:
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
