"""The day report: the same figures for screen, file and command line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from pos.application.access.authorize import authorized_read
from pos.application.ports.maintenance_ports import ExternalAnchor, IsSigned
from pos.application.reports.report_period import before, report_period
from pos.application.settings.context import UseCase
from pos.domain.reports.day_report import DayReport
from pos.domain.staff.staff import Person, UnknownPerson


class ReportDay(UseCase):
    """The day report of one till or all, of one person or all."""

    def today(self) -> date:
        """The current business day in the shop's time zone."""
        return self.now().astimezone(self.settings().zone).date()

    def __call__(
        self,
        person: Person,
        day: date | None = None,
        till: str | None = None,
        last: date | None = None,
        by: str | None = None,
    ) -> DayReport:
        """The figures of `day` (default today) or of all days from `day` to `last`, of the sales of person `by`.

        Includes the same weekdays of the earlier period. Raises NotAllowed, DaysBackwards, UnknownPerson.
        """
        days = report_period(self.now(), self.settings(), day, last, till, by)
        with authorized_read(self.store, person, "reports") as work:
            if by is not None and work.people.by_name(by) is None:
                raise UnknownPerson(by)
            return work.reports.day(days, before(days, self.now()))


@dataclass(frozen=True, slots=True)
class VerifyBooks(UseCase):
    """Recompute every ledger from the facts, walk the chains, and check the seals."""

    is_signed: IsSigned

    def __call__(self, outside: Sequence[ExternalAnchor] = ()) -> list[str]:
        """One line a mismatch, seals kept `outside` included; empty when all is well."""
        with self.store.reading() as work:
            return [*work.reports.mismatches_in_two(), *work.seals.mismatches(self.is_signed, outside)]
