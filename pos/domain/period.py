"""The days a report is about: one of those everybody asks for, or any from one to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

_ONE = timedelta(days=1)


class Usual(StrEnum):
    """The periods that have a name."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    THIS_WEEK = "this_week"
    THIS_MONTH = "this_month"
    LAST_MONTH = "last_month"


@dataclass(frozen=True, slots=True)
class Period:
    """The business days from `first` to `last`, both of them within."""

    first: date
    last: date

    @classmethod
    def of(cls, usual: Usual, today: date) -> Period:
        """A usual period as it is today; a week begins on Monday, and what runs ends today."""
        month = today.replace(day=1)
        match usual:
            case Usual.TODAY:
                return cls(today, today)
            case Usual.YESTERDAY:
                return cls(today - _ONE, today - _ONE)
            case Usual.THIS_WEEK:
                return cls(today - timedelta(days=today.weekday()), today)
            case Usual.THIS_MONTH:
                return cls(month, today)
            case Usual.LAST_MONTH:
                return cls((month - _ONE).replace(day=1), month - _ONE)

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def moved(self, steps: int) -> Period:
        """The period beside it; beside a whole month stands a whole month."""
        if self.first.day == 1 and (self.last + _ONE).day == 1 and self.days <= 31:  # of one month
            return month_of(self.last + _ONE if steps > 0 else self.first - _ONE)
        by = timedelta(days=steps * self.days)
        return Period(self.first + by, self.last + by)


def month_of(day: date) -> Period:
    """The whole month in which a day lies."""
    first = day.replace(day=1)
    return Period(first, (first + timedelta(days=31)).replace(day=1) - _ONE)
