"""Figures are written as each language writes them, and read back as exactly what was meant."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.application.text import formatting as figures
from pos.application.text.formatting import MINUS, money_text, number_text, read_amount, read_count, read_number
from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency, Money
from tests.horgos import CNY, EUR, KZT, RUB, USD

languages = st.sampled_from(("en", "zh", "ru", "kk"))
currencies = st.sampled_from(sorted(CURRENCIES.values(), key=str))


@pytest.mark.parametrize(
    ("money", "english", "chinese", "russian"),
    [
        (Money(128300, CNY), "¥ 1,283.00", "¥ 1,283.00", "¥ 1_283,00"),
        (Money(9340240, KZT), "₸ 93,402.40", "₸ 93,402.40", "₸ 93_402,40"),
        (Money(18569, USD), "$ 185.69", "$ 185.69", "$ 185,69"),
        (Money(5, EUR), "€ 0.05", "€ 0.05", "€ 0,05"),
        (Money(0, RUB), "₽ 0.00", "₽ 0.00", "₽ 0,00"),
        (Money(-6800, CNY), "−¥ 68.00", "−¥ 68.00", "−¥ 68,00"),
        (Money(123456789012, KZT), "₸ 1,234,567,890.12", "₸ 1,234,567,890.12", "₸ 1_234_567_890,12"),
    ],
)
def test_money_is_written_as_the_shop_writes_it(money: Money, english: str, chinese: str, russian: str) -> None:
    shown = {language: money_text(money, language) for language in ("en", "zh", "ru", "kk")}
    wanted = {"en": english, "zh": chinese, "ru": russian, "kk": russian}
    assert shown == {k: v.replace(" ", "\u00a0").replace("_", "\u202f") for k, v in wanted.items()}


def test_whole_tenge_and_roubles_handed_over_bear_no_decimals() -> None:
    assert money_text(Money(9340200, KZT), "en", cash=True) == "₸\u00a093,402"
    assert money_text(Money(1459400, RUB), "ru", cash=True) == "₽\u00a014\u202f594"
    assert money_text(Money(9340240, KZT), "en", cash=True) == "₸\u00a093,402.40"
    assert money_text(Money(40000, CNY), "en", cash=True) == "¥\u00a0400.00"


def test_a_rounding_bears_its_sign() -> None:
    assert figures.amount_text(Money(240, KZT), "ru", plus=True) == "+2,40"
    assert figures.amount_text(Money(-240, KZT), "en", plus=True) == f"{MINUS}2.40"
    assert figures.amount_text(Money(0, KZT), "en", plus=True) == "0.00"


def test_a_plain_figure_is_ascii_but_for_its_sign() -> None:
    assert money_text(Money(-128300, CNY), "ru", plain=True) == "-¥ 1 283,00"
    assert figures.amount_text(Money(-128300, CNY), "kk", plain=True).isascii()


def test_a_currency_without_a_symbol_bears_its_code_and_its_own_decimals() -> None:
    assert money_text(Money(1500, Currency("JPY", 0)), "en") == "JPY\u00a01,500"
    assert read_amount("1,500", Currency("JPY", 0), "en") == Money(1500, Currency("JPY", 0))


@given(currencies, languages, st.integers(0, 99_999_999_999), st.booleans(), st.booleans(), st.booleans())
def test_what_is_shown_can_be_typed_back(
    currency: Currency, language: str, minor: int, symbol: bool, cash: bool, plain: bool
) -> None:
    money = Money(minor, currency)
    text = money_text(money, language, symbol=symbol, cash=cash, plain=plain)
    assert read_amount(text, currency, language) == money


@given(currencies, languages, st.integers(0, 99_999_999_999))
def test_a_full_width_input_method_types_the_same_amount(currency: Currency, language: str, minor: int) -> None:
    text = str(Money(minor, currency))
    wide = "".join(chr(ord(char) + 0xFEE0) for char in text)
    assert read_amount(wide, currency, language) == Money(minor, currency)


@given(languages, st.integers(-(10**15), 10**15), st.integers(0, 4))
def test_two_figures_look_alike_only_when_they_are_equal(language: str, scaled: int, digits: int) -> None:
    value = Fraction(scaled, 10**digits)
    shown = number_text(value, language, digits)
    back = shown.replace("\u202f", "").replace(MINUS, "-")
    back = back.replace(",", "") if language in {"en", "zh"} else back.replace(",", ".")
    assert Fraction(back) == value


@given(languages, st.fractions(), st.integers(0, 6))
@example("en", Fraction(-1, 1000), 2)
def test_nothing_is_never_shown_as_less_than_nothing(language: str, value: Fraction, digits: int) -> None:
    shown = number_text(value, language, digits)
    assert shown.startswith(MINUS) == (value < 0 and any(char in "123456789" for char in shown))


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        (Decimal("0.005"), 2, "0.01"),
        (Decimal("0.0049"), 2, "0.00"),
        (Decimal("-0.005"), 2, f"{MINUS}0.01"),
        (Fraction(2, 3), 3, "0.667"),
        (Decimal("1999.5"), 0, "2,000"),
        (Decimal("25.0005"), 3, "25.001"),
    ],
)
def test_what_is_shown_is_rounded_half_up(value: Decimal | Fraction, digits: int, shown: str) -> None:
    assert number_text(value, "en", digits) == shown


@pytest.mark.parametrize(
    ("text", "language", "minor"),
    [
        ("5", "en", 500),
        ("12.5", "ru", 1250),
        ("12,5", "en", 1250),
        ("12,50", "zh", 1250),
        ("1,283.00", "zh", 128300),
        ("1,283", "en", 128300),
        ("1 283,00", "ru", 128300),
        ("1\u202f283.00", "kk", 128300),
        ("1 283.00", "en", 128300),
        ("  7 ", "ru", 700),
        ("007", "en", 700),
        ("¥5", "en", 500),
        ("￥１２．５０", "zh", 1250),
        ("１２，５", "ru", 1250),
        ("12。5", "zh", 1250),
        ("999999999.99", "en", 99999999999),
    ],
)
def test_an_amount_may_be_typed_in_many_ways(text: str, language: str, minor: int) -> None:
    assert read_amount(text, CNY, language) == Money(minor, CNY)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "missing"),
        ("   ", "missing"),
        ("¥", "missing"),
        ("-5", "negative"),
        ("−5", "negative"),
        ("1.234", "too_many_decimals"),
        ("1000000000", "too_large"),
        ("9" * 30, "too_large"),
        ("9" * 5000, "not_an_amount"),
    ],
)
def test_an_amount_that_cannot_be_is_named(text: str, what: str) -> None:
    with pytest.raises(BadField) as refusal:
        read_amount(text, CNY, "en", field="tender.amount")
    assert (refusal.value.field, refusal.value.what) == ("tender.amount", what)
    assert len(refusal.value.value) <= 40


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
@pytest.mark.parametrize(
    "text",
    [
        "٣٤", "१२", "1_000", "NaN", "nan", "Infinity", "1e3", "1E3", "0x10", "abc", "5a", "a5", "+5", "5-", "--5",
        "(5)", "5.", ".5", ",5", "5,", "5..5", "5.5.5", "1.283,00", "1,28,3", "12,34,567", "1 28 3", "12 34", "1  283",
        "0 123", "1,283,00", "1,2834.00", "1\n2", "5\x00", "5\x1d", "\u200b5", "\u202e5", "½", "²", "五", "5¥", "$5",
        "¥¥5", "=5", "1'283", "1;2", "5%",
    ],
)  # fmt: skip
def test_what_is_no_amount_is_refused_in_every_language(text: str, language: str) -> None:
    with pytest.raises(BadField) as refusal:
        read_amount(text, CNY, language)
    assert refusal.value.what == "not_an_amount"


@pytest.mark.parametrize(("text", "language"), [("1,283", "ru"), ("1,283", "kk"), ("1.283", "en"), ("1.283", "ru")])
def test_three_decimals_are_never_taken_for_thousands(text: str, language: str) -> None:
    with pytest.raises(BadField) as refusal:
        read_amount(text, CNY, language)
    assert refusal.value.what == "too_many_decimals"


@given(st.text(max_size=60), languages, currencies)
def test_any_text_is_an_amount_or_a_named_refusal(text: str, language: str, currency: Currency) -> None:
    try:
        money = read_amount(text, currency, language)
    except BadField as refusal:
        what = refusal.what
    else:
        what = ""
        assert 0 <= money.minor < 10**11
    assert what in {"", "missing", "not_an_amount", "negative", "too_large", "too_many_decimals"}


def test_a_weight_that_can_be_read_in_two_ways_is_asked_again() -> None:
    assert read_number("0,540", "en") == Decimal("0.540")
    assert read_number("1,540", "ru") == Decimal("1.540")
    assert read_number("1.540", "en") == Decimal("1.540")
    with pytest.raises(BadField) as refusal:
        read_number("1,540", "en", field="weight")
    assert refusal.value.what == "ambiguous"


def test_pieces_are_whole() -> None:
    assert read_count("5", "en") == 5
    assert read_count("1,000", "en") == 1000
    with pytest.raises(BadField, match="too_many_decimals"):
        read_count("1.5", "en")


def test_quantities_bear_their_units() -> None:
    assert figures.litres_text(1400, "en") == "1.40\u00a0L"
    assert figures.litres_text(Decimal(1400), "ru") == "1,40\u00a0л"
    assert figures.litres_text(1400, "zh", unit=False) == "1.40"
    assert figures.litres_text(125, "en") == "0.125\u00a0L"
    assert figures.volume_text(12, "kk") == "12\u00a0мл"
    assert figures.volume_text(100, "en") == "0.10\u00a0L"
    assert figures.kg_text(Decimal("8.7"), "ru") == "8,700\u00a0кг"
    assert figures.kg_text(25, "en", 0) == "25\u00a0kg"
    assert figures.grams_text(250, "zh") == "250\u00a0g"


def test_per_cent_and_rates_show_what_they_need() -> None:
    assert figures.percent_text(-10, "en") == f"{MINUS}10\u00a0%"
    assert figures.percent_text(Decimal("12.50"), "ru") == "12,5\u00a0%"
    assert figures.percent_text(Fraction(117, 10), "en", plus=True) == "+11.7\u00a0%"
    assert figures.rate_text(Decimal("72.8"), CNY, KZT, "ru") == "1\u00a0¥ = 72,80\u00a0₸"
    assert figures.rate_text(Decimal(503), USD, KZT, "en") == "1\u00a0$ = 503\u00a0₸"
    assert figures.rate_text(Fraction(1, 3), KZT, CNY, "en") == "1\u00a0₸ = 0.333333\u00a0¥"


def test_a_note_bears_its_bare_figure() -> None:
    assert figures.denomination_text(Money(2000000, KZT), "kk") == "20\u202f000"
    assert figures.denomination_text(Money(50, CNY), "en") == "0.5"


DAY = date(2026, 11, 24)


def test_a_date_is_written_as_each_language_does() -> None:
    assert [figures.date_text(DAY, language) for language in ("en", "zh", "ru", "kk")] == [
        "24 Nov 2026", "2026-11-24", "24.11.2026", "24.11.2026",
    ]  # fmt: skip
    assert [figures.long_date_text(DAY, language) for language in ("en", "zh", "ru", "kk")] == [
        "Tuesday 24 November 2026",
        "2026年11月24日 星期二",
        "вторник, 24 ноября 2026 г.",
        "2026 ж. 24 қараша, сейсенбі",
    ]
    assert figures.long_date_text(DAY, "ru", year=False) == "вторник, 24 ноября"
    assert figures.weekday_text(DAY, "zh", short=True) == "周二"


def test_an_instant_is_shown_by_the_clock_of_its_place() -> None:
    instant = datetime(2026, 11, 24, 7, 44, 5, tzinfo=UTC)
    assert figures.instant_text(instant, ZoneInfo("Asia/Shanghai"), "ru") == "24.11.2026 15:44"
    assert figures.instant_text(instant, ZoneInfo("Asia/Almaty"), "en") == "24 Nov 2026 12:44"
    assert figures.instant_text(instant, UTC, "zh", seconds=True) == "2026-11-24 07:44:05"
    assert figures.time_text(time(9, 5)) == "09:05"
    with pytest.raises(ValueError, match="without a zone"):
        figures.instant_text(instant.replace(tzinfo=None), UTC, "en")


@given(st.dates(), languages)
def test_every_day_can_be_written(day: date, language: str) -> None:
    assert str(day.day) in figures.long_date_text(day, language)
    assert f"{day.year:04d}" in figures.date_text(day, language)


def test_the_day_turns_with_the_zone() -> None:
    east = timezone(timedelta(hours=8))
    assert figures.instant_text(datetime(2026, 12, 31, 17, 0, tzinfo=UTC), east, "en") == "1 Jan 2027 01:00"
