"""What a seal of the books says, and what the store is asked for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any, Protocol

IsSigned = Callable[[bytes, bytes], bool]
"""(signature, content) → whether the shop's key made it."""

ANCHOR = 12
"""Hex digits of a seal that stand on paper."""


@dataclass(frozen=True, slots=True)
class BookSeal:
    """A recorded seal: its JSON `content`, which names the seal before it, and the signature over that (base64)."""

    till: str
    number: int
    at: datetime
    z_number: int | None
    content: str
    signature: str

    @property
    def hash(self) -> str:
        """What the next seal calls it by (hex)."""
        return sha256(self.content.encode()).hexdigest()

    @property
    def anchor(self) -> str:
        """What stands on the paper of the Z: 3f2a 9c01 77de."""
        short = self.hash[:ANCHOR]
        return " ".join(short[at : at + 4] for at in range(0, ANCHOR, 4))


@dataclass(frozen=True, slots=True)
class ExternalAnchor:
    """A seal as somebody kept it outside the shop: whole with its signature, or of a Z its anchor alone from paper."""

    till: str
    number: int | None
    z_number: int | None
    content: str
    signature: str
    anchor: str = ""


class Seals(Protocol):
    """The seals of the books."""

    def last(self, till: str) -> BookSeal | None:
        """The newest of a till."""
        ...

    def of_z(self, till: str, z_number: int) -> BookSeal | None:
        """The one that was written with this Z; None for a Z of before."""
        ...

    def books(self, till: str, after: Mapping[str, int], most: int) -> Mapping[str, Any]:
        """What is to be sealed of a till: at most so many sales and entries `after` those sealed (`sale`, `entry`).

        `sales` and `journal` have `from`, `to` and the `sha256` of their content, `head` and `journal_head` where the
        till stands now, `others` where the other tills do.
        """
        ...

    def unsealed_since(self, till: str, after: Mapping[str, int]) -> datetime | None:
        """When the first sale or entry was written that no seal covers."""
        ...

    def add(self, seal: BookSeal) -> None:
        """Record one."""
        ...

    def walk(self) -> Iterator[BookSeal]:
        """All of them, till by till in their order."""
        ...

    def mismatches(self, is_signed: IsSigned, outside: Sequence[ExternalAnchor] = ()) -> Sequence[str]:
        """One line for each seal that is not genuine or no longer true, and for each that is kept `outside` and not
        here: what the public key alone can tell of the books.
        """
        ...
