"""Pages of a list, asked for one by one as somebody scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos.domain.staff import Person
from pos.ui.session import Session

PAGE = 100

Ask = Callable[[Person, Any], Sequence[Any]]
"""What asks the store for the page after a key; None for the first."""


class Pager(QObject):
    """Holds what is loaded. `changed` when there is more, or something else; what comes too late is dropped."""

    changed = Signal()

    def __init__(self, session: Session, key: Callable[[Any], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._key = session, key
        self._ask: Ask | None = None
        self._question = 0
        self._is_loading = self._is_whole = False
        self.rows: list[Any] = []
        self.is_answered = False

    def begin(self, ask: Ask) -> None:
        """Ask anew, from the beginning."""
        self._ask = ask
        self._question += 1
        self._is_whole = self._is_loading = False
        self._load(anew=True)

    def more(self) -> None:
        """Ask for the next page, if there is one."""
        if not self._is_loading and not self._is_whole and self.rows:
            self._load(anew=False)

    def _load(self, *, anew: bool) -> None:
        ask, person = self._ask, self._session.person
        if ask is None or person is None:
            return
        self._is_loading = True
        question = self._question
        after = None if anew or not self.rows else self._key(self.rows[-1])

        def taken(page: Sequence[Any]) -> None:
            if question != self._question:
                return
            self._is_loading, self.is_answered = False, True
            self._is_whole = len(page) < PAGE
            self.rows = [*([] if anew else self.rows), *page]
            self.changed.emit()

        def failed(error: Exception) -> None:
            self._is_loading = False
            self._session.report(error)

        self._session.run(lambda: ask(person, after), taken, failed)
