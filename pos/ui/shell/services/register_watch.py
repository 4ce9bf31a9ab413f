"""Tells the fiscal register what the till has recorded, beside all work at the till: nothing waits for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer

from pos.domain.errors import InfrastructureError, RuleBroken
from pos.ui.session.background import Background

if TYPE_CHECKING:
    from pos.application.fiscal.send_to_register import SentToRegister
    from pos.ui.session.session import Session

_AFTER_MS = 300
"""From a step that has recorded something to telling the register."""


class RegisterWatch(QObject):
    """Sends soon after each step that has recorded something, and each minute.

    In a training, a demo and a shop without a register it does nothing.
    """

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._sending = Background("fiscal register", self)
        self._commits = -1
        self._has_failed = False
        self._has_begun = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self._send)
        session.answered.connect(self._look_for_changes)
        session.minute_began.connect(lambda _instant: self._soon.start())

    @property
    def is_idle(self) -> bool:
        """Whether nothing is sent."""
        return self._sending.is_idle

    def stop(self) -> None:
        """Send no more; what waits is sent at the next start."""
        self._soon.stop()
        self._sending.leave()

    def _look_for_changes(self) -> None:
        commits = self._session.shop.commits
        if commits != self._commits:
            self._commits = commits
            self._soon.start()

    def _send(self) -> None:
        session = self._session
        if not session.shop.is_open or not self._sending.is_idle:
            return
        if session.settings.register_kind is None:
            session.fiscal.take(None)
            return
        shop, at_once, self._has_begun = session.shop, not self._has_begun, True
        # What was under way when the till stopped is asked about first, whenever it would be due.
        self._sending.run(lambda: shop.fiscal.send(at_once=at_once), self._sent, self._failed)

    def _sent(self, sent: SentToRegister) -> None:
        self._has_failed = False
        self._commits = self._session.shop.commits  # its own steps are no news
        self._session.fiscal.take(sent)

    def _failed(self, error: Exception) -> None:
        """A lost store is named elsewhere; anything else once."""
        if not isinstance(error, RuleBroken | InfrastructureError) and not self._has_failed:
            self._has_failed = True
            self._session.report(error)
