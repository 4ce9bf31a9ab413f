"""Birth dates of a zone and of a form: the century, and what is known of them."""

from __future__ import annotations

from datetime import date

import pytest

from pos.domain.visitors.half_known_date import Birth, as_dashes, is_within, typed_birth, zone_birth
from pos.domain.visitors.mrz import BadDocument

TODAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("digits", "birth"),
    [
        ("261124", (date(2026, 11, 24), None)),  # born today
        ("261125", (date(1926, 11, 25), None)),  # tomorrow is a hundred years ago
        ("000229", (date(2000, 2, 29), None)),
        ("850505", (date(1985, 5, 5), None)),
        ("8505<<", (None, date(1985, 5, 1))),
        ("85<<<<", (None, date(1985, 1, 1))),
        ("85<<05", (None, date(1985, 1, 1))),  # a day without its month says nothing
        ("2611<<", (None, date(2026, 11, 1))),
        ("2612<<", (None, date(1926, 12, 1))),
        ("<<<<<<", (None, None)),
        ("<<0505", (None, None)),
    ],
)
def test_a_zone_tells_a_birth_in_the_latest_century_that_is_not_in_the_future(digits: str, birth: Birth) -> None:
    assert zone_birth(digits, TODAY) == birth


@pytest.mark.parametrize(
    ("digits", "what"),
    [
        ("850230", "date"), ("851301", "date"), ("850000", "date"), ("850500", "date"), ("8500<<", "date"),
        ("85O505", "character"), ("8<0505", "character"),
    ],
)  # fmt: skip
def test_a_day_that_no_calendar_has_is_refused(digits: str, what: str) -> None:
    with pytest.raises(BadDocument) as refused:
        zone_birth(digits, TODAY)

    assert (refused.value.line, refused.value.field, refused.value.what) == (2, "birth_date", what)


@pytest.mark.parametrize(
    ("text", "birth"),
    [
        ("2015-06-30", (date(2015, 6, 30), None)),
        ("2015-06", (None, date(2015, 6, 1))),
        ("2015", (None, date(2015, 1, 1))),
        (date(2015, 6, 30), (date(2015, 6, 30), None)),
        ("", (None, None)),
        (None, (None, None)),
        ("1850", (None, date(1850, 1, 1))),
        ("2026-11-24", (date(2026, 11, 24), None)),
        ("2026-11", (None, date(2026, 11, 1))),
    ],
)
def test_a_birth_is_typed_as_far_as_it_is_known(text: str | date | None, birth: Birth) -> None:
    assert typed_birth(text, TODAY) == birth


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("1849-12-31", "date"), ("1849", "date"), (date(1849, 12, 31), "date"), ("2015-02-30", "date"),
        ("2015-06-00", "date"), ("2015-00", "date"),
        ("30.06.2015", "date"), ("2015-6-30", "date"), ("2026-11-25", "future"), ("2026-12", "future"),
        ("2027", "future"),
    ],
)  # fmt: skip
def test_a_birth_that_cannot_be_is_refused(text: str | date, what: str) -> None:
    with pytest.raises(BadDocument) as refused:
        typed_birth(text, TODAY)

    assert (refused.value.line, refused.value.field, refused.value.what) == (0, "birth_date", what)


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("30.06.2015", "2015-06-30"), ("3.6.2015", "2015-06-03"), ("06.2015", "2015-06"), ("2015/6/3", "2015-06-03"),
        ("2015.06", "2015-06"), ("2015年6月30日", "2015-06-30"), ("2015年6月", "2015-06"), ("2015年", "2015"),
        ("2015-06-30", "2015-06-30"), ("2015", "2015"), ("06/30/2015", "06/30/2015"), ("soon", "soon"),
    ],
)  # fmt: skip
def test_a_date_is_read_as_people_write_it(written: str, text: str) -> None:
    assert as_dashes(written) == text


def test_a_year_leaves_all_its_days_open_and_a_month_its_own() -> None:
    born = date(1985, 5, 17)

    assert is_within(born, date(1985, 1, 1))
    assert is_within(born, date(1985, 5, 1))
    assert not is_within(born, date(1985, 6, 1))
    assert not is_within(born, date(1986, 5, 1))
    assert is_within(date(1985, 1, 17), date(1985, 1, 1))
