"""Speaks to the center of the shop beside all work at the till: no scan, no price and no money waits for the line."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from pos.application.membership.center_answer import CenterState
from pos.application.membership.look_at_center import Looked
from pos.application.membership.send_to_center import SentToCenter
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.ui.input.actions import PAYMENT
from pos.ui.session.background import Background

if TYPE_CHECKING:
    from pos.application.membership.at_center import AtCenterUseCases
    from pos.application.membership.center_answer import CenterAnswer
    from pos.application.membership.take_rules import RulesPutInForce
    from pos.application.sales.checkout_view import CheckoutView
    from pos.domain.visitors.visitor import Visitor
    from pos.ui.session.session import Session

_AFTER_MS = 300
"""From a step that has recorded something to telling the center."""
_IN_VAIN = frozenset({"no_document", "no_rules"})
"""Why nothing was asked, which no answer of the line changes."""
_LOOKED = timedelta(seconds=50)
"""So often the till looks at the center: whether it answers, its rules and its customs rates."""


class CenterWatch(QObject):
    """Asks for a visitor as soon as their document was shown, and tells what happened when the till has recorded it.

    `sent` is emitted with what was sent, and why the rest waits. In a demo and in a training it does nothing.
    A visitor is asked for on a thread of its own: what is sent meanwhile may wait for the center's standby.
    """

    sent = Signal(object)
    """A SentToCenter, after each attempt to send."""
    looked = Signal(object)
    """A Looked, after each look at a center that answered."""
    ruled = Signal(object)
    """A RulesPutInForce: by these the next sale is judged."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._asking, self._sending = Background("center", self), Background("center, sending", self)
        self._asked: set[tuple[str, str, str]] = set()
        self._commits = -1
        self._has_begun = self._has_failed = False
        self._looked_at: datetime | None = None
        self._has_findings = False
        self.last: SentToCenter | None = None
        """What came of the last attempt to send; None before the first."""
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(_AFTER_MS)
        self._soon.timeout.connect(self._send)
        session.sale_news.presented.connect(self._look_up)
        session.answered.connect(self._look_for_changes)
        session.minute_began.connect(lambda _instant: self._soon.start())
        session.center.look_again.connect(self._look_now)

    @property
    def is_idle(self) -> bool:
        """Whether nothing is asked or sent."""
        return self._asking.is_idle and self._sending.is_idle

    def stop(self) -> None:
        """Ask and send no more; what waits is sent at the next start."""
        self._soon.stop()
        self._asking.leave()
        self._sending.leave()

    def _center(self) -> AtCenterUseCases | None:
        shop = self._session.shop
        return shop.at_center if shop.is_open else None

    def _look_up(self, view: CheckoutView) -> None:
        """Each visitor of whom nothing was asked yet, or whose ledger a payment that was left has changed."""
        for one in view.visitors:
            if one.center.state is CenterState.ASKED or (one.center.state is CenterState.STALE and not one.center.what):
                self._ask_for(view, one.visitor)

    def _ask_again(self) -> None:
        """The line answers: the visitors of the sale on show who were asked for in vain are asked for again.

        Not while a payment is open, which goes on as it was approved.
        """
        view, session = self._session.sale, self._session
        if view is None or session.screen_id == PAYMENT:
            return
        for one in view.visitors:
            if one.center.state in (CenterState.AWAY, CenterState.STALE) and one.center.what not in _IN_VAIN:
                self._ask_for(view, one.visitor)

    def _ask_for(self, view: CheckoutView, visitor: Visitor) -> None:
        center, regime = self._center(), None if view.regime is None else view.regime.id
        asked = view.key, visitor.key, regime or ""
        if center is not None and asked not in self._asked:
            self._asked.add(asked)
            self._asking.run(partial(center.look_up, view.key, visitor, regime), self._heard, self._failed)

    def _heard(self, answer: CenterAnswer) -> None:
        self._asked.clear()
        if answer.state is not CenterState.NONE:
            self._session.center.take_membership(True)
            self._take_line(answer.what)
        self._session.sale_news.center_heard.emit()

    def _look_for_changes(self) -> None:
        commits = self._session.shop.commits
        if commits != self._commits:
            self._commits = commits
            if self._has_findings:  # what was found may be mended by it
                self._looked_at = None
            self._soon.start()

    def _look_now(self) -> None:
        """The till has joined or left: who is served now is asked for, and what waits is sent."""
        self._looked_at = None
        self._asked.clear()
        self._session.sale_news.center_heard.emit()
        self._soon.start()

    def _send(self) -> None:
        center = self._center()
        if center is None or not self._sending.is_idle:
            return
        begun, self._has_begun = self._has_begun, True
        now = self._session.shop.now()
        is_due = self._looked_at is None or now - self._looked_at >= _LOOKED
        if is_due:
            self._looked_at = now
        self._sending.run(partial(_sent, center, begun, is_due), self._told, self._failed)

    def _told(self, came: tuple[bool, SentToCenter, Looked | None]) -> None:
        is_member, sent, found = came
        self._has_failed = False
        self.last = sent
        line, what = self._session.center, sent.what if found is None else found.what
        line.take_membership(is_member)
        if is_member:
            line.take_waiting(sent.waiting)
            if sent.taken or sent.what or found is not None:
                self._take_line(what)
                if not what:
                    self._ask_again()
        if found is not None and not found.what:
            self._has_findings = bool(found.rates or found.unreadable)
            self.looked.emit(found)
        self._put_in_force()
        self.sent.emit(sent)

    def _put_in_force(self) -> None:
        """What was read of the center's rules holds from the next sale on: never in the middle of one."""
        center, view = self._center(), self._session.sale
        if center is None or not center.membership.rules.has_news:
            return
        if view is None or not (view.lines or view.visitors or view.back.receipts):
            self._session.background.run(center.rules.put_in_force, self._has_put, self._failed)

    def _has_put(self, put: RulesPutInForce) -> None:
        if put:
            self.ruled.emit(put)
            self._session.sale_news.center_heard.emit()

    def _take_line(self, what: str) -> None:
        self._session.center.take_line(what, self._session.shop.now())

    def _failed(self, error: Exception) -> None:
        """A lost store says so elsewhere; anything else once."""
        if not isinstance(error, RuleBroken | InfrastructureError) and not self._has_failed:
            self._has_failed = True
            self._session.report(error)


def _sent(center: AtCenterUseCases, has_begun: bool, is_due: bool) -> tuple[bool, SentToCenter, Looked | None]:
    """Whether the till takes part, what was sent, and what a look has found, where one was due and the line alive."""
    if not center.membership.is_member:
        return False, SentToCenter(0, 0), center.look() if is_due else None
    sent = center.send() if has_begun else center.send.begin()
    return True, sent, center.look() if is_due and not sent.what else None
