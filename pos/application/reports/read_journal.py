"""Read the journal: filter by kind, person, till, time and words; export it; verify its chains."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.access.journal_export import JournalExport
from pos.application.ports.journal_ports import ChainWalk, JournalCursor, JournalEntry, JournalFilter, JournalPage
from pos.application.ports.store import UnitOfWork
from pos.application.reports.journal_fields import codes_in
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.reports.journal_kinds import events_of_kind
from pos.application.settings.context import UseCase
from pos.application.text.iso_dates import iso_day, iso_instant
from pos.application.text.searchable_text import sayable
from pos.application.text.translator import Translator
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person

RIGHT = "reports"
_PAGE = 100
_WALKED = 2_000
"""Entries of the chains verified between two scans."""
_READ = 1_000
_LONGEST = 200
_MOST_GOODS = 500

Write = Callable[[Path, Iterable[JournalEntry], JournalFormatter], int]
"""Writes entries to a file and returns how many."""


@dataclass(frozen=True, slots=True)
class ReadJournal(UseCase):
    """Reads the journal. Needs the permission `reports`."""

    write: Write

    def __call__(
        self, query: JournalFilter, person: Person, limit: int = _PAGE, before: JournalCursor | None = None
    ) -> JournalPage:
        """A page of matching entries, newest first. Raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            page = work.journal.find(query, limit, before)
            return replace(page, goods=self._goods(work, page.entries))

    def newest(self, query: JournalFilter, person: Person, limit: int) -> Iterator[JournalEntry]:
        """Up to `limit` newest entries, read in as many pages as needed. Raises NotAllowed."""
        before: JournalCursor | None = None
        while limit > 0:
            page = self(query, person, min(limit, _READ), before)
            yield from page.entries
            limit, before = limit - len(page.entries), page.next
            if before is None:
                return

    def tills(self, person: Person) -> Sequence[str]:
        """The tills that have entries. Raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.journal.tills()

    def walk(self, walk: ChainWalk, person: Person) -> ChainWalk:
        """Verify a part of the chains, from an empty ChainWalk until `is_done`. Raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.journal.walk_on(walk, _WALKED)

    def is_whole(self, entry: JournalEntry, person: Person) -> bool:
        """Whether an entry is unaltered and follows the one before it. Raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.journal.holds(entry.till, entry.number)

    def export(self, query: JournalFilter, person: Person, file: Path, tr: Translator) -> int:
        """Write matching entries to a CSV file, after logging the export. Returns the number of rows. Raises
        NotAllowed, InfrastructureError.
        """
        formatter = self.formatter(tr, person)
        JournalExport(self.store, self.now, self.till)(person, RIGHT, "journal", **formatted_entry(query))
        return self.write(file, self._all(query, person), formatter)

    def formatter(self, tr: Translator, person: Person, entries: Sequence[JournalEntry] = ()) -> JournalFormatter:
        """The formatter for a language, with the names of goods in `entries`. Raises NotAllowed."""
        settings = self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            names = work.people.names()
            goods = self._goods(work, entries)
        return JournalFormatter(tr, settings.zone, settings.price, names, goods)

    def _goods(self, work: UnitOfWork, entries: Sequence[JournalEntry]) -> dict[str, dict[str, str]]:
        """Product names by the codes in the entries, up to a limit."""
        at, named = self.now(), {}
        for code in islice(dict.fromkeys(code for one in entries for code in codes_in(one.details)), _MOST_GOODS):
            product = work.products.by_code(code, at)
            if product is not None:
                named[code] = {**product.names, "": product.name}
        return named

    def _all(self, query: JournalFilter, person: Person) -> Iterator[JournalEntry]:
        before: JournalCursor | None = None
        while True:
            page = self(query, person, _READ, before)
            yield from page.entries
            if page.next is None:
                return
            before = page.next


def journal_filter(
    zone: tzinfo, *, since: str = "", until: str = "", kind: str = "", person: str = "", till: str = "", text: str = ""
) -> JournalFilter:
    """A filter from texts: days of the shop (2026-11-24, the last one inclusive) or instants. Raises BadField."""
    first, last = read_from(since, "from", zone), read_from(until, "to", zone, is_end=True)
    if first is not None and last is not None and last <= first:
        raise BadField("to", "before_from", until[:40])
    return JournalFilter(
        events_of_kind(kind.strip()), sayable(person)[:60], sayable(till)[:8], first, last, sayable(text)[:_LONGEST]
    )


def read_from(text: str, field: str, zone: tzinfo, *, is_end: bool = False) -> datetime | None:
    """An instant, or the start of a day of the shop (`is_end`: of the next day); None for no text. Raises BadField."""
    given = text.strip()
    if not given:
        return None
    try:
        if len(given) == 10:  # a day as ISO 8601 writes it
            day = iso_day(given) + timedelta(days=is_end)
            return datetime.combine(day, time(0), zone)
        instant = iso_instant(given)
    except ValueError:
        raise BadField(field, "not_a_date", given[:40]) from None
    if instant.tzinfo is None:
        instant = instant.replace(tzinfo=zone)
    return instant


def formatted_entry(query: JournalFilter) -> dict[str, object]:
    """The filter as journal details."""
    return {
        "acts": list(query.events),
        "of": query.person,
        "of_till": query.till,
        "since": None if query.since is None else query.since.isoformat(),
        "until": None if query.until is None else query.until.isoformat(),
        "text": query.text,
    }
