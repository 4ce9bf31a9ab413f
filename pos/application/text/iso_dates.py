"""Days and instants in files and commands: 2026-11-24, and no other form of ISO 8601."""

from __future__ import annotations

import re
from datetime import MAXYEAR, MINYEAR, date, datetime
from typing import TypeVar

Moment = TypeVar("Moment", date, datetime)

# Python also accepts 20261124 and 2026-W48-2: a code typed into the wrong field would be a day.
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_INSTANT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,9})?)?(Z|[+-][0-9]{2}(:?[0-9]{2}){0,2})?"
)


def iso_day(text: object, *, any_year: bool = False) -> date:
    """Parse a day. Raises ValueError for any other form, and for the first and last year."""
    if not isinstance(text, str) or not _DAY.fullmatch(text):
        raise ValueError("not a day")
    day = date.fromisoformat(text)
    return day if any_year else _checked(day)


def iso_instant(text: object, *, any_year: bool = False) -> datetime:
    """Parse an instant, with its zone where given. Raises ValueError as `iso_day` does."""
    if not isinstance(text, str) or not _INSTANT.fullmatch(text):
        raise ValueError("not an instant")
    instant = datetime.fromisoformat(text)
    return instant if any_year else _checked(instant)


def _checked(value: Moment) -> Moment:
    """Refuse the first and the last year: in another zone, or a day later, the date would overflow."""
    if not MINYEAR < value.year < MAXYEAR:
        raise ValueError("no such year")
    return value
