"""The stock clerk sees what to fill in, for whom it is needed, and nothing that no one needs."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from pos.application.catalogue.list_incomplete_products import (
    ALL,
    UNSELLABLE,
    ListIncompleteProducts,
    MissingDataCursor,
)
from pos.application.ports.catalogue_ports import GoodsRow
from pos.domain.catalogue.paper_needs import Paper
from pos.domain.catalogue.product import Attributes
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.quota.rule import UnknownRegime
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from tests.builders import CONSOLE
from tests.horgos import CNY
from tests.shops import CHOCOLATE, INCOMPLETE, PODS, DemoShop

CHINA, KAZAKHSTAN = "cn-horgos", "kz-horgos"


@pytest.fixture
def incomplete(shop: DemoShop) -> ListIncompleteProducts:
    """The list over a shop in which four products lack something."""
    return ListIncompleteProducts(shop.context)


def codes(incomplete: ListIncompleteProducts, which: str = ALL, limit: int = 100) -> list[str]:
    """Every product of a list, page by page."""
    listed: list[str] = []
    cursor: MissingDataCursor | None = MissingDataCursor()
    while cursor is not None:
        page = incomplete(CONSOLE, which, cursor, limit)
        listed += [one.product.code for one in page.products]
        cursor = page.next
    return listed


def add(shop: DemoShop, code: str, category: str | None, price: int | None = 100, **attributes: Any) -> None:
    """A product more."""
    money = None if price is None else Money(price, CNY)
    with shop.store.begin() as work:
        work.products.add(GoodsRow(code, code, {}, category, money, Attributes(**attributes), None), shop.now())
        work.commit()


def test_each_way_out_lists_what_its_rules_need(incomplete: ListIncompleteProducts) -> None:
    assert codes(incomplete, CHINA) == [PODS]
    assert len(codes(incomplete, KAZAKHSTAN)) == 2
    assert codes(incomplete, UNSELLABLE) == [INCOMPLETE]


def test_what_cannot_be_sold_comes_first_of_all(shop: DemoShop, incomplete: ListIncompleteProducts) -> None:
    add(shop, "NEW", None)

    assert codes(incomplete)[:3] == [INCOMPLETE, "NEW", PODS]


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6, 100])
def test_pages_of_any_length_name_every_product_once(
    shop: DemoShop, incomplete: ListIncompleteProducts, limit: int
) -> None:
    add(shop, "NEW", None)
    add(shop, "DEAR", "alcohol.spirit", None)

    assert codes(incomplete, limit=limit) == codes(incomplete)
    assert len(set(codes(incomplete))) == len(codes(incomplete)) == 6
    assert codes(incomplete, KAZAKHSTAN, limit) == codes(incomplete, KAZAKHSTAN)


def test_a_product_says_what_it_lacks_and_for_whom(shop: DemoShop, incomplete: ListIncompleteProducts) -> None:
    add(shop, "RUM", "alcohol.spirit", None, abv=Decimal(38))
    add(shop, "COAT", "fur", 900_000)

    assert incomplete.show("RUM", CONSOLE).lacks == {
        ALL: ("price", "ml"), CHINA: ("ml",), KAZAKHSTAN: ("ml",), UNSELLABLE: ("price",),
        "eaeu_declaration": ("brand", "gross_kg"), "china_data_sheet": ("brand", "unit", "origin"),
        "single_window": ("name_zh", "unit"),
    }  # fmt: skip
    assert (
        incomplete.show("COAT", CONSOLE).lacks[ALL]
        == incomplete.show("COAT", CONSOLE).lacks[KAZAKHSTAN]
        == ("variant", "gross_kg")
    )
    assert incomplete.show("COAT", CONSOLE).lacks[CHINA] == ()


def test_what_is_known_is_on_no_list_and_may_still_be_looked_at(incomplete: ListIncompleteProducts) -> None:
    lacks = incomplete.show(CHOCOLATE, CONSOLE).lacks
    assert not any(lacks[which] for which in (ALL, CHINA, KAZAKHSTAN, UNSELLABLE))
    with pytest.raises(UnknownCode):
        incomplete.show("6901028075763", CONSOLE)


def test_filling_in_takes_a_product_off_the_list(shop: DemoShop, incomplete: ListIncompleteProducts) -> None:
    before = incomplete.count(CONSOLE)
    pods = incomplete.show(PODS, CONSOLE)
    shop.fill_in(pods.product.id, shop.person("clerk"), attributes=Attributes(ml=Decimal(4)))

    assert codes(incomplete, CHINA) == []
    assert before.changed(pods, incomplete.show(PODS, CONSOLE)) == incomplete.count(CONSOLE)


def test_a_category_brings_what_it_needs_onto_the_list(shop: DemoShop, incomplete: ListIncompleteProducts) -> None:
    before, product = incomplete.count(CONSOLE), incomplete.show(INCOMPLETE, CONSOLE)
    shop.fill_in(product.product.id, shop.person("clerk"), category="alcohol.spirit")

    after = incomplete.show(INCOMPLETE, CONSOLE)
    assert after.lacks[ALL] == ("ml", "abv")
    assert before.changed(product, after) == incomplete.count(CONSOLE)


def test_the_counts_are_those_of_the_lists(shop: DemoShop, incomplete: ListIncompleteProducts) -> None:
    add(shop, "NEW", None)
    add(shop, "DEAR", "alcohol.spirit", None)
    counts = incomplete.count(CONSOLE)

    assert counts.catalogue == 602
    assert {name: lacking.products for name, lacking in counts.lists.items()} == {
        name: len(codes(incomplete, name)) for name in (ALL, CHINA, KAZAKHSTAN, UNSELLABLE, *Paper)
    }
    assert counts.lists[ALL].fields["ml"] == 2
    assert counts.lists[UNSELLABLE].fields == {"category": 2, "price": 1}


def test_counting_in_slices_comes_to_the_same(incomplete: ListIncompleteProducts) -> None:
    whole = incomplete.count(CONSOLE)
    counts = incomplete.count(CONSOLE, products=170)
    slices = 1
    while counts.next is not None:
        counts = counts.plus(incomplete.count(CONSOLE, counts.next, products=170))
        slices += 1

    assert (counts, slices) == (whole, 4)


def test_a_shop_with_one_set_of_rules_for_both_ways_lists_them_once(
    shop: DemoShop, incomplete: ListIncompleteProducts
) -> None:
    shop.set("regime_kz", CHINA)

    assert [regime.id for regime in incomplete.in_use()] == [CHINA]
    assert set(incomplete.count(CONSOLE).lists) == {ALL, CHINA, UNSELLABLE, *Paper}
    assert codes(incomplete) == [INCOMPLETE, PODS]


def test_the_rules_are_those_of_the_day_in_the_zone_of_the_regime(
    shop: DemoShop, incomplete: ListIncompleteProducts
) -> None:
    add(shop, "HEATED", "tobacco.heated")

    shop.now.at = datetime(2024, 11, 30, 15, 59, tzinfo=UTC)  # a minute before the first of December in Beijing
    assert incomplete.show("HEATED", CONSOLE).lacks[CHINA] == ()
    shop.now.move(minutes=1)
    assert incomplete.show("HEATED", CONSOLE).lacks[CHINA] == ("sticks",)


def test_any_regime_can_be_asked_for_and_no_other(incomplete: ListIncompleteProducts) -> None:
    assert codes(incomplete, "kr-jeju") == [PODS]
    with pytest.raises(UnknownRegime):
        incomplete(CONSOLE, "atlantis")


def test_who_fills_in_gives_a_first_price_and_replaces_none(shop: DemoShop) -> None:
    add(shop, "NEW-1", "other", price=None)
    new, clerk = shop.find.show("NEW-1").product, shop.person("clerk")
    shop.fill_in(new.id, clerk, price=Money(300, CNY))

    with pytest.raises(NotAllowed):
        shop.fill_in(new.id, clerk, price=Money(250, CNY))
    assert shop.find.show("NEW-1").product.price == Money(300, CNY)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"attributes": Attributes(abv=Decimal(400))}, "abv"),
        ({"attributes": Attributes(gross_kg=Decimal("-0.5"))}, "gross_kg"),
        ({"price": Money(10**14, CNY)}, "price"),
    ],
)
def test_what_the_page_of_the_product_refuses_is_not_filled_in_either(
    shop: DemoShop, given: dict[str, Any], field: str
) -> None:
    """A clerk types 400 for 40.0 % under *Missing data*; the product's own page takes at most 100."""
    add(shop, "BRANDY-01", "alcohol.spirit", price=None, ml=Decimal(500))
    product = shop.find.show("BRANDY-01").product
    with pytest.raises(BadField) as refused:
        shop.fill_in(product.id, shop.person("clerk"), **given)
    assert refused.value.field == field
    assert shop.find.show("BRANDY-01").product == product
