"""Drill-down from a report: the receipts of a slice, and goods without a sale."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from pos.application.access.authorize import authorized_read
from pos.application.reports.report_period import report_period
from pos.application.settings.context import UseCase
from pos.domain.reports.report_slice import ReportSlice, SliceCursor, SlicePage
from pos.domain.reports.slow_goods import SlowPage
from pos.domain.staff.staff import Person

_PAGE = 50

REPORTS_RIGHT = "reports"


class DrillDown(UseCase):
    """Lists the receipts of report slices in pages. Needs the permission `reports`."""

    def __call__(
        self,
        person: Person,
        slices: Sequence[ReportSlice],
        day: date | None = None,
        till: str | None = None,
        last: date | None = None,
        by: str | None = None,
        after: SliceCursor | None = None,
        limit: int = _PAGE,
    ) -> SlicePage:
        """The receipts of the days (as in ReportDay) that belong to all slices; `after` is the `next` of a page.

        Raises NoSuchSlice, DaysBackwards, NotAllowed.
        """
        days = report_period(self.now(), self.settings(), day, last, till, by)
        with authorized_read(self.store, person, REPORTS_RIGHT) as work:
            return work.reports.behind(days, slices, after, limit)


class SlowProducts(UseCase):
    """Lists goods on the shop floor without a sale in pages. Needs the permission `reports`."""

    def __call__(
        self, person: Person, day: date | None = None, last: date | None = None, after: int = 0, limit: int = _PAGE
    ) -> SlowPage:
        """Slow goods of the days (as in ReportDay), without goods received after the first day. Raises as DrillDown."""
        days = report_period(self.now(), self.settings(), day, last)
        with authorized_read(self.store, person, REPORTS_RIGHT) as work:
            return work.reports.slow(days, after, limit)
