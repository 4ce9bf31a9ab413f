"""Lazy import of the chart library: on a background thread when the first chart is needed."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from PySide6.QtCore import QObject, QTimer

from pos.ui.session.session import Session

_PAUSE = 2
"""Milliseconds between two charts, in which keys are handled and the window is painted."""


class ChartLibrary(QObject):
    """Imports the library once, then draws one chart per event-loop turn, so that the window stays responsive."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_there = self._is_requested = False
        self._waiting: list[Callable[[], None]] = []
        self._turn = QTimer(self, singleShot=True, interval=_PAUSE)
        self._turn.timeout.connect(self._next)

    def draw(self, chart: Callable[[], None]) -> None:
        """Call `chart` in a turn of its own once the library is loaded; repeated requests meanwhile are merged."""
        if chart not in self._waiting:
            self._waiting.append(chart)
        if self._is_there:
            self._turn.start()
        elif not self._is_requested:
            self._is_requested = True
            self._session.think(lambda: import_module("pos.ui.reports.plot"), self._arrived, self._failed)

    def _arrived(self, _module: object) -> None:
        self._is_there = True
        self._turn.start()

    def _failed(self, _error: Exception) -> None:
        self._is_requested = False  # already reported; the next chart tries again

    def _next(self) -> None:
        if self._waiting:
            self._waiting.pop(0)()
            self._turn.start()
