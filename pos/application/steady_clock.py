"""The clock of a till: it never goes back, whatever is done to that of the computer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos.application.at_work import at_work
from pos.domain.errors import Refused

if TYPE_CHECKING:
    from pos.application.ports import Clock, Store
    from pos.domain.staff import Person

TOLERANCE = timedelta(hours=1)
"""How far behind the books the computer's clock may be while the till still sells."""

_NOTABLE = timedelta(seconds=1)
_NEXT = timedelta(microseconds=1)
_RIGHT = "settings"
_ACT = "accept_clock"


@dataclass(eq=False)
class ClockSetBack(Refused):
    """The computer's clock is far behind the last entry of the books: no receipt is to bear a wrong day."""

    now: datetime
    last: datetime


class SteadyClock:
    """A Clock of which no instant is before the one before, nor before the `last` in the books.

    While the computer's clock is behind, time stands still but for a microsecond each: what is recorded keeps its
    order, and no second day of the allowance begins.
    """

    def __init__(self, clock: Clock, last: datetime | None) -> None:
        self._clock = clock
        self._last = last

    def __call__(self) -> datetime:
        """See Clock."""
        at = self._clock()
        if self._last is not None and at < self._last:
            at = self._last + _NEXT
        self._last = at
        return at

    def of_the_computer(self) -> datetime:
        """What the computer's clock says."""
        return self._clock()

    @property
    def behind(self) -> timedelta:
        """How far the computer's clock is behind; nothing while it is right."""
        return max(timedelta(0), self._last - self._clock()) if self._last is not None else timedelta(0)

    def begin_anew(self) -> None:
        """Believe the computer's clock from now on."""
        self._last = None


def steady(clock: Clock, store: Store, till: str) -> SteadyClock:
    """The clock of a till that goes on from the last entry of its journal."""
    with store.reading() as work:
        return SteadyClock(clock, work.journal.last_at(till))


def check_clock(now: Clock) -> None:
    """Refuse to record receipts or to open a shift while the clock is far behind. Raises ClockSetBack."""
    if isinstance(now, SteadyClock) and now.behind > TOLERANCE:
        raise ClockSetBack(now.of_the_computer(), now.of_the_computer() + now.behind)


@dataclass(frozen=True, slots=True)
class AcceptClock:
    """A manager says that the clock is right now and was ahead before: the books go on at the time that it shows."""

    store: Store
    now: Clock
    till: str

    def behind(self) -> timedelta:
        """How far the computer's clock is behind the books."""
        return self.now.behind if isinstance(self.now, SteadyClock) else timedelta(0)

    def __call__(self, person: Person) -> timedelta:
        """Write it down; how far the clock was behind. Nothing where it was not. Raises NotAllowed."""
        person.check(_RIGHT)
        behind = self.behind()
        if behind >= _NOTABLE and isinstance(self.now, SteadyClock):
            with self.store.begin() as work:
                person = at_work(work, person, _RIGHT)
                last = self.now.of_the_computer() + behind
                self.now.begin_anew()
                work.journal.write(self.now(), self.till, person.name, _ACT, {"before": last.isoformat()})
                work.commit()
        return behind
