"""A change of prices: the nearest price with the ending, to the fen, and never a price that is none."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.price_change import ENDINGS, PriceChange, margin_of
from tests.builders import money
from tests.horgos import CNY


@pytest.mark.parametrize(
    ("price", "percent", "ending", "new"),
    [
        ("12.50", "10", "", "13.75"), ("12.50", "-10", "", "11.25"), ("0.33", "10", "", "0.36"),
        ("12.50", "10", "00", "14.00"), ("12.50", "10", "90", "13.90"), ("12.50", "10", "99", "13.99"),
        ("13.30", "0", "90", "12.90"), ("13.40", "0", "90", "13.90"), ("0.20", "-10", "99", "0.99"),
        ("0.20", "0", "00", "1.00"),
    ],
)  # fmt: skip
def test_prices_rise_and_fall_by_per_cent_to_the_nearest_ending(
    price: str, percent: str, ending: str, new: str
) -> None:
    assert PriceChange(Decimal(percent), ending=ending).of(money(price)) == money(new)


def test_an_amount_is_added_or_taken_off_and_may_leave_nothing() -> None:
    assert PriceChange(amount=money("-2.50")).of(money("12.50")) == money("10.00")
    assert PriceChange(amount=money("-12.50"), ending="99").of(money("12.50")).minor <= 0


@given(st.integers(1, 10_000_000), st.decimals(-90, 900, places=2), st.sampled_from(ENDINGS[1:]))
def test_what_ends_as_wished_is_never_more_than_half_a_unit_away(minor: int, percent: Decimal, ending: str) -> None:
    new = PriceChange(percent, ending=ending).of(Money(minor, CNY)).minor
    exact = minor * (100 + percent) / 100

    assert new % 100 == int(ending)
    assert new > 0
    assert abs(new - exact) <= 50 or new <= 100


@pytest.mark.parametrize(
    "change",
    [
        {}, {"percent": Decimal(5), "amount": money("1")}, {"percent": Decimal(0)}, {"percent": Decimal(-95)},
        {"percent": Decimal(5), "ending": "50"}, {"amount": money("0")},
    ],
)  # fmt: skip
def test_a_change_that_is_none_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(BadField):
        PriceChange(**change)  # type: ignore[arg-type] # what a screen could send


def test_the_margin_is_what_is_left_of_the_price() -> None:
    assert margin_of(money("10.00"), money("7.50")) == 25
    assert margin_of(money("10.00"), money("12.00")) == -20
    assert margin_of(money("10.00"), None) is None


@pytest.mark.parametrize(
    ("change", "field", "what"),
    [
        ({}, "percent", "missing"), ({"percent": Decimal(5), "amount": Money(1, CNY)}, "percent", "not_both"),
        ({"percent": Decimal("-90.01")}, "percent", "out_of_range"),
        ({"percent": Decimal("900.01")}, "percent", "out_of_range"),
        ({"percent": Decimal(0)}, "percent", "out_of_range"), ({"amount": Money(0, CNY)}, "amount", "out_of_range"),
        ({"percent": Decimal(5), "ending": "50"}, "ending", "not_one_of"),
    ],
)  # fmt: skip
def test_a_change_that_is_none_is_refused_by_its_field(change: dict[str, Any], field: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        PriceChange(**change)

    assert (refused.value.field, refused.value.what) == (field, what)


def test_prices_fall_by_ninety_and_rise_by_nine_hundred_per_cent_at_most() -> None:
    assert PriceChange(Decimal(-90)).of(money("10.00")) == money("1.00")
    assert PriceChange(Decimal(900)).of(money("10.00")) == money("100.00")
    assert PriceChange(Decimal(0), ending="90").of(money("10.00")) == money("9.90")
    assert PriceChange(amount=money("0"), ending="99").of(money("0.20")) == money("0.99")
    assert PriceChange(Decimal(0), ending="00").of(money("0.20")) == money("1.00")
    assert PriceChange(Decimal(0), ending="00").of(money("10.50")) == money("11.00")
    assert PriceChange(amount=money("-10"), ending="99").of(money("10.00")) == money("0")
    assert PriceChange(amount=money("-9.99"), ending="99").of(money("10.00")) == money("0.99")
    assert margin_of(money("0"), money("1.00")) is None
    assert margin_of(money("0.01"), money("0")) == 100
