"""What has moved in the stock, to be read in pages, as a Protocol."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class MovementFilter:
    """Which movements: of a product, of a lot, for a reason, of a paper, at a place; all without any."""

    product: int | None = None
    lot: int | None = None
    reason: str = ""
    document: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class MovementRow:
    """A movement as it is listed. `cost` in minor units with the sign of the pieces; None where unknown.

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
    """Every movement there was."""

    def list(self, wanted: MovementFilter, limit: int, before: int | None = None) -> Sequence[MovementRow]:
        """The newest first, from below the movement `before`."""
        ...
