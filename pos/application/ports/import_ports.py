"""Imports as the store keeps them: each a run that can be undone, and what people said the columns of a file mean."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

RUNNING, DONE, CANCELLED, UNDONE = "running", "done", "cancelled", "undone"
"""States of a run. One that is `running` although nobody imports was cut off: its batches stand, and can be undone."""


class FieldChange(NamedTuple):
    """One field of a product, from what to what, as texts; None is nothing on file.

    `price` is an amount with its currency, `supplier` a name, `carton` a code with its pieces (`code:12`), `code` a
    further code; every other field is called as its column is.
    """

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import: `counts` are its figures by name, `undone_by` whoever undid it."""

    id: int
    file: str
    at: datetime
    person: str
    state: str
    counts: Mapping[str, int]
    undone_at: datetime | None = None
    undone_by: str | None = None

    @property
    def has_changed_something(self) -> bool:
        """Whether there is anything to take back; of one that was cut off nobody knows its figures."""
        return self.state == RUNNING or any(self.counts.get(name) for name in ("created", "updated"))


class NotUndone(NamedTuple):
    """A product, or one field of it, that an undo left as it is.

    `reason` is a stable name: `sold`, `moved`, `held`, `ordered`, `received`, `counted`, `priced`, `pictured`,
    `labelled`, `in_use` (why a product stays), `changed` (somebody has changed it since).
    """

    code: str
    name: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndoneBatch:
    """What one batch of an undo did; `next` is where the following one begins, None after the last."""

    next: int | None
    removed: int = 0
    restored: int = 0
    left: Sequence[NotUndone] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class RememberedColumns:
    """What the columns of a header mean, in their order; an empty name is one that is not read.

    `decimal` is the decimal sign that somebody chose for such files; empty where nobody had to.
    """

    columns: tuple[str, ...]
    decimal: str = ""


class Imports(Protocol):
    """Runs of imports, newest first, and the columns of headers."""

    def begin(self, file: str, at: datetime, person: str) -> int:
        """A new run; its id."""
        ...

    def end(self, run: int, state: str, counts: Mapping[str, int]) -> None:
        """The run has come to its end."""
        ...

    def recent(self, limit: int) -> Sequence[ImportRun]:
        """The newest runs."""
        ...

    def last(self) -> ImportRun | None:
        """The newest run that has changed something and is not undone; None where there is none."""
        ...

    def state(self, run: int) -> str:
        """The state of a run."""
        ...

    def take_out(self, run: int, after: int, limit: int) -> UndoneBatch:
        """Take out products that the run made and nobody has used or changed since, by id above `after`."""
        ...

    def put_back(self, run: int, after: int, limit: int, at: datetime, person: str) -> UndoneBatch:
        """Give fields that the run changed their old values where they still hold what it gave, by id above `after`."""
        ...

    def mark_undone(self, run: int, at: datetime, person: str) -> None:
        """The run is undone, as far as it could be."""
        ...

    def columns_of(self, header: str) -> RememberedColumns | None:
        """What somebody said the columns of a header (its key) mean."""
        ...

    def remember_columns(self, header: str, columns: RememberedColumns, at: datetime) -> None:
        """Remember it for the next file with this header."""
        ...
