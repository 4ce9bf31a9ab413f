"""The worker of a till: it carries on what is open at partners, on a thread of its own that a front end drives."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from threading import Lock

from pos.application.outside_partners.carry_on import CarryOn
from pos.domain.errors import StoreError
from pos.domain.outside_partners.attempt import PartnerAttempt


@dataclass
class PartnerWorker:
    """Does what is due, one call after the other. A front end calls `turn` about each second, off its own thread.

    The first turn, and the first after the line was dead, asks about all that is open.
    """

    carry_on: CarryOn
    _is_new: bool = field(default=True, repr=False)
    _busy: Lock = field(default_factory=Lock, repr=False)

    def send(self, number: str) -> PartnerAttempt:
        """Send a charge that was begun just now; blocks for one call. What is open meanwhile waits for no one."""
        return self.carry_on.send(number)

    def turn(self, on_change: Callable[[PartnerAttempt], object] = lambda _: None) -> Sequence[PartnerAttempt]:
        """Do all that is due, and return what has changed; `on_change` hears of each at once.

        Nothing where another turn is still at it, or the store does not answer.
        """
        if not self._busy.acquire(blocking=False):
            return []
        try:
            changed = []
            at_start = self._is_new
            for before in self.carry_on.due(at_start=at_start):
                after = self.carry_on(before.number, at_start=at_start)
                if after != before:
                    changed.append(after)
                    on_change(after)
            self._is_new = False
            return changed
        except StoreError:
            return []
        finally:
            self._busy.release()

    def line_is_back(self) -> None:
        """The next turn asks about all that is open, whenever it would be due."""
        self._is_new = True
