"""What runs out is worked out from what really sold, and an order made of it is counted as coming."""

from __future__ import annotations

from fractions import Fraction

import pytest

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine, PurchaseOrders
from pos.application.stock.low_stock import LowGoods, LowStock
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from pos.domain.stock.stock import QUARANTINE, STORE_ROOM, Movement
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop


class Clerk:
    """The list of what runs out, over the demo shop in which nothing has sold yet and no point is set."""

    def __init__(self, shop: DemoShop) -> None:
        self.shop = shop
        self.low_stock = LowStock(shop.context)
        self.orders = PurchaseOrders(shop.context)
        with shop.raw(writing=True) as connection:
            connection.execute("UPDATE product SET reorder_point = NULL")
            connection.execute("DELETE FROM product_code WHERE kind = 'carton'")

    def low(self) -> dict[str, LowGoods]:
        return {goods.product.code: goods for goods in self.low_stock(self.shop.person("clerk"))}

    def move(self, code: str, quantity: int, reason: str, location: str = "floor") -> None:
        with self.shop.store.begin() as work:
            product = work.products.by_code(code, self.shop.now())
            assert product is not None
            work.stock.record([Movement(product.id, quantity, reason, location)], self.shop.now(), "clerk")
            work.commit()

    def leave(self, code: str, pieces: int) -> None:
        """So many are on the floor."""
        there = self.shop.find.show(code).on_hand
        if pieces != there:
            self.move(code, pieces - there, "adjustment")

    def set(self, code: str, point: int | None = None, carton: int = 1) -> None:
        with self.shop.raw(writing=True) as connection:
            connection.execute("UPDATE product SET reorder_point = ? WHERE code = ?", (point, code))
            if carton > 1:
                connection.execute(
                    "INSERT INTO product_code (code, product_id, position, kind, quantity)"
                    " SELECT ?, product_id, 9, 'carton', ? FROM product_code WHERE code = ?",
                    (f"CARTON-{code[-4:]}", carton, code),
                )


@pytest.fixture
def clerk(shop: DemoShop) -> Clerk:
    """The stock clerk of the demo shop."""
    return Clerk(shop)


def test_goods_at_their_reorder_point_are_low_and_filled_up_in_cartons(clerk: Clerk) -> None:
    assert clerk.low() == {}
    clerk.leave(CHOCOLATE, 5)
    clerk.set(CHOCOLATE, point=5, carton=8)

    assert list(clerk.low()) == [CHOCOLATE]
    goods = clerk.low()[CHOCOLATE]
    assert (goods.cover.available, goods.cover.sold, goods.cover.carton, goods.cover.proposal) == (5, 0, 8, 8)
    assert goods.supplier == clerk.low_stock.of_code(CHOCOLATE, clerk.shop.person("clerk")).supplier


def test_what_sells_faster_than_it_lasts_is_low_without_any_reorder_point(clerk: Clerk) -> None:
    for _ in range(4):
        clerk.shop.sell(CHOCOLATE, CHOCOLATE, CHOCOLATE)
        clerk.shop.now.move(days=1)
    clerk.leave(CHOCOLATE, 10)

    cover = clerk.low()[CHOCOLATE].cover
    assert (cover.sold, cover.available) == (12, 10)
    assert cover.per_day == Fraction(12, cover.days)
    assert cover.proposal == -(-12 * 14 // cover.days) - 10


def test_what_came_back_was_not_sold_and_what_sold_long_ago_counts_no_more(clerk: Clerk) -> None:
    clerk.shop.sell(CHOCOLATE, CHOCOLATE)
    clerk.leave(CHOCOLATE, 1)
    clerk.leave(SWEETS, 1)
    clerk.move(CHOCOLATE, 2, "return")
    clerk.move(CHOCOLATE, -2, "waste")
    assert clerk.low() == {}

    clerk.shop.sell(SWEETS)
    clerk.move(SWEETS, 1, "receipt")
    assert list(clerk.low()) == [SWEETS]
    clerk.shop.now.move(days=28, minutes=1)
    assert clerk.low() == {}


def test_days_without_any_do_not_slow_the_pace(clerk: Clerk) -> None:
    clerk.leave(CHOCOLATE, 3)
    clerk.shop.sell(CHOCOLATE, CHOCOLATE, CHOCOLATE)
    clerk.shop.now.move(days=20)

    cover = clerk.low()[CHOCOLATE].cover
    assert (cover.sold, cover.days, cover.available) == (3, 1, 0)
    assert cover.proposal == 3 * 14


def test_the_store_room_counts_and_what_is_set_aside_does_not(clerk: Clerk) -> None:
    clerk.set(COGNAC, point=4)
    clerk.leave(COGNAC, 0)
    clerk.move(COGNAC, 3, "receipt", QUARANTINE)
    assert clerk.low()[COGNAC].cover.available == 0
    clerk.move(COGNAC, 5, "receipt", STORE_ROOM)
    assert clerk.low() == {}


def test_what_is_ordered_is_coming_until_the_order_is_closed(clerk: Clerk) -> None:
    clerk.set(COGNAC, point=4)
    clerk.leave(COGNAC, 1)
    person = clerk.shop.person("clerk")
    proposal = clerk.low()[COGNAC].cover.proposal
    made = clerk.orders.make(OrderDraft([OrderDraftLine(COGNAC, proposal)], origin="low_stock"), person)
    assert clerk.low() == {}
    assert clerk.low_stock.of_code(COGNAC, person).cover.coming == proposal

    clerk.orders.close(made.order.number, person)
    assert list(clerk.low()) == [COGNAC]


def test_the_most_urgent_come_first(clerk: Clerk) -> None:
    for code, point, left in ((COGNAC, 10, 8), (CHOCOLATE, 10, 0), (SWEETS, 10, 2)):
        clerk.set(code, point=point)
        clerk.leave(code, left)

    assert list(clerk.low()) == [CHOCOLATE, SWEETS, COGNAC]


def test_who_may_not_and_what_is_unknown(clerk: Clerk) -> None:
    with pytest.raises(NotAllowed):
        clerk.low_stock(clerk.shop.person("amina"))
    with pytest.raises(UnknownCode):
        clerk.low_stock.of_code("NOSUCH", clerk.shop.person("clerk"))
