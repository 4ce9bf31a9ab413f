"""Customer orders of the demo shop, taken and brought forward as the counter does it."""

from __future__ import annotations

import uuid
from typing import Any

from pos.application.pickup.order_steps import BringForward
from pos.application.pickup.take_order import ClaimLine, OrderDraft, TakeOrder
from pos.application.pickup.upkeep import PickupUpkeep
from pos.application.stock.move_stock import StockDocumentDraft, StockDocumentLine
from pos.domain.money import Money
from pos.domain.pickup.buyer import read_called
from pos.domain.pickup.customer_order import CustomerOrder
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
