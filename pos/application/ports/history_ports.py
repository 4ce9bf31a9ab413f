"""The history of products: every change of a field, with old value, new value and person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol


class Changed(NamedTuple):
    """One field of a product, old and new value as texts; None means no value."""

    product_id: int
    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class RecordedChange:
    """A change in the history; `by_import` if a file made it."""

    id: int
    field: str
    before: str | None
    after: str | None
    at: datetime
    person: str
    by_import: bool


class ProductHistory(Protocol):
    """Changes of products; written once, never edited."""

    def write(self, changes: Sequence[Changed], at: datetime, person: str) -> None:
        """Record the changes of one act."""
        ...

    def of(self, product_id: int, limit: int, before: int | None = None) -> Sequence[RecordedChange]:
        """The changes of a product, newest first; `before` is the id of the last one on the previous page."""
        ...
