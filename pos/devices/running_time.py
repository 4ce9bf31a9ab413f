"""How long the computer has been on: a clock that no one sets, and that says nothing of the day."""

from __future__ import annotations

import time
from datetime import timedelta


def running_time() -> timedelta:
    """The time since some fixed moment before the program began; with the time asleep where the system counts it."""
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))  # macOS has the second
    return timedelta(seconds=time.monotonic() if boot is None else time.clock_gettime(boot))
