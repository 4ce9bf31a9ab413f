"""What reports over recorded facts are asked, and what the store answers, as a Protocol."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pos.domain.money import Currency
    from pos.domain.reports.day_report import DayReport
    from pos.domain.reports.month_report import MonthReport
    from pos.domain.reports.report_slice import Mark, SliceCursor, SlicePage
    from pos.domain.reports.slow_goods import SlowPage


@dataclass(frozen=True, slots=True)
class Days:
    """Business days from the `first` to the `last`, which are the instants `within` (from, before) in `zone`.

    Of one `till` and one `person` where they are named.
    """

    first: date
    last: date
    within: tuple[datetime, datetime]
    zone: tzinfo
    price: Currency
    till: str | None = None
    person: str | None = None


@dataclass(frozen=True, slots=True)
class Before:
    """Earlier days to compare with; `until` an instant within them, where the days of now still run."""

    first: date
    last: date
    until: datetime | None


class Reports(Protocol):
    """Read-only questions over recorded facts."""

    def day(self, days: Days, before: Before | None = None) -> DayReport:
        """What the days came to, beside the days `before`."""
        ...

    def month(self, days: Days, now: datetime) -> MonthReport:
        """The Zs of the month whose days these are, as it stands `now`."""
        ...

    def behind(self, days: Days, marks: Sequence[Mark], after: SliceCursor | None, limit: int) -> SlicePage:
        """The receipts of the days that have all of the marks, newest first; raises NoSuchSlice."""
        ...

    def slow(self, days: Days, offset: int, limit: int) -> SlowPage:
        """Goods on hand since before the days that were not sold in them, those first that cost most."""
        ...

    def mismatches(self) -> Sequence[str]:
        """Every ledger recomputed from the facts: one line a mismatch, none when all is well."""
        ...
