"""Save a list as a file: the permission to see it is the permission to export it, and the journal logs the export."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from pos.application.access.journal_export import JournalExport
from pos.application.settings.context import UseCase
from pos.application.tables.listing import Listing, ListReader
from pos.application.tables.table import Cell, Table, TableFiles
from pos.application.tables.table_files import CSV, kind_of_file
from pos.application.text.translator import Translator
from pos.domain.staff.staff import Person

_NOT_IN_NAMES = frozenset('<>:"/\\|?*')
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class SaveTables(UseCase):
    """Saves in three steps for a window (`begin` and the rows on the store's thread, `write` outside), in one for a
    command.
    """

    files: TableFiles

    def begin(self, listing: Listing, person: Person, path: Path, tr: Translator) -> Sequence[Table]:
        """Log the export and return its tables, whose rows are read on iteration.

        Raises UnknownFileKind, NotAllowed, and the errors of reading.
        """
        kind = kind_of_file(path)
        export = JournalExport(self.store, self.now, self.till)
        person = export(person, listing.right, listing.key, form=kind.removeprefix("."), **listing.criteria)
        with self.store.reading() as work:
            names = work.people.names()
        tables = listing.make(ListReader(person, tr, self.settings(), self.now(), names))
        return tables[:1] if kind == CSV else tables

    def write(self, tables: Sequence[Table], path: Path, tr: Translator) -> int:
        """Write the tables atomically; returns the number of rows. Raises as TableFiles.save does."""
        counted = [0]

        def counting(table: Table) -> Table:
            def rows() -> Iterator[Sequence[Cell]]:
                for row in table.rows:
                    counted[0] += 1
                    yield row

            return replace(table, rows=rows())

        self.files.save([counting(table) for table in tables], path, tr)
        return counted[0]

    def __call__(self, listing: Listing, person: Person, path: Path, tr: Translator) -> int:
        """The whole export; returns the number of rows. Raises as `begin` and `write` do."""
        return self.write(self.begin(listing, person, path, tr), path, tr)


def proposed_name(title: str, shop: str, at: datetime) -> str:
    """A file name without suffix that every system accepts: shop, title, and the day `at`."""
    return safe_name(shop, title, at.date().isoformat())


def safe_name(*parts: str) -> str:
    """A file name of several parts that every system accepts; empty parts are left out."""
    return " - ".join(part for part in map(_safe, parts) if part)


def _safe(text: str) -> str:
    kept = "".join(" " if char in _NOT_IN_NAMES or not char.isprintable() else char for char in text)
    return " ".join(kept.split())[:_LONGEST_NAME].strip(". ")
