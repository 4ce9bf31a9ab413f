"""Goods held for a customer order, in the same reservations as those of parked sales and open payments."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from pos.application.fiscal.queue_deposits import DepositStep
from pos.application.ports.sale_ports import Hold
from pos.application.ports.store import UnitOfWork
from pos.application.pricing.rates_in_force import rates_of
from pos.application.settings.settings import Settings
from pos.application.text.translator import Translator
from pos.domain.catalogue.product import Product
from pos.domain.money import Currency
from pos.domain.pickup.agreed_price import OfOrder
from pos.domain.pickup.customer_order import CustomerOrder
from pos.domain.pickup.deposit import Deposit, DepositEntry
from pos.domain.sales.cart import Cart
from pos.domain.sales.cart_line import CartLine
from pos.domain.sales.parking import PICKUP
from pos.domain.stock.stock_policy import StockPolicy


def sellable(work: UnitOfWork, product: Product, at: datetime, policy: StockPolicy) -> int:
    """How many pieces are free, without expired ones that the shop does not sell."""
    floor = work.stock.floor(product.id, at)
    if not floor.lots or policy.sells_expired(product.category):
        return floor.free
    return max(floor.free - floor.expired(policy.today), 0)


def short_of(
    work: UnitOfWork,
    order: CustomerOrder,
    products: Mapping[int, Product],
    at: datetime,
    policy: StockPolicy,
    taken: Mapping[int, int],
) -> dict[int, int]:
    """Of which goods of the order fewer are free than it wants, with how many are; `taken` pieces go to others first.

    Expired reservations were released before.
    """
    short: dict[int, int] = {}
    for product_id, wanted in order.goods().items():
        product = products[product_id]
        free = sellable(work, product, at, policy) - taken.get(product_id, 0)
        if product.category is None:
            short[product_id] = 0
        elif wanted > free and not policy.sells_below(product.category):
            short[product_id] = max(free, 0)
    return short


def hold_goods(
    work: UnitOfWork,
    order: CustomerOrder,
    products: Mapping[int, Product],
    at: datetime,
    settings: Settings,
) -> None:
    """Reserve the goods of an order, which were found free under lock, until the order's time is over."""
    policy = settings.stock_policy(at)
    for product_id, wanted in order.goods().items():
        below = policy.sells_below(products[product_id].category)
        held = work.stock.hold(product_id, wanted, below=below)
        assert held, "the balance is locked, and was read"
    cart = cart_of(order, products, settings.price)
    hold = Hold(
        key=order.hold_key,
        till=order.till,
        shift=None,
        kind=PICKUP,
        person=order.person,
        note="",
        at=at,
        until=order.hold_until,
        regime=None,
        basket=_basket_text(order, cart),
    )
    work.holds.put(hold, cart, {}, {})


def release_goods(work: UnitOfWork, order: CustomerOrder) -> None:
    """Give the goods of an order back to the shelf, where some are held."""
    work.holds.drop(order.hold_key, PICKUP)


def goods_of_orders(work: UnitOfWork, orders: Iterable[CustomerOrder], at: datetime) -> Mapping[int, Product]:
    """The products of orders by id, with their prices of now."""
    return work.products.by_ids(sorted({line.product for order in orders for line in order.lines}), at)


def cart_of(order: CustomerOrder, products: Mapping[int, Product], price: Currency, first: int = 1) -> Cart:
    """The order as rows of a basket at its agreed prices, numbered from `first` on."""
    lines = []
    for number, line in enumerate(order.lines, first):
        product = products[line.product]
        agreed = line.agreed.in_price(price)
        lines.append(CartLine(number, product, agreed, line.quantity, agreed=OfOrder(order.code, line.no, agreed)))
    return Cart(price, tuple(lines), next_id=first + len(lines))


def step_of(
    work: UnitOfWork,
    order: CustomerOrder,
    deposit: Deposit,
    entry: DepositEntry,
    settings: Settings,
    translators: Mapping[str, Translator],
) -> DepositStep:
    """An entry of a deposit for the fiscal register."""
    return DepositStep(
        order=order.code,
        method=deposit.method,
        amount=entry.amount,
        at=entry.at,
        till=entry.till,
        shift=entry.shift,
        person=entry.person,
        translators=translators,
        rates=lambda: rates_of(work, settings, entry.at),
    )


def journaled_order(order: CustomerOrder) -> dict[str, object]:
    """What the journal says of an order at each of its steps: nothing of who ordered it."""
    return {"pickup": order.code, "channel": order.channel, "pieces": order.pieces, "pickup_state": order.state.value}


def orders_in(rows: Sequence[Mapping[str, Any]]) -> tuple[str, ...]:
    """The codes of the orders whose goods are among the rows of a saved basket, in the form of `basket_json`."""
    return tuple(dict.fromkeys(row["agreed"][0] for row in rows if "agreed" in row))


def _basket_text(order: CustomerOrder, cart: Cart) -> str:
    """The goods in the form of `basket_json`, by which a reservation is read and checked."""
    content: dict[str, Any] = {
        "key": order.hold_key,
        "currency": cart.currency.code,
        "day": order.claimed_at.date().isoformat(),
        "destination": None,
        "last": None,
        "next": cart.next_id,
        "note": "",
        "total": cart.total.minor,
        "visitors": [],
        "lines": [
            {
                "id": line.id,
                "product": line.product.id,
                "code": line.product.code,
                "name": line.product.name,
                "names": dict(line.product.names),
                "price": line.unit_price.minor,
                "quantity": line.quantity,
            }
            for line in cart.lines
        ],
    }
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
