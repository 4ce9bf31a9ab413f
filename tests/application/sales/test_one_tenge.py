"""A shop that rounds to one tenge: what is asked, what goes back, the drawer and the count know its coins."""

from __future__ import annotations

import pytest

from pos.domain.errors import BadField
from pos.domain.payment.tender import Tender, due_in
from tests.builders import cash, money, qr
from tests.horgos import KZT
from tests.shops import SWEETS, DemoShop


def test_a_sale_is_paid_to_the_tenge_and_the_change_has_coins_of_two_and_one(shop: DemoShop) -> None:
    shop.set("step_kzt", "1")
    shop.move_cash(shop.person("amina"), "in", money("30", KZT), "coins from the bank", {200: 10, 100: 10})
    checkout = shop.basket(SWEETS)
    settings = shop.settings()
    asked = due_in(money("48.00"), KZT, "cash", checkout.rates, settings.cash())

    sale = shop.pay(checkout, cash("4000", KZT))

    assert asked == money("3494", KZT)  # 48.00 × 72.80 = 3,494.40
    assert [(part.amount, part.notes) for part in sale.change] == [(money("506", KZT), {50_000: 1, 500: 1, 100: 1})]
    drawer = shop.read_shift.drawer()
    assert drawer is not None
    assert (drawer["KZT"][100], drawer["KZT"][200]) == (9, 10)
    assert shop.verify() == []


def test_exactly_the_tenge_asked_for_settles(shop: DemoShop) -> None:
    shop.set("step_kzt", "1")

    sale = shop.pay(shop.basket(SWEETS), cash("3494", KZT))

    assert sale.change == ()
    assert abs(sale.rounding.minor) <= 1
    assert shop.read_shift(shop.person("manager")).cash[1].tendered == money("3494", KZT)


@pytest.mark.parametrize(
    ("setting", "tender"), [("qr_reference", qr("48.00")), ("card_reference", Tender("card", money("48.00")))]
)
def test_a_shop_that_wants_the_reference_of_a_wallet_takes_no_payment_without(
    shop: DemoShop, setting: str, tender: Tender
) -> None:
    shop.set(setting, "yes")
    before = shop.tables()

    with pytest.raises(BadField) as refused:
        shop.sell(SWEETS, tenders=(tender,))

    assert (refused.value.field, refused.value.what) == ("payments[0].reference", "missing")
    assert shop.tables() == before
