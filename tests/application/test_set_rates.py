"""Rates are superseded from an instant on, never edited, and a sale keeps those it was made with."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from pos.domain.errors import BadField
from pos.domain.money import CNY, KZT, USD
from pos.domain.staff import NotAllowed
from tests.builders import MONDAY, cash
from tests.shops import SWEETS, DemoShop

NEW = (Decimal("510"), Decimal("520"), Decimal("515"))


def test_a_rate_holds_from_its_instant_on_and_the_old_one_until_then(shop: DemoShop) -> None:
    shop.set_rate(shop.person("manager"), USD, *NEW, MONDAY + timedelta(hours=3))

    assert str(shop.show_rates().of(USD).buy) == "501.00"
    shop.now.move(hours=3)
    assert str(shop.show_rates().of(USD).buy) == "510"
    assert shop.rows("SELECT count(*) FROM rate WHERE currency = 'USD'") == [(2,)]


def test_of_two_rates_of_one_instant_the_later_entered_holds(shop: DemoShop) -> None:
    for buy in ("511", "512"):
        shop.set_rate(shop.person("manager"), USD, Decimal(buy), Decimal("520"), None, MONDAY)

    assert shop.show_rates().of(USD).buy == Decimal("512")


def test_a_recorded_sale_keeps_its_rates(shop: DemoShop) -> None:
    sale = shop.sell(SWEETS, tenders=(cash("10", USD),))
    shop.set_rate(shop.person("manager"), USD, *NEW, MONDAY - timedelta(days=1))
    shop.set_rate(shop.person("manager"), USD, *NEW, None)

    with shop.store.reading() as work:
        found = work.sales.by_number("T1", 1)

    assert found is not None
    assert found.rates == sale.rates
    assert found.paid[0].rate == sale.paid[0].rate


@pytest.mark.parametrize(
    ("buy", "sell", "customs", "field"),
    [
        ("0", "1", None, "buy"),
        ("-1", "1", None, "buy"),
        ("NaN", "1", None, "buy"),
        ("1", "Infinity", None, "sell"),
        ("1", "0", None, "sell"),
        ("1", "2", "0", "customs"),
        ("3", "2", None, "buy"),
    ],
)
def test_a_rate_of_nothing_or_below_what_the_shop_pays_is_refused(
    shop: DemoShop, buy: str, sell: str, customs: str | None, field: str
) -> None:
    before = shop.tables()

    with pytest.raises(BadField) as refused:
        shop.set_rate(
            shop.person("manager"),
            USD,
            Decimal(buy),
            Decimal(sell),
            None if customs is None else Decimal(customs),
            None,
        )

    assert refused.value.field == field
    assert shop.tables() == before


def test_the_base_has_no_rate_and_a_cashier_sets_none(shop: DemoShop) -> None:
    with pytest.raises(BadField) as refused:
        shop.set_rate(shop.person("manager"), KZT, Decimal(1), Decimal(1), None, None)
    assert refused.value.what == "is_the_base"
    with pytest.raises(NotAllowed):
        shop.set_rate(shop.person("amina"), CNY, Decimal(1), Decimal(1), None, None)


def test_who_set_which_rate_stands_in_the_journal(shop: DemoShop) -> None:
    shop.set_rate(shop.person("manager"), USD, *NEW, None)

    [(person, details)] = shop.rows("SELECT person, details FROM journal WHERE act = 'set_rate'")
    assert person == "manager"
    assert '"buy":"510"' in details
    assert shop.verify() == []
