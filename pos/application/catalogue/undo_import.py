"""Undo the last import: delete goods not used since, restore fields that still hold the imported value."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pos.application.access.authorize import authorize, authorized_read
from pos.application.ports.catalogue_ports import ImportRun, NotUndone, UndoneBatch
from pos.application.ports.store import UnitOfWork
from pos.application.settings.context import UseCase
from pos.domain.errors import MovedMeanwhile, Refused
from pos.domain.staff.staff import Person

BATCH = 100
"""Products per transaction: tills sell during an undo too."""

MOST_NAMED = 1_000
"""How many of the kept products are listed; all of them are counted."""


@dataclass(eq=False)
class NothingImported(Refused):
    """There is no import to undo."""

    fact = "nothing_imported"


@dataclass(frozen=True, slots=True)
class UndoResult:
    """Result of an undo: products deleted, fields restored, and what was kept (the first ones listed in `left`).

    `products` are those whose fields were restored.
    """

    run: ImportRun
    removed: int
    restored: int
    kept: int
    left: Sequence[NotUndone]
    products: int


class UndoImport(UseCase):
    """Undoes the newest import that is not undone, in whole batches. An interrupted undo can be restarted."""

    def __call__(self, person: Person, progress: Callable[[int], None] | None = None) -> UndoResult:
        """Undo it at once; see `begin`."""
        undo = self.begin(person)
        while not undo.step():
            if progress is not None:
                progress(undo.removed + undo.restored + undo.kept)
        return undo.result()

    def begin(self, person: Person, seen: ImportRun | None = None) -> UndoUnderWay:
        """Start an undo that the caller advances batch by batch. Raises NothingImported, NotAllowed, and MovedMeanwhile
        where the import that the person has `seen` is not the newest any more.

        Needs the permission `catalogue`, and `price` where prices were changed.
        """
        with authorized_read(self.store, person, "catalogue") as work:
            run = work.imports.last()
            if run is None:
                raise NothingImported
            if seen is not None and seen.id != run.id:
                raise MovedMeanwhile
            if run.counts.get("repriced"):
                authorize(work, person, "price")
        return UndoUnderWay(self, run, person)

    def recent(self, person: Person, limit: int = 20) -> Sequence[ImportRun]:
        """The newest imports. Needs the permission `catalogue`."""
        with authorized_read(self.store, person, "catalogue") as work:
            return work.imports.recent(limit)


@dataclass(slots=True)
class UndoUnderWay:
    """An undo in progress: fields are restored first, then products deleted."""

    _undo: UndoImport
    run: ImportRun
    person: Person
    removed: int = 0
    restored: int = 0
    products: int = 0
    kept: int = 0
    left: list[NotUndone] = field(default_factory=list)
    _after: int = 0
    _fields_are_back: bool = False
    is_done: bool = False

    def step(self) -> bool:
        """Undo one batch in a transaction of its own; returns whether it was the last."""
        if self.is_done:
            return True
        at = self._undo.now()
        with self._undo.store.begin() as work:
            person = authorize(work, self.person, "catalogue")
            if self.run.counts.get("repriced"):
                person.check("price")
            if self._fields_are_back:
                batch = work.imports.take_out(self.run.id, self._after, BATCH)
            else:
                batch = work.imports.put_back(self.run.id, self._after, BATCH, at, person.name)
            is_last = batch.next is None and self._fields_are_back
            if is_last:
                self._sign_off(work, batch, person)
            work.commit()
        self._count(batch)
        self._after = batch.next or 0
        self._fields_are_back |= batch.next is None
        self.is_done = is_last
        return is_last

    def result(self) -> UndoResult:
        return UndoResult(self.run, self.removed, self.restored, self.kept, tuple(self.left), self.products)

    def _count(self, batch: UndoneBatch) -> None:
        self.removed += batch.removed
        self.restored += batch.restored
        self.products += batch.products
        self.kept += len(batch.left)
        self.left.extend(batch.left[: MOST_NAMED - len(self.left)])

    def _sign_off(self, work: UnitOfWork, last: UndoneBatch, person: Person) -> None:
        at = self._undo.now()
        work.imports.mark_undone(self.run.id, at, person.name)
        details = {
            "import": self.run.id,
            "file": self.run.file,
            "removed": self.removed + last.removed,
            "restored": self.restored + last.restored,
            "left": self.kept + len(last.left),
        }
        work.journal.write(at, self._undo.till, person.name, "undo_import", details)
