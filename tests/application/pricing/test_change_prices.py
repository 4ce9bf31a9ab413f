"""Many prices in one step: looked at, set together from an instant, withdrawn together until it has come."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from pos.application.ports.pricing_ports import Among
from pos.application.pricing.change_prices import (
    ChangePrices,
    NoPriceLeft,
    NoSuchPriceChange,
    NothingToReprice,
    Repriced,
    RepriceRequest,
)
from pos.domain.errors import BadField
from pos.domain.pricing.price_change import PriceChange
from pos.domain.staff.staff import NotAllowed
from tests.builders import MONDAY, money
from tests.shops import CHOCOLATE, SWEETS, DemoShop

TOMORROW = MONDAY + timedelta(days=1)
DEARER = PriceChange(Decimal(10), ending="90")


def prices(shop: DemoShop) -> ChangePrices:
    return ChangePrices(shop.context)


def request(change: PriceChange = DEARER, tomorrow: bool = True, **among: Any) -> RepriceRequest:
    return RepriceRequest(Among(**{"scope": "food", **among}), change, TOMORROW if tomorrow else None)


def price_of(shop: DemoShop, code: str = CHOCOLATE) -> str:
    return str(shop.find.show(code).product.price)


def food(shop: DemoShop) -> int:
    (row,) = shop.rows("SELECT count(*) FROM product WHERE category LIKE 'food%' AND price_minor IS NOT NULL")
    return int(row[0])


def test_what_is_looked_at_page_by_page_is_what_is_set(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)
    seen: list[Repriced] = []
    after = 0
    while True:
        page = step.page(manager, request(), after, 30)
        seen += page.rows
        if page.next is None:
            break
        after = page.next
    tally = step.tally(manager, request())
    assert tally.goods == len(seen) == len({one.good.id for one in seen})
    assert tally.below_cost == sum(one.is_below_cost for one in seen)

    made = step(manager, request())

    assert made.goods == len(seen)
    assert shop.rows("SELECT product_id, price_minor FROM product_price ORDER BY product_id") == [
        (one.good.id, one.new.minor) for one in seen
    ]
    assert price_of(shop) == "12.50"
    shop.now.at = TOMORROW
    assert price_of(shop) == "13.90"
    assert shop.verify() == []


def test_at_midnight_of_the_shop_the_next_scan_is_dearer_the_basket_in_hand_is_not_and_a_parked_one_says_so(
    shop: DemoShop,
) -> None:
    amina = shop.person("amina")
    midnight = datetime(2026, 3, 3, tzinfo=shop.settings().zone)
    prices(shop)(shop.person("manager"), RepriceRequest(Among("food"), DEARER, midnight))
    shop.now.at = midnight - timedelta(minutes=5)
    parked = shop.basket(CHOCOLATE)
    shop.park_sale(parked.order(amina), "", amina)
    in_hand = shop.basket(CHOCOLATE, visitor=False)

    shop.now.at = midnight
    rows = in_hand.scan(CHOCOLATE).lines
    resumed = shop.parked_sales.resume(shop.parked_sales.all()[0].basket.key, amina)

    assert [str(row.line.unit_price) for row in rows] == ["12.50", "13.90"]
    assert [(one.product.code, str(one.before), str(one.now)) for one in resumed.repriced] == [
        (CHOCOLATE, "12.50", "13.90")
    ]


def test_one_entry_tells_the_change_and_every_product_has_it_in_its_history(shop: DemoShop) -> None:
    made = prices(shop)(shop.person("manager"), request())

    ((details,),) = shop.rows("SELECT details FROM journal WHERE act = 'set_prices'")
    entry = json.loads(details)
    assert (entry["percent"], entry["ending"], entry["category"], entry["count"]) == ("10", "90", "food", made.goods)
    assert len(entry["prices"]) == made.goods
    assert shop.rows("SELECT count(*) FROM product_change WHERE field = 'price_to_come'") == [(made.goods,)]


def test_a_whole_change_is_withdrawn_until_it_is_in_force(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)
    made = step(manager, request())
    assert [(one.no, one.goods) for one in step.pending(manager)] == [(1, made.goods)]

    step.withdraw(manager, 1)

    assert step.pending(manager) == []
    assert shop.rows("SELECT count(*) FROM product_price") == [(0,)]
    assert shop.verify() == []
    again = step(manager, request())
    assert again.no == 2
    shop.now.at = TOMORROW
    with pytest.raises(NoSuchPriceChange):
        step.withdraw(manager, 2)
    assert price_of(shop) == "13.90"


def test_a_price_set_by_hand_since_then_stays_when_the_change_is_withdrawn(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)
    made = step(manager, request())
    shop.now.move(minutes=1)
    shop.set_price(shop.find.show(CHOCOLATE).product.id, money("15.00"), manager, TOMORROW)

    gone = step.withdraw(manager, 1)

    shop.now.at = TOMORROW
    assert (price_of(shop), price_of(shop, SWEETS)) == ("15.00", "48.00")
    assert gone.goods == made.goods - 1
    assert shop.verify() == []


def test_goods_are_chosen_by_category_supplier_words_and_price(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)
    every = {one.good.id for one in step.page(manager, request(), limit=10_000).rows}
    cheap = step.page(manager, request(high=money("20")), limit=10_000).rows
    chosen = step.page(manager, request(scope="*", words="chocolate"), limit=10_000).rows
    assert {one.good.id for one in cheap} < every
    assert all(one.good.price <= money("20") for one in cheap)
    assert CHOCOLATE in {one.good.code for one in chosen}
    with pytest.raises(BadField) as unknown:
        step.page(manager, request(supplier="Nobody & Sons"))
    assert unknown.value.field == "supplier"


def test_a_supplier_is_chosen_in_any_case(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)
    exactly = step.page(manager, request(scope="*", supplier="Almaty Sweets"), limit=10_000).rows

    assert exactly
    assert step.page(manager, request(scope="*", supplier="almaty SWEETS"), limit=10_000).rows == exactly


def test_no_goods_get_a_new_price_whose_name_lacks_one_of_the_words(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)

    def chosen(words: str) -> set[str]:
        rows = step.page(manager, request(scope="*", words=words), limit=10_000).rows
        return {one.good.name_in("en").casefold() for one in rows}

    half = chosen("cogn 0.5 L")
    assert half == chosen("Cognac 0,5 l")
    assert half
    assert all("cognac" in name and " 0.5 l" in name for name in half)
    assert half < chosen("cognac")
    assert all(" 500 " in f" {name} " for name in chosen("500"))
    assert chosen("奶粉 400") < chosen("奶粉")
    assert chosen("奶 400") == {name for name in chosen("奶") if " 400 " in name}


def test_from_now_on_it_holds_at_once_and_labels_become_due(shop: DemoShop) -> None:
    manager = shop.person("manager")
    made = prices(shop)(manager, request(PriceChange(amount=money("1.00")), tomorrow=False))

    assert price_of(shop) == "13.50"
    assert prices(shop).pending(manager) == []
    assert shop.rows("SELECT count(*) FROM product_change WHERE field = 'price'") == [(made.goods,)]
    assert shop.verify() == []


def test_nothing_is_set_where_one_price_would_be_none_or_nothing_changes_or_by_the_person_who_may_not(
    shop: DemoShop,
) -> None:
    manager, step = shop.person("manager"), prices(shop)
    with pytest.raises(NoPriceLeft):
        step(manager, request(PriceChange(amount=money("-12.50"))))
    assert step.tally(manager, request(PriceChange(amount=money("-12.50")))).impossible > 0
    with pytest.raises(NothingToReprice):
        step(manager, request(high=money("0.01")))
    with pytest.raises(BadField):
        step(manager, RepriceRequest(Among(), DEARER, MONDAY - timedelta(seconds=1)))
    for who in ("amina", "clerk"):
        for call in (step, step.page, step.tally):
            with pytest.raises(NotAllowed):
                call(shop.person(who), request())
    assert shop.rows("SELECT count(*) FROM product_price") == [(0,)]
    assert food(shop)


def test_a_second_change_from_the_same_instant_builds_on_the_first_and_takes_its_place(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)
    step(manager, request())
    shop.now.move(minutes=1)
    second = step(manager, request(PriceChange(amount=money("1.00"))))

    assert [(one.no, one.goods) for one in step.pending(manager)] == [(2, second.goods)]
    shop.now.at = TOMORROW
    assert price_of(shop) == "14.90"
    assert shop.verify() == []


def test_a_price_by_hand_whose_place_a_change_took_is_scheduled_again_when_that_is_withdrawn(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)
    chocolate = shop.find.show(CHOCOLATE).product.id
    shop.set_price(chocolate, money("15.00"), manager, TOMORROW)
    shop.now.move(minutes=1)
    step(manager, request())
    with shop.set_price.store.reading() as work:
        change = work.history.of(chocolate, 10)[0]
    assert (change.before, change.after) == (f"15.00 CNY {TOMORROW.isoformat()}", f"16.90 CNY {TOMORROW.isoformat()}")

    step.withdraw(manager, 1)

    assert [str(one.price) for one in shop.set_price.board(chocolate, manager).coming] == ["15.00"]
    assert shop.verify() == []
    shop.now.at = TOMORROW
    assert (price_of(shop), price_of(shop, SWEETS)) == ("15.00", "48.00")


def test_of_two_changes_from_one_instant_the_earlier_comes_back_only_while_it_stands(shop: DemoShop) -> None:
    manager, step = shop.person("manager"), prices(shop)
    first = step(manager, request())
    shop.now.move(minutes=1)
    step(manager, request(PriceChange(amount=money("1.00")), scope="food.sweets"))
    step.withdraw(manager, 2)
    assert [(one.no, one.goods) for one in step.pending(manager)] == [(1, first.goods)]
    assert shop.verify() == []

    shop.now.move(minutes=1)
    step(manager, request(PriceChange(amount=money("1.00")), scope="food.sweets"))
    step.withdraw(manager, 1)
    step.withdraw(manager, 3)

    assert step.pending(manager) == []
    assert shop.rows("SELECT count(*) FROM product_price") == [(0,)]
    assert shop.verify() == []
