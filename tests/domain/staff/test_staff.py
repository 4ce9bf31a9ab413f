"""Roles, rights and the lock: what each may do, and when no one may try any more."""

from __future__ import annotations

from datetime import timedelta

import pytest

from pos.domain.errors import BadField
from pos.domain.staff.rights import PERMISSIONS, ROLES
from pos.domain.staff.staff import (
    ApprovalRequirement,
    NotAllowed,
    Person,
    check_name,
    check_pin,
    lock_after,
    need_behind,
)


def person_with_role(role: str) -> Person:
    return Person(1, "amina", "Amina S.", role)


def test_each_role_may_do_its_own_work_and_nothing_else() -> None:
    allowed = {
        role: {permission for permission in PERMISSIONS if person_with_role(role).may(permission)} for role in ROLES
    }

    assert allowed["cashier"] == {"sell", "discount", "return", "open_shift", "close_shift", "move_cash", "pickup"}
    assert allowed["clerk"] == {"catalogue", "stock", "pickup"}
    assert allowed["manager"] == set(PERMISSIONS)


def test_a_role_that_no_one_has_named_may_do_nothing() -> None:
    assert not any(person_with_role("owner").may(permission) for permission in PERMISSIONS)


def test_a_right_that_is_missing_is_refused_by_name() -> None:
    with pytest.raises(NotAllowed) as refused:
        person_with_role("cashier").check("over_quota")
    assert (refused.value.act, refused.value.person) == ("over_quota", "amina")
    person_with_role("manager").check("over_quota")


def test_every_role_has_a_discount_limit_and_a_clerk_gives_none() -> None:
    assert [int(person_with_role(role).discount_limit) for role in ("clerk", "cashier", "manager")] == [0, 10, 100]


def test_five_wrong_pins_lock_for_a_quarter_of_an_hour_and_each_five_more_for_twice_as_long() -> None:
    minutes = {failures: lock for failures in range(31) if (lock := lock_after(failures))}

    assert minutes == {5 * n: timedelta(minutes=15 * 2 ** (n - 1)) for n in range(1, 7)}


def test_the_lock_stops_doubling_before_it_outgrows_the_calendar() -> None:
    assert lock_after(10**9) == timedelta(minutes=15) * 1024


@pytest.mark.parametrize(
    ("pin", "what"),
    [("12345", "pin_length"), ("1234567890123", "pin_length"), ("111111", "pin_too_simple"), ("", "missing"),
     ("12345a", "not_digits"), ("１２３４５６", "not_digits"), ("123456\n", "not_digits"), (" 123456", "not_digits")],
)  # fmt: skip
def test_what_cannot_be_a_pin_is_refused_without_being_repeated(pin: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        check_pin(pin)

    assert (refused.value.field, refused.value.what, refused.value.value) == ("pin", what, "")


def test_six_to_twelve_digits_are_a_pin() -> None:
    check_pin("246810")
    check_pin("246810246810")


@pytest.mark.parametrize("name", ["Amina S.", "李伟", "Ерлан Т.", "Әсел", "O'Neil", "Anna-Maria 2"])
def test_people_have_names_in_every_script(name: str) -> None:
    assert check_name(f"  {name} ") == name


@pytest.mark.parametrize("name", ["", "  "])
def test_a_name_left_empty_is_missing_and_not_wrong(name: str) -> None:
    with pytest.raises(BadField) as refused:
        check_name(name)

    assert refused.value.what == "missing"


@pytest.mark.parametrize("name", [".", "-x", "a\nb", "a\x00b", "a\u202eb", "a" * 41, "=1+1", "a/b", "_a"])
def test_what_could_steer_a_screen_or_a_file_is_no_name(name: str) -> None:
    with pytest.raises(BadField) as refused:
        check_name(name)

    assert refused.value.what == "not_a_name"


def test_a_right_that_is_missing_can_be_approved_and_a_wrong_name_cannot() -> None:
    assert need_behind(NotAllowed("void", "Amina S.")) == ApprovalRequirement("void")
    assert need_behind(BadField("name", "missing")) is None
