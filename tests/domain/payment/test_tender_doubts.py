"""An amount that looks like a slip is asked about once; what customers really give is taken without a word."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pos.application.sales.take_payment import PaymentInProgress
from pos.domain.errors import BadField, Refused
from pos.domain.money import Currency, Money
from pos.domain.payment.cash_amount import in_coins
from pos.domain.payment.tender import CashRules
from pos.domain.payment.tender_doubts import NoteOfAnother, TooMuchTendered, UnlikelyTender
from pos.domain.pricing.rates import RateTable
from tests.builders import MONDAY, a_rate_table, money
from tests.horgos import CNY, EUR, KZT, RUB, USD
from tests.strategies import currencies, rate_tables, totals


def a_payment(total: str, currency: Currency = CNY, rates: RateTable | None = None) -> PaymentInProgress:
    known = a_rate_table() if rates is None else rates
    start = PaymentInProgress.of(Money.parse(total, known.price), known, CashRules(), MONDAY, timedelta(hours=48))
    return start.choosing(currency)


def asked(payment: PaymentInProgress, amount: str) -> UnlikelyTender:
    with pytest.raises(Refused) as raised:
        payment.typed(money(amount, payment.currency))
    assert isinstance(raised.value, UnlikelyTender)
    return raised.value


def test_a_500_euro_note_typed_in_tenge_is_asked_about() -> None:
    doubt = asked(a_payment("837.40", KZT), "500")

    assert isinstance(doubt, NoteOfAnother)
    assert doubt.facts() == {
        "amount": money("500", KZT),
        "due": money("61550", KZT),
        "perhaps": money("500", EUR),
    }


def test_less_than_a_twentieth_of_what_is_due_is_little() -> None:
    assert isinstance(asked(a_payment("2000.10"), "100"), NoteOfAnother)


def test_tenge_typed_as_euros_are_more_than_ten_times_what_is_due() -> None:
    doubt = asked(a_payment("837.40", EUR), "60000")

    assert isinstance(doubt, TooMuchTendered)
    assert (doubt.times, doubt.perhaps) == (575, money("60000", KZT))


def test_ten_times_is_taken_and_a_coin_more_is_asked_about() -> None:
    payment = a_payment("100")

    assert payment.typed(money("1000")).view().is_settled
    assert asked(payment, "1000.10").facts()["times"] == 10


def test_what_remains_counts_and_not_the_total() -> None:
    payment = a_payment("100").typed(money("95"))

    assert isinstance(asked(payment, "95"), TooMuchTendered)
    assert payment.typed(money("50")).view().is_settled


def test_said_once_more_it_is_taken() -> None:
    payment = a_payment("12.50")

    taken = payment.typed(money("200"), sure=True)

    assert [str(part.amount) for part in taken.settlement().change] == ["187.50"]


def test_a_card_is_never_asked_about_and_neither_is_what_is_added_when_nothing_is_owed() -> None:
    payment = a_payment("837.40", KZT)

    assert payment.by("card").typed(money("500", KZT)).tenders
    assert a_payment("10").typed(money("10")).typed(money("500")).tenders


@pytest.mark.parametrize(
    ("total", "currency", "amount"),
    [
        ("837.40", KZT, "20000"),  # the first of several notes
        ("837.40", CNY, "100"),
        ("837.40", USD, "20"),
        ("837.40", RUB, "5000"),
        ("837.40", KZT, "550"),  # coins and a small note at the end of a count: no note of anyone
        ("9.90", CNY, "50"),
        ("2000", CNY, "100"),  # a note of others, too, and a twentieth of what is due
    ],
)
def test_what_customers_really_give_is_taken_without_a_word(total: str, currency: Currency, amount: str) -> None:
    assert a_payment(total, currency).typed(money(amount, currency)).tenders


@given(totals, rate_tables(), currencies, st.integers(1, 9_999_999_999))
def test_a_question_names_a_figure_that_would_fit_better_and_asking_twice_takes_it(
    minor: int, rates: RateTable, currency: Currency, amount: int
) -> None:
    payment = a_payment(str(Money(minor, rates.price)), currency, rates)
    given_, due = in_coins(Money(amount, currency)), payment.remaining()
    assume(given_)

    doubt = doubt_about(payment, given_)

    if given_ <= due * 10 and given_ * 20 >= due:
        assert doubt is None
    if doubt is not None and doubt.perhaps is not None:
        worth = doubt.perhaps.units * rates.taking(doubt.perhaps.currency)
        owed = payment.settlement().left.units
        assert owed / 10 <= worth <= owed * 10
        assert doubt.perhaps.currency != currency
    assert payment.typed(given_, sure=True).tenders[-1].amount == given_


def doubt_about(payment: PaymentInProgress, amount: Money) -> UnlikelyTender | None:
    try:
        payment.typed(amount)
    except (TooMuchTendered, NoteOfAnother) as doubt:
        return doubt
    return None


@pytest.mark.parametrize("amount", ["100000000.01", "999999999999"])
def test_more_than_anyone_carries_is_refused_in_one_sentence(amount: str) -> None:
    with pytest.raises(BadField) as refused:
        a_payment("100", KZT).typed(money(amount, KZT), sure=True)

    assert (refused.value.field, refused.value.what) == ("payments[0].amount", "too_large")
