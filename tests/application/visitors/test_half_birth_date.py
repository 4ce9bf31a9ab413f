"""A birth date that a document knows in part only: kept as the earliest day, and shown as the oldest age."""

from __future__ import annotations

from datetime import date

import pytest

from pos.application.sales.basket_json import basket_from_json, basket_json
from pos.application.text.json_fields import read_document
from pos.application.text.translator import Translator
from pos.domain.visitors.document import Document
from pos.ui.quota.age_text import age_text
from tests.domain.visitors.zones import Holder, a_zone
from tests.shops import BAG, DemoShop


def scanned(shop: DemoShop, born: str) -> Document:
    lines = a_zone("TD3", Holder("E12345678", issuer="CHN", nationality="CHN", born=born, expiry="340504"))
    return read_document({"mrz": lines}, "document", shop.now().date())


def typed(shop: DemoShop, born: str) -> Document:
    document = {"kind": "passport", "number": "E12345678", "country": "CN", "birth_date": born}
    return read_document(document, "document", shop.now().date())


@pytest.mark.parametrize(("born", "oldest"), [("15<<<<", 11), ("1506<<", 10), ("<<<<<<", None), ("150601", None)])
def test_of_a_scanned_half_birth_date_the_oldest_age_is_shown(shop: DemoShop, born: str, oldest: int | None) -> None:
    checkout = shop.checkout()
    view = checkout.identify(scanned(shop, born))  # on 2 March 2026
    assert view.visitors[0].oldest == oldest
    assert (view.visitors[0].age is None) == (born != "150601")


@pytest.mark.parametrize(("born", "earliest"), [("2015", date(2015, 1, 1)), ("2015-06", date(2015, 6, 1))])
def test_a_file_may_give_half_a_birth_date(shop: DemoShop, born: str, earliest: date) -> None:
    checkout = shop.checkout()
    view = checkout.identify(typed(shop, born))
    assert view.visitors[0].visitor.born_from == earliest


def test_the_whole_date_takes_the_place_of_the_half_when_the_document_is_scanned(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(typed(shop, "2015"))
    view = checkout.identify(scanned(shop, "150601"))
    assert (view.visitors[0].age, view.visitors[0].oldest) == (10, None)


def test_a_parked_basket_keeps_the_oldest_age_and_no_date(shop: DemoShop) -> None:
    checkout = shop.checkout()
    checkout.identify(scanned(shop, "1506<<"))
    checkout.leave_to("CN")
    checkout.scan(BAG)
    day = shop.now().date()
    text = basket_json(checkout.order(shop.person("amina")), day)
    assert "2015" not in text

    with shop.store.reading() as work:
        basket = basket_from_json(text, lambda product: work.products.by_id(product, shop.now()))

    assert basket.visitors[0].birth_date is None
    assert basket.visitors[0].oldest_on(day) == 10
    assert basket.visitors[0].keys == checkout.view().visitors[0].visitor.keys


def test_the_oldest_age_is_shown_in_words() -> None:
    tr = Translator.english()
    assert age_text(None, 11, tr) == "at most 11 years old"
    assert age_text(None, 1, tr) == "at most 1 year old"
    assert age_text(10, None, tr) == "10 years old"
    assert age_text(None, None, tr) == ""
