"""That a visitor was looked up by a paper stands in the journal, whatever was asked about him."""

from __future__ import annotations

from datetime import datetime

from pos.application.at_work import at_work
from pos.application.ports import Store
from pos.domain.staff import Person

LOOK_UP = "look_up"


def journal_look_up(store: Store, at: datetime, till: str, person: Person, right: str, key: str) -> None:
    """Who looked up whom, by the number of his row; a stranger has none. Raises NotAllowed."""
    with store.begin() as work:
        person = at_work(work, person, right)
        known = work.visitors.known(key)
        details = {"visitor": None if known is None else known.locked.visitor, "about": "receipts"}
        work.journal.write(at, till, person.name, LOOK_UP, details)
        work.commit()
