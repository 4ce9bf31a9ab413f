"""Report files: the day and the accountant's month, each in four formats; the journal logs each export."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pos.application.access.journal_export import JournalExport
from pos.application.reports.day_json import day_json
from pos.application.reports.drill_down import SlowProducts
from pos.application.reports.month_json import month_json
from pos.application.reports.read_reports import ReportDay
from pos.application.reports.report_document import DayDocument, MonthDocument, ReportReader
from pos.application.reports.report_month import ReportMonth
from pos.application.settings.context import Context, UseCase
from pos.application.tables.table_files import WriteWhole
from pos.application.text.translator import Translator
from pos.domain.errors import BadInput
from pos.domain.period import month_of
from pos.domain.staff.staff import Person

JSON = "json"
_REPORTS = "reports"
_SLOW = 20


KeepFile = Callable[[Path, str, bytes], str]
"""Writes a new file into an existing folder without overwriting; returns the name used.

Raises InfrastructureError.
"""


@dataclass(eq=False)
class NoSuchFormat(BadInput):
    """Reports have no such format."""

    fact = "no_such_format"

    format: str
    known: str


@dataclass(frozen=True, slots=True)
class Makers:
    """Writers of day and month files by format; JSON is made here. `keep` adds a new file, `whole` replaces one."""

    day: Mapping[str, Callable[[DayDocument], bytes]]
    month: Mapping[str, Callable[[MonthDocument], bytes]]
    keep: KeepFile
    whole: WriteWhole


@dataclass(frozen=True, slots=True)
class ReportFiles(UseCase):
    """Makes the bytes of report files and logs who requested them.

    JSON requests are not logged: a program may poll it every minute.
    """

    report_day: ReportDay
    report_month: ReportMonth
    slow_products: SlowProducts
    makers: Makers
    journal_export: JournalExport

    @classmethod
    def over(cls, context: Context, makers: Makers) -> ReportFiles:
        """The report files of a till."""
        return cls(
            context,
            ReportDay(context),
            ReportMonth(context),
            SlowProducts(context),
            makers,
            JournalExport(context.store, context.now, context.till),
        )

    def day(
        self,
        person: Person,
        form: str,
        tr: Translator,
        day: date | None = None,
        till: str | None = None,
        last: date | None = None,
        by: str | None = None,
    ) -> bytes:
        """The day report in the reader's language. Raises as `day_document` and `made` do."""
        return self.made(form, self.day_document(person, form, tr, day, till, last, by))

    def month(self, person: Person, form: str, tr: Translator, day: date) -> bytes:
        """The month that contains `day`. Raises as `month_document` and `made` do."""
        return self.made(form, self.month_document(person, form, tr, day))

    def day_document(
        self,
        person: Person,
        form: str,
        tr: Translator,
        day: date | None = None,
        till: str | None = None,
        last: date | None = None,
        by: str | None = None,
    ) -> DayDocument:
        """The data of the file, for a window that makes the file outside the store; logs the request.

        Raises NoSuchFormat and what ReportDay raises.
        """
        _check(form, self.makers.day)
        report = self.report_day(person, day, till, last, by)
        if form == JSON:
            return DayDocument(report, (), self.reader(tr))
        first, until = report.first.isoformat(), None if last is None and by is None else report.last.isoformat()
        self.journal_export(
            person, _REPORTS, "day", format=form, day=first, of_till=till, last=until, of_person=by
        )  # fmt: skip
        slow = self.slow_products(person, report.first, report.last, limit=_SLOW).goods
        return DayDocument(report, slow, self.reader(tr))

    def month_document(self, person: Person, form: str, tr: Translator, day: date) -> MonthDocument:
        """As `day_document`. Raises NoSuchFormat, what ReportMonth raises."""
        _check(form, self.makers.month)
        report = self.report_month(person, day)
        if form != JSON:
            self.journal_export(person, _REPORTS, "month", format=form, day=month_of(day).first.isoformat())
        return MonthDocument(report, self.reader(tr))

    def made(self, form: str, document: DayDocument | MonthDocument) -> bytes:
        """The bytes of a file; permission was checked before. Raises NoSuchFormat, InfrastructureError."""
        if isinstance(document, DayDocument):
            _check(form, self.makers.day)
            return day_json(document.report) if form == JSON else self.makers.day[form](document)
        _check(form, self.makers.month)
        return month_json(document.report) if form == JSON else self.makers.month[form](document)

    def save(self, path: Path, form: str, document: DayDocument | MonthDocument) -> None:
        """Write the file atomically. Raises as `made` does, and InfrastructureError when the disk refuses."""
        content = self.made(form, document)
        with self.makers.whole(path) as stream:
            stream.write(content)

    def reader(self, tr: Translator) -> ReportReader:
        """The reader for a language, with current names and settings."""
        with self.store.reading() as work:
            names = work.people.names()
        return ReportReader(tr, names, self.settings())


def _check(form: str, makers: Mapping[str, object]) -> None:
    known = {JSON, *makers}
    if form not in known:
        raise NoSuchFormat(form[:20], ", ".join(sorted(known)))
