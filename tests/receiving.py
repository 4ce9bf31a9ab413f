"""Deliveries in a test: orders with one thing said and the rest sensible, and the steps of any till of a shop."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from pos.application.purchasing.landed_cost_adjustments import AdjustLandedCost
from pos.application.purchasing.post_receipt import PostReceipt
from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine, OrderView, PurchaseOrders
from pos.application.purchasing.receive_goods import ReceiveGoods
from pos.application.purchasing.suppliers import ManageSuppliers
from pos.devices.gs1 import read_scan
from pos.domain.staff.staff import Person
from tests.builders import money
from tests.shops import COGNAC, SWEETS, DemoShop

CLERK = Person(3, "clerk", "Ruslan", "clerk")
CASHIER = Person(1, "amina", "Amina", "cashier")


def suppliers(shop: DemoShop) -> ManageSuppliers:
    return ManageSuppliers(shop.context)


def orders(shop: DemoShop) -> PurchaseOrders:
    return PurchaseOrders(shop.context)


def receiving(shop: DemoShop, till: str = "T1") -> ReceiveGoods:
    return ReceiveGoods(replace(shop.context, till=till), read_scan)


def posting(shop: DemoShop, till: str = "T1") -> PostReceipt:
    return PostReceipt(replace(shop.context, till=till))


def late_charge(shop: DemoShop) -> AdjustLandedCost:
    return AdjustLandedCost(shop.context)


def an_order(shop: DemoShop, *lines: OrderDraftLine, **said: Any) -> OrderView:
    """24 boxes of sweets at 30.00 and 6 bottles of cognac at 250.00, unless said otherwise."""
    wanted = lines or (OrderDraftLine(SWEETS, 24, money("30.00")), OrderDraftLine(COGNAC, 6, money("250.00")))
    return orders(shop).make(OrderDraft(wanted, **{"supplier": "Almaty Sweets", **said}), CLERK)


def product_id(shop: DemoShop, code: str) -> int:
    with shop.store.reading() as work:
        product = work.products.by_code(code, shop.now())
        assert product is not None
        return product.id


def a_carton_code(shop: DemoShop, of: str, carton: str, pieces: int) -> None:
    """Give goods the code of a carton."""
    from sqlalchemy import delete, insert

    from db.tables.catalogue import product_code

    row = {"code": carton, "product_id": product_id(shop, of), "position": 90, "kind": "carton", "quantity": pieces}
    with shop.store.begin() as work:
        work.connection.execute(delete(product_code).where(product_code.c.code == carton))  # the demo shop has cartons
        work.connection.execute(insert(product_code), row)
        work.commit()


def kept_by_lot(shop: DemoShop, code: str) -> None:
    """Receiving asks for the lot of these goods."""
    from sqlalchemy import update

    from db.tables.catalogue import product

    with shop.store.begin() as work:
        work.connection.execute(update(product).where(product.c.code == code).values(asks_lot=True))
        work.commit()
