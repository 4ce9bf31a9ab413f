"""The clock of a till: it never goes back, and far from the other tills' and the server's it records nothing."""

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
"""How far the computer's clock may be from the others while the till still sells."""

LONGEST_REST = timedelta(days=100)
"""How long a shop may rest before its clock is doubted: a computer whose battery is empty begins years off."""

_NOTABLE = timedelta(seconds=1)
_NEXT = timedelta(microseconds=1)
_RIGHT = "settings"
_EVENT = "accept_clock"


@dataclass(eq=False)
class ClockSetBack(Refused):
    """The computer's clock is far behind the last entry of the books: no receipt is to bear a wrong day."""

    fact = "clock_set_back"

    now: datetime
    last: datetime


@dataclass(eq=False)
class ClockAhead(Refused):
    """The computer's clock is far ahead of a till that is at work, or of all that the books know: `last`."""

    fact = "clock_ahead"

    now: datetime
    last: datetime


@dataclass(eq=False)
class ClockMoved(Refused):
    """The computer's clock was set while the till ran: after the time since then it would say `expected`."""

    fact = "clock_moved"

    now: datetime
    expected: datetime


@dataclass(eq=False)
class ClockOffServer(Refused):
    """The computer's clock and that of the database server are far apart: one of them is wrong."""

    fact = "clock_off_server"

    now: datetime
    server: datetime


@dataclass(frozen=True, slots=True)
class ClockOff:
    """How far the computer's clock (`now`) is from another one (`other`), and how that is said to who must not go on.

    `refused` is None where the difference is small: the till goes on, and only the order of its entries is kept.
    """

    now: datetime
    other: datetime
    refused: Refused | None = None

    @property
    def behind(self) -> timedelta:
        """How far behind the computer's clock is; below nothing where it is ahead."""
        return self.other - self.now


class SteadyClock:
    """A Clock of which no instant is before the one before, nor before the `last` in the books of its till.

    While the computer's clock is behind, time stands still but for a microsecond each: what is recorded keeps its
    order, and no second day of the allowance begins.
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

    @property
    def behind(self) -> timedelta:
        """How far the computer's clock is behind its own till; nothing while it is right."""
        return max(timedelta(0), self._last - self._clock()) if self._last is not None else timedelta(0)

    def restart(self, seen: OtherClocks) -> None:
        """Believe the computer's clock from now on, whatever the books and the server say."""
        self._last = None
        self._began = None
        self._server_off = timedelta(0) if seen.server is None else seen.server - self._clock()

    def forget_since(self, last: datetime | None) -> None:
        """Forget the instants that were given out since `last`: nothing is recorded at them.

        A clock that was ahead and is put right goes on at once.
        """
        self._last = last

    def off(self, seen: OtherClocks) -> ClockOff | None:
        """How far the computer's clock is off; None where it agrees with its own till, the others and the server.

        Tills whose clocks are a little apart agree: none stands still for another.
        """
        now, own = self._clock(), self.behind
        # Where there is a server its clock is the measure: one till that is wrong does not stop those that are right.
        books = (self._last, None if seen.server is not None else seen.last)
        last = max((at for at in books if at is not None), default=None)
        if last is not None and last - now > TOLERANCE:
            return ClockOff(now, last, ClockSetBack(now, last))
        if seen.server is not None:
            off = seen.server - self._server_off - now
            if abs(off) > TOLERANCE:
                return ClockOff(now, now + off, ClockOffServer(now, seen.server))
        elif (refused := self._beside_the_others(now, seen)) is not None:
            return refused
        self._begin(now)
        return ClockOff(now, now + own) if own else None

    def _beside_the_others(self, now: datetime, seen: OtherClocks) -> ClockOff | None:
        """How far the clock is off the other tills, the books and its own running; None where it agrees."""
        would_say = self._would_say()
        if would_say is not None and abs(now - would_say) <= TOLERANCE:
            return None  # it was right and has not been set since: an hour without a sale is no doubt
        # A till that has just sold is as far as the others, who may have had nothing to do.
        newest = None if seen.open_tills is None else max(seen.open_tills, seen.own or seen.open_tills)
        if newest is not None and now - newest > TOLERANCE:
            return ClockOff(now, newest, ClockAhead(now, newest))
        checked = seen.checked or seen.last
        if checked is not None and now - checked > LONGEST_REST:
            return ClockOff(now, checked, ClockAhead(now, checked))
        if would_say is None:
            return None
        if seen.open_tills is not None and now - seen.open_tills <= TOLERANCE:
            self._began = None  # it was put right: another till says the same
            return None
        return ClockOff(now, would_say, ClockMoved(now, would_say))

    def _begin(self, now: datetime) -> None:
        """From here on only the computer has moved the clock."""
        if self._running is not None and self._began is None:
            self._began = now - self._running()

    def _would_say(self) -> datetime | None:
        """What the clock would say had it not been set since it was right; None where that is not known."""
        return None if self._running is None or self._began is None else self._began + self._running()


def steady(clock: Clock, store: Store, till: str, running: Callable[[], timedelta] | None = None) -> SteadyClock:
    """The clock of a till that goes on from the last entry of its journal.

    `running` is how long the computer has been on, which no one can set.
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
            now.forget_since(work.journal.last_at(now.till))
            raise off.refused


@dataclass(frozen=True, slots=True)
class AcceptClock:
    """A manager says that the clock is right, and the books or the server were not: they go on at the time it shows."""

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
        """How far the computer's clock is behind; below nothing where it is ahead."""
        off = self.off()
        return timedelta(0) if off is None else off.behind

    def __call__(self, person: Person) -> timedelta:
        """Write it down; how far the clock was behind, below nothing where it was ahead. Nothing where it was right.

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
            self.now.restart(seen)
            work.journal.write(self.now(), self.till, person.name, _EVENT, {"before": off.other.isoformat()})
            work.commit()
        return off.behind
