"""The faults of the store, the backups and the disk: kept as errors, worded when they are shown."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from pos.application.maintenance.low_disk import low_disk_text
from pos.domain.errors import InfrastructureError

if TYPE_CHECKING:
    from pos.application.text.translator import Translator

Worded = Callable[[Exception], str]


class Troubles:
    """The last fault of each, None for none; `free` are the bytes left on a disk that is nearly full.

    A text would keep the language in which it was made.
    """

    def __init__(self) -> None:
        self._store: Exception | None = None
        self._backup: Exception | None = None
        self._free: int | None = None

    def take_store(self, error: Exception | None) -> bool:
        """Take a fault; return whether it is a new one, as for the others."""
        is_news, self._store = not _same(self._store, error), error
        return is_news

    def take_backup(self, error: Exception | None) -> bool:
        """Take a fault of the backups."""
        is_news, self._backup = not _same(self._backup, error), error
        return is_news

    def leave_folder(self, folder: str) -> bool:
        """The backups do not go to this folder any more: its fault is over."""
        error = self._backup
        is_its = isinstance(error, InfrastructureError) and bool(folder) and error.where == str(Path(folder))
        return is_its and self.take_backup(None)

    def take_disk(self, free: int | None) -> bool:
        """Take the bytes left; None if there are enough."""
        is_news, self._free = free != self._free, free
        return is_news

    def store(self, worded: Worded) -> str:
        """The fault in a sentence; empty for none, as for the others."""
        return _said(self._store, worded)

    def backup(self, worded: Worded) -> str:
        """The fault of the backups in a sentence."""
        return _said(self._backup, worded)

    def disk(self, tr: Translator) -> str:
        """The fault of the disk in a sentence."""
        return "" if self._free is None else low_disk_text(self._free, tr)


def _said(error: Exception | None, worded: Worded) -> str:
    return "" if error is None else worded(error)


def _same(one: Exception | None, other: Exception | None) -> bool:
    """Whether two faults read the same, whatever the system's own texts for them are."""
    return _identity(one) == _identity(other)


def _identity(error: Exception | None) -> tuple[object, ...]:
    return (type(error), error.what, error.where, error.detail) if isinstance(error, InfrastructureError) else (error,)
