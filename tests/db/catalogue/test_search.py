"""Finds goods by any part of a name in any script, by code, by initials; no query breaks the search."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.catalogue.search import folded
from tests.shops import CHOCOLATE, COGNAC, SWEETS, DemoShop


def codes(shop: DemoShop, text: str, limit: int = 50) -> list[str]:
    return [match.product.code for match in shop.find(text, limit)]


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("白兰", COGNAC),  # two characters: shorter than a trigram
        ("兰地", COGNAC),  # from the middle
        ("兰", COGNAC),
        ("bld", COGNAC),  # pinyin initials of 白兰地
        ("BLD", COGNAC),
        ("巧克力", CHOCOLATE),
        ("Конь", COGNAC),
        ("коньяк", COGNAC),
        ("оньяк", COGNAC),  # the part of a word
        ("КОНЬЯК 5", COGNAC),
        ("шоколад", CHOCOLATE),
        ("қара", CHOCOLATE),
        ("кәмпит", SWEETS),
        ("Chocolate", CHOCOLATE),
        ("dark choc", CHOCOLATE),
        ("ocolat", CHOCOLATE),
        ("choc 100", CHOCOLATE),
        (COGNAC, COGNAC),
        (COGNAC[:9], COGNAC),
        (COGNAC[4:10], COGNAC),  # a piece of a code
        (f"  {COGNAC} ", COGNAC),
    ],
)
def test_a_product_is_found_as_people_ask_for_it(shop: DemoShop, text: str, code: str) -> None:
    assert code in codes(shop, text)


def test_a_code_typed_whole_comes_first(shop: DemoShop) -> None:
    assert codes(shop, SWEETS)[0] == SWEETS


def test_accents_and_full_width_letters_make_no_difference(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        from pos.application.ports.catalogue_ports import GoodsRow
        from pos.domain.catalogue.product import Attributes

        row = GoodsRow("2000000000022", "Crème brûlée Ñandú", {}, "food.sweets", None, Attributes(), None)
        work.products.add(row, shop.now())
        work.commit()

    for text in ("creme", "brulee", "CRÈME", "nandu", "rûl", "ｃｒｅｍｅ", "brûlée creme"):
        assert "2000000000022" in codes(shop, text), text
    assert folded("Ёлка Ç") == folded("ёлка ç")


def test_letters_that_look_alike_are_one_and_pinyin_is_found_whole(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        from pos.application.ports.catalogue_ports import GoodsRow
        from pos.domain.catalogue.product import Attributes

        names = {"zh": "牛奶", "kk": "Қымыз"}
        row = GoodsRow("2000000000039", "Işık Łódź", names, "food.dairy", None, Attributes(), None)
        work.products.add(row, shop.now())
        work.commit()

    for text in ("isik", "ISIK", "lodz", "niunai", "niu", "nn", "牛奶", "奶", "қымыз", "кымыз", "0039", "00039"):
        assert "2000000000039" in codes(shop, text), text
    assert codes(shop, CHOCOLATE[-5:])[0] == CHOCOLATE


def test_names_come_before_parts_of_words_and_the_whole_name_first(shop: DemoShop) -> None:
    with shop.store.begin() as work:
        from pos.application.ports.catalogue_ports import GoodsRow
        from pos.domain.catalogue.product import Attributes

        for index, name in enumerate(("Buttermilkshake", "Rice milk", "Milky way", "Milk of the steppe", "Milk")):
            row = GoodsRow(f"SKU-{index}", name, {}, "food.dairy", None, Attributes(), None)
            work.products.add(row, shop.now())
        work.commit()

    names = [match.product.name for match in shop.find("milk", 100) if match.product.code.startswith("SKU-")]
    assert names == ["Milk", "Milk of the steppe", "Milky way", "Rice milk", "Buttermilkshake"]


def test_a_found_product_bears_what_is_on_hand(shop: DemoShop) -> None:
    [match] = [f for f in shop.find("Cognac 5★ 0.7") if f.product.code == COGNAC]

    assert match.on_hand == 96


def test_pages_follow_each_other_without_a_gap_or_a_double(shop: DemoShop) -> None:
    whole = codes(shop, "chocolate", 30)
    paged = [match.product.code for page in range(6) for match in shop.find("chocolate", 5, page * 5)]

    assert paged == whole
    assert len(set(whole)) == len(whole) > 5


JUNK = [
    "", " ", '"', "'", '"""', "*", "a*", "**", "NEAR", "NEAR(a b, 5)", "a AND", "OR", "NOT x", "a NOT", "(", ")", "((a",
    "text:", "text : a", "^a", "a ^b", "-", "--", "; DROP TABLE product", "%", "_", "\\", "{a b}", "a + b", "🍫",
    "👨‍👩‍👧", "\x00", "choc\x00olate", "cho\x00", "\n\t", "\u202eabc", "\u200b", "\ud800", "a\udfffb", "ﷺ",
    "e\u0301" * 50,
    "白" * 300, "a" * 300, "a " * 300, '"' * 301, "İ", "ß", "\ufeff", "1e999", "-1", "0x1",
]  # fmt: skip


@pytest.mark.parametrize("text", JUNK)
def test_no_question_breaks_the_search(shop: DemoShop, text: str) -> None:
    shop.find(text)
    with shop.store.reading() as work:
        work.products.find(text, shop.now(), 5)


def test_a_megabyte_of_junk_is_answered_like_any_other_question(shop: DemoShop) -> None:
    for text in ("x" * 1_000_000, "白" * 1_000_000, "ab " * 300_000, '" ' * 500_000):
        with shop.store.reading() as work:
            work.products.find(text, shop.now(), 5)


@settings(max_examples=200, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=40))
def test_whatever_is_typed_gives_products_or_nothing(shop: DemoShop, text: str) -> None:
    matches = shop.find(text, 3)

    assert len(matches) <= 3


def test_characters_of_the_index_are_ordinary_characters_in_a_question(shop: DemoShop) -> None:
    assert COGNAC in codes(shop, 'cognac"')
    assert COGNAC in codes(shop, "cognac*")
    assert COGNAC in codes(shop, "(cognac)")
    assert codes(shop, "NOT cognac") == []
