"""What is to be printed, as a Protocol."""

from __future__ import annotations

from typing import Protocol


class Outbox(Protocol):
    """What is to be printed."""

    def sending(self, till: str, number: int) -> int:
        """A receipt goes to the printer: which copy this is, 0 for the original that was never sent before."""
        ...

    def done(self, till: str, number: int) -> None:
        """It was printed."""
        ...

    def is_done(self, till: str, number: int) -> bool:
        """Whether the original was printed."""
        ...
