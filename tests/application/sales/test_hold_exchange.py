"""The payment of an exchange holds what it takes from the shelf, and not what comes back with it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.sales.order import SaleOrder
from pos.domain.sales.parking import GoodsReserved
from pos.domain.stock.stock import OutOfStock
from tests.application.sales.test_coming_back import bring_back, in_hand
from tests.application.sales.test_hold_sale import held, holds
from tests.builders import MONDAY, cash
from tests.shops import BAG, LAST_ONE, SWEETS, DemoShop


def the_same_again(shop: DemoShop, pieces: int = 1) -> tuple[Checkout, SaleOrder]:
    """The last piece was sold; it comes back and so many of it are wanted."""
    checkout = shop.basket()
    bring_back(checkout, in_hand(shop, shop.sell(LAST_ONE), (0, 1)))
    checkout.scan(LAST_ONE, pieces)
    return checkout, checkout.order(shop.person("amina"))


def esc(shop: DemoShop, order: SaleOrder) -> None:
    shop.hold_sale.release(order.key)


def pay(shop: DemoShop, order: SaleOrder) -> None:
    assert shop.complete_sale.from_counter(order, Payment(())).pieces == 1


def open_again_and_esc(shop: DemoShop, order: SaleOrder) -> None:
    shop.hold_sale(order)
    shop.hold_sale.release(order.key)


def lapse(shop: DemoShop, order: SaleOrder) -> None:
    shop.now.move(minutes=16)
    another = shop.basket(BAG).order(shop.person("amina"))
    shop.hold_sale(another)
    shop.hold_sale.release(another.key)


@pytest.mark.parametrize("ends", [esc, pay, open_again_and_esc, lapse])
def test_the_last_piece_is_exchanged_for_itself_and_its_payment_ends_in_any_way(
    shop: DemoShop, ends: Callable[[DemoShop, SaleOrder], None]
) -> None:
    _, order = the_same_again(shop)

    shop.hold_sale(order)

    assert (held(shop, LAST_ONE), holds(shop), shop.verify()) == (0, 1, [])
    ends(shop, order)
    assert (held(shop, LAST_ONE), holds(shop), shop.verify()) == (0, 0, [])


def test_what_comes_back_is_not_held_and_what_is_taken_beside_it_is(shop: DemoShop) -> None:
    """One more was delivered: of two wanted one comes back and one is held; a second delivered is free."""
    checkout, _ = the_same_again(shop)
    product = checkout.view().lines[0].line.product.id
    deliver(shop, product, 1)
    checkout.set_quantity(1, 2)
    order = checkout.order(shop.person("amina"))

    shop.hold_sale(order)

    assert held(shop, LAST_ONE) == 1
    with pytest.raises(GoodsReserved):
        shop.basket(LAST_ONE)
    deliver(shop, product, 1)
    assert shop.basket(LAST_ONE).view().pieces == 1
    assert shop.verify() == []
    shop.complete_sale.from_counter(order, Payment((cash("227.00"),)))
    assert (held(shop, LAST_ONE), holds(shop), shop.verify()) == (0, 0, [])


def test_a_piece_that_goes_to_waste_is_wanted_from_the_shelf(shop: DemoShop) -> None:
    first = shop.sell(LAST_ONE)
    checkout = shop.basket()
    bring_back(checkout, in_hand(shop, first, (0, 1)))
    checkout.scan(LAST_ONE)
    bring_back(checkout, in_hand(shop, first, (0, 1)).going_to(0, "waste"))
    with pytest.raises(OutOfStock):
        shop.hold_sale(checkout.order(shop.person("amina")))
    assert (holds(shop), shop.verify()) == (0, [])


def test_trying_an_exchange_records_nothing_of_it(shop: DemoShop) -> None:
    first = shop.sell(SWEETS)
    checkout = shop.basket(SWEETS)
    bring_back(checkout, in_hand(shop, first, (0, 1)))
    before = shop.tables()

    order = checkout.order(shop.person("amina"))
    shop.hold_sale(order)
    shop.hold_sale.release(order.key)

    assert shop.tables() == before


def deliver(shop: DemoShop, product: int, pieces: int) -> None:
    with shop.store.begin() as work:
        work.stock.move(product, pieces, "opening", MONDAY, "demo")
        work.commit()
