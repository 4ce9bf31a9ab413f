"""Where a widget stands in its window: reported when it changes."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_CHANGES = {
    QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Show, QEvent.Type.Hide, QEvent.Type.ParentChange,
    QEvent.Type.LayoutRequest, QEvent.Type.EnabledChange,
}  # fmt: skip


class PlaceWatch(QObject):
    """Emits `changed` when the watched widget, or one that holds it, moves, changes its size, or comes and goes: once
    in a turn of the event loop.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._watched: list[QWidget] = []
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(0)
        self._soon.timeout.connect(self.changed)

    def watch(self, widget: QWidget | None) -> None:
        """Watch this widget instead of the one before; None for no widget."""
        if widget is not None and self._watched[:1] == [widget] and self._watched == _with_holders(widget):
            return
        for one in self._watched:
            if isValid(one):
                one.removeEventFilter(self)
        self._soon.stop()
        self._watched = [] if widget is None else _with_holders(widget)
        for one in self._watched:
            one.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if event.type() in _CHANGES and not self._soon.isActive():
            self._soon.start()
        return False


def _with_holders(widget: QWidget) -> list[QWidget]:
    """The widget and what holds it, up to its window."""
    holders = [widget]
    while not holders[-1].isWindow() and (parent := holders[-1].parentWidget()) is not None:
        holders.append(parent)
    return holders
