"""Record the days on which a visitor entered: frequent visitors have other limits."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from pos.application.access.authorize import authorized_write
from pos.application.membership.outbox import report_entries
from pos.application.ports.store import Secrets, UnitOfWork
from pos.application.ports.visitor_ports import KnownVisitor
from pos.application.quota.evaluate_quota import HISTORY
from pos.application.settings.context import UseCase
from pos.application.visitors.identify_visitor import Shown, visitor_shown
from pos.application.visitors.known_entries import days_unsaid
from pos.application.visitors.lock_visitors import lock_visitors
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person


@dataclass(frozen=True, slots=True)
class EntryDatesAnswer:
    """A recorded answer: the visitor (`key`, and the row in the store), and the person who recorded it.

    `entries` are the days known afterwards, `added` the new ones among them, `asked_before` the previous day on which
    the visitor was asked.
    """

    key: str
    row: int
    by: str
    entries: tuple[date, ...]
    added: tuple[date, ...]
    asked_before: date | None

    @classmethod
    def of(
        cls, key: str, days: Collection[date], before: KnownVisitor | None, known: KnownVisitor, by: str
    ) -> EntryDatesAnswer:
        """The answer, from the data `before` it and the data `known` since."""
        had = () if before is None else before.entries
        added = tuple(sorted(set(days).difference(had)))
        asked = None if before is None else before.asked_on
        return cls(key, known.locked.visitor, by, known.entries, added, asked)


def withdraw_entry_dates(
    work: UnitOfWork, answer: EntryDatesAnswer, at: datetime, till: str, secrets: Secrets, regime: str
) -> None:
    """Undo an answer: remove its days and the record that the visitor was asked. The journal keeps both.

    The center is asked by any `regime` that it knows.
    """
    known = work.visitors.known(answer.key)
    identities = () if known is None else work.membership.identities(known.locked.person)
    report_entries(work, till, secrets, identities, answer.added, regime, at, taken_back=True)
    work.visitors.withdraw_entry_dates(answer.row, answer.added, answer.asked_before)
    details = {"visitor": answer.row, "days": len(answer.added)}
    work.journal.write(at, till, answer.by, "take_back_entries", details)


class RecordEntryDates(UseCase):
    """Record a visitor's days of entry, and that they were asked today; creates the row of a new visitor."""

    def __call__(self, shown: Shown, days: Sequence[date], person: Person) -> KnownVisitor:
        """Record the days (none: asked, and no entries); return the visitor's data afterwards.

        Known days stay: the journal records how many of the asked days the visitor did not name.

        Raises BadField for a day that has not begun anywhere, or one older than any window of a rule.
        """
        person.check("sell")
        at = self.now()
        zone = self.settings().zone
        # In the shop's evening it may already be tomorrow at the visitor's place of entry.
        latest = max(at.astimezone(each).date() for each in (zone, *(r.zone for r in self.regimes().values())))
        for index, day in enumerate(days):
            _check(day, latest, HISTORY, f"entries[{index}]")
        visitor = visitor_shown(shown, self.secrets)
        with authorized_write(self.store, person, "sell") as (work, person):
            locked = lock_visitors(work, (visitor,), at, self.till, person.name)[visitor.label]
            unsaid = days_unsaid(days, work.visitors.entries(visitor.keys), latest)
            work.visitors.record_entry_dates(locked.visitor, days, at.astimezone(zone).date())
            details = {"visitor": locked.visitor, "days": len(set(days))} | ({"unsaid": unsaid} if unsaid else {})
            work.journal.write(at, self.till, person.name, "entries", details)
            identities = visitor.identities or tuple(work.membership.identities(locked.person))
            if identities:
                regime = next(iter(sorted(self.regimes())), "")
                report_entries(work, self.till, self.secrets, identities, days, regime, at)
            known = work.visitors.known(visitor.keys)
            assert known is not None, "its row is locked"
            work.commit()
        return known


def _check(day: date, latest: date, longest: timedelta, field: str) -> None:
    if day > latest:
        raise BadField(field, "in_the_future", day.isoformat())
    if latest - day > longest:
        raise BadField(field, "out_of_range", day.isoformat())
