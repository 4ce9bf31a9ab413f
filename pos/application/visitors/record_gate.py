"""Record a gate's file of departures as if each were entered at the till; a bad row does not stop the others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import TypeVar

from pos.application.access.authorize import authorize, authorized_read
from pos.application.access.steady_clock import check_clock
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.application.tables.raw_table import RawTable
from pos.application.visitors.gate_file import GateReject, GateRow, read_gate
from pos.application.visitors.identify_visitor import visitor_of
from pos.application.visitors.lock_visitors import lock_visitors
from pos.application.visitors.record_departure import (
    DepartingVisitor,
    RecordDeparture,
    journal_left,
    mark_left,
    report_left,
)
from pos.domain.staff.staff import Person

BATCH = 200
"""Departures in one transaction: the longest wait for a till that is selling."""

_Item = TypeVar("_Item")


@dataclass(frozen=True, slots=True)
class GateResult:
    """The outcome of the rows: `rows` is the sum of the four counts after it."""

    rows: int
    left: int
    nothing: int
    strangers: int
    rejected: int
    rejects: tuple[GateReject, ...]


class _Outcome(Enum):
    LEFT = "left"
    NOTHING = "nothing"
    STRANGER = "stranger"


@dataclass(frozen=True, slots=True)
class RecordGate(UseCase):
    """Record a gate's file; repeating the same file changes nothing. `open_table` reads a file's rows."""

    record_departure: RecordDeparture
    open_table: Callable[[Path], AbstractContextManager[RawTable]]

    def __call__(self, path: Path, person: Person) -> GateResult:
        """Record the departures, earliest first regardless of their order in the file; raises BadField."""
        with authorized_read(self.record_departure.store, person, "sell"):
            pass  # check the permission even if the file has no rows
        with self.open_table(path) as table:
            read = list(read_gate(table, self.today, self.record_departure.check_instant))
        rejects = tuple(row for row in read if isinstance(row, GateReject))
        rows = sorted((row for row in read if isinstance(row, GateRow)), key=lambda row: row.at)
        outcomes = [outcome for batch in _batches(rows, BATCH) for outcome in self._record(batch, person)]
        return GateResult(
            rows=len(read),
            left=outcomes.count(_Outcome.LEFT),
            nothing=outcomes.count(_Outcome.NOTHING),
            strangers=outcomes.count(_Outcome.STRANGER),
            rejected=len(rejects),
            rejects=rejects,
        )

    def _record(self, batch: Sequence[GateRow], person: Person) -> list[_Outcome]:
        step = self.record_departure
        with step.store.begin() as work:
            person = authorize(work, person, "sell")
            check_clock(step.now, work)
            outcomes, is_reported = _mark(work, step, batch, person)
            if _Outcome.LEFT in outcomes or is_reported:
                work.commit()
        return outcomes


def _mark(
    work: UnitOfWork, step: RecordDeparture, batch: Sequence[GateRow], person: Person
) -> tuple[list[_Outcome], bool]:
    """Mark a batch, and whether any of it is sent to the center.

    All visitors are locked in one call, so that two simultaneous files do not deadlock.
    """
    people = [visitor_of(row.document, str(index), step.secrets) for index, row in enumerate(batch)]
    known = [visitor for visitor in people if work.visitors.known(visitor.keys) is not None]
    locked = lock_visitors(work, known, batch[0].at, step.till, person.name)
    now = step.now()
    outcomes, is_reported = [], False
    for visitor, row in zip(people, batch, strict=True):
        if visitor.label not in locked:
            outcomes.append(_Outcome.STRANGER)
            continue
        leaving = DepartingVisitor(visitor, locked[visitor.label].person, row.at, step.regimes_for(row.destination))
        left = mark_left(work, leaving)
        is_reported = report_left(work, step.till, step.secrets, leaving, now) or is_reported
        if left:
            journal_left(work, now, step.till, person, "gate", row.at, left)
        outcomes.append(_Outcome.LEFT if left else _Outcome.NOTHING)
    return outcomes, is_reported


def _batches(items: Sequence[_Item], size: int) -> Iterator[Sequence[_Item]]:
    for start in range(0, len(items), size):
        yield items[start : start + size]
