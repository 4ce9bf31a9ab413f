"""The day of the center: visitors, sales, and how full allowances are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from pos.application.center.customs_rates import center_day
from pos.application.center_console.ports import ConsoleContext, DayFigures, HourOfRegime
from pos.domain.border import border_in_force


@dataclass(frozen=True, slots=True)
class Today:
    """The figures of a day by the clock of the border, and its hours by regime."""

    day: date
    at: datetime
    figures: DayFigures
    hours: Sequence[HourOfRegime]


@dataclass(frozen=True, slots=True)
class ShowToday:
    """Read in one state of the database."""

    context: ConsoleContext

    def __call__(self) -> Today:
        now = self.context.center.now()
        day = center_day(now)
        with self.context.books.reading() as work:
            figures = work.console.figures(begin_of_day(day), day, now)
            hours = work.console.hours(begin_of_day(day), border_in_force().time_zone)
        return Today(day, now, figures, hours)


def center_zone() -> ZoneInfo:
    """The clock of the border."""
    return ZoneInfo(border_in_force().time_zone)


def begin_of_day(day: date) -> datetime:
    """Its midnight by the clock of the border."""
    return datetime.combine(day, time(0), center_zone())
