"""The rights of the shop at a sale: granted, taken away between the scan and the payment, and lost by the approver."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pos.application.sales.approved_basket import check_payable
from pos.application.sales.order import SaleConditions
from pos.domain.pricing.discount import Discount
from pos.domain.staff.staff import ApprovalNotAllowed, DiscountAboveLimit, NotAllowed
from tests.application.sales.test_approvals import allowed, discounted, needed, order_at, pay
from tests.shops import BAG, COGNAC, SWEETS, DemoShop


def test_a_shop_that_lets_its_cashiers_give_more_asks_no_one(shop: DemoShop) -> None:
    shop.set("cashier_discount_percent", "15")
    checkout = shop.basket(COGNAC)
    row = checkout.view().lines[0].id
    checkout.discount(row, Discount(percent=Decimal(15)), shop.person("amina"))

    assert needed(shop, checkout) == set()
    assert pay(shop, checkout, None).approved_by is None
    with pytest.raises(DiscountAboveLimit) as refused:
        shop.basket(COGNAC).discount(1, Discount(percent=Decimal(16)), shop.person("amina"))
    assert refused.value.limit == 15


def test_a_limit_that_was_lowered_after_the_discount_is_asked_about_before_any_money(shop: DemoShop) -> None:
    amina = shop.person("amina")  # as they signed in
    checkout = shop.basket(SWEETS)
    checkout.discount(checkout.view().lines[0].id, Discount(percent=Decimal(10)), amina)
    shop.set("cashier_discount_percent", "5")

    check_payable(checkout, SaleConditions(shop.now(), shop.settings(), amina))  # what the window knows of them
    with pytest.raises(NotAllowed):
        shop.hold_sale(order_at(shop, checkout), None)
    with pytest.raises(NotAllowed) as refused:
        pay(shop, checkout, None)
    assert refused.value.act == "discount"
    approval = allowed(shop, needed(shop, checkout), checkout.view().key)
    shop.hold_sale(order_at(shop, checkout), approval)
    assert pay(shop, checkout, approval).approved_by == "manager"


def test_a_discount_that_a_role_may_give_no_more_needs_an_approval_however_small(shop: DemoShop) -> None:
    checkout = shop.basket(SWEETS)
    checkout.discount(checkout.view().lines[0].id, Discount(percent=Decimal(1)), shop.person("amina"))
    shop.set("cashier_permissions", "sell,open_shift,close_shift")

    with pytest.raises(NotAllowed):
        pay(shop, checkout, None)
    with pytest.raises(DiscountAboveLimit):
        shop.basket(SWEETS).discount(1, Discount(percent=Decimal(1)), shop.person("amina"))


def test_a_cashier_who_may_no_longer_sell_sells_nothing(shop: DemoShop) -> None:
    checkout = shop.basket(BAG)
    shop.set("cashier_permissions", "return,open_shift,close_shift")

    with pytest.raises(NotAllowed) as refused:
        pay(shop, checkout, None)
    assert refused.value.act == "sell"
    assert shop.rows("SELECT * FROM sale WHERE till = 'T1' AND cashier = 'amina'") == []


def test_an_approval_does_not_count_once_the_role_of_the_approver_lost_the_right(shop: DemoShop) -> None:
    shop.set("clerk_permissions", "catalogue,stock,discount")
    shop.set("clerk_discount_percent", "50")
    checkout = discounted(shop)
    approval = allowed(shop, needed(shop, checkout), checkout.view().key, by="clerk")
    shop.hold_sale(order_at(shop, checkout), approval)

    shop.set("clerk_permissions", "catalogue,stock")
    with pytest.raises(ApprovalNotAllowed):
        shop.hold_sale(order_at(shop, checkout), approval)
    with pytest.raises(ApprovalNotAllowed) as refused:
        pay(shop, checkout, approval)
    assert (refused.value.act, refused.value.person) == ("discount", "clerk")


def test_an_approval_reaches_as_far_as_the_limit_that_its_giver_has_by_now(shop: DemoShop) -> None:
    shop.set("clerk_permissions", "discount")
    shop.set("clerk_discount_percent", "15")
    checkout = discounted(shop)
    approval = allowed(shop, needed(shop, checkout), checkout.view().key, by="clerk")
    shop.set("clerk_discount_percent", "14")

    with pytest.raises(ApprovalNotAllowed):
        pay(shop, checkout, approval)
    shop.set("clerk_discount_percent", "15")
    assert pay(shop, checkout, approval).approved_by == "clerk"
    assert shop.verify() == []


def test_a_role_with_the_right_sells_over_the_allowance_and_a_role_that_lost_it_does_not(
    shop: DemoShop,
) -> None:
    shop.set("cashier_permissions", "sell,over_quota")
    checkout = shop.basket(COGNAC)
    checkout.set_quantity(checkout.view().lines[0].id, 4)
    order = order_at(shop, checkout)
    shop.set("cashier_permissions", "sell")

    with pytest.raises(NotAllowed):
        shop.hold_sale(order, None)
    shop.set("cashier_permissions", "sell,over_quota")
    assert pay(shop, checkout, None).approved_by is None
