"""The demo shop's goods: every category, honest gaps, labels that a shopkeeper would put up in four languages."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache

import pytest

from db.seed.goods import FEATURED, QUICK_KEYS, DemoGoods, demo_goods
from db.seed.goods_kind import GoodsKind, read_kinds, words
from db.seed.goods_names import agreeing
from db.seed.goods_origins import ORIGINS, brands_of
from db.seed.goods_sizes import size
from pos.domain.catalogue.barcode import CodeKind, read_code
from pos.domain.catalogue.category import LEAVES
from pos.domain.catalogue.product import LANGUAGES, Attributes
from pos.domain.money import Money
from tests.horgos import CNY

KINDS = [kind for kinds in read_kinds().values() for kind in kinds]

NEEDED = {
    "tobacco.cigarette": ("sticks", "net_g"),
    "tobacco.heated": ("sticks", "net_g"),
    "tobacco.cigar": ("sticks", "pieces", "net_g"),
    "tobacco.cigarillo": ("sticks", "pieces", "net_g"),
    "tobacco.loose": ("net_g",),
    "vape.device": ("ml",),
    "vape.pod": ("ml", "pieces"),
    "alcohol": ("ml", "abv"),
    "drink": ("ml",),
    "food": ("net_g",),
    "perfume": (),
    "fur": ("variant",),
    "seed": ("net_g",),
}


@cache
def goods_of_the_demo() -> tuple[DemoGoods, ...]:
    """Made by a worker that tests them, not by each that reads this file."""
    return tuple(demo_goods())


def needed(category: str) -> tuple[str, ...]:
    branch = category.partition(".")[0]
    return ("gross_kg", *NEEDED.get(category, NEEDED.get(branch, ())))


def lacks(goods: DemoGoods) -> list[str]:
    return [name for name in needed(goods.category or "other") if getattr(goods.attributes, name) is None]


def article(code: str) -> DemoGoods:
    return next(goods for goods in goods_of_the_demo() if goods.code == code)


def test_the_shop_opens_with_ten_thousand_goods_of_every_category() -> None:
    assert len(goods_of_the_demo()) == 10_000
    assert {goods.category for goods in goods_of_the_demo()} == {*LEAVES, None}
    assert min(Counter(goods.category for goods in goods_of_the_demo() if goods.category).values()) >= 20


def test_goods_come_from_forty_countries_and_more() -> None:
    prefixes = {prefix: origin.code for origin in ORIGINS.values() for prefix in origin.prefixes}
    # A carton's number has an indicator before the prefix; each article's first code has none.
    seen = {prefixes[int(goods.code[:3])] for goods in goods_of_the_demo()}
    assert len(seen) >= 40
    assert {"KZ", "CN", "RU", "KR", "FR", "GE", "US", "CU"} <= seen


def test_every_code_is_one_that_the_till_reads_as_it_is() -> None:
    codes = [code for goods in goods_of_the_demo() for code in goods.codes]
    assert len(codes) == len(set(codes))
    for goods in goods_of_the_demo():
        assert goods.codes[0] == goods.code
        for code in goods.codes:
            read = read_code(code)
            assert (read.canonical, read.kind) == (code, CodeKind.GTIN)
    lengths = Counter(len(code) for code in codes)
    assert lengths[8] > 20
    assert lengths[14] > 20
    assert sum(code.startswith("0") for code in codes) > 20, "goods with a UPC-A"


def test_only_cartons_of_cigarettes_bear_a_carton_code() -> None:
    for goods in goods_of_the_demo():
        if any(read_code(code).is_carton for code in goods.codes):
            assert goods.category in ("tobacco.cigarette", None)
            assert goods.attributes.sticks in (200, None)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_goods_share_a_name_in_one_language(language: str) -> None:
    # The well-known articles may be called the same as each other in no language either.
    names = Counter(goods.names[language] for goods in goods_of_the_demo())
    assert [name for name, times in names.items() if times > 1] == []
    assert all(name == " ".join(name.split()) and name for name in names)


def test_a_name_is_written_in_the_letters_of_its_language() -> None:
    cyrillic, latin = re.compile("[А-Яа-яЁёӘәҒғҚқҢңӨөҰұҮүҺһІі]"), re.compile("[A-Za-z]")
    for goods in goods_of_the_demo():
        assert not cyrillic.search(goods.names["en"] + goods.names["zh"])
        assert re.search("[一-鿿]", goods.names["zh"])
        for language in ("ru", "kk"):
            mixed = [
                word
                for word in re.split(r"[\s«»,-]+", goods.names[language])
                if cyrillic.search(word) and latin.search(word)
            ]
            assert mixed == []
        assert not re.search("[ӘәҒғҚқҢңӨөҰұҮүҺһІі]", goods.names["ru"])


def test_the_same_seed_fills_the_same_shop_and_another_seed_another() -> None:
    assert demo_goods(2_000, seed=7) == demo_goods(2_000, seed=7)
    assert demo_goods(2_000, seed=7) != demo_goods(2_000, seed=8)


def test_a_small_shop_has_the_well_known_goods_and_every_category() -> None:
    goods = demo_goods(500)
    assert tuple(item.code for item in goods[: len(FEATURED)]) == FEATURED
    assert {item.category for item in goods} - {None} == set(LEAVES)
    assert [item.code for item in demo_goods(5)] == list(QUICK_KEYS)


def test_more_goods_than_the_words_can_name_apart_are_refused() -> None:
    with pytest.raises(ValueError, match="the vocabulary names"):
        demo_goods(1_000_000)


def test_what_customs_asks_is_on_file_except_for_about_one_in_a_hundred() -> None:
    without = [goods for goods in goods_of_the_demo() if lacks(goods)]
    assert len(goods_of_the_demo()) // 300 <= len(without) <= len(goods_of_the_demo()) // 50
    gaps = Counter(name for goods in without for name in lacks(goods))
    assert gaps["gross_kg"] > 10
    assert gaps["ml"] + gaps["abv"] > 3


def test_a_handful_is_unfinished_and_cannot_be_sold_yet() -> None:
    unfinished = [goods for goods in goods_of_the_demo() if goods.category is None or goods.price is None]
    assert 2 <= len(unfinished) <= 10
    assert any(goods.price is None for goods in unfinished)
    assert any(goods.category is None for goods in unfinished)
    assert not {goods.code for goods in unfinished} & set(FEATURED)


def test_prices_end_as_on_a_price_tag() -> None:
    for goods in goods_of_the_demo():
        if goods.price is not None:
            assert goods.price.currency == CNY
            assert goods.price.minor > 0
            assert goods.price.minor % 100 in (0, 50, 90)


@pytest.mark.parametrize(
    ("kind", "low", "high"),
    [
        ("mink coat", 6_000, 30_000),
        ("down jacket", 180, 900),
        ("bedding set", 90, 350),
        ("camel milk powder", 120, 320),
        ("cigarettes carton", 120, 400),
        ("nesting doll", 30, 200),
        ("frying pan", 40, 200),
    ],
)
def test_prices_are_those_of_the_border(kind: str, low: int, high: int) -> None:
    prices = [
        goods.price
        for goods in goods_of_the_demo()[len(FEATURED) :]
        if goods.price is not None and all(word in goods.names["en"] for word in kind.split())
    ]
    assert len(prices) > 10
    assert all(Money(low * 100, CNY) <= price <= Money(high * 100, CNY) for price in prices)


def test_no_package_weighs_less_than_what_is_in_it() -> None:
    for goods in goods_of_the_demo():
        net_g, gross_kg = goods.attributes.net_g, goods.attributes.gross_kg
        if net_g is not None and gross_kg is not None:
            assert net_g < gross_kg * 1000
        if gross_kg is not None:
            assert Decimal("0.005") < gross_kg < 60


def test_the_shelves_hold_up_to_two_hundred_and_a_few_are_empty() -> None:
    assert all(0 <= goods.on_hand <= 200 for goods in goods_of_the_demo())
    empty = sum(goods.on_hand == 0 for goods in goods_of_the_demo())
    assert len(goods_of_the_demo()) // 50 < empty < len(goods_of_the_demo()) // 8
    assert all(article(code).on_hand > 0 for code in FEATURED)


def test_a_limit_by_kind_of_fur_has_several_kinds_to_count() -> None:
    furs = {goods.attributes.variant for goods in goods_of_the_demo() if goods.category == "fur"}
    assert {"mink", "fox", "sheepskin", "rabbit", "sable"} <= furs


def test_the_well_known_cognac_is_the_one_in_the_handbook() -> None:
    cognac = article("4870204321111")
    assert cognac.names == {
        "en": "Cognac 5★ 0.7 L",
        "zh": "白兰地 5★ 0.7 L",
        "ru": "Коньяк 5★ 0,7 л",
        "kk": "Коньяк 5★ 0,7 л",
    }
    assert cognac.price == Money(450_00, CNY)
    assert cognac.attributes == Attributes(ml=Decimal(700), abv=Decimal(40), gross_kg=Decimal("1.350"))


def test_the_quick_keys_are_sweets_honey_camel_milk_perfume_and_a_bag_for_one_yuan() -> None:
    assert [article(code).category for code in QUICK_KEYS] == [
        "food.sweets",
        "food.honey",
        "food.dairy",
        "perfume",
        "other",
    ]
    assert article(QUICK_KEYS[-1]).price == Money(1_00, CNY)


def test_the_well_known_pods_have_no_liquid_on_file_and_all_else_is_complete() -> None:
    assert [(article(code).names["en"], lacks(article(code))) for code in FEATURED if lacks(article(code))] == [
        ("Vape pods, 2 pcs", ["ml"])
    ]


@pytest.mark.parametrize(
    ("adjective", "feminine", "neuter", "plural"),
    [
        ("тёмный", "тёмная", "тёмное", "тёмные"),
        ("грузинский", "грузинская", "грузинское", "грузинские"),
        ("синий", "синяя", "синее", "синие"),
        ("говорящий", "говорящая", "говорящее", "говорящие"),
        ("степной", "степная", "степное", "степные"),
        ("мягкий", "мягкая", "мягкое", "мягкие"),
    ],
)
def test_a_russian_adjective_agrees_with_its_noun(adjective: str, feminine: str, neuter: str, plural: str) -> None:
    assert [agreeing(adjective, gender) for gender in "mfnp"] == [adjective, feminine, neuter, plural]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: f"{kind.category} {kind.noun.partition(' |')[0]}")
def test_the_vocabulary_is_whole(kind: GoodsKind) -> None:
    assert kind.category in LEAVES
    assert words(kind.noun).ru.rsplit(" ", 1)[1] in ("m", "f", "n", "p")
    for phrase in (kind.noun, *kind.variants, *kind.extras):
        assert phrase.count("|") in (0, 3)
        if phrase:
            assert all(words(phrase))
        assert all(word.endswith(("ый~", "ий~", "ой~")) for word in phrase.split() if word.endswith("~"))
    assert set(kind.origins.split()) <= set(ORIGINS)
    assert kind.price[0] < kind.price[1]
    assert kind.grams is not None or all(size(token).ml or size(token).net_g for token in kind.sizes.split())


def test_every_country_on_the_list_makes_something_and_has_brands() -> None:
    assert {code for kind in KINDS for code in kind.origins.split()} == set(ORIGINS)
    assert all(len(brands_of(origin.sound)) >= 90 for origin in ORIGINS.values())
