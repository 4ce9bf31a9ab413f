"""Loads a list page by page as the user scrolls."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import QObject, Signal

from pos.domain.staff.staff import Person
from pos.ui.session.session import Session

PAGE = 100

Ask = Callable[[Person, Any], Any]
"""Asks the store for the page after a key; None for the first."""


class Pager(QObject):
    """Holds the loaded rows. `changed` is emitted for more or other rows; late answers are dropped."""

    changed = Signal()
    answered = Signal()
    """Rows have come from the store."""

    def __init__(self, session: Session, key: Callable[[Any], Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session, self._key = session, key
        self._ask: Ask | None = None
        self._question = 0
        self._is_loading = False
        self._next: Any = None
        self._requested = 0
        self._shown_filter: object = None
        self._asked_filter: object = None
        """That of the rows on show, and that of the rows that are asked for now."""
        self._has_failed = False
        self.rows: list[Any] = []
        self.is_answered = False

    def begin(self, ask: Ask, filters: object = None) -> None:
        """Load again from the beginning. Where that fails, rows of other `filters` do not stay."""
        self._ask = ask
        self._asked_filter = filters
        self._question += 1
        self._is_loading, self._next = False, None
        if not self.rows and self.is_answered:  # that there was nothing is no answer to what is asked now
            self.is_answered = False
            self.changed.emit()
        self._load(refresh=True)

    def more(self) -> None:
        """Load the next page, if there is one."""
        if not self._is_loading and self._next is not None:
            self._load(refresh=False)

    @property
    def is_searching(self) -> bool:
        """Whether the store is still searching for the rest of a page."""
        return self._next is not None and not self._has_failed and len(self.rows) < self._requested

    @property
    def is_behind(self) -> bool:
        """Whether the rows on show are of another filter than is asked for now."""
        return self._shown_filter != self._asked_filter

    # ── how a page is read ───────────────────────────────────────────────────────────────────────────────────

    def rows_of(self, page: Any) -> Sequence[Any]:
        """The rows of an answer."""
        rows: Sequence[Any] = page
        return rows

    def next_of(self, page: Any) -> Any:
        """The key of the next page; None if there is none."""
        return self._key(page[-1]) if len(page) >= PAGE else None

    def _load(self, *, refresh: bool) -> None:
        ask, person = self._ask, self._session.person
        if ask is None or person is None:
            return
        self._is_loading, self._has_failed = True, False
        question = self._question
        after = None if refresh else self._next
        if refresh:
            self._requested = PAGE
        elif len(self.rows) >= self._requested:
            self._requested = len(self.rows) + PAGE

        def taken(page: Any) -> None:
            if question != self._question:
                return
            self._is_loading, self.is_answered = False, True
            self._next, self._shown_filter = self.next_of(page), self._asked_filter
            self.rows = [*([] if refresh else self.rows), *self.rows_of(page)]
            self.changed.emit()
            self.answered.emit()
            if self.is_searching:
                self._load(refresh=False)

        def failed(error: Exception) -> None:
            if question == self._question:
                self._is_loading, self._has_failed = False, True
                if self._shown_filter != self._asked_filter:
                    self.rows = []
                self.is_answered = bool(self.rows)  # that nothing was found cannot be said
                self.changed.emit()
            self._session.report_foreseen(error)

        self._session.run(lambda: ask(person, after), taken, failed)
