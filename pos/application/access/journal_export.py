"""Log every export file in the journal before it is written."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.access.authorize import authorized_write
from pos.application.ports.store import Clock, Store
from pos.domain.number_masking import without_numbers
from pos.domain.staff.staff import Person

EXPORT = "export"
"""The act of exporting a file."""


@dataclass(frozen=True, slots=True)
class JournalExport:
    """Logs who exported a file; `what` is one of EXPORTS in `journal_sentences`."""

    store: Store
    now: Clock
    till: str

    def __call__(self, person: Person, right: str, what: str, **values: object) -> Person:
        """The authorized person with their current role; empty facts are left out. Raises NotAllowed."""
        details = {name: _recorded(value) for name, value in values.items() if value not in (None, "", [])}
        with authorized_write(self.store, person, right) as (work, person):
            work.journal.write(self.now(), self.till, person.name, EXPORT, {"what": what, **details})
            work.commit()
        return person


def _recorded(value: object) -> object:
    """A fact in its journal form: a search by a visitor's document number must not put that number on record."""
    return without_numbers(value) if isinstance(value, str) else value
