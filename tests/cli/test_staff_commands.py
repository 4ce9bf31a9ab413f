"""`staff …`, and who acts: the console, or a person with their own permissions only."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.console import Console, a_ticket


def acting(console: Console, name: str, pin: str, *words: str, stdin: object = None) -> Any:
    """A command as `name`, whose PIN the terminal is given."""
    console.patch.setenv("BORDER_POS_PIN", pin)
    return console(*words, stdin=stdin, options=("--as", name))


def test_people_are_listed_with_their_roles(console: Console) -> None:
    listed = console("staff", "list")

    assert listed.code == 0
    assert [(one["name"], one["role"]) for one in listed.json][:2] == [("amina", "cashier"), ("li", "cashier")]
    assert listed.json[0] | {"title": "Amina S.", "active": True} == listed.json[0]


def test_someone_is_added_with_a_pin_that_is_reported_once(console: Console) -> None:
    added = console("staff", "add", "dana", "--title", "Dana M.", "--role", "cashier")

    assert added.code == 0, added.err
    pin = added.json["one_time_pin"]
    assert (len(pin), added.json["title"]) == (8, "Dana M.")
    listed = console("staff", "list")
    assert pin not in listed.out
    assert next(one for one in listed.json if one["name"] == "dana")["one_time_pin_since"] is not None
    again = console("staff", "add", "Dana", "--role", "clerk")
    assert (again.code, again.json["refused"]) == (3, "name_taken")
    used = acting(console, "dana", pin, "staff", "list")
    assert (used.code, used.json["refused"]) == (3, "must_choose_pin")


def test_a_person_is_renamed_moved_reset_disabled_and_enabled(console: Console) -> None:
    assert console("staff", "title", "li", "Li W.").json["title"] == "Li W."
    assert console("staff", "role", "li", "manager").json["role"] == "manager"
    assert len(console("staff", "reset", "li").json["one_time_pin"]) == 8
    assert console("staff", "disable", "li").json["active"] is False
    assert console("staff", "enable", "li").json["active"] is True
    unknown = console("staff", "disable", "nobody")
    assert (unknown.code, unknown.out) == (2, "")
    assert console("staff", "role", "li", "owner").code == 2
    last = console("staff", "disable", "manager")
    assert last.code == 0  # li is a manager too
    assert console("staff", "disable", "li").json["refused"] == "last_manager"
    assert console("verify").code == 0


def test_who_acts_by_name_has_their_own_rights_only(console: Console) -> None:
    for words in (("add", "x", "--role", "clerk"), ("disable", "li"), ("reset", "manager"), ("list",)):
        refused = acting(console, "amina", "246810", "staff", *words)
        assert (refused.code, refused.json["refused"], refused.json["act"]) == (3, "not_allowed", "staff")
    assert acting(console, "manager", "314159", "staff", "disable", "li").code == 0
    assert acting(console, "manager", "314159", "staff", "disable", "manager").json["refused"] == "yourself"
    assert acting(console, "amina", "000001", "staff", "list").json["refused"] == "wrong_pin"


@pytest.mark.parametrize(
    ("name", "pin", "act"), [("li", "135790", "for_others"), ("clerk", "271828", "sell"), ("amina", "246810", "")]
)
def test_a_cashier_rings_up_on_themselves_and_a_clerk_on_no_one(
    console: Console, name: str, pin: str, act: str
) -> None:
    answer = acting(console, name, pin, "sale", "ring", "-", stdin=a_ticket())

    if act:
        assert (answer.code, answer.json["refused"], answer.json["act"]) == (3, "not_allowed", act)
    else:
        assert answer.code == 0, answer.err


def test_a_manager_and_the_console_ring_up_on_others_with_the_rights_of_the_cashier(console: Console) -> None:
    dear = [{"code": "4870204321111", "quantity": 1, "discount": {"percent": "11"}}]
    paid = [{"method": "cash", "currency": "CNY", "amount": "400.50"}]
    for who in (("--as", "manager"), ()):
        refused = console("sale", "ring", "-", stdin=a_ticket(lines=dear, payments=paid), options=who)
        assert (refused.code, refused.json["refused"], refused.json["act"]) == (3, "not_allowed", "discount")

    assert console("sale", "ring", "-", stdin=a_ticket(), options=("--as", "manager")).code == 0


def test_a_return_is_brought_in_by_the_person_who_may_as_well(console: Console) -> None:
    receipt = console("sale", "ring", "-", stdin=a_ticket()).json["receipt"]
    back = {
        "key": "r-1",
        "receipt": receipt,
        "lines": [{"line": 1, "quantity": 1, "to": "shelf"}],
        "refund": {"currency": "CNY", "method": "cash"},
        "reason": "does not fit",
        "cashier": "amina",
    }

    refused = acting(console, "li", "135790", "sale", "return", "-", stdin=back)
    assert (refused.json["refused"], refused.json["act"]) == ("not_allowed", "for_others")
    assert acting(console, "clerk", "271828", "sale", "return", "-", stdin=back).json["act"] == "return"
    assert acting(console, "amina", "246810", "sale", "return", "-", stdin=back).code == 0


def test_no_one_approves_themselves_in_a_file(console: Console) -> None:
    dear = [{"code": "4870204321111", "quantity": 1, "discount": {"percent": "11"}}]
    paid = [{"method": "cash", "currency": "CNY", "amount": "400.50"}]
    ticket = a_ticket(lines=dear, payments=paid, approve={"user": "amina", "pin": "246810"})

    refused = console("sale", "ring", "-", stdin=ticket)

    assert (refused.code, refused.json["refused"]) == (3, "approves_himself")


def test_an_empty_shop_gets_its_first_manager_at_the_console(empty_console: Console) -> None:
    added = empty_console("staff", "add", "dana", "--role", "manager")

    assert added.code == 0, added.err
    assert [one["role"] for one in empty_console("staff", "list").json] == ["manager"]
    assert empty_console("verify").code == 0
