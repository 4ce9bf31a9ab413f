"""Log every visitor lookup in the audit journal."""

from __future__ import annotations

from datetime import datetime

from pos.application.access.authorize import authorize
from pos.application.ports.store import Store
from pos.application.visitors.lock_visitors import lock_visitors
from pos.domain.staff.staff import Person
from pos.domain.visitors.visitor import Visitor

LOOK_UP = "look_up"


def log_visitor_lookup(store: Store, at: datetime, till: str, person: Person, right: str, visitor: Visitor) -> None:
    """Log the person and the visitor, by row number; an unknown visitor has none. Raises NotAllowed."""
    with store.begin() as work:
        person = authorize(work, person, right)
        if work.visitors.is_news(visitor):
            lock_visitors(work, (visitor,), at, till, person.name)
        known = work.visitors.known(visitor.keys)
        details = {"visitor": None if known is None else known.locked.visitor, "about": "receipts"}
        work.journal.write(at, till, person.name, LOOK_UP, details)
        work.commit()
