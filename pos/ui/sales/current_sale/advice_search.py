"""Searches for duty, goods to remove and a better split, outside the store's thread."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import NamedTuple, TypeVar

from pos.application.quota.quota_advice import AdviceRequest, QuotaAdvice
from pos.application.sales.checkout_view import CheckoutView
from pos.domain.quota.party_split import PartyEvaluation
from pos.ui.session.session import Session

T = TypeVar("T")

_BREATH = 0.015
"""Seconds before a search begins: the till paints first, and of a burst of scans only the last is searched for.

A search is pure Python: the window and the store would wait for the interpreter at every step beside it.
"""


_STEPS = 4
"""Steps of a search, each of a few milliseconds, after which it yields to the window."""


class AdviceSearch:
    """Answers one request at a time; of those that arrive meanwhile, the last. Results for an older one are dropped.

    The first result is reported at once, and better ones as they are found. The search runs in short turns: it pauses
    during a step of the controller, and ends when the basket changes.
    """

    def __init__(self, session: Session, report: Callable[[QuotaAdvice], None]) -> None:
        self._session = session
        self._report = report
        self._searching = False
        self._steps_taken = 0
        self._latest: AdviceRequest | None = None
        self._answers: Iterator[QuotaAdvice | None] | None = None

    def ask(self, view: CheckoutView) -> QuotaAdvice | None:
        """Take the view that is about to be shown; return its advice if known already, or None while it is searched
        for.
        """
        request = view.advice_request
        known = None if request is None else request.known(view.quota)
        self._latest = request if known is None else None
        self._answers = None
        self._begin()
        return known

    def rest_during(
        self,
        call: Callable[[], T],
        done: Callable[[T], None],
        failed: Callable[[Exception], None],
        *,
        asks_itself: bool = False,
    ) -> None:
        """Take a step of the controller on the store's thread, as `Session.run`; the search pauses until it is
        answered.
        """

        def answered(value: T) -> None:
            done(value)
            self._go_on()

        def refused(error: Exception) -> None:
            failed(error)
            self._go_on()

        self._steps_taken += 1
        self._session.run(call, *self._session.under_way.counted(answered, refused), asks_itself=asks_itself)

    def stop(self) -> None:
        """Stop the search: the sale is being recorded."""
        self._latest = None

    def _go_on(self) -> None:
        self._steps_taken -= 1
        self._begin()

    def _begin(self) -> None:
        if self._latest is None or self._searching or self._steps_taken:
            return
        request, answers = self._latest, self._answers
        self._searching = True
        if answers is None:
            self._session.think(self._started, self._answered, self._unanswered)
        else:
            self._session.think(lambda: self._turn(request, answers), self._answered, self._unanswered)

    def _started(self) -> _Turn | None:
        """On the worker thread: the first turn for the latest request, after a pause."""
        time.sleep(_BREATH)
        request = self._latest
        return None if request is None else self._turn(request, request.answers())

    def _turn(self, request: AdviceRequest, answers: Iterator[QuotaAdvice | None]) -> _Turn:
        """On the worker thread: a few steps, up to a result."""
        for _ in range(_STEPS):
            if self._steps_taken or self._latest is not request:
                break
            try:
                advice = next(answers)
            except StopIteration:
                return _Turn(request, None, None)
            if advice is not None:
                return _Turn(request, answers, advice)
        return _Turn(request, answers, None)

    def _answered(self, turn: _Turn | None) -> None:
        self._searching = False
        if turn is not None and turn.request is self._latest:
            self._answers = turn.answers
            if turn.answers is None:
                self._latest = None
            if turn.advice is not None:
                self._report(turn.advice)
        self._begin()

    def _unanswered(self, _error: Exception) -> None:
        self._searching = False  # the session has shown and logged it; the evaluation itself stays valid
        self._latest = None


class _Turn(NamedTuple):
    """A turn of the search: its result, if any, and the remaining results; None when the search is complete."""

    request: AdviceRequest
    answers: Iterator[QuotaAdvice | None] | None
    advice: QuotaAdvice | None


def split_of(request: AdviceRequest, shown: QuotaAdvice | None) -> Callable[[], PartyEvaluation]:
    """The split that the screen shows, if it shows one; else the one found at once."""
    if shown is None or shown.split is None:
        return request.best
    party = shown.split.party
    return lambda: party
