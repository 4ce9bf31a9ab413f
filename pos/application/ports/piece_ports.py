"""What the steps need to know of single pieces, as a Protocol."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class SoldPiece:
    """A piece with a marking code that was sold: on which line of which receipt, and how it came back (None: not)."""

    receipt: str
    line: int
    at: datetime
    back: str | None = None
    back_at: datetime | None = None


class Pieces(Protocol):
    """Single pieces, as far as they were sold here."""

    def sold(self, product_id: int, serial: str) -> SoldPiece | None:
        """The sale of a piece that has not come back since; None where there is none."""
        ...

    def last(self, product_id: int, serial: str) -> SoldPiece | None:
        """The newest sale of a piece, come back or not."""
        ...
