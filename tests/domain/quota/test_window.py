"""Local days, months and years; ages."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos.domain.quota.window import Window, age_on, within


@pytest.mark.parametrize(
    ("window", "left", "held"),
    [
        (Window("day"), date(2026, 3, 1), True),
        (Window("day"), date(2026, 2, 28), False),
        (Window("month"), date(2026, 3, 31), True),
        (Window("month"), date(2025, 3, 1), False),
        (Window("year"), date(2026, 1, 1), True),
        (Window("rolling", 15), date(2026, 2, 15), True),
        (Window("rolling", 15), date(2026, 2, 14), False),
        (Window("carry_out"), date(2026, 3, 1), False),
    ],
)
def test_a_carry_out_shares_the_limit_of_the_window_it_leaves_in(window: Window, left: date, held: bool) -> None:
    assert window.holds(left, date(2026, 3, 1)) is held


def test_an_allowance_returns_when_the_window_is_over() -> None:
    assert Window("day").freed(date(2026, 12, 31)) == date(2027, 1, 1)
    assert Window("month").freed(date(2026, 12, 5)) == date(2027, 1, 1)
    assert Window("year").freed(date(2026, 5, 5)) == date(2027, 1, 1)
    assert Window("rolling", 15).freed(date(2026, 3, 1)) == date(2026, 3, 16)


def test_a_year_of_age_is_reached_on_the_birthday() -> None:
    assert age_on(date(2026, 11, 23), date(2008, 11, 24)) == 17
    assert age_on(date(2026, 11, 24), date(2008, 11, 24)) == 18


def test_a_leap_day_child_is_older_on_the_first_of_march() -> None:
    assert age_on(date(2026, 2, 28), date(2008, 2, 29)) == 17
    assert age_on(date(2026, 3, 1), date(2008, 2, 29)) == 18


def test_the_fifteen_days_end_with_today() -> None:
    assert within(15, date(2026, 11, 20), date(2026, 11, 20))
    assert within(15, date(2026, 11, 6), date(2026, 11, 20))
    assert not within(15, date(2026, 11, 5), date(2026, 11, 20))
    assert not within(15, date(2026, 11, 21), date(2026, 11, 20))


@pytest.mark.parametrize(
    "window", [Window("carry_out"), Window("day"), Window("month"), Window("year"), Window("rolling", 15)]
)
def test_carry_outs_are_kept_as_long_as_they_can_share_a_limit(window: Window) -> None:
    leap_year = [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]
    sharing = max(sum(window.holds(left, today) for left in leap_year) for today in leap_year[::5] + leap_year[-1:])

    assert window.longest == max(sharing, 1)
