"""Port of the imports: runs that can be undone, and the remembered meanings of file columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple, Protocol

RUNNING, DONE, CANCELLED, UNDONE = "running", "done", "cancelled", "undone"
"""States of a run. A `running` run without a running import was interrupted: its batches stay and can be undone."""


class FieldChange(NamedTuple):
    """One field of a product, old and new value as texts; None means no value.

    `price` is an amount with its currency, `supplier` a name, `carton` a code with its pieces (`code:12`), `code` a
    further code; every other field is named like its column.
    """

    field: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True)
class ImportRun:
    """One import: `counts` are its figures by name, `undone_by` the person who undid it."""

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
        """Whether there is anything to undo; an interrupted run has no figures."""
        return self.state == RUNNING or any(self.counts.get(name) for name in ("created", "updated"))


class NotUndone(NamedTuple):
    """A product, or one field of it, that an undo left unchanged.

    `reason` is a stable name: `sold`, `moved`, `held`, `ordered`, `received`, `counted`, `priced`, `pictured`,
    `labelled`, `in_use` (why a product stays), `changed` (changed after the import).
    """

    code: str
    name: str
    field: str
    reason: str


@dataclass(frozen=True, slots=True)
class UndoneBatch:
    """The result of one batch of an undo; `next` is the start of the following one, None after the last."""

    next: int | None
    removed: int = 0
    restored: int = 0
    left: Sequence[NotUndone] = field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class RememberedColumns:
    """The meaning of the columns of a header, in order; a column with an empty name is ignored.

    `decimal` is the decimal character chosen for such files; empty if there was no need to choose.
    """

    columns: tuple[str, ...]
    decimal: str = ""


class Imports(Protocol):
    """Import runs, newest first, and the columns of headers."""

    def begin(self, file: str, at: datetime, person: str) -> int:
        """Start a run; return its id."""
        ...

    def end(self, run: int, state: str, counts: Mapping[str, int]) -> None:
        """End a run."""
        ...

    def recent(self, limit: int) -> Sequence[ImportRun]:
        """The newest runs."""
        ...

    def last(self) -> ImportRun | None:
        """The newest run that has changed something and is not undone; None if there is none."""
        ...

    def state(self, run: int) -> str:
        """The state of a run."""
        ...

    def take_out(self, run: int, after: int, limit: int) -> UndoneBatch:
        """Remove products that the run created and that were not used or changed since, by id above `after`."""
        ...

    def put_back(self, run: int, after: int, limit: int, at: datetime, person: str) -> UndoneBatch:
        """Restore the old values of fields that still hold the value of the run, by id above `after`."""
        ...

    def mark_undone(self, run: int, at: datetime, person: str) -> None:
        """Mark the run as undone, as far as possible."""
        ...

    def columns_of(self, header: str) -> RememberedColumns | None:
        """The remembered meaning of a header's columns, by the header's key."""
        ...

    def remember_columns(self, header: str, columns: RememberedColumns, at: datetime) -> None:
        """Remember the columns for the next file with this header."""
        ...
