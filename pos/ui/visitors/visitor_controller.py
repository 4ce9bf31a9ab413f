"""The visitor shown on the visitor page: looked up on the worker thread and at the shop's center, and cleared when the
page is left.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.membership.center_answer import NO_CENTER, NOT_ASKED, CenterAnswer, CenterState
from pos.application.visitors.identify_visitor import Shown
from pos.application.visitors.show_visitor import VisitorAccount
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor
from pos.ui.session.session import Session

T = TypeVar("T")
_DESK = "desk"
"""Under which the center's answers are kept here; they are of no sale."""


class VisitorController(QObject):
    """Holds the shown VisitorAccount. `presented` carries it, or None; `dropped`: another one is looked up.

    An answer that comes after `clear` is dropped: its visitor is no longer shown. In a member shop the center is asked
    as soon as the visitor is on show, and they are shown again with its answer.
    """

    presented = Signal(object)
    dropped = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._visit = self._question = 0
        self.account: VisitorAccount | None = None
        self._center = NO_CENTER

    @property
    def today(self) -> date:
        """The shop's day."""
        return self._session.today

    def look_up(self, shown: Shown) -> None:
        """Show a visitor; of two requests in quick succession the later one is shown, and meanwhile none."""
        self.account = None
        self._center = NOT_ASKED if self._session.center.is_member else NO_CENTER
        self.dropped.emit()
        self._read(shown)

    def _read(self, shown: Shown) -> None:
        self._question += 1
        question, show, center = self._question, self._session.shop.visits.show, self._center

        def present(account: VisitorAccount) -> None:
            if question == self._question:
                self.account = account
                self.presented.emit(account)
                if account.center.state is CenterState.ASKED:
                    self._ask_center(account.visitor)

        self.run(lambda person: show(shown, person, center), present)

    def _ask_center(self, visitor: Visitor) -> None:
        """Ask beside the work of the store; the visitor is read again with what is said."""
        center, visit, question = self._session.shop.at_center, self._visit, self._question
        if center is None:
            return
        look_up, sales = center.look_up, center.membership.sales

        def answered(answer: CenterAnswer) -> None:
            sales.done(_DESK)
            if visit == self._visit and question == self._question:
                self._center = answer
                self._session.center.take_line(answer.what, self._session.shop.now())
                self._read(visitor)

        self._session.read_file(lambda: look_up(_DESK, visitor, None), answered, lambda _error: None)

    def refresh(self) -> None:
        """Read the shown visitor again."""
        if self.account is not None:
            self._read(self.account.visitor)

    def clear(self) -> None:
        """Remove the visitor."""
        self._visit += 1
        self._question += 1
        self.account = None
        self._center = NO_CENTER
        self.presented.emit(None)

    def run(
        self,
        call: Callable[[Person], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run a step of the shop as the current user; its result is delivered while the page still shows the same
        visitor.
        """
        person, visit = self._session.person, self._visit
        if person is None:
            return

        def answered(value: T) -> None:
            if visit == self._visit:
                done(value)

        def broken(error: Exception) -> None:
            if failed is not None and visit == self._visit:
                failed(error)
            elif isinstance(error, InfrastructureError) or (isinstance(error, RuleBroken) and visit == self._visit):
                self._session.report(error)  # an unexpected error was reported by the session already

        self._session.run(lambda: call(person), answered, broken)
