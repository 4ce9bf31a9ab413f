"""What a till finds around it when somebody begins: after a stop of the machine, and on its disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from pos.application.access.steady_clock import ClockOff, SteadyClock
from pos.domain.receipt_number import receipt_number

if TYPE_CHECKING:
    from pos.application.ports.store import Clock, Store, UnitOfWork

LOW = 500_000_000
"""Bytes free on the disk below which it is told."""

_NOTABLE = timedelta(minutes=1)


class HostEnvironment(Protocol):
    """The folder of the shop, and the disk under it."""

    def free(self) -> int | None:
        """Bytes free on the disk; None where it does not say."""
        ...

    def newest_paper(self, till: str) -> int:
        """The highest number of a receipt of a till that lies in the newest days of the folder; 0 for none."""
        ...


@dataclass(frozen=True, slots=True)
class StartupFindings:
    """`free`: bytes left where they are few. `clock`: how far it is off, where that is to be told.

    `receipts` were not printed, or nobody knows. `missing`: (last receipt in the store, a later one that was printed).
    """

    free: int | None = None
    clock: ClockOff | None = None
    receipts: tuple[str, ...] = ()
    missing: tuple[str, str] | None = None

    @property
    def behind(self) -> tuple[datetime, datetime] | None:
        """What the computer's clock says, and what it is behind of."""
        clock = self.clock
        return (clock.now, clock.other) if clock is not None and clock.behind > timedelta(0) else None


@dataclass(frozen=True, slots=True)
class StartupChecks:
    """Look at the disk, the clock, the papers and the outbox of a till."""

    store: Store
    now: Clock
    till: str
    surroundings: HostEnvironment

    def __call__(self) -> StartupFindings:
        """All of it."""
        with self.store.reading() as work:
            clock = self._clock(work)
            waiting = work.outbox.unfinished(self.till)
            last = work.register.last_number(self.till)
        paper = self.surroundings.newest_paper(self.till)
        missing = (receipt_number(self.till, last), receipt_number(self.till, paper)) if paper > last else None
        return StartupFindings(
            self.low(), clock, tuple(receipt_number(self.till, number) for number in waiting), missing
        )

    def low(self) -> int | None:
        """The bytes that are left on the disk where these are few."""
        free = self.surroundings.free()
        return free if free is not None and free < LOW else None

    def _clock(self, work: UnitOfWork) -> ClockOff | None:
        off = self.now.off(work.journal.other_clocks(self.till)) if isinstance(self.now, SteadyClock) else None
        return off if off is not None and abs(off.behind) > _NOTABLE else None
