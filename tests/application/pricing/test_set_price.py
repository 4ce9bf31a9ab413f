"""A price holds from its instant on, never in the past, and a basket in hand keeps the one it was scanned at."""

from __future__ import annotations

import json
from datetime import datetime, timedelta

import pytest

from pos.application.ports.catalogue_ports import GoodsRow
from pos.application.pricing.set_price import NoSuchPrice, PriceInForce
from pos.domain.catalogue.product import Attributes
from pos.domain.catalogue.product_card import PackCode, ProductCard
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.staff.staff import NotAllowed
from tests.builders import CONSOLE, MONDAY, money
from tests.horgos import CNY, KZT
from tests.shops import CHOCOLATE, INCOMPLETE, DemoShop

TOMORROW = MONDAY + timedelta(days=1)


def product_id(shop: DemoShop, code: str = CHOCOLATE) -> int:
    return shop.find.show(code).product.id


def price_of(shop: DemoShop, code: str = CHOCOLATE) -> str:
    return str(shop.find.show(code).product.price)


def a_row(code: str, amount: Money | None = None, category: str | None = None) -> GoodsRow:
    return GoodsRow(code, "", {}, category, amount, Attributes(), None)


def set_price(shop: DemoShop, amount: str, since: datetime | None = None, who: str = "manager") -> None:
    shop.set_price(product_id(shop), Money.parse(amount, CNY), shop.person(who), since)


def test_a_price_holds_from_its_instant_on_and_the_old_one_until_then(shop: DemoShop) -> None:
    set_price(shop, "15.00", TOMORROW)

    assert price_of(shop) == "12.50"
    shop.now.at = TOMORROW - timedelta(microseconds=1)
    assert price_of(shop) == "12.50"
    shop.now.at = TOMORROW
    assert price_of(shop) == "15.00"
    assert str(shop.basket(CHOCOLATE).view().total) == "15.00"


def test_a_price_from_now_counts_for_the_next_scan_and_is_in_the_search_and_the_export(shop: DemoShop) -> None:
    set_price(shop, "13.00")

    assert price_of(shop) == "13.00"
    assert [str(one.product.price) for one in shop.find(CHOCOLATE)] == ["13.00"]
    with shop.store.reading() as work:
        everything = {one.code: one for one, _ in work.products.all(shop.now())}
    assert str(everything[CHOCOLATE].price) == "13.00"


def test_a_basket_in_hand_keeps_its_prices_and_a_later_scan_is_a_row_of_its_own(shop: DemoShop) -> None:
    basket = shop.basket(CHOCOLATE)
    set_price(shop, "20.00")
    shop.now.move(minutes=1)

    rows = basket.scan(CHOCOLATE).lines
    assert [str(row.line.unit_price) for row in rows] == ["12.50", "20.00"]
    assert str(shop.pay(basket).total) == "32.50"


def test_a_parked_basket_is_repriced_when_it_is_resumed(shop: DemoShop) -> None:
    amina = shop.person("amina")
    shop.park_sale(shop.basket(CHOCOLATE).order(amina), "", amina)
    set_price(shop, "15.00", MONDAY + timedelta(minutes=10))
    shop.now.move(minutes=11)

    [parked] = shop.parked_sales.all()
    resumed = shop.parked_sales.resume(parked.basket.key, amina)

    assert [(str(one.before), str(one.now)) for one in resumed.repriced] == [("12.50", "15.00")]


def test_the_past_is_refused_and_so_is_what_is_no_price_here(shop: DemoShop) -> None:
    with pytest.raises(BadField) as past:
        set_price(shop, "15.00", MONDAY - timedelta(seconds=1))
    with pytest.raises(BadField) as nothing:
        set_price(shop, "0.00")
    with pytest.raises(BadField) as other:
        shop.set_price(product_id(shop), Money(100, KZT), shop.person("manager"))

    assert (past.value.field, past.value.what) == ("from", "in_the_past")
    assert (nothing.value.field, nothing.value.what) == ("price", "not_positive")
    assert (other.value.field, other.value.value) == ("price", "KZT")
    assert shop.rows("SELECT count(*) FROM product_price") == [(0,)]


@pytest.mark.parametrize("who", ["amina", "clerk"])
def test_who_has_not_the_right_sets_no_price(shop: DemoShop, who: str) -> None:
    with pytest.raises(NotAllowed):
        set_price(shop, "15.00", who=who)


def test_a_price_to_come_can_be_withdrawn_until_it_is_in_force(shop: DemoShop) -> None:
    manager, key = shop.person("manager"), product_id(shop)
    set_price(shop, "15.00", TOMORROW)
    set_price(shop, "16.00", TOMORROW + timedelta(days=1))

    board = shop.set_price.withdraw(key, TOMORROW + timedelta(days=1), manager)
    assert [str(one.price) for one in board.coming] == ["15.00"]
    with pytest.raises(NoSuchPrice):
        shop.set_price.withdraw(key, TOMORROW + timedelta(days=1), manager)
    shop.now.at = TOMORROW
    with pytest.raises(PriceInForce):
        shop.set_price.withdraw(key, TOMORROW, manager)

    board = shop.set_price.board(key, CONSOLE)
    assert (str(board.first), str(board.product.price), board.since) == ("12.50", "15.00", TOMORROW)
    assert not board.coming
    assert not shop.verify()


def test_of_two_prices_from_one_instant_the_later_typed_holds(shop: DemoShop) -> None:
    set_price(shop, "15.00", TOMORROW)
    set_price(shop, "14.00", TOMORROW)
    shop.now.at = TOMORROW

    assert price_of(shop) == "14.00"
    assert not shop.verify()


def test_the_same_price_again_is_no_new_price(shop: DemoShop) -> None:
    set_price(shop, "12.50")

    assert shop.rows("SELECT count(*) FROM product_price") == [(0,)]


def test_a_price_stands_in_the_journal_and_in_the_history(shop: DemoShop) -> None:
    set_price(shop, "15.00")
    set_price(shop, "16.00", TOMORROW)

    entries = shop.rows("SELECT person, details FROM journal WHERE act = 'set_price' ORDER BY number")
    assert [(who, json.loads(text)["price"]) for who, text in entries] == [("manager", "15.00"), ("manager", "16.00")]
    with shop.store.reading() as work:
        changes = work.history.of(product_id(shop), 10)
    assert [(one.field, one.before, one.after) for one in changes] == [
        ("price_to_come", None, f"16.00 CNY {TOMORROW.isoformat()}"),
        ("price", "12.50 CNY", "15.00 CNY"),
    ]


def test_an_article_without_a_price_can_be_sold_from_the_day_of_its_first(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        work.products.change(
            product_id(shop, INCOMPLETE), a_row(INCOMPLETE, category="food.sweets"), shop.now(), "clerk"
        )
        work.commit()
    with shop.raw(writing=True) as connection:
        connection.execute("UPDATE product SET price_minor = NULL, price_currency = NULL WHERE code = ?", [INCOMPLETE])
    shop.set_price(product_id(shop, INCOMPLETE), money("9.00"), shop.person("manager"), TOMORROW)

    def unsellable() -> list[str]:
        with shop.store.reading() as work:
            return [one.code for one, _ in work.products.unsellable(shop.now(), 100)]

    assert INCOMPLETE in unsellable()
    shop.now.at = TOMORROW
    assert INCOMPLETE not in unsellable()
    assert price_of(shop, INCOMPLETE) == "9.00"


def test_a_file_that_brings_another_price_takes_the_place_of_a_dated_one(shop: DemoShop) -> None:
    set_price(shop, "15.00")
    shop.now.move(hours=1)
    key = product_id(shop)
    row = a_row(CHOCOLATE, money("11.00"))

    with shop.store.begin() as work:
        assert [list(changes) for changes in work.products.would_change([(key, row)], shop.now())] == [
            [("price", "15.00 CNY", "11.00 CNY")]
        ]
        work.products.change_many([(key, row)], shop.now(), "clerk")
        work.commit()

    assert price_of(shop) == "11.00"
    with shop.store.reading() as work:
        assert not any(work.products.would_change([(key, row)], shop.now()))
    assert not shop.verify()


def test_a_price_that_no_one_set_that_is_another_one_or_that_is_gone_is_named(shop: DemoShop) -> None:
    set_price(shop, "15.00", TOMORROW)
    key = product_id(shop)
    for change, said in (
        (
            "INSERT INTO product_price SELECT product_id, since + 1, 100, 'CNY', person, set_at FROM product_price",
            "no journal entry sets 100 CNY",
        ),
        ("DELETE FROM product_price WHERE price_minor = 100", None),
        ("UPDATE product_price SET price_minor = 1400", "1400 CNY, the journal says 1500 CNY"),
        ("DELETE FROM product_price", "is gone"),
    ):
        with shop.raw(writing=True) as connection:
            connection.execute(change)
        faults = shop.verify()
        assert [line for line in faults if f"price of product {key}" in line and said and said in line] or not said, (
            faults
        )


def test_the_first_price_is_given_by_the_person_who_may_add_goods_and_another_one_is_not(shop: DemoShop) -> None:
    clerk, unit = shop.person("clerk"), ProductCard((PackCode("2000000000015", "shop"),), "Honey")
    key, _ = shop.edit_product.add(unit, clerk)

    with pytest.raises(NotAllowed):
        shop.set_price(key, money("3.00"), shop.person("amina"))
    shop.set_price(key, money("3.00"), clerk, TOMORROW)
    with pytest.raises(NotAllowed):
        shop.set_price(key, money("4.00"), clerk, TOMORROW + timedelta(days=1))
    assert shop.set_price(key, money("2.00"), clerk).product.price == money("2.00")
    for since in (None, TOMORROW):
        with pytest.raises(NotAllowed) as another:
            shop.set_price(key, money("4.00"), clerk, since)
        assert another.value.act == "price"
    assert shop.verify() == []
