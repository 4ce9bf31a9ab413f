"""What moving a shop into another store asks of the store, and what it answers."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from pos.application.ports.store import Store

MOVE = "move_shop"
"""The act in the journal of the new books."""

TellTable = Callable[[str, int], None]
"""Told the name of a table and how many of its rows are there by now."""


def nobody(_table: str, _rows: int) -> None:
    """Nobody wants to be told."""


@dataclass(frozen=True, slots=True)
class MigratedStore:
    """Where the shop is now (an address without its password), the rows of each table, and what verify says of both."""

    to: str
    rows: Mapping[str, int]
    mismatches: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Mover:
    """Who moves a shop, at which till and when; for the journal of the new books."""

    till: str
    person: str
    at: str


class MigratingStore(Store, Protocol):
    """A store that can be moved into another one."""

    def move_to(self, address: str, mover: Mover, tell: TellTable = nobody) -> MigratedStore:
        """Copy everything into the empty store at `address`; this one is only read, and closed.

        Raises BadField, StoreInUse and StoreError, with both stores as they were.
        """
        ...
