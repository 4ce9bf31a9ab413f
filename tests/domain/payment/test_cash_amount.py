"""What cash is: an amount that notes and coins make."""

from __future__ import annotations

import pytest

from pos.domain.errors import BadField
from pos.domain.money import CURRENCIES, Currency, Money
from pos.domain.payment.cash_amount import check_cash, check_coins, in_coins
from tests.builders import card, cash, money
from tests.horgos import EUR, KZT, RUB, USD


@pytest.mark.parametrize(
    ("currency", "coin", "none", "most"),
    [
        (CURRENCIES["CNY"], "12.30", "12.34", "12.30"),
        (KZT, "13", "12.50", "12"),
        (RUB, "1", "0.99", "0"),
        (USD, "1.05", "1.03", "1.00"),
        (EUR, "0.05", "7.99", "7.95"),
    ],
    ids=str,
)
def test_cash_is_what_notes_and_coins_make(currency: Currency, coin: str, none: str, most: str) -> None:
    check_coins(money(coin, currency), "amount")
    check_coins(Money.zero(currency), "amount")

    with pytest.raises(BadField) as refused:
        check_coins(money(none, currency), "amount")

    value = f"{money(none, currency)} {currency}"
    assert refused.value.facts() == {"field": "amount", "what": "no_coins", "value": value}
    assert in_coins(money(none, currency)) == money(most, currency)


@pytest.mark.parametrize("currency", CURRENCIES.values(), ids=str)
def test_every_multiple_of_the_smallest_coin_is_cash(currency: Currency) -> None:
    coin = currency.denominations[-1]
    for minor in range(30_000):
        assert (in_coins(Money(minor, currency)).minor == minor) == (minor % coin == 0)


def test_only_cash_needs_coins_and_the_tender_is_named() -> None:
    tenders = [card("12.50", KZT), cash("12", KZT), cash("12.50", KZT)]
    check_cash(tenders[:2])

    with pytest.raises(BadField) as refused:
        check_cash(tenders)

    assert refused.value.field == "payments[2].amount"
