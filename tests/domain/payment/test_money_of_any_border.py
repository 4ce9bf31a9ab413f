"""Payment at any border: price currencies of no, two and three decimals against plain whole numbers and fractions."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.payment.tender import CashRules, Settlement, Tender, check_tender, settle
from pos.domain.pricing.rates import Rate, RateTable
from tests.borders import NOTES

MANY = settings(max_examples=25)
SINCE = datetime(2026, 11, 24, tzinfo=UTC)


def a_currency(code: str, digits: int, place: int, *, has_coins: bool) -> Currency:
    """A currency as the file of a border describes one."""
    pieces = tuple(int(Decimal(text) * 10**digits) for text in NOTES[digits])
    notes = tuple(one for one in pieces if one >= 10**digits)
    held = pieces if has_coins else notes
    return Currency(
        code,
        digits,
        denominations=held,
        smallest_note=notes[-1],
        cash_step=held[-1],
        keeps_coins=has_coins,
        place=place,
    )


@st.composite
def counters(draw: st.DrawFn, digits: int) -> tuple[RateTable, CashRules]:
    """One to four currencies, the first of which is that of the prices; rates in any of them."""
    price = a_currency("PPP", digits, 0, has_coins=True)
    others = [
        a_currency(code, draw(st.sampled_from([0, 2, 3])), place, has_coins=draw(st.booleans()))
        for place, code in enumerate(draw(st.sampled_from(["", "A", "AB", "ABC"])), 1)
        for code in [code * 3]
    ]
    currencies = [price, *others]
    base = draw(st.sampled_from(currencies))
    rates = {}
    for one in currencies:
        buy = draw(st.integers(1, 900_000))
        sell = buy + draw(st.integers(0, buy // 20))
        rates[one.code] = Rate(one, Decimal(buy) / 1000, Decimal(sell) / 1000, None, SINCE)
    steps = {one.code: draw(st.sampled_from(one.denominations[-3:])) for one in currencies}
    coins = frozenset(one.code for one in currencies if one.keeps_coins)
    del rates[base.code]
    return RateTable(base, price, rates), CashRules(steps, draw(st.booleans()), coins)


def currencies_of(rates: RateTable) -> list[Currency]:
    return list(
        {one.code: one for one in (rates.price, rates.base, *(rate.currency for rate in rates.rates.values()))}.values()
    )


@st.composite
def payments(draw: st.DrawFn, digits: int) -> tuple[RateTable, CashRules, int, list[Tender], Currency | None]:
    rates, cash = draw(counters(digits))
    known = currencies_of(rates)
    tenders = [
        Tender(draw(st.sampled_from(["cash", "cash", "card"])), Money(draw(st.integers(1, 3_000_000)), currency))
        for currency in draw(st.lists(st.sampled_from(known), min_size=1, max_size=4))
    ]
    return rates, cash, draw(st.integers(1, 2_000_000)), tenders, draw(st.none() | st.sampled_from(known))


def half_away(value: Fraction) -> int:
    """The nearest whole number, halves away from zero: reckoned by the remainder."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    whole += 2 * rest >= value.denominator
    return whole if value >= 0 else -whole


def worth_of(tender: Tender, rates: RateTable) -> int:
    """What a tender counts for, in minor units of the price: bought at the counter, sold as the price currency."""
    money, price = tender.amount, rates.price
    if money.currency.code == price.code:
        return money.minor
    buy = Fraction(1) if money.currency.code == rates.base.code else Fraction(rates.rates[money.currency.code].buy)
    sell = Fraction(1) if price.code == rates.base.code else Fraction(rates.rates[price.code].sell)
    return half_away(Fraction(money.minor, 10**money.currency.digits) * buy / sell * 10**price.digits)


def is_paid_in_full(settled: Settlement) -> bool:
    return settled.left.minor <= 0


@pytest.mark.parametrize("digits", [0, 2, 3])
def test_what_is_paid_less_the_change_is_the_total_and_the_rounding(digits: int) -> None:
    @MANY
    @given(payments(digits))
    def holds(payment: tuple[RateTable, CashRules, int, list[Tender], Currency | None]) -> None:
        rates, cash, minor, tenders, change = payment
        settled = settle(Money(minor, rates.price), tenders, rates, cash, change)

        paid = sum(worth_of(tender, rates) for tender in tenders)
        assert [one.value.minor for one in settled.paid] == [worth_of(tender, rates) for tender in tenders]
        if is_paid_in_full(settled):
            assert paid - sum(one.value.minor for one in settled.change) == minor + settled.rounding.minor
        else:
            assert settled.left.minor == minor - paid
            assert not settled.change

    holds()


@pytest.mark.parametrize("digits", [0, 2, 3])
def test_change_is_made_of_pieces_that_the_shop_has(digits: int) -> None:
    @MANY
    @given(payments(digits))
    def holds(payment: tuple[RateTable, CashRules, int, list[Tender], Currency | None]) -> None:
        rates, cash, minor, tenders, change = payment
        for given_back in settle(Money(minor, rates.price), tenders, rates, cash, change).change:
            amount = given_back.amount
            step = cash.steps[amount.currency.code]
            is_counted_out = amount.currency.code in cash.coins or amount.currency.code == rates.price.code
            assert amount.minor % (step if is_counted_out else amount.currency.smallest_note) == 0
            assert sum(value * many for value, many in given_back.notes.items()) == amount.minor
            assert set(given_back.notes) <= set(amount.currency.denominations)

    holds()


@pytest.mark.parametrize(("largest", "most"), [(100, 100_000_000), (100_000, 500_000_000)])
def test_money_of_many_zeros_is_no_slip(largest: int, most: int) -> None:
    one = Currency("PPP", 0, denominations=(largest, 1), smallest_note=1)
    check_tender(Tender("card", Money(most, one)), "payments[0]")

    with pytest.raises(BadField) as slip:
        check_tender(Tender("card", Money(most + 1, one)), "payments[0]")
    assert slip.value.what == "too_large"


@pytest.mark.parametrize(("digits", "text"), [(0, "1008"), (2, "10.08"), (3, "1.008")])
def test_an_amount_is_written_with_the_decimals_of_its_currency(digits: int, text: str) -> None:
    one = a_currency("PPP", digits, 0, has_coins=True)

    assert str(Money(1008, one)) == text
    assert Money.parse(text, one) == Money(1008, one)
