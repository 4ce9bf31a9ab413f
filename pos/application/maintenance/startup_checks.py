"""Start-up checks of a till: a previous stop of the machine, the clock, the disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from pos.application.access.numbers_given import last_on_paper
from pos.application.access.steady_clock import ClockOff, SteadyClock
from pos.application.settings.context import UseCase
from pos.domain.receipt_number import receipt_number

if TYPE_CHECKING:
    from pos.application.ports.store import UnitOfWork

LOW = 500_000_000
"""Free bytes on the disk below which the till warns."""

_NOTABLE = timedelta(minutes=1)


class HostEnvironment(Protocol):
    """The folder of the shop, and its disk."""

    @property
    def has_the_books(self) -> bool:
        """Whether the store lies in the folder, too, and not on a server of several computers."""

    def free(self) -> int | None:
        """Free bytes on the disk; None if unknown."""

    def newest_printout(self, till: str) -> int:
        """The highest receipt number of a till among the newest days of the folder; 0 for none."""


@dataclass(frozen=True, slots=True)
class StartupFindings:
    """`free`: bytes left, if they are few. `clock`: its deviation, if it needs a notice.

    `receipts` were not printed, or their printing is uncertain; `z` is the number of the last Z if the same is true of
    it. `missing`: (last receipt in the store, a later one that was printed). `elsewhere`: since when a shift of the
    till is open that another computer has opened, as far as this folder knows.
    """

    free: int | None = None
    clock: ClockOff | None = None
    receipts: tuple[str, ...] = ()
    missing: tuple[str, str] | None = None
    z: int | None = None
    elsewhere: datetime | None = None

    @property
    def behind(self) -> tuple[datetime, datetime] | None:
        """The computer's clock, and the later time with which it is compared."""
        clock = self.clock
        return (clock.now, clock.other) if clock is not None and clock.behind > timedelta(0) else None


@dataclass(frozen=True, slots=True)
class StartupChecks(UseCase):
    """Check the disk, the clock, the receipts and the outbox of a till."""

    surroundings: HostEnvironment

    def __call__(self) -> StartupFindings:
        with self.store.reading() as work:
            clock = self._clock(work)
            waiting = work.outbox.unfinished(self.till)
            z = work.outbox.unprinted_z(self.till)
            last, shift = work.register.last_number(self.till), work.shifts.open_at(self.till)
        newest = self.surroundings.newest_printout(self.till)
        is_behind = last_on_paper(newest, last + 1) is not None
        missing = (receipt_number(self.till, last), receipt_number(self.till, newest)) if is_behind else None
        is_of_another = shift is not None and last > 0 and newest == 0 and not self.surroundings.has_the_books
        return StartupFindings(
            self.low(),
            clock,
            tuple(receipt_number(self.till, number) for number in waiting),
            missing,
            z,
            shift.opened_at if shift is not None and is_of_another else None,
        )

    def low(self) -> int | None:
        """The bytes left on the disk, if they are few."""
        free = self.surroundings.free()
        return free if free is not None and free < LOW else None

    def _clock(self, work: UnitOfWork) -> ClockOff | None:
        off = self.now.off(work.journal.other_clocks(self.till)) if isinstance(self.now, SteadyClock) else None
        return off if off is not None and abs(off.behind) > _NOTABLE else None
