"""Looks for duty, what to leave and a better split, beside the store's thread."""

from __future__ import annotations

from collections.abc import Callable

from pos.application.counsel import Counsel, Question
from pos.ui.session import Session


class CounselSearch:
    """One question at a time; of those that come meanwhile the last. What is found out for an older one is dropped."""

    def __init__(self, session: Session, told: Callable[[Counsel], None]) -> None:
        self._session = session
        self._told = told
        self._searching = False
        self._latest: Question | None = None

    def ask(self, question: Question | None) -> None:
        """Take the question of the view on show; None where nothing is to be found out."""
        self._latest = question
        if question is not None and not self._searching:
            self._searching = True
            self._session.think(question.answer, self._answered, self._unanswered)

    def _answered(self, counsel: Counsel) -> None:
        self._searching = False
        if self._latest is None or counsel.sequence != self._latest.sequence:
            self.ask(self._latest)
        else:
            self._told(counsel)

    def _unanswered(self, _error: Exception) -> None:
        self._searching = False  # the session has told and logged it; the verdict itself stands
