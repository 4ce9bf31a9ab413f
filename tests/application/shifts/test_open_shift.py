"""A shift: one till, one person, what lies in the drawer in each currency."""

from __future__ import annotations

import pytest

from pos.domain.errors import BadField
from pos.domain.money import UnknownCurrency
from pos.domain.shifts.shift import ShiftAlreadyOpen
from pos.domain.staff.staff import NotAllowed
from tests.builders import money
from tests.horgos import CNY, KZT, USD
from tests.shops import DemoShop


def test_a_till_opens_with_its_float_by_currency(shop: DemoShop) -> None:
    other = DemoShop(shop.folder, "T2", shop.now)
    assert other.open_shift.current() is None

    shift = other.open_shift(
        other.person("li"), {"CNY": money("500"), "KZT": money("20000", KZT), "USD": money("0", USD)}
    )

    assert (shift.number, shift.cashier, shift.till, shift.opened_at) == (1, "li", "T2", shop.now())
    assert shift.float_ == {"CNY": money("500"), "KZT": money("20000", KZT)}
    assert other.open_shift.current() == shift
    assert shop.rows("SELECT kind, currency, amount_minor FROM cash_move WHERE shift_id = ? ORDER BY id", shift.id) == [
        ("float", "CNY", 50000),
        ("float", "KZT", 2000000),
    ]
    assert shop.verify() == []
    other.close()


def test_a_till_has_one_open_shift(shop: DemoShop) -> None:
    before = shop.tables()

    with pytest.raises(ShiftAlreadyOpen) as refused:
        shop.open_shift(shop.person("li"), {})

    assert (refused.value.till, refused.value.person) == ("T1", "amina")
    assert shop.tables() == before


def test_a_clerk_opens_no_shift_and_a_drawer_holds_no_less_than_nothing(shop: DemoShop) -> None:
    other = DemoShop(shop.folder, "T2", shop.now)
    before = shop.tables()

    with pytest.raises(NotAllowed):
        other.open_shift(other.person("clerk"), {})
    with pytest.raises(BadField) as refused:
        other.open_shift(other.person("li"), {"CNY": money("-1")})

    assert refused.value.field == f"float.{CNY}"
    assert shop.tables() == before
    other.close()


def test_a_float_is_counted_by_note_where_someone_counts_it(shop: DemoShop) -> None:
    other = DemoShop(shop.folder, "T2", shop.now)

    shift = other.open_shift(other.person("li"), {"CNY": {10_000: 5, 1_000: 20, 500: 0}, "KZT": money("20000", KZT)})

    assert shift.float_ == {"CNY": money("700"), "KZT": money("20000", KZT)}
    assert other.read_shift.drawer() == {"CNY": {10_000: 5, 1_000: 20}, "KZT": {2_000_000: 1}}
    cash = other.read_shift(other.person("li")).cash
    assert [(line.currency, line.estimated) for line in cash] == [(CNY, False), (KZT, True)]
    assert shop.verify() == []
    other.close()


def test_notes_that_do_not_exist_open_nothing(shop: DemoShop) -> None:
    other = DemoShop(shop.folder, "T2", shop.now)
    before = shop.tables()

    for notes, field in (({700: 1}, "float.CNY.7.00"), ({500: -1}, "float.CNY.5.00")):
        with pytest.raises(BadField) as refused:
            other.open_shift(other.person("li"), {"CNY": notes})
        assert refused.value.field == field
    with pytest.raises(UnknownCurrency):
        other.open_shift(other.person("li"), {"GBP": {500: 1}})
    assert shop.tables() == before
    other.close()
