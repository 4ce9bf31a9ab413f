"""Reports when the till has not been used for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal

_TOUCHES = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.TouchBegin,
     QEvent.Type.InputMethod, QEvent.Type.TabletPress}
)  # fmt: skip


class IdleWatch(QObject):
    """Emits `idle` once when no key, press or scan has come for `minutes`. Mere mouse movement does not count."""

    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.idle)

    def set_minutes(self, minutes: float) -> None:
        """Set the waiting time; 0 means never."""
        self._timer.stop()
        self._timer.setInterval(round(minutes * 60_000))
        self.touch()

    def touch(self) -> None:
        """The till is in use."""
        if self._timer.interval():
            self._timer.start()

    def stop(self) -> None:
        """Report nothing more: the window is closed."""
        self.set_minutes(0)

    @property
    def is_quiet(self) -> bool:
        """Whether the till has been idle for this long."""
        return not self._timer.isActive()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Never filters an event."""
        if event.type() in _TOUCHES:
            self.touch()
        return False
