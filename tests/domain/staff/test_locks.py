"""How long someone is locked out, also where the clock is set back; what a PIN and a name can be."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.domain.errors import BadField
from pos.domain.staff.staff import (
    Lock,
    Person,
    check_name,
    check_role,
    check_title,
    is_too_simple,
    lock_after,
    locked_until,
    pin_fingerprint,
)
from tests.builders import MONDAY

QUARTER = timedelta(minutes=15)
UNTIL = MONDAY + QUARTER
SECOND = timedelta(seconds=1)


def test_a_lock_ends_at_its_instant_and_begins_with_the_fifth_wrong_pin() -> None:
    assert locked_until(5, UNTIL, None, MONDAY) == Lock(UNTIL)
    assert locked_until(5, UNTIL, None, UNTIL - SECOND) == Lock(UNTIL)
    assert locked_until(5, UNTIL, None, UNTIL) is None
    assert locked_until(4, UNTIL, None, MONDAY) is None
    assert locked_until(5, None, None, MONDAY) is None


def test_a_clock_that_is_set_back_lets_a_lock_last_its_time_and_no_longer() -> None:
    back = MONDAY - timedelta(days=1)

    assert locked_until(5, UNTIL, None, MONDAY - SECOND) == Lock(MONDAY - SECOND + QUARTER, noticed=True)
    assert locked_until(5, UNTIL, None, back) == Lock(back + QUARTER, noticed=True)
    assert locked_until(5, UNTIL, back, back) == Lock(back + QUARTER)
    assert locked_until(5, UNTIL, back, back + QUARTER - SECOND) == Lock(back + QUARTER)
    assert locked_until(5, UNTIL, back, back + QUARTER) is None
    assert locked_until(5, UNTIL, back, back - SECOND) == Lock(back - SECOND + QUARTER, noticed=True)


def test_there_is_no_lock_between_the_fives_and_it_doubles_ten_times() -> None:
    assert [lock_after(failures) for failures in (0, 1, 4, 6, 9)] == [None] * 5
    assert [lock_after(failures) for failures in (5, 10, 50, 55, 60)] == [
        QUARTER,
        QUARTER * 2,
        QUARTER * 512,
        QUARTER * 1024,
        QUARTER * 1024,
    ]


@pytest.mark.parametrize("pin", ["000000", "123456", "987654", "890123", "210987"])
def test_one_digit_repeated_and_a_run_are_too_simple(pin: str) -> None:
    assert is_too_simple(pin)


@pytest.mark.parametrize("pin", ["135791", "123457", "112233", "121212", "864208"])
def test_other_digits_are_not(pin: str) -> None:
    assert not is_too_simple(pin)


def test_the_journal_keeps_32_characters_of_the_hash_of_a_hash() -> None:
    assert pin_fingerprint("abc") == "ba7816bf8f01cfea414140de5dae2223"


def test_a_title_is_a_line_of_at_most_60_characters() -> None:
    assert check_title(" " + "x" * 60) == "x" * 60

    for title, what in (("", "missing"), ("x" * 61, "not_a_text"), ("a\nb", "not_a_text")):
        with pytest.raises(BadField) as refused:
            check_title(title)
        assert (refused.value.field, refused.value.what) == ("title", what)


def test_a_sign_in_name_has_at_most_40_signs() -> None:
    assert check_name(" " + "x" * 40) == "x" * 40

    with pytest.raises(BadField) as refused:
        check_name("x" * 41)
    assert refused.value.what == "not_a_name"


def test_a_role_is_one_of_three() -> None:
    assert check_role("clerk") == "clerk"

    with pytest.raises(BadField):
        check_role("owner")


def test_the_console_is_a_manager_who_is_not_on_the_staff() -> None:
    console = Person.at_the_console("root")

    assert (console.is_console, console.name, console.title) == (True, "console:root", "root")
    assert console.may("staff")
    person = Person(1, "amina", "Amina S.", "cashier")
    assert not person.is_console
    assert person.active
    assert not person.must_choose_pin
