"""Usual periods of days before today."""

from __future__ import annotations

from datetime import date, timedelta

from pos.application.text.translator import N_
from pos.domain.period import Period

PERIODS = {
    "today": N_("Today"), "yesterday": N_("Yesterday"), "week": N_("Last 7 days"), "month": N_("Last 31 days"),
}  # fmt: skip
_BACK = {"today": (0, 0), "yesterday": (1, 1), "week": (6, 0), "month": (30, 0)}
"""Start and end of each period, in days before today."""


def days_of(period: str, today: date) -> Period | None:
    """The days of a period; None for any time."""
    if not period:
        return None
    first, last = _BACK[period]
    return Period(today - timedelta(days=first), today - timedelta(days=last))
