"""Rates of a central bank are exact, whatever they are quoted for and in which currency."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.pricing.official_rates import Quote, official_rates
from pos.domain.pricing.rates import to_rate
from tests.horgos import CNY, EUR, KZT, RUB, USD

DAY = date(2026, 3, 2)
FIGURES = st.decimals(Decimal("0.0001"), Decimal("99999"), places=4)


@given(dollar=FIGURES, yuan=FIGURES, units=st.integers(1, 10_000), others=st.integers(1, 10_000))
def test_a_quotient_is_exact_and_the_same_for_any_number_of_units(
    dollar: Decimal, yuan: Decimal, units: int, others: int
) -> None:
    quotes = [Quote("USD", f"{dollar * units:f}", str(units)), Quote("CNY", f"{yuan * others:f}", str(others))]
    rates = official_rates("nbk", DAY, quotes)

    assert rates.of(USD, KZT) == Fraction(dollar)
    assert rates.of(KZT, USD) == 1 / Fraction(dollar)
    assert rates.of(USD, CNY) == Fraction(dollar) / Fraction(yuan)
    assert rates.of(USD, CNY) * rates.of(CNY, KZT) == rates.of(USD, KZT)


@given(dollar=FIGURES, yuan=FIGURES)
def test_a_bank_that_says_what_one_unit_of_its_own_buys_gives_the_same_quotients(
    dollar: Decimal, yuan: Decimal
) -> None:
    rates = official_rates("ecb", DAY, [Quote("USD", f"{dollar:f}"), Quote("CNY", f"{yuan:f}")])

    assert rates.of(EUR, USD) == Fraction(dollar)
    assert rates.of(USD, CNY) == Fraction(yuan) / Fraction(dollar)


def test_figures_have_a_point_or_a_comma() -> None:
    for text in ("15.5", "15,5", "15,5000"):
        assert official_rates("cbr", DAY, [Quote("KZT", text, "100")]).of(KZT, RUB) == Fraction(155, 1000)


@pytest.mark.parametrize("value", ["0", "0,00", "-5", "", "1e3", "1 234,5", "٣", "NaN", "1.2.3", "1234567890"])
def test_a_value_that_is_no_rate_is_named_with_its_currency(value: str) -> None:
    with pytest.raises(BadField) as refused:
        official_rates("nbk", DAY, [Quote("USD", value)])
    assert (refused.value.field, refused.value.what) == ("USD", "not_a_rate")


@pytest.mark.parametrize("units", ["0", "10001", "", "-1", "1.5", "1000000"])
def test_a_rate_is_for_one_to_ten_thousand_units(units: str) -> None:
    with pytest.raises(BadField) as refused:
        official_rates("nbk", DAY, [Quote("USD", "5", units)])
    assert (refused.value.field, refused.value.what) == ("USD", "not_a_number_of_units")


def test_a_quotient_is_rounded_once_to_the_decimals_of_a_rate() -> None:
    assert to_rate(Fraction(1, 3)) == Decimal("0.333333333")
    assert to_rate(Fraction(2, 3)) == Decimal("0.666666667")
    assert [str(to_rate(Fraction(one))) for one in ("504.10", "500", "0.5", "0")] == ["504.1", "500", "0.5", "0"]
