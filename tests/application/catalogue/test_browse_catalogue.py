"""The list of the catalogue: newest first, as someone types, by what is missing, low or without a price."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.application.catalogue.browse_catalogue import BrowseCatalogue
from pos.application.catalogue.list_incomplete_products import ListIncompleteProducts
from pos.application.ports.catalogue_ports import LACKING, LOW, UNPRICED
from tests.builders import CONSOLE
from tests.shops import CHOCOLATE, COGNAC, INCOMPLETE, LAST_ONE, PODS, DemoShop


@pytest.fixture
def browse(shop: DemoShop) -> BrowseCatalogue:
    return BrowseCatalogue(shop.context, ListIncompleteProducts(shop.context))


def codes(browse: BrowseCatalogue, text: str = "", limit: int = 50, **wanted: str) -> list[str]:
    """Every page of a list."""
    listed: list[str] = []
    after: int | None = None
    while True:
        page = browse(CONSOLE, text, after=after, limit=limit, **wanted)
        listed += [one.product.code for one in page.goods]
        if page.next is None:
            return listed
        after = page.next


@pytest.mark.parametrize("text", ["", "chocolate", "487"])
def test_pages_follow_each_other_without_a_gap_or_a_double(browse: BrowseCatalogue, text: str) -> None:
    whole = codes(browse, text, 1000)

    assert codes(browse, text, 7) == whole
    assert len(set(whole)) == len(whole) > 7


def test_all_goods_are_listed_the_newest_first_and_counted(browse: BrowseCatalogue) -> None:
    page = browse(CONSOLE, limit=10)
    ids = [one.product.id for one in page.goods]

    assert ids == sorted(ids, reverse=True)
    assert (page.result_count, len(codes(browse))) == (600, 600)
    assert browse(CONSOLE, "chocolate").result_count == len(codes(browse, "chocolate"))


def test_a_filter_holds_for_the_list_and_for_what_is_typed(browse: BrowseCatalogue) -> None:
    assert {PODS, INCOMPLETE} <= set(codes(browse, shown=LACKING))
    assert codes(browse, "pod", shown=LACKING) == [PODS]
    sweets = codes(browse, scope="food.sweets")
    assert CHOCOLATE in sweets
    assert COGNAC not in sweets
    assert set(sweets) < set(codes(browse, scope="food"))
    assert codes(browse, "cognac", scope="food") == []


def test_goods_at_their_reorder_point_and_goods_without_a_price_are_lists_of_their_own(
    shop: DemoShop, browse: BrowseCatalogue
) -> None:
    with shop.raw(writing=True) as connection:
        connection.execute("UPDATE product SET reorder_point = NULL")
        connection.execute("UPDATE product SET price_minor = NULL, price_currency = NULL WHERE code = ?", [COGNAC])
    key, card = shop.edit_product.card(LAST_ONE, CONSOLE)
    shop.edit_product(key, card, replace(card, reorder_point=1), shop.person("clerk"))
    key, card = shop.edit_product.card(CHOCOLATE, CONSOLE)
    shop.edit_product(key, card, replace(card, reorder_point=1), shop.person("clerk"))

    assert codes(browse, shown=LOW) == [LAST_ONE]
    assert COGNAC in codes(browse, shown=UNPRICED)
    assert CHOCOLATE not in codes(browse, shown=UNPRICED)


def test_what_a_product_lacks_is_reported_for_each_way_out(shop: DemoShop, browse: BrowseCatalogue) -> None:
    pods = shop.find.show(PODS).product

    assert {one.regime: one.fields for one in browse.lacking(pods)}["cn-horgos"] == ("ml",)
    assert browse.lacking(shop.find.show(COGNAC).product) == ()
