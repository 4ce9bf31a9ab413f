"""A value that is set only for the duration of a `with`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Meanwhile:
    """Begins as 0; `so` sets a value for a `with`, and the previous value is restored after it."""

    def __init__(self) -> None:
        self.holds = 0

    @contextmanager
    def so(self, holds: int) -> Iterator[None]:
        """Set the value meanwhile."""
        before, self.holds = self.holds, holds
        try:
            yield
        finally:
            self.holds = before
