"""The clock of a till: it never goes back, and records nothing while far from the other tills' or the
server's clock.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from pos.application.access.authorize import authorize
from pos.domain.errors import Refused

if TYPE_CHECKING:
    from pos.application.ports.journal_ports import OtherClocks
    from pos.application.ports.store import Clock, Store, UnitOfWork
    from pos.domain.staff.staff import Person

TOLERANCE = timedelta(hours=1)
"""How far the computer's clock may differ from the others while the till still sells."""

LONGEST_REST = timedelta(days=100)
"""How long a shop may rest before its clock is doubted: a computer with an empty battery starts years off."""

_NOTABLE = timedelta(seconds=1)
_NEXT = timedelta(microseconds=1)
_RIGHT = "settings"
_ACT = "accept_clock"


@dataclass(eq=False)
class ClockSetBack(Refused):
    """The computer's clock is far behind the last entry of the books: no receipt may carry a wrong day."""

    fact = "clock_set_back"

    now: datetime
    last: datetime


@dataclass(eq=False)
class ClockAhead(Refused):
    """The computer's clock is far ahead of a till at work, or of everything in the books: `last`."""

    fact = "clock_ahead"

    now: datetime
    last: datetime


@dataclass(eq=False)
class ClockOffServer(Refused):
    """The clocks of the computer and of the database server differ widely: one of them is wrong."""

    fact = "clock_off_server"

    now: datetime
    server: datetime


@dataclass(frozen=True, slots=True)
class ClockOff:
    """The difference of the computer's clock (`now`) from another one (`other`), and the refusal for it.

    `refused` is None if the difference is small: the till goes on, and only the order of its entries is kept.
    """

    now: datetime
    other: datetime
    refused: Refused | None = None

    @property
    def behind(self) -> timedelta:
        """How far behind the computer's clock is; negative if it is ahead."""
        return self.other - self.now


class SteadyClock:
    """A Clock whose instants never go back, nor before the `last` in the books of its till.

    While the computer's clock is behind, each instant is only a microsecond later: records keep their order, and no
    second day of the allowance begins.
    """

    def __init__(
        self, clock: Clock, last: datetime | None, till: str, running: Callable[[], timedelta] | None = None
    ) -> None:
        self._clock = clock
        self._last = last
        self._server_off = timedelta(0)
        self._running = running
        self._began: datetime | None = None
        self.till = till

    def __call__(self) -> datetime:
        at = self._clock()
        if self._last is not None and at < self._last:
            at = self._last + _NEXT
        self._last = at
        return at

    def of_the_computer(self) -> datetime:
        """The time of the computer's clock."""
        return self._clock()

    @property
    def behind(self) -> timedelta:
        """How far the computer's clock is behind its own till; zero while it is right."""
        return max(timedelta(0), self._last - self._clock()) if self._last is not None else timedelta(0)

    def begin_anew(self, seen: OtherClocks) -> None:
        """Trust the computer's clock from now on, regardless of the books and the server."""
        self._last = None
        self._began = None
        self._server_off = timedelta(0) if seen.server is None else seen.server - self._clock()

    def take_back(self, last: datetime | None) -> None:
        """Discard the instants given out since `last`: nothing is recorded at them.

        A clock that was ahead and is corrected continues at once.
        """
        self._last = last

    def off(self, seen: OtherClocks) -> ClockOff | None:
        """How far the computer's clock is off; None if it agrees with its own till, the others and the server.

        Tills whose clocks differ slightly agree: none stands still for another.
        """
        now, own = self._clock(), self.behind
        # With a server its clock is the reference: a till with a wrong clock does not stop the others.
        books = (self._last, None if seen.server is not None else seen.last)
        last = max((at for at in books if at is not None), default=None)
        if last is not None and last - now > TOLERANCE:
            return ClockOff(now, last, ClockSetBack(now, last))
        if seen.server is not None:
            off = seen.server - self._server_off - now
            if abs(off) > TOLERANCE:
                return ClockOff(now, now + off, ClockOffServer(now, seen.server))
        elif not self._went_on_by_itself(now):
            # A till that has just sold is as current as the others, which may have had no sales.
            authorize = None if seen.authorize is None else max(seen.authorize, seen.own or seen.authorize)
            if authorize is not None and now - authorize > TOLERANCE:
                return ClockOff(now, authorize, ClockAhead(now, authorize))
            if seen.last is not None and now - seen.last > LONGEST_REST:
                return ClockOff(now, seen.last, ClockAhead(now, seen.last))
        self._begin(now)
        return ClockOff(now, now + own) if own else None

    def _begin(self, now: datetime) -> None:
        """Start observing whether the clock is changed from outside."""
        if self._running is not None and self._began is None:
            self._began = now - self._running()

    def _went_on_by_itself(self, now: datetime) -> bool:
        """Whether the clock was right and was not set since: then an hour without sales raises no doubt."""
        return (
            self._running is not None
            and self._began is not None
            and abs(now - self._running() - self._began) <= TOLERANCE
        )


def steady(clock: Clock, store: Store, till: str, running: Callable[[], timedelta] | None = None) -> SteadyClock:
    """The clock of a till, continuing from the last entry of its journal.

    `running` is how long the computer has been on, a value that users cannot set.
    """
    with store.reading() as work:
        return SteadyClock(clock, work.journal.last_at(till), till, running)


def check_clock(now: Clock, work: UnitOfWork) -> None:
    """Refuse to record while the clock is far from those of the other tills, of the books or of the server.

    Raises ClockSetBack, ClockAhead, ClockOffServer.
    """
    if isinstance(now, SteadyClock):
        off = now.off(work.journal.other_clocks(now.till))
        if off is not None and off.refused is not None:
            now.take_back(work.journal.last_at(now.till))
            raise off.refused


@dataclass(frozen=True, slots=True)
class AcceptClock:
    """Let a manager confirm that the clock is right and the books or the server were not: they continue at its time."""

    store: Store
    now: Clock
    till: str

    def off(self) -> ClockOff | None:
        """How far the computer's clock is off the books, the other tills and the server."""
        if not isinstance(self.now, SteadyClock):
            return None
        with self.store.reading() as work:
            return self.now.off(work.journal.other_clocks(self.till))

    def behind(self) -> timedelta:
        """How far the computer's clock is behind; negative if it is ahead."""
        off = self.off()
        return timedelta(0) if off is None else off.behind

    def __call__(self, person: Person) -> timedelta:
        """Record the confirmation; return how far the clock was behind, negative if ahead. Does nothing if it was
        right.

        Raises NotAllowed.
        """
        person.check(_RIGHT)
        if not isinstance(self.now, SteadyClock):
            return timedelta(0)
        with self.store.begin() as work:
            seen = work.journal.other_clocks(self.till)
            off = self.now.off(seen)
            if off is None or abs(off.behind) < _NOTABLE:
                return timedelta(0)
            person = authorize(work, person, _RIGHT)
            self.now.begin_anew(seen)
            work.journal.write(self.now(), self.till, person.name, _ACT, {"before": off.other.isoformat()})
            work.commit()
        return off.behind
