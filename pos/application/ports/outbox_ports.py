"""Port of the queue of printouts and export files."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Outbox(Protocol):
    """Printouts and files that are retried later if they fail now."""

    def sending(self, till: str, number: int) -> int:
        """Count a printout of a receipt: 0 for the original, then the number of the copy."""
        ...

    def done(self, till: str, number: int) -> None:
        """Record that it was printed."""
        ...

    def is_done(self, till: str, number: int) -> bool:
        """Whether the original was printed."""
        ...

    def unfinished(self, till: str) -> Sequence[int]:
        """The numbers in the till's open shift whose original was not printed, or whose printing is uncertain, in
        order.
        """
        ...

    def queue_files(self, till: str, number: int, forms: Sequence[str]) -> None:
        """Queue these files of a Z for the export folder."""
        ...

    def owed_files(self, till: str) -> tuple[int, Sequence[str]] | None:
        """The oldest Z of the till with queued files, and those files; None if there is none."""
        ...

    def files_there(self, till: str, number: int, forms: Sequence[str]) -> None:
        """Record that these files of a Z are in the folder."""
        ...
