"""Customer orders of the demo shop, taken and brought forward as the counter does it."""

from __future__ import annotations

import uuid
from typing import Any

from pos.application.pickup.deposits import DepositDraft, Deposits
from pos.application.pickup.order_steps import BringForward
from pos.application.pickup.pick_up import deposit_tenders
from pos.application.pickup.take_order import ClaimLine, OrderDraft, TakeOrder
from pos.application.pickup.upkeep import PickupUpkeep
from pos.application.sales.checkout import Checkout
from pos.application.sales.complete_sale import Payment
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.domain.money import Money
from pos.domain.payment.tender import Tender
from pos.domain.pickup.buyer import read_called
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.sales.sale import Sale
from tests.shops import DemoShop


def a_draft(*goods: str, buyer: str = "小雨 4567", price: Money | None = None, **changed: Any) -> OrderDraft:
    """An order from a stream for one piece of each of these goods."""
    fields: dict[str, Any] = {
        "channel": "douyin",
        "lines": tuple(ClaimLine(one, 1, price) for one in goods),
        "buyer": read_called(buyer, "zh"),
    }
    return OrderDraft(**(fields | changed))


def claim(shop: DemoShop, *goods: str, key: str = "", **changed: Any) -> CustomerOrder:
    """Take such an order."""
    draft = a_draft(*goods, **changed)
    return TakeOrder(shop.context)(draft, shop.person("amina"), key or uuid.uuid4().hex)


def pieces(shop: DemoShop, code: str, quantity: int, **changed: Any) -> CustomerOrder:
    """An order of several pieces of one product."""
    return claim(shop, lines=(ClaimLine(code, quantity),), **changed)


def steps(shop: DemoShop) -> BringForward:
    return BringForward(shop.context)


def upkeep(shop: DemoShop) -> None:
    """What an idle till does, until there is nothing left to do."""
    while PickupUpkeep(shop.context).step():
        pass


def order_of(shop: DemoShop, code: str) -> CustomerOrder:
    """The order as it is in the books."""
    with shop.store.reading() as work:
        order = work.pickups.by_code(code)
    assert order is not None
    return order


def state_of(shop: DemoShop, order: CustomerOrder) -> str:
    return order_of(shop, order.code).state.value


def on_hand(shop: DemoShop, code: str, quantity: int) -> None:
    """So many pieces of a product and no more lie on the floor."""
    with shop.store.reading() as work:
        named = work.products.named(code, shop.now())
        assert named is not None
        there = work.stock.on_hand(named[0].id)
    if there != quantity:
        line = StockDocumentLine(quantity - there, code)
        draft = StockDocumentDraft("adjustment", [line], "floor", "", "miscounted", "")
        shop.move_stock(shop.person("clerk"), draft)


def deposits(shop: DemoShop) -> Deposits:
    return Deposits(shop.context)


def pay_ahead(
    shop: DemoShop, order: CustomerOrder, amount: Money, method: str = "cash", key: str = ""
) -> CustomerOrder:
    """Take a deposit on an order."""
    draft = DepositDraft(method, amount, "" if method == "cash" else "4711")
    return deposits(shop).take(order.code, draft, shop.person("amina"), key or uuid.uuid4().hex)


def opened(shop: DemoShop, *orders: CustomerOrder, visitor: bool = True) -> Checkout:
    """A basket with the goods of these orders."""
    checkout = shop.basket(visitor=visitor)
    for order in orders:
        checkout.pick_up(order.code)
    return checkout


def settle_up(shop: DemoShop, checkout: Checkout, *more: Tender) -> Sale:
    """Pay a basket: with the deposits on its orders first, the rest with `more` or in cash of the price currency."""
    order = checkout.order(shop.person("amina"))
    given = deposit_tenders(order.pickups, order.cart.total, shop.settings().cash())
    left = order.cart.total
    for tender in given:
        assert tender.rate is not None
        left = left - Money.rounded(tender.amount.units * tender.rate, left.currency)
    asked = shop.settings().cash().asked_of(left)
    rest = more or ((Tender("cash", asked),) if asked.minor > 0 else ())
    return shop.complete_sale.from_counter(order, Payment((*given, *rest)))


def pick_up(shop: DemoShop, *orders: CustomerOrder) -> Sale:
    """Hand out these orders whole."""
    return settle_up(shop, opened(shop, *orders))
