"""The payment in progress: what is asked for in each currency, what was given, what goes back."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.application.sales.take_payment import PaymentInProgress
from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.domain.payment.tender import CashRules, OverpaidWithoutCash, check_settled
from pos.domain.pricing.rates import NoRate, RateTable
from tests.builders import MONDAY, a_rate_table, cash, money
from tests.horgos import CNY, EUR, KZT, RUB, USD
from tests.strategies import cash_rules, currencies, rate_tables, totals


def a_payment(total: str = "837.40", rates: RateTable | None = None, hours: int = 0) -> PaymentInProgress:
    known = a_rate_table() if rates is None else rates
    return PaymentInProgress.of(
        Money.parse(total, known.price), known, CashRules(), MONDAY + timedelta(hours=hours), timedelta(hours=48)
    )


def test_it_begins_in_the_price_currency_in_cash_with_everything_due() -> None:
    view = a_payment().view()

    assert (view.currency, view.method, view.is_settled, view.tenders) == (CNY, "cash", False, ())
    assert view.remaining == money("837.40")
    assert [(str(line.amount), line.amount.currency) for line in view.due] == [
        ("61550.00", KZT),
        ("122.85", USD),
        ("104.30", EUR),
        ("9678.00", RUB),
    ]


@given(totals, rate_tables(), cash_rules, st.lists(st.tuples(currencies, st.sampled_from(["cash", "card", "qr"]))))
def test_paying_the_rest_as_shown_settles_in_any_currency_by_any_method(
    minor: int, rates: RateTable, shop: CashRules, ways: list[tuple[Currency, str]]
) -> None:
    payment = PaymentInProgress.of(Money(minor, rates.price), rates, shop, MONDAY, timedelta(hours=48))
    for currency, method in [*ways, (rates.price, "card")]:
        payment = payment.choosing(currency).by(method)
        if payment.remaining():
            payment = payment.paying_rest()
            assert payment.settlement().left.minor == 0

    assert payment.view().is_settled
    check_settled(payment.settlement())


def test_change_is_given_in_the_currency_that_the_buyer_asks_for() -> None:
    payment = a_payment("100").adding(money("200"))

    assert [str(c.amount) for c in payment.settlement().change] == ["100.00"]
    asked = payment.giving_change_in(KZT)
    assert [str(c.amount) for c in asked.settlement().change] == ["7350.00"]
    assert asked.giving_change_in(None).settlement() == payment.settlement()


def test_a_tender_is_taken_back_and_the_others_stay() -> None:
    payment = a_payment("100").adding(money("20")).by("card").adding(money("30"), "1234").by("qr").adding(money("50"))

    fewer = payment.without({payment.tenders[1].id})

    assert [(tender.method, str(tender.amount)) for tender in fewer.tenders] == [("cash", "20.00"), ("qr", "50.00")]
    assert fewer.remaining() == money("30")
    assert payment.view().is_settled
    assert payment.tenders[1].reference == "1234"


@pytest.mark.parametrize("amount", ["0", "-5"])
def test_nothing_and_less_is_no_tender(amount: str) -> None:
    with pytest.raises(BadField) as refused:
        a_payment().adding(money(amount))

    assert refused.value.field == "payments[0].amount"


def test_cash_that_no_coins_make_is_refused_where_it_is_typed() -> None:
    payment = a_payment().choosing(KZT)

    with pytest.raises(BadField) as refused:
        payment.typed(money("61548.50", KZT))

    assert (refused.value.field, refused.value.what) == ("payments[0].amount", "no_coins")
    assert payment.by("card").typed(money("61548.50", KZT)).tenders


def test_paying_the_rest_of_a_paid_sale_adds_nothing() -> None:
    paid = a_payment().paying_rest()

    assert paid.paying_rest() == paid
    assert paid.view().remaining == money("0")


def test_a_currency_without_a_rate_is_not_offered_and_not_taken() -> None:
    payment = a_payment(rates=a_rate_table("RUB"))

    assert RUB not in [line.amount.currency for line in payment.view().due]
    with pytest.raises(NoRate):
        payment.choosing(RUB)
    with pytest.raises(NoRate):
        payment.giving_change_in(RUB)


def test_a_new_shop_without_any_rate_can_be_paid_in_its_own_currency() -> None:
    payment = a_payment(rates=RateTable(KZT, CNY, {}))

    assert payment.view().due == ()
    assert payment.paying_rest().view().is_settled
    with pytest.raises(NoRate):
        payment.choosing(KZT)


@pytest.mark.parametrize("currency", [KZT, USD])
def test_where_the_rate_of_the_price_currency_is_missing_that_one_is_named(currency: Currency) -> None:
    """*No exchange rate for USD* was said of a dollar whose rate was set, and of the tenge, which can have none."""
    payment = a_payment(rates=RateTable(KZT, CNY, {"USD": a_rate_table().rates["USD"]}))

    for choose in (payment.choosing, payment.giving_change_in):
        with pytest.raises(NoRate) as refused:
            choose(currency)
        assert refused.value.currency == "CNY"


def test_a_rate_older_than_the_shop_allows_is_marked() -> None:
    assert not any(line.stale for line in a_payment(hours=48).view().due)
    late = a_payment(hours=49)

    assert all(line.stale for line in late.view().due)


def test_too_much_by_card_looks_paid_to_no_one() -> None:
    payment = a_payment("100").by("card").adding(money("100.03"))

    with pytest.raises(OverpaidWithoutCash):
        check_settled(payment.settlement())


def test_a_payment_in_tenge_prices_counts_in_tenge() -> None:
    payment = a_payment("61550", rates=a_rate_table(price=KZT))

    assert [line.amount.currency for line in payment.view().due] == [CNY, USD, EUR, RUB]
    assert payment.choosing(USD).paying_rest().view().is_settled
    assert payment.adding(cash("70000", KZT).amount).settlement().change[0].amount == money("8450", KZT)


def test_the_change_is_offered_in_other_notes_and_after_the_last_way_in_the_first_again() -> None:
    held = {"CNY": {5_000: 1, 2_000: 4, 1_000: 2}}
    payment = replace(a_payment("40").adding(money("100"), notes={10_000: 1}), drawer=held)
    first = dict(payment.settlement().change[0].notes)

    offered = [first]
    while dict((payment := payment.with_other_notes()).settlement().change[0].notes) != first:
        offered.append(dict(payment.settlement().change[0].notes))

    assert offered == [{5_000: 1, 1_000: 1}, {2_000: 3}]
    assert payment.view().has_other_notes


def test_notes_chosen_for_another_change_are_forgotten() -> None:
    held = {"CNY": {5_000: 1, 2_000: 4, 1_000: 2}}
    payment = replace(a_payment("40").adding(money("100"), notes={10_000: 1}), drawer=held).with_other_notes()

    more = payment.adding(money("1"))

    assert [(str(c.amount), sum(v * n for v, n in c.notes.items())) for c in more.settlement().change] == [
        ("61.00", 6_100)
    ]


def test_where_the_drawer_cannot_make_it_there_are_no_other_notes() -> None:
    short = replace(a_payment("40").adding(money("100")), drawer={"CNY": {500: 1}})
    unknown = a_payment("40").adding(money("100"))

    for payment in (short, unknown):
        assert not payment.view().has_other_notes
        assert payment.with_other_notes() == payment
