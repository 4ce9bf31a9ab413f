"""The history of products: every change of a field, from what to what, by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol


class Changed(NamedTuple):
    """One field of a product, from what to what, as texts; None is nothing on file."""

    product_id: int
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change as it stands in the history; `by_import` where a file brought it."""

    id: int
    field: str
    before: str | None
    after: str | None
    at: datetime
    person: str
    by_import: bool


class ProductHistory(Protocol):
    """What was changed of products; written once, never edited."""

    def write(self, changes: Sequence[Changed], at: datetime, person: str) -> None:
        """Write down what was changed in one act."""
        ...

    def of(self, product_id: int, limit: int, before: int | None = None) -> Sequence[RecordedChange]:
        """The changes of a product, the newest first; `before` is the id of the last of the page before."""
        ...
