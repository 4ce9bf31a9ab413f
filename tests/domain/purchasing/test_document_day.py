"""Days on documents: a slip of the year is refused, and what may lie in a store room is not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from pos.domain.errors import BadField
from pos.domain.purchasing.document_day import check_expiry, check_promised

TODAY = date(2026, 3, 2)


@pytest.mark.parametrize("day", [date(2006, 6, 1), date(2026, 3, 1), TODAY, date(2055, 12, 31), None])
def test_a_last_day_that_a_carton_may_bear_is_taken(day: date | None) -> None:
    assert check_expiry(day, TODAY) == day


@pytest.mark.parametrize("day", [date(2025, 4, 1), TODAY, date(2030, 12, 31), None])
def test_a_day_for_which_goods_may_be_promised_is_taken(day: date | None) -> None:
    assert check_promised(day, TODAY) == day


@pytest.mark.parametrize(
    ("day", "expiry", "promised"),
    [
        (date(1, 1, 1), "too_long_ago", "too_long_ago"),
        (date(2005, 1, 1), "too_long_ago", "too_long_ago"),
        (date(2024, 3, 1), "", "too_long_ago"),
        (date(2032, 1, 1), "", "too_far_ahead"),
        (date(2057, 1, 1), "too_far_ahead", "too_far_ahead"),
        (date.max, "too_far_ahead", "too_far_ahead"),
    ],
)
def test_a_day_that_no_document_could_bear_is_refused_with_its_field(day: date, expiry: str, promised: str) -> None:
    for check, field, what in ((check_expiry, "expiry", expiry), (check_promised, "expected_on", promised)):
        if not what:
            assert check(day, TODAY) == day
            continue
        with pytest.raises(BadField) as refused:
            check(day, TODAY)
        assert refused.value.facts() == {"field": field, "what": what, "value": day.isoformat()}


def test_the_last_day_of_the_calendar_is_a_today_too() -> None:
    assert check_expiry(date.max, date.max) == date.max


@pytest.mark.parametrize(
    ("check", "ago", "ahead"), [(check_expiry, 20 * 366, 30 * 366), (check_promised, 366, 5 * 366)]
)
def test_the_first_and_the_last_day_that_a_document_may_bear(
    check: Callable[[date | None, date], date | None], ago: int, ahead: int
) -> None:
    for days in (-ago, ahead):
        assert check(TODAY + timedelta(days=days), TODAY) is not None
    for days in (-ago - 1, ahead + 1):
        with pytest.raises(BadField):
            check(TODAY + timedelta(days=days), TODAY)
