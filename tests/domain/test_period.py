"""The days a report is about."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.period import Period, Usual

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("usual", "first", "last"),
    [
        (Usual.TODAY, date(2026, 11, 24), date(2026, 11, 24)),
        (Usual.YESTERDAY, date(2026, 11, 23), date(2026, 11, 23)),
        (Usual.THIS_WEEK, date(2026, 11, 23), date(2026, 11, 24)),
        (Usual.THIS_MONTH, date(2026, 11, 1), date(2026, 11, 24)),
        (Usual.LAST_MONTH, date(2026, 10, 1), date(2026, 10, 31)),
    ],
)
def test_a_usual_period_ends_today_at_the_latest(usual: Usual, first: date, last: date) -> None:
    assert Period.of(usual, TUESDAY) == Period(first, last)


def test_beside_a_day_is_a_day_beside_a_month_a_month_and_else_as_many_days() -> None:
    assert Period(TUESDAY, TUESDAY).moved(-1) == Period(date(2026, 11, 23), date(2026, 11, 23))
    assert Period(date(2026, 10, 1), date(2026, 10, 31)).moved(-1) == Period(date(2026, 9, 1), date(2026, 9, 30))
    assert Period(date(2026, 1, 1), date(2026, 1, 31)).moved(1) == Period(date(2026, 2, 1), date(2026, 2, 28))
    assert Period(date(2026, 11, 2), date(2026, 11, 8)).moved(1) == Period(date(2026, 11, 9), date(2026, 11, 15))
