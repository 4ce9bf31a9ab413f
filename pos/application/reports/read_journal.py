"""Read the journal: found by kind, person, till, time and words; given out as a file; its chains walked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta, tzinfo
from itertools import islice
from pathlib import Path

from pos.application.access.authorize import authorized_read
from pos.application.access.journal_export import JournalExport
from pos.application.ports.journal_ports import ChainWalk, JournalCursor, JournalEntry, JournalFilter, JournalPage
from pos.application.ports.store import Clock, Store, UnitOfWork
from pos.application.reports.journal_fields import codes_in
from pos.application.reports.journal_formatter import JournalFormatter
from pos.application.reports.journal_kinds import acts_of_kind
from pos.application.settings.settings import Settings
from pos.application.text.iso_dates import iso_day, iso_instant
from pos.application.text.searchable_text import sayable
from pos.application.text.words import Words
from pos.domain.errors import BadField
from pos.domain.staff.staff import Person

RIGHT = "reports"
_PAGE = 100
_WALKED = 2_000
"""So many entries of the chains are walked between two scans."""
_READ = 1_000
_LONGEST = 200
_MOST_GOODS = 500

Write = Callable[[Path, Iterable[JournalEntry], JournalFormatter], int]
"""Writes entries into a file; how many those were."""


@dataclass(frozen=True, slots=True)
class ReadJournal:
    """The journal for whoever has the right `reports`."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]
    till: str
    write: Write

    def __call__(
        self, wanted: JournalFilter, person: Person, limit: int = _PAGE, before: JournalCursor | None = None
    ) -> JournalPage:
        """A page of what is wanted, newest first; raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            page = work.journal.found(wanted, limit, before)
            return replace(page, goods=self._goods(work, page.entries))

    def newest(self, wanted: JournalFilter, person: Person, limit: int) -> Iterator[JournalEntry]:
        """As many of the newest as are asked for, however many pages they take; raises NotAllowed."""
        before: JournalCursor | None = None
        while limit > 0:
            page = self(wanted, person, min(limit, _READ), before)
            yield from page.entries
            limit, before = limit - len(page.entries), page.next
            if before is None:
                return

    def tills(self, person: Person) -> Sequence[str]:
        """The tills that have written anything; raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.journal.tills()

    def walk(self, walk: ChainWalk, person: Person) -> ChainWalk:
        """A piece of the chains, from an empty ChainWalk on until it `is_done`; raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.journal.walk_on(walk, _WALKED)

    def is_whole(self, entry: JournalEntry, person: Person) -> bool:
        """Whether an entry is as it was written, after the one before it; raises NotAllowed."""
        with authorized_read(self.store, person, RIGHT) as work:
            return work.journal.holds(entry.till, entry.number)

    def export(self, wanted: JournalFilter, person: Person, file: Path, words: Words) -> int:
        """Write what is wanted to a CSV file; the journal says so first. How many rows; raises NotAllowed, Trouble."""
        teller = self.teller(words, person)
        JournalExport(self.store, self.now, self.till)(person, RIGHT, "journal", **formatted_entry(wanted))
        return self.write(file, self._all(wanted, person), teller)

    def teller(self, words: Words, person: Person, entries: Sequence[JournalEntry] = ()) -> JournalFormatter:
        """Words entries in a language, goods of `entries` by their names; raises NotAllowed."""
        settings = self.settings()
        with authorized_read(self.store, person, RIGHT) as work:
            names = {one.name: one.title for one in work.people.all()}
            goods = self._goods(work, entries)
        return JournalFormatter(words, settings.zone, settings.price, names, goods)

    def _goods(self, work: UnitOfWork, entries: Sequence[JournalEntry]) -> dict[str, dict[str, str]]:
        """Names of goods by the codes that entries bear, of so many at most."""
        at, named = self.now(), {}
        for code in islice(dict.fromkeys(code for one in entries for code in codes_in(one.details)), _MOST_GOODS):
            product = work.products.by_code(code, at)
            if product is not None:
                named[code] = {**product.names, "": product.name}
        return named

    def _all(self, wanted: JournalFilter, person: Person) -> Iterator[JournalEntry]:
        before: JournalCursor | None = None
        while True:
            page = self(wanted, person, _READ, before)
            yield from page.entries
            if page.next is None:
                return
            before = page.next


def read_wanted(
    zone: tzinfo, *, since: str = "", until: str = "", kind: str = "", person: str = "", till: str = "", text: str = ""
) -> JournalFilter:
    """What is wanted, from texts: days of the shop (2026-11-24, the last one whole) or instants. Raises BadField."""
    first, last = read_from(since, "from", zone), read_from(until, "to", zone, is_end=True)
    if first is not None and last is not None and last <= first:
        raise BadField("to", "before_from", until[:40])
    return JournalFilter(
        acts_of_kind(kind.strip()), sayable(person)[:60], sayable(till)[:8], first, last, sayable(text)[:_LONGEST]
    )


def read_from(text: str, field: str, zone: tzinfo, *, is_end: bool = False) -> datetime | None:
    """An instant, or the beginning of a day of the shop (`is_end`: of the day after it); None for no text. Raises
    BadField.
    """
    given = text.strip()
    if not given:
        return None
    try:
        if len(given) == 10:  # a day as ISO 8601 writes it
            day = iso_day(given) + timedelta(days=is_end)
            return datetime.combine(day, time(0), zone)
        found = iso_instant(given)
    except ValueError:
        raise BadField(field, "not_a_date", given[:40]) from None
    if found.tzinfo is None:
        found = found.replace(tzinfo=zone)
    return found


def formatted_entry(wanted: JournalFilter) -> dict[str, object]:
    """What the journal says of what was asked of it."""
    return {
        "acts": list(wanted.acts),
        "of": wanted.person,
        "of_till": wanted.till,
        "since": None if wanted.since is None else wanted.since.isoformat(),
        "until": None if wanted.until is None else wanted.until.isoformat(),
        "text": wanted.text,
    }
