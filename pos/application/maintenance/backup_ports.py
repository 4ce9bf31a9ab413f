"""What a backup is, and what the store is asked for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from pos.application.ports.store import Store

Tell = Callable[[int, int], None]
"""Told how much of how much is copied."""

CopyFile = Callable[[Path, Path], None]
"""(from, to) → a closed file copied, read back and put in place whole. Raises Trouble."""


def nobody(_done: int, _of: int) -> None:
    """Nobody wants to be told."""


@dataclass(frozen=True, slots=True)
class BackupFacts:
    """What a copy holds that was read back whole.

    `version` is that of its tables, `keys` the fingerprint of the keys that it was written under (empty where no till
    has opened it), `last` the newest receipt of each till, `sales` and `entries` count sales and journal entries.
    """

    bytes: int
    version: str
    keys: str
    sales: int
    entries: int
    last: Mapping[str, str]


class BackupStore(Store, Protocol):
    """A store of which a copy can be made while tills sell."""

    @property
    def file(self) -> Path | None:
        """The file of a store that is one; no copy may take its place."""
        ...

    def identity(self) -> str:
        """Eight digits that stand for the shop, the same in every copy of its books; empty before its first entry."""
        ...

    def is_earlier(self, file: Path) -> bool:
        """Whether a closed file holds an earlier state of these books, or the same.

        Not that of another shop, nor of a copy of this one in which somebody has worked since.
        """
        ...

    def is_held(self, file: Path) -> bool:
        """Whether another program reads or writes a closed file at this moment."""
        ...

    def back_up(self, file: Path, tell: Tell = nobody, *, is_thorough: bool = False) -> BackupFacts:
        """Write what the store holds at this instant as one SQLite file, read it back, and put it in place of `file`.

        A thorough one recomputes every ledger of the copy. Raises StoreError, with `file` as it was.
        """
        ...
