"""Port of the restore, with its refusals and its result."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pos.domain.errors import Refused

if TYPE_CHECKING:
    from pos.application.maintenance.backup_ports import BackupSummary, Progress

RESTORE = "restore"
"""The act in the journal."""


@dataclass(eq=False)
class NeedsKeys(Refused):
    """The backup was written under keys other than the ones here (`here` is empty if there are none)."""

    fact = "needs_keys"

    needs: str
    here: str


@dataclass(eq=False)
class BackupDoesNotVerify(Refused):
    """The file is intact, but its books do not match their facts: the number of mismatches, and the first of them."""

    fact = "backup_does_not_verify"

    mismatches: int
    first: str


@dataclass(eq=False)
class StoreInUse(Refused):
    """A till has the store open."""

    fact = "store_in_use"

    where: str


@dataclass(frozen=True, slots=True)
class Restored:
    """Result of a restore; `version` was that of the file, `kept` is the new location of the old store.

    `forgotten` counts visitors in the file who had been erased since it was made, or would be today: they are erased
    again. `skipped` has the ranges of numbers, of receipts (`skipped`) and Zs (`skipped_z`), that are not given out
    again: they may name sales that the file does not have.
    """

    summary: BackupSummary
    version: str
    kept: Path | None
    mismatches: tuple[str, ...]
    forgotten: int = 0
    skipped: Mapping[str, Sequence[str]] = field(default_factory=dict)


class Restore(Protocol):
    """Replaces the shop's store with a backup."""

    def __call__(
        self,
        file: Path,
        till: str,
        person: str,
        progress: Progress = ...,
        *,
        anyway: bool = False,
        last: Mapping[str, int] | None = None,
    ) -> Restored:
        """Check `file` and put it in place; `anyway` accepts books that do not verify.

        `last` is the last receipt of a till as far as a person knows it: the till goes on behind it.

        Raises StoreError, NeedsKeys, BackupDoesNotVerify, StoreInUse: the store is then unchanged.
        """
