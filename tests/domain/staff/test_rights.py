"""The table of rights: what a shop can grant, and what no shop can."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from pos.domain.staff.rights import (
    EDITED_ROLES,
    GRANTED_PERMISSIONS,
    PERMISSIONS,
    USUAL_RIGHTS,
    Rights,
    RoleRights,
    in_order,
)
from pos.domain.staff.staff import Person

EVERYTHING = RoleRights(frozenset(GRANTED_PERMISSIONS), 100)
NOTHING_LEFT = Rights(RoleRights(), RoleRights())


def test_a_manager_may_do_everything_whatever_the_table_says() -> None:
    manager = Person(1, "dana", "Dana K.", "manager", rights=NOTHING_LEFT)

    assert all(manager.may(permission) for permission in PERMISSIONS)
    assert manager.discount_limit == 100


def test_managing_staff_is_no_right_that_could_be_granted() -> None:
    assert EDITED_ROLES == ("cashier", "clerk")
    assert set(PERMISSIONS) - set(GRANTED_PERMISSIONS) == {"staff"}
    assert in_order(["staff", "void", "sell", "sell", "discount"]) == ("sell", "discount")


def test_a_role_has_what_its_shop_has_granted_and_no_more() -> None:
    rights = Rights(RoleRights(frozenset({"sell", "rates"})), EVERYTHING)
    amina, ruslan = (Person(1, "amina", "Amina S.", role, rights=rights) for role in ("cashier", "clerk"))

    assert [permission for permission in PERMISSIONS if amina.may(permission)] == ["sell", "rates"]
    assert [permission for permission in PERMISSIONS if not ruslan.may(permission)] == ["staff"]
    assert ruslan.discount_limit == 100


def test_a_person_who_may_give_no_discount_has_a_limit_of_0() -> None:
    assert RoleRights(frozenset({"discount"}), 25).discount_limit == Decimal(25)
    assert RoleRights(frozenset({"sell"}), 25).discount_limit == 0


def test_another_role_is_another_row_of_the_table() -> None:
    amina = Person(1, "amina", "Amina S.", "cashier", rights=Rights(EVERYTHING, RoleRights()))

    assert replace(amina, role="clerk").allowed == RoleRights()
    assert replace(amina, role="manager").may("staff")
    assert not replace(amina, role="owner").may("sell")


def test_a_person_is_another_reading_only_where_what_they_may_do_is_another() -> None:
    before = Person(1, "amina", "Amina S.", "cashier")
    of_clerks = replace(before, rights=replace(USUAL_RIGHTS, clerk=EVERYTHING))
    of_cashiers = replace(before, rights=replace(USUAL_RIGHTS, cashier=EVERYTHING))

    assert before == of_clerks
    assert before != of_cashiers
