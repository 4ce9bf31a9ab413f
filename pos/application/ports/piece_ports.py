"""Port of the serialised items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SoldPiece:
    """A sold item with a marking code: the line of the receipt, and how it was returned (None: not returned)."""

    receipt: str
    line: int
    at: datetime
    back: str | None = None
    back_at: datetime | None = None


class Pieces(Protocol):
    """Serialised items that were sold here."""

    def sold(self, product_id: int, serial: str) -> SoldPiece | None:
        """The sale of an item that was not returned since; None if there is none."""
        ...

    def last(self, product_id: int, serial: str) -> SoldPiece | None:
        """The newest sale of an item, returned or not."""
        ...
