"""The shop's own maintenance while the till is idle: at the start and once a day, a little at a time."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos.ui.shell.services.idle_watch import IdleWatch

if TYPE_CHECKING:
    from pos.ui.session.session import Session

_QUIET_MINUTES = 0.5
_PAUSE_MS = 100
"""Between two steps, so that a scan never waits for more than one of them."""
_AGAIN_MS = 15 * 60_000


class Upkeep(QObject):
    """Runs `step` on the store's thread until it returns that there is no more to do; any use of the till suspends it.

    `watch` is one of the listeners of the window. A failure is reported like any other, and the step tried again.
    """

    def __init__(self, session: Session, step: Callable[[], bool], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._step = step
        self._running = False
        self.watch = IdleWatch(self)
        self.watch.set_minutes(_QUIET_MINUTES)
        self.watch.idle.connect(self.begin)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self.begin)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self.begin)
        self._again.start()

    def begin(self) -> None:
        """Do the next step, unless the till is in use or a step is under way."""
        if self._running or not self.watch.is_quiet:
            return
        self._running = True
        self._session.run(self._step, self._did, self._failed)

    def stop(self) -> None:
        """Stop all steps."""
        for timer in (self._pause, self._again):
            timer.stop()
        self.watch.set_minutes(0)
        self._running = True

    def _did(self, more: bool) -> None:  # the step's result
        self._running = False
        if more:
            self._pause.start()

    def _failed(self, error: Exception) -> None:
        self._running = False
        self._session.report_foreseen(error)
