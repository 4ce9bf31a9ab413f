"""Port of the backup: its data and its store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.application.ports.store import Store

Progress = Callable[[int, int], None]
"""Called with the copied amount and the total."""

CopyFile = Callable[[Path, Path], None]
"""(from, to) → a closed file copied, read back and put in place atomically. Raises Trouble."""


def no_progress(_done: int, _of: int) -> None:
    """Do not report progress."""


@dataclass(frozen=True, slots=True)
class BackupSummary:
    """Contents of a verified copy.

    `version` is that of its tables, `keys` the fingerprint of the keys under which it was written (empty if no till has
    opened it), `last` the newest receipt of each till, `sales` and `entries` count sales and journal entries.
    """

    bytes: int
    version: str
    keys: str
    sales: int
    entries: int
    last: Mapping[str, str]


class BackupStore(Store, Protocol):
    """A store that can be backed up while tills sell."""

    @property
    def file(self) -> Path | None:
        """The file of a file-based store; no copy may replace it."""

    def identity(self) -> str:
        """Eight digits that identify the shop, equal in every copy of its books; empty before its first entry."""

    def is_earlier(self, file: Path) -> bool:
        """Whether a closed file holds an earlier state of these books, or the same.

        Not for another shop, nor for a copy of this one in which work was done since.
        """

    def is_held(self, file: Path) -> bool:
        """Whether another program is reading or writing a closed file."""

    def back_up(self, file: Path, progress: Progress = no_progress, *, is_thorough: bool = False) -> BackupSummary:
        """Write the current state of the store as one SQLite file, verify it, and put it in place of `file`.

        A thorough backup recomputes every ledger of the copy. Raises StoreError, with `file` unchanged.
        """
