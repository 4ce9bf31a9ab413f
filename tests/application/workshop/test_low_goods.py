"""What the shop makes itself is proposed as a batch and never ordered; what batches use counts like what is sold."""

from __future__ import annotations

import pytest

from pos.application.purchasing.purchase_orders import OrderDraft, OrderDraftLine
from pos.application.stock.low_stock import LowGoods, LowStock
from pos.application.stock.tables import low
from pos.application.tables.listing import ListReader
from pos.application.text.translator import Translator
from pos.application.workshop.goods_lines import GoodsLine
from tests.receiving import orders
from tests.workshops import BAR, BOX, AtTheWorkshop


@pytest.fixture
def clerk(clerk: AtTheWorkshop) -> AtTheWorkshop:
    """Boxes are low below four; nothing else has a point."""
    box = clerk.id_of(BOX)
    with clerk.shop.raw(writing=True) as store:
        store.execute("UPDATE product SET reorder_point = NULL")
        store.execute("UPDATE product SET reorder_point = 4 WHERE id = ?", (box,))
        store.execute("DELETE FROM product_code WHERE kind = 'carton'")
    return clerk


def of(clerk: AtTheWorkshop, code: str) -> LowGoods:
    return LowStock(clerk.shop.context).of_code(code, clerk.by)


def test_a_batch_is_proposed_in_place_of_an_order(clerk: AtTheWorkshop) -> None:
    assert (of(clerk, BOX).to_order, of(clerk, BOX).to_make) == (5, 0)
    clerk.recipe(output=GoodsLine(6, BOX), inputs=[GoodsLine(36, BAR)])
    goods = of(clerk, BOX)
    assert (goods.to_order, goods.to_make, goods.recipe and goods.recipe.document) == (0, 6, "W-000001")
    [row] = LowStock(clerk.shop.context)(clerk.by)
    [table] = low(LowStock(clerk.shop.context)).make(
        ListReader(clerk.by, Translator.english(), clerk.shop.settings(), clerk.shop.now())
    )
    [cells] = table.rows
    named = dict(zip((column.name for column in table.columns), cells, strict=True))
    assert (row.product.code, named["To order"], named["To make"]) == (BOX, 0, 6)


def test_an_open_batch_is_coming_and_a_withdrawn_recipe_proposes_nothing(clerk: AtTheWorkshop) -> None:
    clerk.recipe(output=GoodsLine(6, BOX), inputs=[GoodsLine(6, BAR)])
    clerk.planned(3)
    clerk.started(3)
    cover = of(clerk, BOX).cover
    assert (cover.coming, cover.making, cover.incoming, of(clerk, BOX).to_make) == (0, 6, 6, 0)
    clerk.gives_up(1)
    clerk.finishes_batch(2, 3)
    assert (of(clerk, BOX).cover.incoming, of(clerk, BOX).cover.available, of(clerk, BOX).to_make) == (0, 3, 6)
    clerk.workshop.recipes.withdraw(clerk.by, 1)
    assert (of(clerk, BOX).to_order, of(clerk, BOX).to_make) == (2, 0)


def test_what_a_batch_uses_is_wanted_again(clerk: AtTheWorkshop) -> None:
    clerk.recipe()
    clerk.started(10)
    cover = of(clerk, BAR).cover
    assert (cover.sold, cover.used, cover.available, cover.is_low) == (0, 60, 40, True)
    clerk.gives_up(1)
    assert of(clerk, BAR).cover.used == 0


def test_while_a_batch_is_open_its_goods_are_still_ordered(clerk: AtTheWorkshop) -> None:
    clerk.recipe(output=GoodsLine(1, BOX), inputs=[GoodsLine(6, BAR)])
    clerk.planned(1)
    clerk.workshop.recipes.withdraw(clerk.by, 1)
    low = of(clerk, BOX)
    assert (low.cover.making, low.to_order) == (1, 4)
    [made] = orders(clerk.shop).make_all(
        [OrderDraft([OrderDraftLine(BOX, low.to_order, coming=low.cover.coming)])], clerk.by
    )
    assert [line.ordered for line in made.order.lines] == [4]
    assert (of(clerk, BOX).cover.coming, of(clerk, BOX).cover.incoming) == (4, 5)


def test_a_batch_size_is_not_the_size_of_a_carton(clerk: AtTheWorkshop) -> None:
    carton = of(clerk, BOX).cover.carton
    clerk.recipe(output=GoodsLine(7, BOX), inputs=[GoodsLine(6, BAR)])
    goods = of(clerk, BOX)
    assert (goods.cover.carton, goods.to_make) == (carton, 7)
