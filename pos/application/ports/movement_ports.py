"""Port of the stock movements, in pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MovementFilter:
    """Filter of movements: product, lot, reason, document, location; without any, all."""

    product: int | None = None
    lot: int | None = None
    reason: str = ""
    document: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A movement in a list. `cost` in minor units with the sign of the pieces; None where unknown.

    `receipt` is the sale or return it belongs to.
    """

    id: int
    product: int
    code: str
    name: str
    names: Mapping[str, str]
    quantity: int
    reason: str
    place: str
    lot: str
    cost: int | None
    document: str
    receipt: str
    why: str
    note: str
    at: datetime
    person: str


class Movements(Protocol):
    """All recorded movements."""

    def list(self, wanted: MovementFilter, limit: int, before: int | None = None) -> Sequence[MovementRow]:
        """The newest first, below the movement `before`."""
        ...
