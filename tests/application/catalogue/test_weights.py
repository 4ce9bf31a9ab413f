"""Goods do not weigh less with their packaging than without it, however the weights come into the catalogue."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal

import pytest

from pos.application.catalogue.catalogue_columns import Reject
from pos.application.catalogue.change_several import SeveralRequest
from pos.application.catalogue.find_product import FillInProduct
from pos.application.catalogue.import_catalogue import ImportCatalogue
from pos.domain.catalogue.product import Attributes
from pos.domain.catalogue.product_card import PackCode, ProductCard
from pos.domain.errors import BadField
from pos.exports.catalogue_files import read_catalogue
from tests.application.catalogue.test_change_several import changing
from tests.builders import CONSOLE, money
from tests.shops import CHOCOLATE, SWEETS, DemoShop

HALF_KILO = Attributes(net_g=Decimal(500))
TOO_LIGHT = Attributes(net_g=Decimal(500), gross_kg=Decimal("0.2"))
SAID = ("gross_kg", "below_net", "0.2")


def facts(refused: pytest.ExceptionInfo[BadField]) -> tuple[str, str, str]:
    return refused.value.field, refused.value.what, refused.value.value


def weighing(shop: DemoShop, code: str, attributes: Attributes) -> int:
    """The product, its weights written past every check, as those of an earlier version."""
    product_id, card = shop.edit_product.card(code, CONSOLE)
    with shop.store.begin() as work:
        work.cards.write(product_id, replace(card, attributes=attributes))
        work.commit()
    return product_id


def test_the_form_refuses_it_and_adds_no_such_goods(shop: DemoShop) -> None:
    product_id, card = shop.edit_product.card(CHOCOLATE, CONSOLE)

    with pytest.raises(BadField) as edited:
        shop.edit_product(product_id, card, replace(card, attributes=TOO_LIGHT), CONSOLE)
    with pytest.raises(BadField) as added:
        shop.edit_product.add(ProductCard((PackCode("20000011"),), "Nuts", attributes=TOO_LIGHT), CONSOLE)

    assert facts(edited) == facts(added) == SAID


def test_as_much_as_the_net_weight_is_no_fault(shop: DemoShop) -> None:
    product_id, card = shop.edit_product.card(CHOCOLATE, CONSOLE)
    weights = Attributes(net_g=Decimal(500), gross_kg=Decimal("0.5"))

    assert shop.edit_product(product_id, card, replace(card, attributes=weights), CONSOLE).attributes == weights


def test_goods_of_before_get_another_price_all_the_same(shop: DemoShop) -> None:
    product_id = weighing(shop, CHOCOLATE, TOO_LIGHT)
    card = shop.edit_product.card_of(product_id, CONSOLE)

    assert shop.edit_product(product_id, card, replace(card, price=money("9.90")), CONSOLE).price == money("9.90")


def test_a_weight_filled_in_is_compared_with_the_one_on_file(shop: DemoShop) -> None:
    product_id = weighing(shop, CHOCOLATE, HALF_KILO)

    with pytest.raises(BadField) as refused:
        FillInProduct(shop.context)(product_id, CONSOLE, attributes=Attributes(gross_kg=Decimal("0.2")))

    assert facts(refused) == SAID


def test_of_several_those_stay_that_would_weigh_less(shop: DemoShop) -> None:
    heavy, light = weighing(shop, CHOCOLATE, HALF_KILO), weighing(shop, SWEETS, Attributes(net_g=Decimal(100)))
    request = SeveralRequest((heavy, light), {"gross_kg": Decimal("0.2")})

    seen = changing(shop).preview(shop.person("clerk"), request)

    assert [(one.product.id, one.field, one.reason) for one in seen.left] == [(heavy, "gross_kg", "below_net")]
    assert [one.id for one in changing(shop)(shop.person("clerk"), request, seen).changes] == [light]


@pytest.mark.parametrize(
    ("heading", "cells"), [("net weight g,gross weight kg", "500,0.2"), ("gross weight kg", "0.2")]
)
def test_a_row_of_a_file_is_rejected_by_what_it_says_and_by_what_is_on_file(
    shop: DemoShop, heading: str, cells: str
) -> None:
    weighing(shop, CHOCOLATE, HALF_KILO)
    rows = f"code,name,{heading}\n{CHOCOLATE},Chocolate,{cells}\n".encode()
    rejects: list[Reject] = []

    result = ImportCatalogue(shop.context)(read_catalogue(io.BytesIO(rows), "goods.csv"), CONSOLE, rejects.append)

    assert [(one.reason, one.detail) for one in rejects] == [("below_net", "0.2 kg < 500 g")]
    assert (result.rejected, result.updated) == (1, 0)


def test_a_row_of_new_goods_is_rejected_too(shop: DemoShop) -> None:
    rows = b"code,name,net weight g,gross weight kg\n20000011,Nuts,500,0.2\n"
    rejects: list[Reject] = []

    result = ImportCatalogue(shop.context)(read_catalogue(io.BytesIO(rows), "goods.csv"), CONSOLE, rejects.append)

    assert (result.created, [one.reason for one in rejects]) == (0, ["below_net"])
