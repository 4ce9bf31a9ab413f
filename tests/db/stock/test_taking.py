"""Goods of a basket taken off the shelf in one statement, with the same result as one after another."""

from __future__ import annotations

from pos.application.ports.stock_ports import StockDeduction
from pos.domain.stock.stock import LotPart
from tests.shops import BAG, CHOCOLATE, SWEETS, DemoShop

_BALANCES = (
    "SELECT product_id, on_hand, held, owned, value_minor, last_cost_minor, below FROM stock ORDER BY product_id"
)


def test_all_that_is_there_is_taken_at_once_and_the_rest_is_left_as_it_is(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        few, many, none = sorted(
            product.id for code in (BAG, CHOCOLATE, SWEETS) if (product := work.products.by_code(code, shop.now()))
        )
        wanted = [StockDeduction(few, 1), StockDeduction(many, work.stock.on_hand(many) + 1), StockDeduction(none, 2)]
        taken = work.stock.deduct_at_once(wanted)
        at_once = work.connection.exec_driver_sql(_BALANCES).fetchall()
    with shop.store.begin() as work:
        one_by_one = {one.product: parts for one in wanted if (parts := work.stock.take(one)) is not None}
        assert work.connection.exec_driver_sql(_BALANCES).fetchall() == at_once
        assert work.stock.deduct_at_once([]) == {}

    assert taken == one_by_one
    assert set(taken) == {few, none}
    assert [part.quantity for part in taken[none]] == [2]
    assert all(isinstance(part, LotPart) for parts in taken.values() for part in parts)
