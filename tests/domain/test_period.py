"""The days a report is about."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.period import Period, Usual, month_of

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


@pytest.mark.parametrize("usual", [Usual.THIS_WEEK, Usual.TODAY])
def test_a_week_begins_on_monday(usual: Usual) -> None:
    monday = date(2026, 11, 23)

    assert Period.of(usual, monday) == Period(monday, monday)
    assert Period.of(Usual.THIS_WEEK, date(2026, 11, 29)) == Period(monday, date(2026, 11, 29))


def test_the_months_beside_the_turn_of_a_year_and_in_a_leap_year() -> None:
    january = Period(date(2026, 1, 1), date(2026, 1, 31))

    assert january.moved(-1) == Period(date(2025, 12, 1), date(2025, 12, 31)) == month_of(date(2025, 12, 31))
    assert Period.of(Usual.LAST_MONTH, date(2026, 1, 1)) == Period(date(2025, 12, 1), date(2025, 12, 31))
    assert month_of(date(2028, 2, 1)) == Period(date(2028, 2, 1), date(2028, 2, 29))
    assert month_of(date(2026, 4, 30)) == Period(date(2026, 4, 1), date(2026, 4, 30))


def test_several_whole_months_move_by_their_days() -> None:
    quarter = Period(date(2026, 1, 1), date(2026, 3, 31))

    assert quarter.days == 90
    assert quarter.moved(1) == Period(date(2026, 4, 1), date(2026, 6, 29))
    assert Period(date(2026, 1, 2), date(2026, 1, 31)).moved(1) == Period(date(2026, 2, 1), date(2026, 3, 2))
    assert Period(date(2026, 1, 1), date(2026, 1, 30)).moved(-1) == Period(date(2025, 12, 2), date(2025, 12, 31))
