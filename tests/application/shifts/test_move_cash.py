"""Cash in and out without a sale: a reason, a right, and no more than the drawer should hold."""

from __future__ import annotations

import json
from collections.abc import Mapping

import pytest

from pos.application.ports.shift_ports import CashMove
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.shifts.shift import DrawerShort, NoOpenShift
from pos.domain.staff.staff import Approval, ApprovalNotAllowed, NotAllowed
from tests.builders import money
from tests.horgos import CNY, EUR, KZT, USD
from tests.shops import DemoShop


def key(shop: DemoShop) -> str:
    shift = shop.open_shift.current()
    assert shift is not None
    return shift.key


def events_of(shop: DemoShop) -> list[tuple[str, str]]:
    return [tuple(row) for row in shop.rows("SELECT person, act FROM journal ORDER BY id")[-2:]]


def test_a_cashier_pays_in_and_drops_into_the_safe(shop: DemoShop) -> None:
    amina = shop.person("amina")

    move = shop.move_cash(amina, "in", money("300"), " change from the bank ", {10_000: 3})
    shop.move_cash(amina, "drop", money("100000", KZT), "full drawer")

    assert move == CashMove("in", money("300"), "change from the bank", {10_000: 3}, "amina", shop.now())
    cash = {line.currency: line for line in shop.read_shift(shop.person("manager")).cash}
    assert (cash[CNY].float_, cash[CNY].paid_in, cash[CNY].expected) == (money("2000"), money("300"), money("2300"))
    assert (cash[KZT].drops, cash[KZT].expected) == (money("100000", KZT), money("50000", KZT))
    assert not cash[CNY].estimated
    assert cash[KZT].estimated, "the banknotes that went into the safe were not listed"
    assert json.loads(shop.rows("SELECT details FROM journal ORDER BY id DESC")[0][0])["reason"] == "full drawer"
    assert shop.verify() == []


def test_the_notes_in_the_drawer_follow_what_moves(shop: DemoShop) -> None:
    before = shop.read_shift.drawer()
    assert before is not None

    shop.move_cash(shop.person("amina"), "drop", money("150", USD), "safe", {5_000: 1, 2_000: 3, 1_000: 4})

    after = shop.read_shift.drawer()
    assert after is not None
    assert {value: count for value, count in after["USD"].items() if count} == {500: 6, 100: 20}
    assert after["CNY"] == before["CNY"]


def test_paying_out_and_opening_the_drawer_need_a_manager_or_their_approval(shop: DemoShop) -> None:
    amina, manager, li = shop.person("amina"), shop.person("manager"), shop.person("li")
    before = shop.tables()
    for approval in (None, Approval(manager, None, "drawer:99"), Approval(manager, frozenset({"no_sale"}), key(shop))):
        with pytest.raises(NotAllowed) as refused:
            shop.move_cash(amina, "out", money("10"), "courier", approval=approval)
        assert refused.value.act == "pay_out"
    with pytest.raises(ApprovalNotAllowed):
        shop.open_drawer(amina, "a coin fell in", Approval(li, None, key(shop)))
    assert shop.tables() == before

    shop.move_cash(amina, "out", money("10"), "courier", approval=Approval(manager, None, key(shop)))
    assert events_of(shop) == [("amina", "move_cash"), ("manager", "approve")]
    shop.open_drawer(amina, "a coin fell in", Approval(manager, frozenset({"no_sale"}), key(shop)))
    assert events_of(shop) == [("amina", "no_sale"), ("manager", "approve")]
    shop.move_cash(manager, "out", money("10"), "courier")

    report = shop.read_shift(manager)
    assert (report.no_sales, report.approvals) == (1, 2)
    assert shop.report_day()["no_sales"] == 1
    assert shop.verify() == []


def test_a_drawer_gives_no_more_than_it_should_hold_and_who_asked_for_more_is_known(shop: DemoShop) -> None:
    manager, amina, before = shop.person("manager"), shop.person("amina"), shop.tables()
    log = {"journal", "journal_head"}

    for person, kind, amount in (
        (manager, "out", money("2000.10")),
        (amina, "drop", money("200.05", EUR)),
    ):
        with pytest.raises(DrawerShort) as refused:
            shop.move_cash(person, kind, amount, "too much")
        assert refused.value.facts() == {"amount": amount}, "the refusal does not say how much is there"
    assert _but(log, shop.tables()) == _but(log, before)
    asked = shop.rows("SELECT person, details FROM journal WHERE act = 'drawer_short' ORDER BY id")
    assert [(person, json.loads(text)["amount"]) for person, text in asked] == [
        ("manager", "2000.10"), ("amina", "200.05"),
    ]  # fmt: skip
    shop.move_cash(amina, "drop", money("200", EUR), "all of it")
    assert shop.verify() == []


def test_an_approval_of_more_than_the_drawer_holds_can_still_be_used(shop: DemoShop) -> None:
    amina, manager = shop.person("amina"), shop.person("manager")
    with pytest.raises(DrawerShort):
        shop.move_cash(amina, "out", money("9999"), "courier", approval=Approval(manager, None, key(shop)))
    assert events_of(shop)[-1] == ("amina", "drawer_short")
    assert shop.rows("SELECT count(*) FROM journal WHERE act = 'approve'") == [(0,)]


def _but(left_out: set[str], tables: Mapping[str, object]) -> dict[str, object]:
    return {name: rows for name, rows in tables.items() if name not in left_out}


@pytest.mark.parametrize(
    ("kind", "amount", "reason", "notes", "field", "what"),
    [
        ("sideways", money("1"), "why", None, "kind", "unknown"),
        ("in", money("0"), "why", None, "amount", "not_positive"),
        ("in", money("-5"), "why", None, "amount", "not_positive"),
        ("in", money("0.05"), "why", None, "amount", "no_coins"),
        ("out", money("12.34"), "why", None, "amount", "no_coins"),
        ("in", money("0.50", KZT), "why", None, "amount", "no_coins"),
        ("drop", money("1.03", USD), "why", None, "amount", "no_coins"),
        ("in", money("5"), "  ", None, "reason", "missing"),
        ("in", money("5"), "x" * 121, None, "reason", "too_long"),
        ("in", money("5"), "a\nb", None, "reason", "character"),
        ("in", money("5"), "why", {500: 2}, "notes", "notes_do_not_add_up"),
        ("in", money("5"), "why", {250: 2}, "notes.2.50", "unknown"),
        ("in", money("5"), "why", {500: -1, 1_000: 1}, "notes.5.00", "negative"),
        ("in", money("5"), "why", {500: 100_001}, "notes.5.00", "too_large"),
    ],
)
def test_what_cannot_be_moved_is_named_and_changes_nothing(
    shop: DemoShop, kind: str, amount: Money, reason: str, notes: dict[int, int] | None, field: str, what: str
) -> None:
    before = shop.tables()

    with pytest.raises(BadField) as refused:
        shop.move_cash(shop.person("manager"), kind, amount, reason, notes)

    assert (refused.value.field, refused.value.what) == (field, what)
    assert shop.tables() == before


def test_without_an_open_shift_nothing_moves(shop: DemoShop) -> None:
    other = DemoShop(shop.folder, "T2", shop.now)
    manager = other.person("manager")

    with pytest.raises(NoOpenShift):
        other.move_cash(manager, "in", money("5"), "why")
    with pytest.raises(NoOpenShift):
        other.open_drawer(manager, "why")
    with pytest.raises(NoOpenShift):
        other.read_shift(manager)
    assert other.read_shift.drawer() is None
    other.close()
