"""Which carry-outs share one limit: days, months and years of the regime's own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

KINDS = ("carry_out", "day", "month", "year", "rolling")


@dataclass(frozen=True, slots=True)
class Window:
    """A span of local days; `days` is the length of a rolling one. A `carry_out` shares nothing with the past."""

    kind: str
    days: int = 0

    @property
    def remembers(self) -> bool:
        """Whether goods carried out before count at all."""
        return self.kind != "carry_out"

    def holds(self, left: date, today: date) -> bool:
        """Whether a carry-out that left on the local day `left` shares the limit of `today`."""
        if self.kind == "day":
            return left == today
        if self.kind == "month":
            return (left.year, left.month) == (today.year, today.month)
        if self.kind == "year":
            return left.year == today.year
        if self.kind == "rolling":
            return today - timedelta(days=self.days) < left <= today
        return False

    @property
    def longest(self) -> int:
        """The most days that can share one limit."""
        return {"month": 31, "year": 366, "rolling": self.days}.get(self.kind, 1)

    def freed(self, left: date) -> date:
        """The first local day on which a carry-out of the day `left` is no longer counted."""
        if self.kind == "month":
            return date(left.year + left.month // 12, left.month % 12 + 1, 1)
        if self.kind == "year":
            return date(left.year + 1, 1, 1)
        return left + timedelta(days=self.days if self.kind == "rolling" else 1)


def age_on(day: date, birth_date: date) -> int:
    """Whole years on `day`; a year is reached at the start of the birthday (29 February: 1 March)."""
    return day.year - birth_date.year - ((day.month, day.day) < (birth_date.month, birth_date.day))


def within(days: int, day: date, today: date) -> bool:
    """Whether `day` is one of the `days` local days that end with `today`."""
    return today - timedelta(days=days) < day <= today
