"""What a till finds around it when somebody begins: after a stop of the machine, and on its disk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

from pos.application.steady_clock import SteadyClock
from pos.domain.sale import receipt_number

if TYPE_CHECKING:
    from pos.application.ports import Clock, Store

LOW = 500_000_000
"""Bytes free on the disk below which it is told."""

_NOTABLE_SECONDS = 60


class Surroundings(Protocol):
    """The folder of the shop, and the disk under it."""

    def free(self) -> int | None:
        """Bytes free on the disk; None where it does not say."""
        ...

    def newest_paper(self, till: str) -> int:
        """The highest number of a receipt of a till that lies in the newest days of the folder; 0 for none."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """`free`: bytes left where they are few. `behind`: (what the computer's clock says, the last entry of the books).

    `receipts` were not printed, or nobody knows. `missing`: (last receipt in the store, a later one that was printed).
    """

    free: int | None = None
    behind: tuple[datetime, datetime] | None = None
    receipts: tuple[str, ...] = ()
    missing: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class LookAround:
    """Look at the disk, the clock, the papers and the outbox of a till."""

    store: Store
    now: Clock
    till: str
    surroundings: Surroundings

    def __call__(self) -> Found:
        """All of it."""
        with self.store.reading() as work:
            waiting = work.outbox.unfinished(self.till)
            last = work.register.last_number(self.till)
        paper = self.surroundings.newest_paper(self.till)
        missing = (receipt_number(self.till, last), receipt_number(self.till, paper)) if paper > last else None
        return Found(
            self.low(), self._behind(), tuple(receipt_number(self.till, number) for number in waiting), missing
        )

    def low(self) -> int | None:
        """The bytes that are left on the disk where these are few."""
        free = self.surroundings.free()
        return free if free is not None and free < LOW else None

    def _behind(self) -> tuple[datetime, datetime] | None:
        if isinstance(self.now, SteadyClock) and self.now.behind.total_seconds() > _NOTABLE_SECONDS:
            at = self.now.of_the_computer()
            return at, at + self.now.behind
        return None
