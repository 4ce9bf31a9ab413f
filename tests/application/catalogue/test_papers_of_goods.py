"""What papers for the border have of goods: read from files, found, sold with the goods, and missed by no sale."""

from __future__ import annotations

import io
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest

from db.engine.canonical import dumps
from db.sales.sale_rows import chained
from db.seed.goods_featured import FEATURED
from pos.application.catalogue.change_several import ChangeSeveral, SeveralRequest
from pos.application.catalogue.import_catalogue import ImportCatalogue
from pos.application.catalogue.list_incomplete_products import ALL, ListIncompleteProducts
from pos.application.sales.sale_json import sale_json
from pos.domain.catalogue.paper_needs import Paper
from pos.domain.sales.sale import Sale
from pos.exports.catalogue_files import read_catalogue
from pos.languages.catalogue import load_translators
from tests.builders import CONSOLE
from tests.printing.sales import ROOT
from tests.shops import CHOCOLATE, SWEETS, DemoShop

PAPERS = {"brand": "Aksu", "model": "A 1", "origin": "KZ", "hs_code": "180632", "unit": "007"}


def edited(shop: DemoShop, code: str, **values: Any) -> None:
    key, began = shop.edit_product.card(code, CONSOLE)
    shop.edit_product(key, began, began.having(values), shop.person("manager"))


def imported(shop: DemoShop, header: str, *rows: str) -> list[tuple[str, str]]:
    """Import rows; code and reason of those that are rejected."""
    context = replace(shop.context, translators=load_translators(ROOT / "resources" / "translations"))
    rejects: list[Any] = []
    file = io.BytesIO("\n".join((header, *rows)).encode())
    ImportCatalogue(context)(read_catalogue(file, "goods.csv"), shop.person("manager"), rejects.append)
    return [(one.reason, one.detail) for one in rejects]


def sold_again(shop: DemoShop, sale: Sale) -> Sale:
    with shop.store.reading() as work:
        read = work.sales.by_number(sale.till, sale.number)
    assert read is not None
    return read


def test_a_file_names_a_country_in_any_language_of_the_window(shop: DemoShop) -> None:
    said = {"Казахстан": "KZ", "法国": "FR", "Ресей": "RU", "germany": "DE", "CHN": "CN", "США": "US"}
    codes = FEATURED[: len(said)]

    assert imported(shop, "Штрихкод,Страна происхождения", *map(",".join, zip(codes, said, strict=True))) == []
    assert [shop.find.show(code).product.origin for code in codes] == list(said.values())


def test_headers_of_another_program_are_known_and_codes_lose_their_dots(shop: DemoShop) -> None:
    header = "Штрихкод,Торговая марка,Модель,Код ТН ВЭД,Ед. изм."
    assert imported(shop, header, f"{CHOCOLATE},Aksu,A 1,1806.32 1000,шт.") == []
    goods = shop.find.show(CHOCOLATE).product
    assert (goods.brand, goods.model, goods.hs_code, goods.unit) == ("Aksu", "A 1", "1806321000", "007")


def test_a_row_whose_code_is_in_no_table_is_rejected_with_its_column(shop: DemoShop) -> None:
    header = "code,origin,hs_code,unit"
    rows = (f"{CHOCOLATE},Атлантида,,", f"{SWEETS},,18063,", "4870001000127,,,ярд")
    assert imported(shop, header, *rows) == [
        ("no_such_country", "origin: Атлантида"), ("not_a_customs_code", "hs_code: 18063"), ("not_a_unit", "unit: ярд"),
    ]  # fmt: skip


def test_goods_are_found_by_the_beginning_of_their_customs_code_behind_all_others(shop: DemoShop) -> None:
    edited(shop, CHOCOLATE, hs_code="9619008109")

    found = [one.product.code for one in shop.find("9619.00", 50)]
    assert found[-1] == CHOCOLATE
    assert CHOCOLATE not in [one.product.code for one in shop.find("8109", 50)]


def test_a_brand_given_to_several_products_is_found_by_search_and_taken_back(shop: DemoShop) -> None:
    step, person = ChangeSeveral(shop.context, ListIncompleteProducts(shop.context)), shop.person("clerk")
    ids = tuple(shop.find.show(code).product.id for code in (CHOCOLATE, SWEETS))
    done = step(person, SeveralRequest(ids, {"brand": "Qyzylqum"}))
    assert {one.product.code for one in shop.find("Qyzylqum", 50)} == {CHOCOLATE, SWEETS}

    step.undo(person, done)
    assert list(shop.find("Qyzylqum", 50)) == []


def test_a_sale_keeps_what_was_on_file_when_the_card_has_changed_since(shop: DemoShop) -> None:
    edited(shop, CHOCOLATE, **PAPERS)
    first = shop.sell(CHOCOLATE)
    edited(shop, CHOCOLATE, brand="Another", origin="GE", hs_code=None)
    second = shop.sell(CHOCOLATE)

    assert sold_again(shop, first).lines[0].details == PAPERS
    assert sold_again(shop, second).lines[0].details == {
        "brand": "Another",
        "model": "A 1",
        "origin": "GE",
        "unit": "007",
    }
    assert shop.verify() == []
    assert sale_json(sold_again(shop, first), "", ())["lines"][0]["details"] == PAPERS


def test_a_sale_of_goods_without_any_has_the_hash_that_it_always_had(shop: DemoShop) -> None:
    edited(shop, CHOCOLATE, **dict.fromkeys(PAPERS))
    sale = shop.sell(CHOCOLATE)

    assert sold_again(shop, sale).lines[0].details == {}
    [(digest, code, name, names, category)] = shop.rows(
        "SELECT digest, code, name, names, category FROM sold_goods WHERE details IS NULL AND code = ?", CHOCOLATE
    )
    assert digest == sha256(dumps([code, name, names, category]).encode()).hexdigest()
    assert "details" not in chained({"code": code, "details": None})


def test_what_only_a_paper_wants_is_on_the_list_of_the_paper_and_makes_nothing_unknown(shop: DemoShop) -> None:
    incomplete = ListIncompleteProducts(shop.context)
    before = incomplete.count(CONSOLE).lists
    edited(shop, CHOCOLATE, **dict.fromkeys(PAPERS))
    after = incomplete.count(CONSOLE).lists

    assert after[ALL] == before[ALL]
    lacks = incomplete.show(CHOCOLATE, CONSOLE).lacks
    assert lacks[ALL] == ()
    assert lacks[Paper.CHINA_DATA_SHEET] == ("brand", "unit", "origin")
    listed = {one.product.code for one in incomplete(CONSOLE, Paper.CHINA_DATA_SHEET, limit=1000).products}
    assert CHOCOLATE in listed
    sold = shop.sell(CHOCOLATE)
    assert [one for label in sold.quota.values() for one in label.get("unknown", ())] == []


@pytest.mark.parametrize("paper", Paper)
def test_the_count_of_a_paper_is_that_of_its_list(shop: DemoShop, paper: Paper) -> None:
    incomplete = ListIncompleteProducts(shop.context)
    counted = incomplete.count(CONSOLE).lists[paper]

    page = incomplete(CONSOLE, paper, limit=1000)
    assert counted.products == len(page.products)
    for name, products in counted.fields.items():
        assert products == sum(name in one.lacks[paper] for one in page.products)


def test_a_field_of_a_paper_is_filled_in_and_leaves_its_list(shop: DemoShop) -> None:
    incomplete, clerk = ListIncompleteProducts(shop.context), shop.person("clerk")
    edited(shop, CHOCOLATE, **dict.fromkeys(PAPERS))
    seen = shop.find.show(CHOCOLATE).product

    filled = shop.fill_in(seen.id, clerk, seen=seen, papers={"brand": " Aksu ", "unit": "7", "origin": "kaz"})
    assert (filled.brand, filled.unit, filled.origin) == ("Aksu", "007", "KZ")
    assert incomplete.of(filled).lacks[Paper.CHINA_DATA_SHEET] == ()
    assert {one.product.code for one in shop.find("Aksu", 50)} >= {CHOCOLATE}
