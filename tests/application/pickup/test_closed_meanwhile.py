"""A customer order lies in a basket, parked or in hand, and is closed meanwhile: what is true of it is said."""

from __future__ import annotations

import pytest

from pos.application.pickup.order_steps import Cancelled
from pos.application.pickup.take_order import ClaimLine
from pos.application.sales.checkout import Checkout
from pos.domain.pickup.customer_order import CustomerOrder, CustomerOrderClosed
from tests.application.pickup.orders import claim, on_hand, opened, pick_up, settle_up, steps, upkeep
from tests.application.sales.test_hold_sale import held
from tests.builders import money
from tests.shops import CHOCOLATE, SWEETS, DemoShop


def agreed_at_ten(shop: DemoShop) -> CustomerOrder:
    """Two pieces for which 10.00 were agreed; 12.50 are on file."""
    return claim(shop, lines=(ClaimLine(CHOCOLATE, 2, money("10.00")),))


def cancel(shop: DemoShop, order: CustomerOrder) -> Cancelled:
    return steps(shop).cancel(order.code, "", shop.person("amina"))


def parked(shop: DemoShop, order: CustomerOrder) -> str:
    """Its basket, with sweets added, is parked; the key."""
    checkout = opened(shop, order)
    checkout.scan(SWEETS)
    shop.park_sale(checkout.order(shop.person("amina")), "", shop.person("amina"))
    return checkout.key


def prices(checkout: Checkout) -> list[str]:
    return [str(row.line.unit_price) for row in checkout.view().lines]


@pytest.mark.parametrize("why", ["cancelled", "expired", "picked_up"])
def test_a_resumed_basket_names_the_order_that_was_closed_meanwhile(shop: DemoShop, why: str) -> None:
    order = agreed_at_ten(shop)
    key = parked(shop, order)
    if why == "cancelled":
        cancel(shop, order)
    elif why == "picked_up":
        pick_up(shop, order)
    else:
        shop.now.at = order.hold_until
        upkeep(shop)

    resumed = shop.parked_sales.resume(key, shop.person("amina"))

    assert [(one.code, one.state.value, bool(one.receipt)) for one in resumed.closed] == [
        (order.code, why, why == "picked_up")
    ]
    assert [(str(one.before), str(one.now)) for one in resumed.repriced] == [("10.00", "12.50")]
    assert resumed.basket.pickups == ()


def test_the_list_counts_the_pieces_that_nothing_holds_any_more(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 5)
    order = agreed_at_ten(shop)
    parked(shop, order)
    [before] = shop.parked_sales.all()
    assert (before.unheld, held(shop, CHOCOLATE)) == (0, 2)

    done = cancel(shop, order)

    [after] = shop.parked_sales.all()
    assert (after.unheld, after.basket.pieces, held(shop, CHOCOLATE)) == (2, 3, 0)
    assert done.parked_at == ("T1",)
    assert cancel(shop, agreed_at_ten(shop)).parked_at == ()


def test_an_order_that_waited_when_it_was_parked_is_held_by_the_basket_itself(shop: DemoShop) -> None:
    on_hand(shop, CHOCOLATE, 1)
    order = agreed_at_ten(shop)
    on_hand(shop, CHOCOLATE, 2)  # no step has moved it up
    key = parked(shop, order)
    cancel(shop, order)
    assert [one.unheld for one in shop.parked_sales.all()] == [0]
    assert [one.code for one in shop.parked_sales.resume(key, shop.person("amina")).closed] == [order.code]


def test_an_open_basket_lets_an_order_go_that_was_closed_meanwhile_and_its_payment_waits_for_that(
    shop: DemoShop,
) -> None:
    order, other = agreed_at_ten(shop), claim(shop, lines=(ClaimLine(SWEETS, 1, money("40.00")),))
    checkout = opened(shop, order, other)
    assert checkout.let_go_closed() == ()
    cancel(shop, order)
    with pytest.raises(CustomerOrderClosed):
        settle_up(shop, checkout)

    [gone] = checkout.let_go_closed()

    assert (gone.code, gone.state.value) == (order.code, "cancelled")
    assert (prices(checkout), checkout.let_go_closed()) == (["12.50", "40.00"], ())
    assert [one.code for one in checkout.view().pickups] == [other.code]
    checkout.undo()  # one step back there is no order at the agreed price, either
    assert prices(checkout) == ["12.50"]
    checkout.scan(SWEETS)
    settle_up(shop, checkout)
    assert shop.verify() == []
