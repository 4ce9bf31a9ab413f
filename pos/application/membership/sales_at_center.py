"""What the center has said of the sales in progress at this till. It is kept while the program runs, and no longer."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from threading import Lock

from pos.application.center.requests import ReservationRequest, VisitorLedger
from pos.application.membership.center_answer import NOT_ASKED, CenterAnswer, CenterState
from pos.domain.visitors.visitor import Visitor

_MOST = 50
"""Sales whose answers are kept: more are not in progress at one till."""


@dataclass(frozen=True, slots=True)
class OpenReservation:
    """A reservation that the center has acknowledged.

    `begun` is how long the computer had been on when its key was sent for the first time: the till's view of it ends
    before the center's. `day_ends`: it is for one day of its rules.
    """

    request: ReservationRequest
    versions: Mapping[str, int]
    references: Mapping[str, str]
    """By the key of the visitor."""
    begun: timedelta
    day_ends: datetime
    extended_to: timedelta | None = None
    """How long the computer will have been on when more time that was given to it is over."""

    @property
    def key(self) -> str:
        return self.request.key

    def is_over(self, running: timedelta, now: datetime) -> bool:
        """Whether it has to be reserved again before money is kept."""
        return not self.lasts(running + timedelta.resolution) or self.is_of_another_day(now)

    def lasts(self, running: timedelta) -> bool:
        """Whether its time lasts until the computer has been on for so long."""
        return running <= (self.extended_to or self.begun + timedelta(seconds=self.request.seconds))

    def extended(self, running: timedelta) -> OpenReservation:
        """With more time, until the computer has been on for so long."""
        return replace(self, extended_to=running)

    def is_of_another_day(self, now: datetime) -> bool:
        """Whether the day of its rules is over."""
        return now >= self.day_ends


@dataclass
class _OfSale:
    answers: dict[str, CenterAnswer] = field(default_factory=dict)
    reserved: OpenReservation | None = None
    unseen: str = ""


class SalesAtCenter:
    """Answers and reservations by the key of their sale; several threads may ask."""

    def __init__(self) -> None:
        self._sales: dict[str, _OfSale] = {}
        self._lock = Lock()

    def answer_of(self, sale: str, visitor: Visitor) -> CenterAnswer:
        """What was said last of a visitor."""
        with self._lock:
            found = self._sales.get(sale)
            return NOT_ASKED if found is None else found.answers.get(visitor.key, NOT_ASKED)

    def ledgers(self, sale: str, visitors: Iterable[Visitor]) -> Mapping[str, VisitorLedger]:
        """The ledgers by which these visitors may be judged, by label."""
        answers = {visitor.label: self.answer_of(sale, visitor) for visitor in visitors}
        return {label: one.judged_by for label, one in answers.items() if one.judged_by is not None}

    def hear(self, sale: str, visitor: Visitor, answer: CenterAnswer) -> CenterAnswer:
        """Keep an answer. Where none came, what came before is stale and no more."""
        with self._lock:
            of = self._of(sale)
            before = of.answers.get(visitor.key)
            if answer.ledger is None and before is not None and before.ledger is not None:
                answer = CenterAnswer(CenterState.STALE, before.at, before.ledger, answer.what)
            of.answers[visitor.key] = answer
            return answer

    def hear_again(self, sale: str, ledgers: Iterable[VisitorLedger], at: datetime) -> None:
        """Ledgers have moved on: those of the visitors with these references are others by now."""
        by_reference = {ledger.reference: ledger for ledger in ledgers}
        with self._lock:
            answers = self._of(sale).answers
            for key, one in answers.items():
                if one.ledger is not None and one.ledger.reference in by_reference:
                    answers[key] = CenterAnswer(CenterState.FRESH, at, by_reference[one.ledger.reference])

    def ask_again(self, sale: str) -> None:
        """What is known of the visitors may be another by now: it has to be asked for before the next attempt."""
        with self._lock:
            of = self._of(sale)
            of.reserved = None
            of.answers = {key: replace(one, state=_older(one.state)) for key, one in of.answers.items()}

    def reserved(self, sale: str) -> OpenReservation | None:
        """The reservation of a sale that the center has acknowledged last."""
        with self._lock:
            found = self._sales.get(sale)
            return None if found is None else found.reserved

    @property
    def has_reservation(self) -> bool:
        """Whether a payment is open with what the center has reserved."""
        with self._lock:
            return any(of.reserved is not None for of in self._sales.values())

    def keep(self, sale: str, reserved: OpenReservation) -> None:
        """The center has acknowledged it."""
        with self._lock:
            of = self._of(sale)
            of.reserved, of.unseen = reserved, ""

    def unseen(self, sale: str) -> str:
        """Why the center did not answer when a sale was approved without it; empty where it was asked."""
        with self._lock:
            found = self._sales.get(sale)
            return "" if found is None else found.unseen

    def go_unseen(self, sale: str, what: str) -> None:
        """The sale goes on without the center."""
        with self._lock:
            of = self._of(sale)
            of.reserved, of.unseen = None, what

    def done(self, sale: str) -> None:
        """The sale is recorded."""
        with self._lock:
            self._sales.pop(sale, None)

    def _of(self, sale: str) -> _OfSale:
        of = self._sales.pop(sale, None) or _OfSale()
        self._sales[sale] = of
        while len(self._sales) > _MOST:
            del self._sales[next(iter(self._sales))]
        return of


def _older(state: CenterState) -> CenterState:
    return CenterState.STALE if state is CenterState.FRESH else state
