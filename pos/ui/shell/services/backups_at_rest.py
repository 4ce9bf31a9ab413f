"""Automatic backups: while the till is idle, and as soon as a shift is closed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos.ui.widgets.cards.notice_bar import Notice
from pos.ui.widgets.drawing.tone import Tone

if TYPE_CHECKING:
    from pos.application.maintenance.keep_backups import LastBackup
    from pos.domain.shifts.shift import Shift
    from pos.ui.session.session import Session
    from pos.ui.shell.services.upkeep import Upkeep

_AGAIN_MS = 15 * 60_000


class BackupsAtRest(QObject):
    """Makes backups that are due on a thread of its own: a sale never waits for a copy of years.

    A fault is reported once, and is shown in the status line until a backup succeeds.
    """

    def __init__(self, session: Session, upkeep: Upkeep, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._upkeep = upkeep
        self._shift: Shift | None = None
        self._running = False
        upkeep.watch.idle.connect(self.begin)
        session.shift_changed.connect(self._shift_changed)
        self._again = QTimer(self)
        self._again.setInterval(_AGAIN_MS)
        self._again.timeout.connect(self._quietly)
        self._again.start()

    def begin(self) -> None:
        """Make what is due, unless it is under way."""
        if self._running:
            return
        self._running = True
        self._session.saving.run(self._step, self._did, self._failed)

    def stop(self) -> None:
        """Begin no further backup."""
        self._again.stop()
        self._running = True

    def _step(self) -> LastBackup | None:
        return self._session.shop.office.keep_backups.step()

    def _quietly(self) -> None:
        if self._upkeep.watch.is_quiet:
            self.begin()

    def _shift_changed(self, shift: Shift | None) -> None:
        closed, self._shift = self._shift is not None and shift is None, shift
        if closed:
            self.begin()

    def _did(self, made: LastBackup | None) -> None:
        self._running = False
        if made is not None:
            self._session.take_backup_trouble(None)

    def _failed(self, error: Exception) -> None:
        self._running = False
        session = self._session
        is_news = not session.backup_trouble
        session.take_backup_trouble(error)
        if is_news:
            news = lambda: Notice(Tone.NEARLY, session.wording(error))  # noqa: E731 # what makes a notice
            session.notify("backup.trouble", news, holds=lambda: bool(session.backup_trouble))
