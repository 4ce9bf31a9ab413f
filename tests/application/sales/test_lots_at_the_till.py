"""Lots at the till: the one that a code names is taken, expired ones are not sold, and what is
below zero is reported.
"""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from pos.application.sales.scan_warnings import CartonTaken, ExpiredOnSale, ExpiresSoon, SoldBelow, UnknownLot
from pos.domain.errors import BadField
from pos.domain.stock.stock import ExpiredGoods
from tests.builders import MONDAY
from tests.goods_codes import BOX_OF_SWEETS, of_lot, only_lots, with_carton, with_lot
from tests.shops import CHOCOLATE, SOLD_OUT, SWEETS, DemoShop, quantities

TODAY = MONDAY.date()
YESTERDAY, NEXT_WEEK, NEXT_YEAR = (TODAY + timedelta(days=days) for days in (-1, 7, 365))


@pytest.fixture
def open_shop(shop: DemoShop) -> DemoShop:
    """A shop that sells without a document."""
    shop.set("sell_without_visitor", "yes")
    return shop


def moved(shop: DemoShop) -> list[tuple[object, ...]]:
    return shop.rows(
        "SELECT line_no, lot.code, quantity FROM stock_move LEFT JOIN lot ON lot.id = lot_id"
        " WHERE sale_id IS NOT NULL ORDER BY line_no, lot.code"
    )


def test_a_code_that_names_a_lot_takes_that_lot(open_shop: DemoShop) -> None:
    with_lot(open_shop, SWEETS, "EARLY", 5, NEXT_YEAR)
    with_lot(open_shop, SWEETS, "LATE", 5, NEXT_YEAR + timedelta(days=30))
    checkout = open_shop.basket(SWEETS, of_lot(SWEETS, "LATE"), visitor=False)
    checkout.scan(of_lot(SWEETS, "LATE"), 2)

    assert quantities(checkout.view()) == [(SWEETS, 1), (SWEETS, 3)]
    sale = open_shop.pay(checkout)

    assert [line.lot for line in sale.lines] == [None, "LATE"]
    assert moved(open_shop) == [(0, "EARLY", -1), (1, "LATE", -3)]
    assert open_shop.verify() == []


def test_an_unknown_lot_is_sold_and_noted(open_shop: DemoShop) -> None:
    checkout = open_shop.basket(visitor=False)
    view = checkout.scan(of_lot(SWEETS, "STRANGE"))

    assert [type(one) for one in view.warnings] == [UnknownLot]
    sale = open_shop.pay(checkout)
    assert sale.lines[0].lot == "STRANGE"
    [(details,)] = open_shop.rows("SELECT details FROM journal WHERE act = 'sale'")
    assert json.loads(details)["unknown_lots"] == [{"code": SWEETS, "lots": ["STRANGE"]}]
    assert open_shop.verify() == []


def test_a_code_whose_day_is_over_is_refused_and_where_the_shop_sells_it_reported(open_shop: DemoShop) -> None:
    with pytest.raises(ExpiredGoods) as refused:
        open_shop.basket(visitor=False).scan(of_lot(SWEETS, "L", YESTERDAY))
    assert (refused.value.sellable, refused.value.expiry) == (0, YESTERDAY)

    open_shop.set("block_expired", "alcohol")
    warnings = open_shop.basket(visitor=False).scan(of_lot(SWEETS, "L", YESTERDAY)).warnings
    assert ExpiredOnSale in [type(one) for one in warnings]


def test_a_lot_that_has_expired_by_the_books_is_refused_by_name(open_shop: DemoShop) -> None:
    with_lot(open_shop, SWEETS, "OLD", 5, YESTERDAY)

    with pytest.raises(ExpiredGoods):
        open_shop.basket(visitor=False).scan(of_lot(SWEETS, "OLD"))


def test_goods_of_which_only_expired_lots_are_left_are_refused_everywhere(open_shop: DemoShop) -> None:
    with_lot(open_shop, SWEETS, "OLD", 5, YESTERDAY)
    with_lot(open_shop, SWEETS, "NEW", 2, NEXT_YEAR)
    only_lots(open_shop, SWEETS)
    amina = open_shop.person("amina")
    checkout = open_shop.basket(SWEETS, SWEETS, visitor=False)

    with pytest.raises(ExpiredGoods) as refused:
        checkout.scan(SWEETS)
    assert (refused.value.wanted, refused.value.sellable) == (3, 2)
    open_shop.park_sale(checkout.unchecked_order("amina"), "", amina)
    open_shop.pay(open_shop.basket(CHOCOLATE, visitor=False))
    open_shop.now.move(days=400)  # now the other lot has expired too, and the hold has lapsed
    [parked] = open_shop.parked_sales.all()
    resumed = open_shop.parked_sales.resume(parked.basket.key, amina)

    assert [(one.wanted, one.free) for one in resumed.short] == [(2, 0)]


def test_below_zero_never_means_out_of_an_expired_lot(open_shop: DemoShop) -> None:
    with_lot(open_shop, SWEETS, "OLD", 5, YESTERDAY)
    only_lots(open_shop, SWEETS)
    open_shop.set("sell_below_zero", "*")

    with pytest.raises(ExpiredGoods):
        open_shop.basket(visitor=False).scan(SWEETS)


def test_what_soon_expires_is_shown_quietly(open_shop: DemoShop) -> None:
    with_lot(open_shop, SWEETS, "SOON", 5, NEXT_WEEK)

    assert open_shop.basket(visitor=False).scan(SWEETS).warnings[0].facts() == {"code": SWEETS, "expiry": NEXT_WEEK}
    open_shop.set("expiry_warning_days", "3")
    assert open_shop.basket(visitor=False).scan(SWEETS).warnings == ()
    assert ExpiresSoon in [type(x) for x in open_shop.basket(visitor=False).scan(of_lot(SWEETS, "X", TODAY)).warnings]


def test_goods_below_zero_are_reported_at_the_scan_and_named_in_the_journal(open_shop: DemoShop) -> None:
    open_shop.set("sell_below_zero", "*")
    checkout = open_shop.basket(visitor=False)

    assert [type(one) for one in checkout.scan(SOLD_OUT, 2).warnings] == [SoldBelow]
    open_shop.pay(checkout)

    [(details,)] = open_shop.rows("SELECT details FROM journal WHERE act = 'sale'")
    assert json.loads(details)["below_zero"] == [{"code": SOLD_OUT, "pieces": 2}]
    assert open_shop.verify() == []


def test_a_carton_adds_its_pieces_in_words(open_shop: DemoShop) -> None:
    with_carton(open_shop, SWEETS, BOX_OF_SWEETS, 2)
    view = open_shop.basket(visitor=False).scan(BOX_OF_SWEETS, 3)

    assert quantities(view) == [(SWEETS, 6)]
    assert isinstance(view.warnings[0], CartonTaken)
    assert view.warnings[0].facts() == {"code": SWEETS, "cartons": 3, "each": 2, "pieces": 6}
    with_carton(open_shop, SWEETS, "24870204320064", 9999)
    with pytest.raises(BadField):
        open_shop.basket(visitor=False).scan("24870204320064", 2)
