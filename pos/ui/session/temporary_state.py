"""Something that is so only while something else is done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager


class Meanwhile:
    """Begins as 0; `so` says what holds inside a `with`, and what held before holds again after it."""

    def __init__(self) -> None:
        self.holds = 0

    @contextmanager
    def so(self, holds: int) -> Iterator[None]:
        """What holds meanwhile."""
        before, self.holds = self.holds, holds
        try:
            yield
        finally:
            self.holds = before
