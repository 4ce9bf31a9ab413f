"""Ports of maintenance: seals of the books, and the erasure of visitors."""

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

    def books(self, till: str, after: Mapping[str, int], most: int) -> Mapping[str, Any]:
        """What to seal of a till: at most `most` sales and entries `after` the sealed ones (`sale`, `entry`).

        `sales` and `journal` have `from`, `to` and the `sha256` of their content; `head` and `journal_head` are the
        current heads of the till, `others` those of the other tills.
        """

    def unsealed_since(self, till: str, after: Mapping[str, int]) -> datetime | None:
        """The instant of the first sale or entry that no seal covers."""

    def add(self, seal: BookSeal) -> None: ...

    def walk(self) -> Iterator[BookSeal]:
        """All seals, by till and in order."""

    def mismatches(self, is_signed: IsSigned, outside: Sequence[ExternalAnchor] = ()) -> Sequence[str]:
        """One line for each seal that is forged or differs from the books, and for each `outside` seal that is missing
        here: all that can be verified with the public key alone.
        """


@dataclass(frozen=True, slots=True)
class ErasedReceipt:
    """A sale whose visitors have been erased."""

    receipt: str
    at: datetime


EraseReceiptFiles = Callable[[Sequence[ErasedReceipt]], None]
"""Deletes the printouts of such receipts from the shop's folder. Raises PrinterError."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A batch of examined rows: the number of the last one, and in how many of them a visitor was erased.

    `receipts` are the sales among them.
    """

    last: int
    count: int
    receipts: tuple[ErasedReceipt, ...] = ()


class Forgetting(Protocol):
    """Erases what identifies a person, a few rows at a time; their purchases stay in the books."""

    def in_sales(self, after: int, before: datetime, most: int) -> Pass | None:
        """Erase the visitors of sales after this number, if the sales are older than `before`.

        None when there are no more such sales.
        """

    def has_addresses(self, before: datetime) -> bool:
        """Whether it is kept to whom a parcel of a sale older than `before` went."""

    def addresses(self, before: datetime) -> int:
        """Erase to whom the parcels of sales older than `before` went; how many they were."""

    def visitors(self, after: int, before: datetime, most: int) -> Pass | None:
        """Erase documents and days of entry of visitors after this number who have no record newer than `before`.

        Of the other visitors, erase days of entry before it. None when there are no more visitors.
        """
