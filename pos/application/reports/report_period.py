"""The business days of a report, and those of its comparison."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from pos.application.ports.report_ports import Before, Days
from pos.application.settings.settings import Settings
from pos.domain.errors import BadInput

_QUARTER = timedelta(minutes=15)


@dataclass(eq=False)
class DaysBackwards(BadInput):
    """The last day is before the first."""

    fact = "days_backwards"

    first: date
    last: date


@dataclass(eq=False)
class UnknownTill(BadInput):
    """No till of this name has written anything."""

    fact = "unknown_till"

    till: str


def report_period(
    now: datetime,
    settings: Settings,
    day: date | None = None,
    last: date | None = None,
    till: str | None = None,
    by: str | None = None,
) -> Days:
    """The days from `day` (default today) to `last` (default `day`) in the shop's time zone. Raises DaysBackwards."""
    first = day or now.astimezone(settings.zone).date()
    final = last or first
    if final < first:
        raise DaysBackwards(first, final)
    within = (
        datetime.combine(first, time(0), settings.zone),
        datetime.combine(final + timedelta(days=1), time(0), settings.zone),
    )
    return Days(first, final, within, settings.zone, settings.price, till, by)


def before(days: Days, now: datetime) -> Before:
    """The comparison period: the same weekdays, as many whole weeks earlier as avoid an overlap.

    While the period runs, it ends at the same time of the same weekday, to the nearest quarter of an hour.
    """
    weeks = timedelta(weeks=-(-((days.last - days.first).days + 1) // 7))
    still = days.within[0] <= now < days.within[1]
    quarter = (now + _QUARTER / 2).astimezone(days.zone)
    quarter = quarter.replace(minute=quarter.minute // 15 * 15, second=0, microsecond=0)
    then = datetime.combine(quarter.date() - weeks, quarter.time(), days.zone)
    return Before(days.first - weeks, days.last - weeks, then if still else None)
