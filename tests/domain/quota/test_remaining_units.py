"""How many more units of an article fit beside what a visitor has already."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings

from pos.domain.quota.allowance_position import AllowancePosition, PastSale, Traveller, position_of
from pos.domain.quota.evaluation import judge
from pos.domain.quota.measure import Goods, NoQuotaRate
from pos.domain.quota.remaining_units import room_for, verdict_on
from pos.domain.quota.rule import Verdict
from tests.domain.quota.border import ADULT, CHILD, NOON, RATES, goods, regime, sold
from tests.domain.quota.strategies import baskets, lines, pasts, regimes, visitors


def _position(name: str, visitor: Traveller = ADULT, *history: PastSale) -> AllowancePosition:
    return position_of(regime(name), visitor, history, NOON, RATES)


def test_the_last_unit_that_fits_is_the_one_that_fills_the_allowance() -> None:
    bags = goods("bag", "1000", 20)
    assert room_for(_position("cn-horgos"), [], bags) == 8
    assert room_for(_position("cn-horgos"), [goods("toy", "0.01")], bags) == 7


def test_no_more_than_are_asked_for_are_promised() -> None:
    assert room_for(_position("cn-horgos"), [], goods("bag", "1000", 3)) == 3
    assert room_for(_position("cn-horgos"), [], goods("bag", "1000", 0)) == 0


def test_a_million_units_are_counted_as_fast_as_ten() -> None:
    assert room_for(_position("cn-horgos"), [], goods("toy", "0.01", 1_000_000)) == 800_000


def test_a_discount_on_the_line_is_spread_over_its_units() -> None:
    assert room_for(_position("cn-horgos"), [], goods("bag", "1000", 20, discount="4000")) == 10


def test_goods_that_wait_to_be_carried_out_take_their_room() -> None:
    waiting = sold("2026-11-20T10:00:00+08:00", goods("perfume", "5000"))
    assert room_for(_position("cn-horgos", ADULT, waiting), [], goods("bag", "1000", 9)) == 3


def test_a_note_is_no_hindrance() -> None:
    cheese = goods("food.dairy", "10", 4)
    assert verdict_on(_position("cn-horgos"), [], cheese)[0] is Verdict.NOTE
    assert room_for(_position("cn-horgos"), [], cheese) == 4


def test_for_a_child_there_is_no_room_for_a_bottle() -> None:
    assert room_for(_position("cn-horgos", CHILD), [], goods("alcohol.spirit", "10", 3, ml="500", abv="40")) == 0


def test_a_bottle_of_unknown_volume_has_no_certain_room() -> None:
    bottle = goods("alcohol.wine", "10", 3, abv="12")
    assert room_for(_position("cn-horgos"), [], bottle) == 0
    assert verdict_on(_position("cn-horgos"), [], bottle)[1] == ("ml",)


def test_what_is_over_elsewhere_does_not_touch_goods_of_another_rule() -> None:
    full = [goods("appliance", "600", currency="EUR", gross_kg="1")]
    wine = goods("alcohol.wine", "10", 6, currency="EUR", ml="750", abv="12")
    assert judge(_position("kz-horgos"), full).assessment.verdict is Verdict.DUTY
    assert room_for(_position("kz-horgos"), full, wine) == 4
    assert room_for(_position("kz-horgos"), full, goods("toy", "1", currency="EUR", gross_kg="0.1")) == 0


def test_a_price_without_a_rate_is_refused() -> None:
    with pytest.raises(NoQuotaRate):
        room_for(_position("cn-horgos"), [], goods("bag", "1000", currency="JPY"))


@given(regimes, visitors, pasts(), baskets, lines(most=6))
@settings(max_examples=200)
def test_so_many_fit_and_not_one_more(
    name: str, visitor: Traveller, history: list[PastSale], basket: list[Goods], more: Goods
) -> None:
    position = _position(name, visitor, *history)
    fitting = [
        n
        for n in range(1, more.quantity + 1)
        if verdict_on(position, basket, replace(more, quantity=n, discount=more.discount * n / more.quantity))[0]
        <= Verdict.NOTE
    ]
    assert fitting == list(range(1, room_for(position, basket, more) + 1))


@given(regimes, visitors, baskets, lines(most=6))
def test_what_fits_a_basket_in_order_leaves_it_in_order(
    name: str, visitor: Traveller, basket: list[Goods], more: Goods
) -> None:
    position = _position(name, visitor)
    n = room_for(position, basket, more)
    part = replace(more, quantity=n, discount=more.discount * n / more.quantity)
    if judge(position, basket).assessment.verdict <= Verdict.NOTE:
        assert judge(position, [*basket, part]).assessment.verdict <= Verdict.NOTE
