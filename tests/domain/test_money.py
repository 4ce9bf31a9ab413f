"""Money is whole minor units of one currency; nothing is ever lost in between."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency, CurrencyMismatch, Money, UnknownCurrency, currency, half_up, total
from tests.builders import money
from tests.horgos import CNY, EUR, KZT, RUB, USD
from tests.strategies import currencies

amounts = st.integers(1 - 10**14, 10**14 - 1)


@given(amounts, currencies)
def test_money_written_and_read_again_is_the_same_money(minor: int, of: Currency) -> None:
    assert Money.parse(str(Money(minor, of)), of) == Money(minor, of)


@given(st.lists(amounts, max_size=20))
def test_a_total_is_exact_however_many_amounts_there_are(minors: list[int]) -> None:
    assert total((Money(minor, CNY) for minor in minors), CNY) == Money(sum(minors), CNY)


@given(amounts, st.integers(1, 500))
def test_money_that_is_shared_comes_together_again_and_no_part_is_two_fen_better(minor: int, parts: int) -> None:
    shares = Money(minor, CNY).shared(parts)

    assert len(shares) == parts
    assert total(shares, CNY) == Money(minor, CNY)
    assert max(share.minor for share in shares) - min(share.minor for share in shares) <= 1


@given(st.fractions())
def test_rounding_is_to_the_nearest_and_halves_go_away_from_zero(exact: Fraction) -> None:
    rounded = half_up(exact)

    assert abs(rounded - exact) <= Fraction(1, 2)
    assert half_up(-exact) == -rounded
    if abs(rounded - exact) == Fraction(1, 2):
        assert abs(rounded) > abs(exact)


@pytest.mark.parametrize(
    ("text", "minor"), [("837.40", 83740), ("0", 0), ("-0", 0), ("-1.5", -150), ("7", 700), ("1.500000000", 150)]
)
def test_a_plain_decimal_is_an_amount(text: str, minor: int) -> None:
    assert Money.parse(text, CNY) == Money(minor, CNY)


@pytest.mark.parametrize(
    "text",
    ["", " 1", "1 ", "1,5", "1.", ".5", "+1", "1e3", "1_000", "NaN", "Infinity", "0x10", "１２", "٣٤", "1\n", "--1",
     "1.5.5", "9999999999999", 12, 12.5, None, True, ["1"], {"a": 1}, "1\u200b", "½", "1'000"],
)  # fmt: skip
def test_what_is_no_plain_decimal_is_named_by_its_field(text: object) -> None:
    with pytest.raises(BadField) as refused:
        Money.parse(text, CNY, "payments[0].amount")

    assert (refused.value.field, refused.value.what) == ("payments[0].amount", "not_an_amount")


def test_a_third_decimal_is_refused_rather_than_rounded() -> None:
    with pytest.raises(BadField) as refused:
        Money.parse("1.005", CNY)

    assert refused.value.what == "too_many_decimals"


def test_two_currencies_never_meet_without_a_rate() -> None:
    yuan, dollars = money("1"), money("1", USD)

    for meet in (
        lambda: yuan + dollars,
        lambda: yuan - dollars,
        lambda: yuan < dollars,
        lambda: yuan >= dollars,
        lambda: total([yuan, dollars], CNY),
    ):
        with pytest.raises(CurrencyMismatch):
            meet()
    assert yuan != dollars


def test_amounts_of_one_currency_are_ordered_and_nothing_is_falsy() -> None:
    assert money("1") < money("2") <= money("2") < money("3")
    assert money("3") > money("2") >= money("2")
    assert not money("2") < money("2")
    assert not money("2") > money("2")
    assert not money("0")
    assert money("0.01")
    assert -money("1") == money("-1")
    assert money("12.50") * 3 == money("37.50")
    assert money("12.50").units == Fraction(25, 2)


def test_a_currency_without_decimals_has_none_in_its_text() -> None:
    won = Currency("KRW", 0)

    assert str(Money(1500, won)) == "1500"
    assert Money.parse("1500", won) == Money(1500, won)
    assert str(won) == "KRW"


@pytest.mark.parametrize("code", ["cny", "XXX", "", None, 5, ["CNY"], "GBP"])
def test_a_currency_that_the_shop_does_not_know_is_named(code: object) -> None:
    with pytest.raises(UnknownCurrency) as refused:
        currency(code, "change_currency")

    assert refused.value.field == "change_currency"
    assert currency("KZT") is CURRENCIES["KZT"]


def test_an_amount_has_twelve_digits_and_nine_decimals_at_most() -> None:
    assert Money.parse("999999999999.990000000", CNY).minor == 99_999_999_999_999
    assert Money.parse("0.01", CNY).minor == 1
    assert Money.parse("1.10", CNY).minor == 110

    for text in ("1000000000000", "1.0000000000"):
        with pytest.raises(BadField):
            Money.parse(text, CNY)


def test_exact_units_are_rounded_half_up_to_the_minor_unit() -> None:
    assert Money.rounded(Fraction(1, 200), CNY) == money("0.01")
    assert Money.rounded(Fraction(-1, 200), CNY) == money("-0.01")
    assert Money.rounded(Fraction(1, 201), CNY) == money("0.00")
    assert Money.rounded(7, CNY) == money("7.00")
    assert [half_up(Fraction(*half)) for half in ((1, 2), (3, 2), (-1, 2), (-3, 2), (1, 3), (2, 3))] == [
        1, 2, -1, -2, 0, 1,
    ]  # fmt: skip


def test_the_first_parts_get_the_odd_fen() -> None:
    assert [part.minor for part in money("0.05").shared(3)] == [2, 2, 1]


def test_an_amount_below_one_has_its_nought_and_its_sign() -> None:
    assert [str(Money(minor, CNY)) for minor in (5, -1, 100, -1250, 0)] == ["0.05", "-0.01", "1.00", "-12.50", "0.00"]
    assert str(Money(-3, Currency("KRW", 0))) == "-3"


def test_a_currency_read_again_is_the_same_currency() -> None:
    read = Currency("CNY")

    assert money("1") + Money(100, read) == money("2")
    assert total([Money(100, read), money("1")], CNY) == money("2")


@pytest.mark.parametrize(
    ("of", "step", "note", "pieces"),
    [
        (CNY, "0.10", "1", "100 50 20 10 5 1 0.50 0.10"),
        (KZT, "5", "500", "20000 10000 5000 2000 1000 500 200 100 50 20 10 5 2 1"),
        (USD, "0.05", "1", "100 50 20 10 5 2 1 0.25 0.10 0.05"),
        (EUR, "0.05", "5", "200 100 50 20 10 5 2 1 0.50 0.20 0.10 0.05"),
        (RUB, "1", "10", "5000 2000 1000 500 200 100 50 10 5 2 1"),
    ],
)
def test_cash_is_counted_in_the_notes_and_coins_of_its_country(of: Currency, step: str, note: str, pieces: str) -> None:
    assert Money(of.cash_step, of) == money(step, of)
    assert Money(of.smallest_note, of) == money(note, of)
    assert [Money(one, of) for one in of.denominations] == [money(one, of) for one in pieces.split()]


def test_the_shops_of_the_center_have_coins_of_their_two_countries() -> None:
    assert [of for of in CURRENCIES.values() if of.keeps_coins] == [CNY, KZT]


def test_no_one_hands_over_tiyn_or_kopecks() -> None:
    assert [of for of in CURRENCIES.values() if not of.has_cash_decimals] == [KZT, RUB]


def test_of_another_currency_cash_is_any_number_of_its_minor_units_and_no_coin_is_kept() -> None:
    won = Currency("KRW", 0)

    assert (won.smallest_note, won.cash_step, won.has_cash_decimals, won.keeps_coins) == (1, 1, True, False)
