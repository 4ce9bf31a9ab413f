"""Speaks to the payment providers beside all work at the till: no key waits for a line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.outside_partners.attempt import PartnerAttempt
from pos.ui.session.background import Background

if TYPE_CHECKING:
    from pos.application.shop.shop import Shop
    from pos.ui.session.session import Session

_EVERY_MS = 1_000


class PartnerWatch(QObject):
    """Sends what a page has begun, and asks about what is open, each second while something is.

    Each charge is sent on a thread that is free: it does not wait for the answer to another one.
    """

    _heard = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asking = Background("payment providers", self)
        self._sending: list[Background] = []
        self._commits = -1
        self._has_failed = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_EVERY_MS)
        self._soon.timeout.connect(self._turn)
        self._heard.connect(self._take)
        session.partners.begun.connect(self._send)
        session.partners.look_again.connect(self._soon.start)
        session.answered.connect(self._look_for_changes)
        session.minute_began.connect(lambda _instant: self._soon.start())
        session.came_back.connect(self._line_is_back)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is asked or sent."""
        return self._asking.is_idle and all(one.is_idle for one in self._sending)

    def stop(self) -> None:
        """Ask and send no more; what is open is asked at the next start."""
        self._soon.stop()
        for one in (self._asking, *self._sending):
            one.leave()

    def _send(self, number: str) -> None:
        thread = next((one for one in self._sending if one.is_idle), None)
        if thread is None:
            thread = Background("payment provider, sending", self)
            self._sending.append(thread)
        thread.run(partial(self._session.shop.partner_worker.send, number), self._sent, self._failed)

    def _sent(self, attempt: PartnerAttempt) -> None:
        self._take(attempt)
        self._soon.start()

    def _take(self, attempt: PartnerAttempt) -> None:
        self._session.partners.take(attempt, self._session.shop.now())

    def _look_for_changes(self) -> None:
        """A return or an undo was recorded: it may owe something at a provider."""
        commits = self._session.shop.commits
        if commits != self._commits:
            self._commits = commits
            self._soon.start()

    def _line_is_back(self) -> None:
        self._session.shop.partner_worker.line_is_back()
        self._soon.start()

    def _turn(self) -> None:
        shop = self._session.shop
        if not shop.is_open or self._session.is_away:
            return
        if self._asking.is_idle:
            self._asking.run(partial(_turned, shop, self._heard.emit), self._turned, self._failed)
        else:
            self._soon.start()

    def _turned(self, next_at: datetime | None) -> None:
        self._has_failed = False
        if next_at is not None:
            self._soon.start()

    def _failed(self, error: Exception) -> None:
        """A lost store says so elsewhere; anything else once. What is open stays open, and is asked again."""
        if not isinstance(error, RuleBroken | InfrastructureError) and not self._has_failed:
            self._has_failed = True
            self._session.report(error)


def _turned(shop: Shop, on_change: Callable[[PartnerAttempt], object]) -> datetime | None:
    """Do what is due; return when something is due next."""
    shop.partner_worker.turn(on_change)
    return shop.carry_on.next_at()
