"""Checks whether an unavailable store answers again, and whether an idle one still answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

if TYPE_CHECKING:
    from pos.ui.session.session import Session

_AWAY_MS = 1_000
_QUIET_MS = 15_000


class StoreWatch(QObject):
    """One request at a time, on the store's thread; the session reports the result."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._is_asking = False
        self._timer = QTimer(self)
        self._timer.setInterval(_QUIET_MS)
        self._timer.timeout.connect(self.ask)
        self._timer.start()
        session.away_changed.connect(self._hurry)

    def ask(self) -> None:
        """Make a request now, unless the store is working: the running step shows its state."""
        session = self._session
        if self._is_asking or (not session.is_away and not session.background.is_idle):
            return
        self._is_asking = True
        session.background.run(session.look_for_store, lambda _none: self._answered(), self._missed)

    def stop(self) -> None:
        """Stop the requests."""
        self._timer.stop()
        self._is_asking = True

    def _hurry(self, is_away: bool) -> None:  # carried by the session's signal
        self._timer.start(_AWAY_MS if is_away else _QUIET_MS)

    def _answered(self) -> None:
        self._is_asking = False
        if self._session.is_away:
            self._session.store_answers()

    def _missed(self, error: Exception) -> None:
        self._is_asking = False
        self._session.note_trouble(error)
