"""A currency is taken at one rate and given at another, and every rate is frozen with its sale."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given

from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.pricing.rates import NoRate, RateTable, read_rate
from tests.builders import a_rate, a_rate_table, money
from tests.horgos import CNY, KZT, RUB, USD
from tests.strategies import currencies, rate_tables, totals


def test_a_tender_counts_at_buying_over_selling_and_change_goes_back_at_selling_over_selling() -> None:
    rates = a_rate_table()

    assert rates.taking(USD) == Fraction("501.00") / Fraction("73.50")
    assert rates.taking(KZT) == 1 / Fraction("73.50")
    assert rates.taking(CNY) == rates.giving(CNY) == 1
    assert rates.giving(KZT) == Fraction("73.50")
    assert rates.giving(USD) == Fraction("73.50") / Fraction("505.00")


def test_where_prices_are_in_the_base_a_tender_counts_at_its_buying_rate() -> None:
    rates = a_rate_table(price=KZT)

    assert rates.taking(KZT) == rates.giving(KZT) == 1
    assert rates.taking(USD) == Fraction("501.00")
    assert rates.giving(USD) == 1 / Fraction("505.00")


@given(rate_tables(), currencies)
def test_no_one_gains_by_changing_money_back_and_forth_at_the_till(rates: RateTable, other: Currency) -> None:
    assert rates.giving(other) * rates.taking(other) <= 1


@given(rate_tables(), totals, currencies)
def test_what_is_due_in_another_currency_is_worth_the_price_to_half_a_minor_unit(
    rates: RateTable, minor: int, other: Currency
) -> None:
    price = Money(minor, rates.price)

    due = rates.due(price, other)

    assert abs(due.units * rates.taking(other) - price.units) <= rates.taking(other) / (2 * other.minor_per_unit)


def test_a_currency_without_a_rate_is_neither_taken_nor_given() -> None:
    rates = a_rate_table("RUB")

    assert not rates.knows(RUB)
    for ask in (lambda: rates.taking(RUB), lambda: rates.giving(RUB), lambda: rates.due(money("1"), RUB)):
        with pytest.raises(NoRate) as refused:
            ask()
        assert refused.value.currency == "RUB"


def test_without_a_rate_of_the_price_currency_only_that_currency_itself_is_known() -> None:
    rates = a_rate_table("CNY")

    assert [c.code for c in (CNY, KZT, USD) if rates.knows(c)] == ["CNY"]
    assert rates.taking(CNY) == 1
    with pytest.raises(NoRate):
        rates.taking(KZT)


def test_a_shop_that_prices_in_its_base_needs_no_rate_for_it() -> None:
    rates = RateTable(KZT, KZT, {})

    assert rates.knows(KZT)
    assert not rates.knows(CNY)


def test_goods_are_valued_at_the_customs_rate_or_at_the_exact_mean() -> None:
    official = a_rate("USD", "501.00", "505.00", "503.10")
    mean = a_rate("EUR", "590.00", "595.01")
    rates = RateTable(KZT, CNY, {"USD": official, "EUR": mean})

    assert rates.for_customs() == {"USD": Fraction("503.10"), "EUR": Fraction("592.505")}


@pytest.mark.parametrize("text", ["72.80", "0.1556", "999999999", "1.000000001"])
def test_a_positive_decimal_is_a_rate(text: str) -> None:
    assert read_rate(text, "buy") == Decimal(text)


@pytest.mark.parametrize(
    "text", ["0", "0.00", "-1", "+1", "1e3", "NaN", "", " 1", "1,5", "７", "1.", ".5", None, 7, 1.5]
)
def test_nothing_less_is_a_rate(text: object) -> None:
    with pytest.raises(BadField) as refused:
        read_rate(text, "buy")

    assert (refused.value.field, refused.value.what) == ("buy", "not_a_rate")
