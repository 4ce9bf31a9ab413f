"""What is given out as a file stands in the journal before it is written: whoever has it, is known."""

from __future__ import annotations

from dataclasses import dataclass

from pos.application.access.authorize import authorize
from pos.application.ports.store import Clock, Store
from pos.domain.number_masking import without_numbers
from pos.domain.staff.staff import Person

EXPORT = "export"
"""The act of giving something out as a file."""


@dataclass(frozen=True, slots=True)
class JournalExport:
    """Writes down who gave out what; `what` is one of EXPORTS in `journal_sentences`."""

    store: Store
    now: Clock
    till: str

    def __call__(self, person: Person, right: str, what: str, **facts: object) -> Person:
        """The person with the role of now, who may do it; facts without a value are left out. Raises NotAllowed."""
        told = {name: _told(value) for name, value in facts.items() if value not in (None, "", [])}
        with self.store.begin() as work:
            person = authorize(work, person, right)
            work.journal.write(self.now(), self.till, person.name, EXPORT, {"what": what, **told})
            work.commit()
        return person


def _told(value: object) -> object:
    """A fact as it is written: whoever seeks a visitor by the number of his paper has not put it on record."""
    return without_numbers(value) if isinstance(value, str) else value
