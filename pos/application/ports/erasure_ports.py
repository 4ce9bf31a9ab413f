"""Port of the erasure of visitors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ErasedReceipt:
    """A sale whose visitors have been erased."""

    receipt: str
    at: datetime


ForgetPapers = Callable[[Sequence[ErasedReceipt]], None]
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
        ...

    def visitors(self, after: int, before: datetime, most: int) -> Pass | None:
        """Erase documents and days of entry of visitors after this number who have no record newer than `before`.

        Of the other visitors, erase days of entry before it. None when there are no more visitors.
        """
        ...
