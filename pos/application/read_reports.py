"""What happened on a business day: the same figures for a screen, a file and the command line."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from pos.application.asked_days import asked_days, before
from pos.application.at_work import reading_as
from pos.application.day_answer import day_json
from pos.application.journal_export import JournalExport
from pos.application.ports import Clock, Store
from pos.application.settings import Settings
from pos.domain.day_report import DayReport
from pos.domain.errors import BadInput
from pos.domain.staff import Person, UnknownPerson


@dataclass(eq=False)
class NoSuchFormat(BadInput):
    """Reports are not written in this format."""

    format: str
    known: str


@dataclass(frozen=True, slots=True)
class ReportDay:
    """The day report of one till or of all, of one person or of everybody."""

    store: Store
    now: Clock
    settings: Callable[[], Settings]

    def today(self) -> date:
        """The business day that runs now, in the shop's zone."""
        return self.now().astimezone(self.settings().zone).date()

    def __call__(
        self,
        person: Person,
        day: date | None = None,
        till: str | None = None,
        last: date | None = None,
        by: str | None = None,
    ) -> DayReport:
        """The figures of `day` (today), or of all days from `day` to `last`, of what the person `by` sold.

        Beside them stand the same weekdays of before. Raises NotAllowed, DaysBackwards, UnknownPerson.
        """
        days = asked_days(self.now(), self.settings(), day, last, till, by)
        with reading_as(self.store, person, "reports") as work:
            if by is not None and work.people.by_name(by) is None:
                raise UnknownPerson(by)
            return work.reports.day(days, before(days, self.now()))


Maker = Callable[[DayReport], bytes]
"""Makes a file of a day report."""


@dataclass(frozen=True, slots=True)
class ExportDay:
    """The day report as a file; `makers` by the name of the format, beside JSON."""

    report_day: ReportDay
    makers: Mapping[str, Maker]
    journal_export: JournalExport

    def __call__(
        self,
        person: Person,
        form: str,
        day: date | None = None,
        till: str | None = None,
        last: date | None = None,
        by: str | None = None,
    ) -> bytes:
        """The bytes of the file of what ReportDay answers, which the journal names.

        Raises NoSuchFormat, what ReportDay raises, Trouble.
        """
        makers = {"json": day_json, **self.makers}
        if form not in makers:
            raise NoSuchFormat(form[:20], ", ".join(sorted(makers)))
        if form != "json":  # which a program reads, perhaps each minute
            on = (day or self.report_day.today()).isoformat()
            more = {} if last is None and by is None else {"last": last and last.isoformat(), "of_person": by}
            self.journal_export(person, "reports", "day", format=form, day=on, of_till=till, **more)
        return makers[form](self.report_day(person, day, till, last, by))


@dataclass(frozen=True, slots=True)
class VerifyBooks:
    """Recompute every ledger from the facts and walk the chains."""

    store: Store

    def __call__(self) -> list[str]:
        """One line a mismatch; none when all is well."""
        with self.store.reading() as work:
            return list(work.reports.mismatches())
