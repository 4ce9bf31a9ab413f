"""The day report: the same figures for screen, file and command line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from pos.application.access.authorize import authorized_read
from pos.application.access.numbers_given import last_on_paper
from pos.application.ports.maintenance_ports import ExternalAnchor, IsSigned
from pos.application.ports.store import UnitOfWork
from pos.application.reports.report_period import UnknownTill, before, report_period
from pos.application.settings.context import UseCase
from pos.domain.errors import BadField
from pos.domain.receipt_number import receipt_number
from pos.domain.reports.day_report import DayReport
from pos.domain.shifts.shift_report import z_name
from pos.domain.staff.staff import Person, UnknownPerson


class ReportDay(UseCase):
    """The day report of one till or all, of one person or all."""

    def __call__(
        self,
        person: Person,
        day: date | None = None,
        till: str | None = None,
        last: date | None = None,
        by: str | None = None,
    ) -> DayReport:
        """The figures of `day` (default today) or of all days from `day` to `last`, of the sales of person `by`.

        Includes the same weekdays of the earlier period. Raises NotAllowed, DaysBackwards, UnknownPerson, UnknownTill,
        and BadField for days that are still to come.
        """
        if day is not None and day > self.today:
            raise BadField("date", "in_the_future", day.isoformat())
        days = report_period(self.now(), self.settings(), day, last, till, by)
        with authorized_read(self.store, person, "reports") as work:
            if by is not None and work.people.by_name(by) is None:
                raise UnknownPerson(by)
            if till is not None and till not in {*work.journal.tills(), self.till}:
                raise UnknownTill(till)
            return work.reports.day(days, before(days, self.now()))


@dataclass(frozen=True, slots=True)
class VerifyBooks(UseCase):
    """Recompute every ledger from the facts, walk the chains, and check the seals."""

    is_signed: IsSigned

    def __call__(self, outside: Sequence[ExternalAnchor] = ()) -> list[str]:
        """One line a mismatch, seals kept `outside` included; empty when all is well."""
        with self.store.reading() as work:
            tills = work.journal.tills()
        on_paper = {till: (self.given.receipt(till), self.given.z(till)) for till in tills}
        with self.store.reading() as work:  # after the look at the printouts: a till may sell meanwhile
            return [
                *work.reports.mismatches_in_two(),
                *work.seals.mismatches(self.is_signed, outside),
                *(line for till, numbers in on_paper.items() for line in _unknown_printouts(work, till, *numbers)),
            ]


def _unknown_printouts(work: UnitOfWork, till: str, receipt: int, z: int) -> Iterator[str]:
    """The newest printouts of a till that are newer than the books: someone has put older books in their place."""
    following, next_z = work.register.last_number(till) + 1, work.shifts.next_z(till)
    if last_on_paper(receipt, following) is not None:
        yield f"printouts {till}: receipt {receipt_number(till, receipt)} is there, and the books end before it"
    if last_on_paper(z, next_z) is not None:
        yield f"printouts {till}: Z {z_name(till, z)} is there, and the books end before it"
