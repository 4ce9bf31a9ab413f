"""Runs an import, its dry run or an undo in slices, so that a scan never waits for more than one slice."""

from __future__ import annotations

import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import Enum
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.catalogue_files import ReadAs
from pos.application.catalogue.import_catalogue import ImportResult, ImportUnderWay, ReviewedChanges, RowChange
from pos.application.catalogue.incomplete_rows import IncompleteRow
from pos.application.catalogue.undo_import import UndoResult, UndoUnderWay
from pos.application.ports.catalogue_ports import ImportRun, RememberedColumns
from pos.domain.staff.staff import Person
from pos.ui.session.session import Session

FIRST_SLICE = 50
LONGEST_SLICE = 500
"""Rows per slice: more are hardly faster and occupy the store longer."""

SLICE_SECONDS = 0.02
MOST_SHOWN = 1_000
"""Changes and rejects that are listed; all of them are counted, and all rejects are in the file."""

REJECTS = "import-rejects.csv"
"""File in the shop's folder with the rejected rows of the last trial or import."""


class Doing(Enum):
    """The running operation."""

    NOTHING = "nothing"
    TRYING = "trying"
    IMPORTING = "importing"
    UNDOING = "undoing"


@dataclass
class ImportProgress:
    """Progress of a dry run or an import; `seconds` is its duration.

    `incomplete` are the goods that lack something afterwards: those of the dry run, also during the import after it.
    """

    changes: list[RowChange] = field(default_factory=list)
    rejects: list[Reject] = field(default_factory=list)
    incomplete: list[IncompleteRow] = field(default_factory=list)
    incomplete_count: int = 0
    result: ImportResult | None = None
    seconds: float = 0.0
    was_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """A file with all its reading options."""

    path: Path
    how: ReadAs
    said: RememberedColumns | None


class ImportDriver(QObject):
    """Requests slice after slice: the next one is queued when the previous one has ended, behind everything that waits.

    `moved`: another slice is done. `ended`: the operation is complete or was cancelled. `failed`: it had to stop; rows
    imported so far stay.
    """

    moved = Signal()
    ended = Signal()
    failed = Signal(object)

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._session = session
        self._open: ExitStack | None = None
        self._rows = FIRST_SLICE
        self._began = 0.0
        self._is_cancelled = False
        self._reviewed = ReviewedChanges()
        self.doing = Doing.NOTHING
        self.progress = ImportProgress()
        self.undone: UndoResult | None = None
        self.done = 0
        """Rows, or products and fields, processed so far."""

    @property
    def rate(self) -> float:
        """Rows per second so far."""
        seconds = time.monotonic() - self._began
        return self.done / seconds if seconds > 0 else 0.0

    @property
    def rejects_file(self) -> Path:
        """File with all rejected rows of the last dry run or import."""
        return self._session.shop.folder / REJECTS

    def start(self, plan: ImportPlan, person: Person, *, is_trial: bool) -> None:
        """Start a dry run or an import."""
        shop, progress, stack = self._session.shop, ImportProgress(), ExitStack()
        if not is_trial:
            progress.incomplete, progress.incomplete_count = self.progress.incomplete, self.progress.incomplete_count
        else:
            self._reviewed = ReviewedChanges()
        self._begin(Doing.TRYING if is_trial else Doing.IMPORTING)
        self.progress, self._open, self.undone, reviewed = progress, stack, None, self._reviewed

        def note(change: RowChange) -> None:
            if len(progress.changes) < MOST_SHOWN:
                progress.changes.append(change)

        def lacks(one: IncompleteRow) -> None:
            if len(progress.incomplete) < MOST_SHOWN:
                progress.incomplete.append(one)

        def opened() -> ImportUnderWay:
            table = stack.enter_context(shop.catalogue_files.reading(plan.path, plan.how))
            write = stack.enter_context(shop.catalogue_files.rejects_file(self.rejects_file))

            def take(reject: Reject) -> None:
                write(reject)
                if len(progress.rejects) < MOST_SHOWN:
                    progress.rejects.append(reject)

            return shop.import_catalogue.begin(
                table,
                person,
                take,
                dry_run=is_trial,
                changes=note,
                said=plan.said,
                incomplete=lacks if is_trial else None,
                reviewed=reviewed,
            )

        self._session.run(opened, self._slice, self._fail)

    def undo(self, person: Person, seen: ImportRun) -> None:
        """Undo the last import, as long as it is the one that was `seen`."""
        self._begin(Doing.UNDOING)
        self.undone = None
        step = self._session.shop.undo_import

        def slice_(under_way: UndoUnderWay) -> None:
            def taken(answer: tuple[bool, UndoResult]) -> None:
                is_last, self.undone = answer
                self.done = self.undone.removed + self.undone.restored + self.undone.kept
                if is_last:
                    self._finish()
                else:
                    self.moved.emit()
                    slice_(under_way)

            self._session.run(lambda: (under_way.step(), under_way.result()), taken, self._fail)

        self._session.run(lambda: step.begin(person, seen), slice_, self._fail)

    def cancel(self) -> None:
        """Stop after the current slice: its changes are complete, and the journal records how far the import went."""
        self._is_cancelled = self.doing in (Doing.TRYING, Doing.IMPORTING)

    def forget(self) -> None:
        """Drop the result of what has ended."""
        self.progress = ImportProgress()

    def _begin(self, doing: Doing) -> None:
        self.doing, self.done, self._rows, self._is_cancelled = doing, 0, FIRST_SLICE, False
        self._began = time.monotonic()

    def _slice(self, run: ImportUnderWay) -> None:
        if self._is_cancelled:
            self.progress.was_cancelled = True
            self._end(run)
            return
        rows = self._rows

        def call() -> tuple[bool, float]:
            began = time.monotonic()
            return run.step(rows), time.monotonic() - began

        def taken(answer: tuple[bool, float]) -> None:
            is_more, seconds = answer
            fits = int(rows * SLICE_SECONDS / max(seconds, 0.001))
            self._rows = max(20, min(fits, rows * 2, LONGEST_SLICE))
            self.done = run.rows
            if not is_more:
                self._end(run)
                return
            self.moved.emit()
            self._slice(run)

        def broken(error: Exception) -> None:
            self._session.run(run.end, lambda _none: self._fail(error), lambda _other: self._fail(error))

        self._session.run(call, taken, broken)

    def _end(self, run: ImportUnderWay) -> None:
        def ended(_none: None) -> None:
            self.progress.result = run.result()
            if run.dry_run:
                self.progress.incomplete_count = run.result().incomplete
            self._finish()

        self._session.run(run.end, ended, self._fail)

    def _finish(self) -> None:
        self.progress.seconds = time.monotonic() - self._began
        self._close()
        self.ended.emit()

    def _fail(self, error: Exception) -> None:
        self._close()
        self.failed.emit(error)

    def _close(self) -> None:
        self.doing = Doing.NOTHING
        if self._open is not None:
            stack, self._open = self._open, None
            self._session.run(stack.close, lambda _none: None, lambda _error: None)
