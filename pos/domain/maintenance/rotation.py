"""Which of many dated backups are kept: the newest of each day, each week and each month, so many of each."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta


@dataclass(frozen=True, slots=True)
class Rotation:
    """How many days, weeks and months back there is a backup to be kept."""

    days: int = 14
    weeks: int = 8
    months: int = 12

    @property
    def longest(self) -> timedelta:
        """For how long a backup is kept at most; what was put aside once stays for a month at least."""
        return timedelta(days=max(self.days, self.weeks * 7, self.months * 31, 31))

    def kept(self, made: Iterable[datetime]) -> frozenset[datetime]:
        """Those of `made` that are kept; the newest of all is always one of them."""
        newest_first = sorted(made, reverse=True)
        kept = set(newest_first[:1])
        kept |= _newest_of_each(newest_first, _day, self.days)
        kept |= _newest_of_each(newest_first, _week, self.weeks)
        kept |= _newest_of_each(newest_first, _month, self.months)
        return frozenset(kept)

    def over_on(self, made: date) -> date:
        """The first day on which a backup of the day `made` is gone, where one is made on every day.

        It stays longest where it was the last of its week, or of its month.
        """
        ends = [made + timedelta(days=max(self.days, 1))]
        if self.weeks:
            ends.append(made - timedelta(days=made.weekday()) + timedelta(weeks=self.weeks))
        if self.months:
            month = made.year * 12 + made.month - 1 + self.months
            ends.append(date(month // 12, month % 12 + 1, 1))
        return max(ends)


def _newest_of_each(
    newest_first: Iterable[datetime], span: Callable[[date], Hashable], most: int
) -> frozenset[datetime]:
    newest: dict[Hashable, datetime] = {}
    for at in newest_first:
        newest.setdefault(span(at.date()), at)
    return frozenset(list(newest.values())[:most])


def _day(day: date) -> Hashable:
    return day


def _week(day: date) -> Hashable:
    return day.isocalendar()[:2]


def _month(day: date) -> Hashable:
    return day.year, day.month
