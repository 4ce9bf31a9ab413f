"""How long the computer has been on: a clock that no one sets, and that says nothing of the day."""

from __future__ import annotations

import sys
import time
from datetime import timedelta


def running_time() -> timedelta:
    """The time since some fixed moment before the program began; with the time asleep where the system counts it."""
    if sys.platform == "win32":
        import ctypes

        count = ctypes.WinDLL("kernel32").GetTickCount64  # counts on while the computer sleeps; Python's clocks may not
        count.restype = ctypes.c_ulonglong
        return timedelta(milliseconds=count())
    boot: int | None = getattr(time, "CLOCK_BOOTTIME", getattr(time, "CLOCK_MONOTONIC", None))  # macOS has the second
    return timedelta(seconds=time.monotonic() if boot is None else time.clock_gettime(boot))
