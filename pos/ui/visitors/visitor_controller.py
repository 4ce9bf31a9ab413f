"""The visitor shown on the visitor page: looked up on the worker thread, and cleared when the page is left."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from pos.application.visitors.identify_visitor import Shown
from pos.application.visitors.show_visitor import VisitorAccount
from pos.domain.errors import InfrastructureError, RuleBroken
from pos.domain.staff.staff import Person
from pos.ui.session.session import Session

T = TypeVar("T")


class VisitorController(QObject):
    """Holds the shown VisitorAccount. `presented` carries it, or None; `dropped`: another one is looked up.

    An answer that comes after `clear` is dropped: its visitor is no longer shown.
    """

    presented = Signal(object)
    dropped = Signal()

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._visit = self._question = 0
        self.account: VisitorAccount | None = None

    @property
    def today(self) -> date:
        """The shop's day."""
        return self._session.today

    def look_up(self, shown: Shown) -> None:
        """Show a visitor; of two requests in quick succession the later one is shown, and meanwhile none."""
        self.account = None
        self.dropped.emit()
        self._read(shown)

    def _read(self, shown: Shown) -> None:
        self._question += 1
        question, show = self._question, self._session.shop.visits.show

        def present(account: VisitorAccount) -> None:
            if question == self._question:
                self.account = account
                self.presented.emit(account)

        self.run(lambda person: show(shown, person), present)

    def refresh(self) -> None:
        """Read the shown visitor again."""
        if self.account is not None:
            self._read(self.account.visitor)

    def clear(self) -> None:
        """Remove the visitor."""
        self._visit += 1
        self._question += 1
        self.account = None
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
