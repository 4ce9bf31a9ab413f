"""What a person has to look at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from pos.application.center.customs_rates import center_day
from pos.application.center.ports import CenterContext, RaisedFlag
from pos.domain.border import border_in_force

_USUAL_DAYS = 7


@dataclass(frozen=True, slots=True)
class ListFlags:
    """The flags from a day on, by the clock of the border; without one those of the last seven days."""

    context: CenterContext

    def __call__(self, first: date | None = None) -> Sequence[RaisedFlag]:
        day = first or center_day(self.context.now()) - timedelta(days=_USUAL_DAYS - 1)
        begin = datetime.combine(day, time(0), ZoneInfo(border_in_force().time_zone))
        with self.context.store.reading() as work:
            return work.flags.since(begin)
