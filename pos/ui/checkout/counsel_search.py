"""Looks for duty, what to leave and a better split, beside the store's thread."""

from __future__ import annotations

import time
from collections.abc import Callable

from pos.application.checkout_view import CheckoutView
from pos.application.counsel import Counsel, Question
from pos.ui.session import Session

_BREATH = 0.015
"""Seconds before a search begins: the till paints first, and of a burst of scans only the last is thought about.

A search is Python from end to end: beside it the window and the store would wait for the interpreter at every step.
"""


class CounselSearch:
    """One question at a time; of those that come meanwhile the last. What is found out for an older one is dropped."""

    def __init__(self, session: Session, told: Callable[[Counsel], None]) -> None:
        self._session = session
        self._told = told
        self._searching = False
        self._latest: Question | None = None

    def ask(self, view: CheckoutView) -> Counsel | None:
        """Take the view that comes on show; what is known of it already, or None where it is looked for, if at all."""
        question = view.question
        known = None if question is None else question.known(view.quota)
        self._latest = question if known is None else None
        self._begin()
        return known

    def _begin(self) -> None:
        if self._latest is not None and not self._searching:
            self._searching = True
            self._session.think(self._search, self._answered, self._unanswered)

    def _search(self) -> Counsel | None:
        """Beside the window: answer the question that is the last one after a breath."""
        time.sleep(_BREATH)
        question = self._latest
        return None if question is None else question.answer()

    def _answered(self, counsel: Counsel | None) -> None:
        self._searching = False
        latest = self._latest
        if counsel is not None and latest is not None and counsel.sequence == latest.sequence:
            self._told(counsel)
        else:
            self._begin()

    def _unanswered(self, _error: Exception) -> None:
        self._searching = False  # the session has told and logged it; the verdict itself stands
