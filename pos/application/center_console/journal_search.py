"""Search the journal of the center, and its flags."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pos.application.center.customs_rates import center_day
from pos.application.center_console.ports import (
    ConsoleContext,
    FlagRow,
    JournalCriteria,
    JournalPlace,
    JournalRow,
)
from pos.application.center_console.refusals import TooManyEntries
from pos.application.center_console.today import begin_of_day
from pos.domain.errors import BadField

ON_A_PAGE = 100
MOST_IN_A_FILE = 50_000
USUAL_DAYS = 7
_LONGEST_TEXT = 100


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both within, by the clock of the border."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class JournalFilter:
    """What a person looks for: days, a shop, an action, and a text in the facts of an entry."""

    days: Days
    shop: str = ""
    action: str = ""
    text: str = ""

    def criteria(self) -> JournalCriteria:
        """The same with instants. Raises BadField."""
        for field, text in (("text", self.text), ("shop", self.shop)):
            if len(text) > _LONGEST_TEXT or not text.isprintable():
                raise BadField(field, "not_a_text")
        begin, end = begin_of_day(self.days.first), begin_of_day(self.days.last + timedelta(days=1))
        return JournalCriteria(begin, end, self.shop.strip(), self.action, self.text.strip())


@dataclass(frozen=True, slots=True)
class JournalPage:
    """Entries, the newest first; there are older ones where there is an `older`."""

    rows: Sequence[JournalRow]
    older: JournalPlace | None


@dataclass(frozen=True, slots=True)
class SearchJournal:
    """Entries of the journal by what is looked for. Raises BadField."""

    context: ConsoleContext

    def __call__(self, asked: JournalFilter, after: JournalPlace | None = None) -> JournalPage:
        with self.context.books.reading() as work:
            rows = work.console.journal(asked.criteria(), ON_A_PAGE + 1, after)
        shown = rows[:ON_A_PAGE]
        return JournalPage(shown, shown[-1].place if len(rows) > ON_A_PAGE else None)

    def whole(self, asked: JournalFilter) -> Sequence[JournalRow]:
        """All of them, for a file. Raises TooManyEntries."""
        with self.context.books.reading() as work:
            rows = work.console.journal(asked.criteria(), MOST_IN_A_FILE + 1, None)
        if len(rows) > MOST_IN_A_FILE:
            raise TooManyEntries(MOST_IN_A_FILE)
        return rows


@dataclass(frozen=True, slots=True)
class SearchFlags:
    """Flags of some days, all or of one kind, the newest first. Raises TooManyEntries."""

    context: ConsoleContext

    def __call__(self, days: Days, kind: str = "") -> Sequence[FlagRow]:
        begin, end = begin_of_day(days.first), begin_of_day(days.last + timedelta(days=1))
        with self.context.books.reading() as work:
            rows = work.console.flags(begin, end, kind, MOST_IN_A_FILE + 1)
        if len(rows) > MOST_IN_A_FILE:
            raise TooManyEntries(MOST_IN_A_FILE)
        return rows


def usual_days(context: ConsoleContext) -> Days:
    """The last seven."""
    today = center_day(context.center.now())
    return Days(today - timedelta(days=USUAL_DAYS - 1), today)
