"""A discount takes off what it says, exactly, and never more than the line."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.pricing.discount import Discount, roundest_percent
from tests.builders import money
from tests.horgos import CNY

percents = st.decimals(Decimal(0), Decimal(100), places=2)


@given(percents, st.integers(0, 10**9))
def test_a_percentage_is_rounded_half_up_to_the_fen(percent: Decimal, minor: int) -> None:
    off = Discount(percent=percent).off(Money(minor, CNY))

    assert abs(off.minor - Fraction(minor) * Fraction(percent) / 100) <= Fraction(1, 2)
    assert 0 <= off.minor <= minor


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_an_amount_takes_off_itself_and_never_more_than_the_line(amount: int, minor: int) -> None:
    assert Discount(amount=Money(amount, CNY)).off(Money(minor, CNY)).minor == min(amount, minor)


def test_ten_per_cent_of_two_bars_of_chocolate() -> None:
    assert Discount(percent=Decimal("10")).off(money("25.00")) == money("2.50")
    assert Discount(percent=Decimal("33.3")).off(money("0.05")) == money("0.02")
    assert Discount().off(money("25.00")) == money("0")


def test_an_amount_is_measured_against_a_role_by_the_share_that_it_takes_off() -> None:
    assert Discount(amount=money("5")).share_of(money("20")) == Fraction(1, 4)
    assert Discount(amount=money("5")).share_of(money("0")) == 0


def test_ten_per_cent_are_ten_per_cent_whatever_rounding_makes_of_them() -> None:
    assert Discount(percent=Decimal(10)).share_of(money("0.04")) == Fraction(1, 10)
    assert Discount(percent=Decimal(10)).share_of(money("0.05")) == Fraction(1, 10)


@pytest.mark.parametrize(
    ("discount", "field"),
    [
        (Discount(percent=Decimal("100.01")), "d.percent"),
        (Discount(percent=Decimal("-0.01")), "d.percent"),
        (Discount(percent=Decimal("NaN")), "d.percent"),
        (Discount(percent=Decimal("Infinity")), "d.percent"),
        (Discount(amount=money("20.01")), "d.amount"),
        (Discount(amount=money("-0.01")), "d.amount"),
    ],
)
def test_more_than_the_line_and_less_than_nothing_are_refused(discount: Discount, field: str) -> None:
    with pytest.raises(BadField) as refused:
        discount.check(money("20"), field="d")

    assert refused.value.field == field


def test_the_whole_line_may_be_given_away() -> None:
    Discount(percent=Decimal(100)).check(money("20"), "d")
    Discount(amount=money("20")).check(money("20"), "d")


@given(
    st.integers(1, 10_000_000), st.sampled_from([Decimal(n) for n in range(1, 101)] + [Decimal("7.5"), Decimal("12.5")])
)
def test_the_roundest_percentage_takes_off_what_was_given_and_is_none_where_two_would(
    minor: int, percent: Decimal
) -> None:
    gross = Money(minor, CNY)
    off = Discount(percent).off(gross)
    found = roundest_percent(gross, off)

    whole = [n for n in range(1, 101) if Discount(Decimal(n)).off(gross) == off]
    if len(whole) > 1:
        assert found is None
    elif whole:
        assert found == whole[0]
    elif found is not None:
        assert Discount(Decimal(found.numerator) / found.denominator).off(gross) == off
