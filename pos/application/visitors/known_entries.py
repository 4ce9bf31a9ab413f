"""Days of entry in the books: they bind the next sale, even if a file or a cashier omits them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta

from pos.application.ports.store import UnitOfWork
from pos.domain.quota.rule import Regime
from pos.domain.visitors.visitor import Visitor, knowing_entries

ASKED_DAYS = 15
"""The number of days about which a visitor is asked, including today: the longest window in which a regime counts
entries.
"""


def as_known(work: UnitOfWork, visitors: Sequence[Visitor], regime: Regime) -> tuple[Visitor, ...]:
    """The visitors with the entries of the books, if a rule counts entries; in a sale only after they are locked."""
    if all(rule.who.crossings_above is None for rule in regime.rules):
        return tuple(visitors)
    return tuple(knowing_entries(visitor, work.visitors.entries(visitor.keys)) for visitor in visitors)


def days_unsaid(given: Collection[date], known: Iterable[date], today: date) -> int:
    """How many days of the asked period the books know and the visitor did not name."""
    return sum(1 for day in set(known).difference(given) if timedelta() <= today - day < timedelta(days=ASKED_DAYS))
