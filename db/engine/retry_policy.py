"""Retry policy: how often a step is repeated, the wait between two tries, and the time limit."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

TRIES = 5
LOST_FOR = 1.5
"""Seconds after which a lost database is not tried again: the person at the till has an answer within six."""
IN_THE_WAY_FOR = 3.5
"""The same where another connection holds the lock."""
_FIRST_PAUSE = 0.05


class StoreRetryPolicy:
    """Implements RetryPolicy. Tills that collided wait different times, longer after each try."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, pause: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._pause = pause
        self._began = clock()
        self._tries = 1

    def lasts(self, *, is_lost: bool) -> bool:
        if self._tries == TRIES or self._clock() - self._began > (LOST_FOR if is_lost else IN_THE_WAY_FOR):
            return False
        self._pause(_FIRST_PAUSE * 2 ** (self._tries - 1) * random.uniform(0.5, 1.5))
        self._tries += 1
        return True
