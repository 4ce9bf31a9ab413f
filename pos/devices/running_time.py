"""A monotonic clock: the time since the computer started, independent of the date."""

from __future__ import annotations

import time
from datetime import timedelta


def running_time() -> timedelta:
    """The time since some fixed moment before the program started; includes sleep where the system counts it."""
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", None)
    return timedelta(seconds=time.monotonic() if boot is None else time.clock_gettime(boot))
