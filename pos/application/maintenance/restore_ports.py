"""What a restore can be refused for, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from pos.domain.errors import Refused

if TYPE_CHECKING:
    from pos.application.maintenance.backup_ports import BackupFacts, Tell

RESTORE = "restore"
"""The act in the journal."""


@dataclass(eq=False)
class NeedsKeys(Refused):
    """The backup was written under keys that are not the ones here (`here` is empty where there are none)."""

    fact = "needs_keys"

    needs: str
    here: str


@dataclass(eq=False)
class BackupDoesNotVerify(Refused):
    """The file is whole, and what its books say is not what its facts come to: so many lines, of which the first."""

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
    """What was put in place; `version` was that of the file, `kept` is where the old store lies now.

    `forgotten` visitors of the file had been forgotten since it was made, or would be today: they are again.
    """

    facts: BackupFacts
    version: str
    kept: Path | None
    mismatches: tuple[str, ...]
    forgotten: int = 0


class Restore(Protocol):
    """Puts a backup in the place of the shop's store."""

    def __call__(self, file: Path, till: str, person: str, tell: Tell = ..., *, anyway: bool = False) -> Restored:
        """Check `file`, and put it in place; `anyway` takes one whose books do not agree with themselves.

        Raises StoreError, NeedsKeys, BackupDoesNotVerify, StoreInUse: the store is then as it was.
        """
        ...
