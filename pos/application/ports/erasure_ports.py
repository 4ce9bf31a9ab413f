"""What forgetting visitors needs from the store."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ErasedReceipt:
    """A sale of which nobody is told any more who its visitors were."""

    receipt: str
    at: datetime


ForgetPapers = Callable[[Sequence[ErasedReceipt]], None]
"""Takes what was drawn of such receipts out of the shop's folder. Raises PrinterError."""


@dataclass(frozen=True, slots=True)
class Pass:
    """A few rows that were looked at: the number of the last one, and in how many of them somebody was forgotten.

    `receipts` are the sales among them.
    """

    last: int
    count: int
    receipts: tuple[ErasedReceipt, ...] = ()


class Forgetting(Protocol):
    """Takes away what tells who somebody was, a few rows at a time; what he bought stays in the books."""

    def in_sales(self, after: int, before: datetime, most: int) -> Pass | None:
        """Who the visitors of the sales after this number were, as far as the sales are older than `before`.

        None where there are no more such sales.
        """
        ...

    def visitors(self, after: int, before: datetime, most: int) -> Pass | None:
        """The papers and days of entry of visitors after this number of whom nothing is newer than `before`.

        Days of entry before it go of the others too. None where there are no more visitors.
        """
        ...
