"""What is to be printed or written into a folder, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol


class Outbox(Protocol):
    """What is to be printed or written, and is so later where it cannot be now."""

    def sending(self, till: str, number: int) -> int:
        """A receipt goes to the printer: which copy this is, 0 for the original that was never sent before."""
        ...

    def done(self, till: str, number: int) -> None:
        """It was printed."""
        ...

    def is_done(self, till: str, number: int) -> bool:
        """Whether the original was printed."""
        ...

    def unfinished(self, till: str) -> Sequence[int]:
        """The numbers in the till's open shift whose original was not printed, or of which nobody knows, in order."""
        ...

    def queue_files(self, till: str, number: int, forms: Sequence[str]) -> None:
        """The folder for exports is to have these files of a Z."""
        ...

    def owed_files(self, till: str) -> tuple[int, Sequence[str]] | None:
        """The oldest Z of the till that owes files, and which; None where none does."""
        ...

    def files_there(self, till: str, number: int, forms: Sequence[str]) -> None:
        """These files of a Z are in the folder."""
        ...
