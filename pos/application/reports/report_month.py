"""The accountant's month: its Zs, their sum, and what is still open."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pos.application.access.authorize import authorized_read
from pos.application.reports.report_period import report_period
from pos.application.settings.context import UseCase
from pos.application.text.iso_dates import iso_day
from pos.domain.errors import BadField, Refused
from pos.domain.period import month_of
from pos.domain.reports.month_report import MonthReport
from pos.domain.staff.staff import Person


@dataclass(eq=False)
class MonthToCome(Refused):
    """The month has not begun; `today` is the current business day."""

    fact = "month_to_come"

    month: date
    today: date


def read_month(text: str) -> date:
    """The first day of a month such as 2026-10. Raises BadField naming `month`."""
    try:
        return iso_day(f"{text.strip()}-01")
    except ValueError:
        raise BadField("month", "not_a_date", text[:20]) from None


class ReportMonth(UseCase):
    """The Zs closed in a month, in the shop's time zone, at all tills."""

    def __call__(self, person: Person, day: date) -> MonthReport:
        """The month that contains `day`. Raises NotAllowed, MonthToCome."""
        now, settings = self.now(), self.settings()
        month, today = month_of(day), now.astimezone(settings.zone).date()
        if month.first > today:
            raise MonthToCome(month.first, today)
        days = report_period(now, settings, month.first, month.last)
        with authorized_read(self.store, person, "reports") as work:
            return work.reports.month(days, now)
