"""Days that stand on documents and cartons: how far away one may be before it can only be a slip."""

from __future__ import annotations

from datetime import date

from pos.domain.errors import BadField

_YEAR = 366  # days: a day more or less decides nothing here
EXPIRED_FOR, KEEPS_FOR = 20 * _YEAR, 30 * _YEAR
"""The last day of a lot: of old stock that is found again, of spirits that keep."""
PROMISED_AGO, PROMISED_AHEAD = _YEAR, 5 * _YEAR
"""The day for which an order is promised: one that is entered late, and the longest that is agreed on."""


def check_expiry(day: date | None, today: date, field: str = "expiry") -> date | None:
    """Refuse a last day that no carton bears: over 20 years ago, or over 30 years ahead. Raises BadField."""
    return _within(day, today, EXPIRED_FOR, KEEPS_FOR, field)


def check_promised(day: date | None, today: date, field: str = "expected_on") -> date | None:
    """Refuse an impossible delivery day: over a year ago, or over 5 years ahead. Raises BadField."""
    return _within(day, today, PROMISED_AGO, PROMISED_AHEAD, field)


def _within(day: date | None, today: date, ago: int, ahead: int, field: str) -> date | None:
    """Compared in days: years from now may lie beyond the calendar."""
    if day is not None and (day - today).days < -ago:
        raise BadField(field, "too_long_ago", day.isoformat())
    if day is not None and (day - today).days > ahead:
        raise BadField(field, "too_far_ahead", day.isoformat())
    return day
