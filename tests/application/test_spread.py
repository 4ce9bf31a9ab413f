"""What the shop earns by its rates has a line of its own in the report, and is no part of any other."""

from __future__ import annotations

from decimal import Decimal

from pos.domain.money import KZT, USD
from tests.builders import cash
from tests.shops import SWEETS, DemoShop

MIDDLE_OF_YUAN = Decimal("72.60")  # 72.40 and 72.80


def test_money_of_another_currency_is_counted_against_the_middle_of_buy_and_sell(shop: DemoShop) -> None:
    shop.sell(SWEETS, tenders=(cash("10000", KZT),))

    report = shop.report_day()

    # 10,000 tenge count for 137.36 yuan and are worth 137.74; of them 6,505 go back at the same rate for 89.35.
    earned = (Decimal(10000) - Decimal(6505)) / MIDDLE_OF_YUAN - (Decimal("137.36") - Decimal("89.35"))
    assert report["change"][0]["amount"] == "6505.00"
    assert report["spread"] == str(earned.quantize(Decimal("0.01")))
    assert Decimal(report["payments"][0]["value"]) - Decimal(report["change"][0]["value"]) == Decimal(
        report["sales"]["amount"]
    ) + Decimal(report["rounding"])


def test_a_day_in_the_price_currency_earns_nothing_by_rates(shop: DemoShop) -> None:
    shop.sell(SWEETS)

    assert shop.report_day()["spread"] == "0.00"


def test_dollars_are_bought_below_the_middle(shop: DemoShop) -> None:
    shop.sell(SWEETS, tenders=(cash("7", USD),))

    # 7 dollars × 501 ÷ 72.80 are 48.17 yuan; at the middle, 503 ÷ 72.60, they are 48.50.
    assert shop.report_day()["spread"] == "0.33"
