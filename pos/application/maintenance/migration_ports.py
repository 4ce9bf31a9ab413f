"""Port of the migration of a shop into another store."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pos.application.ports.store import Store

MOVE = "move_shop"
"""The act in the journal of the new books."""

TableProgress = Callable[[str, int], None]
"""Called with the name of a table and the number of its copied rows."""


def no_progress(_table: str, _rows: int) -> None:
    """Do not report progress."""


@dataclass(frozen=True, slots=True)
class MigratedStore:
    """The new location of the shop (an address without its password), the rows of each table, and the result of verify
    for both.
    """

    to: str
    rows: Mapping[str, int]
    mismatches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """The person, till and time of a migration; for the journal of the new books."""

    till: str
    person: str
    at: str


class MigratingStore(Store, Protocol):
    """A store that can be migrated into another one."""

    def move_to(self, address: str, mover: Mover, progress: TableProgress = no_progress) -> MigratedStore:
        """Copy everything into the empty store at `address`; this store is only read, and then closed.

        Raises BadField, StoreInUse and StoreError, with both stores unchanged.
        """
