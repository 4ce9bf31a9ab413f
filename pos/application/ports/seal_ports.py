"""Seals of the books, and the port of their store."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

IsSigned = Callable[[bytes, bytes], bool]
"""(signature, content) → whether the shop's key made it."""

ANCHOR = 12
"""Hex digits of a seal on a printout."""


@dataclass(frozen=True, slots=True)
class BookSeal:
    """A recorded seal: its JSON `content`, which names the previous seal, and the signature of that
    content (base64).
    """

    till: str
    number: int
    at: datetime
    z_number: int | None
    content: str
    signature: str

    @property
    def hash(self) -> str:
        """The identifier (hex) that the next seal uses for it."""
        return sha256(self.content.encode()).hexdigest()

    @property
    def anchor(self) -> str:
        """The text on the printout of the Z: 3f2a 9c01 77de."""
        short = self.hash[:ANCHOR]
        return " ".join(short[at : at + 4] for at in range(0, ANCHOR, 4))


@dataclass(frozen=True, slots=True)
class ExternalAnchor:
    """A seal kept outside the shop: complete with its signature, or only the anchor of a Z from its printout."""

    till: str
    number: int | None
    z_number: int | None
    content: str
    signature: str
    anchor: str = ""


class Seals(Protocol):
    """The seals of the books."""

    def last(self, till: str) -> BookSeal | None:
        """The newest seal of a till."""
        ...

    def of_z(self, till: str, z_number: int) -> BookSeal | None:
        """The seal written with this Z; None for a Z older than seals."""
        ...

    def books(self, till: str, after: Mapping[str, int], most: int) -> Mapping[str, Any]:
        """What to seal of a till: at most `most` sales and entries `after` the sealed ones (`sale`, `entry`).

        `sales` and `journal` have `from`, `to` and the `sha256` of their content; `head` and `journal_head` are the
        current heads of the till, `others` those of the other tills.
        """
        ...

    def unsealed_since(self, till: str, after: Mapping[str, int]) -> datetime | None:
        """The instant of the first sale or entry that no seal covers."""
        ...

    def add(self, seal: BookSeal) -> None:
        """Record a seal."""
        ...

    def walk(self) -> Iterator[BookSeal]:
        """All seals, by till and in order."""
        ...

    def mismatches(self, is_signed: IsSigned, outside: Sequence[ExternalAnchor] = ()) -> Sequence[str]:
        """One line for each seal that is forged or differs from the books, and for each `outside` seal that is missing
        here: all that can be verified with the public key alone.
        """
        ...
