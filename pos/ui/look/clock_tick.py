"""The clocks of the border, updated each minute."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

if TYPE_CHECKING:
    from pos.application.ports.store import Clock


class ClockTick(QObject):
    """Emits `ticked` with the instant at the start of each minute, and once at `start`."""

    ticked = Signal(object)

    def __init__(self, now: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._now = now
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.start)

    def start(self) -> None:
        """Emit the time now, and from now on each minute."""
        instant = self._now()
        self.ticked.emit(instant)
        left = 60 - instant.second - instant.microsecond / 1_000_000
        self._timer.start(max(50, round(left * 1000) + 20))

    def now(self) -> datetime:
        """The current instant, in UTC."""
        return self._now()
