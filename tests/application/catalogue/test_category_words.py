"""A file's own words for categories are understood in four languages; what could mean two is never guessed."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from pos.application.catalogue.catalogue_columns import recognised
from pos.application.catalogue.category_words import WIDE_WORDS, WORDS, category_called, category_key, leaves_of_word
from pos.application.text.names import CATEGORIES
from pos.domain.catalogue.category import LEAVES
from pos.languages.catalogue import load_translators

TRANSLATIONS = Path(__file__).parents[3] / "resources" / "translations"
LEAF_NAMES = [(leaf, CATEGORIES[leaf]) for leaf in LEAVES]


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_a_category_is_called_in_a_file_what_the_window_calls_it(language: str) -> None:
    tr = load_translators(TRANSLATIONS)[language]

    assert {leaf: category_called(tr(name).upper()) for leaf, name in LEAF_NAMES} == {leaf: leaf for leaf in LEAVES}


def test_no_word_means_two_categories_and_every_category_has_words() -> None:
    leaves = defaultdict(set)
    for leaf, words in WORDS.items():
        for word in words.split(","):
            leaves[category_key(word)].add(leaf)

    assert [word for word, meant in leaves.items() if not word or len(meant) > 1] == []
    assert set(WORDS) == set(LEAVES)


@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_a_branch_is_called_in_a_file_what_the_window_calls_it(language: str) -> None:
    tr = load_translators(TRANSLATIONS)[language]
    branches = {leaf.partition(".")[0] for leaf in LEAVES if "." in leaf}

    for branch in branches:
        word = tr(CATEGORIES[branch])
        assert leaves_of_word(word) == tuple(leaf for leaf in LEAVES if leaf.startswith(f"{branch}.")), word
        assert category_called(word) is None
    assert set(WIDE_WORDS) == branches


def test_a_word_for_one_category_is_none_for_a_branch() -> None:
    words = [word for group in WIDE_WORDS.values() for word in group.split(",")]

    assert [word for word in words if category_called(word) is not None] == []
    assert leaves_of_word("Водка") == leaves_of_word("Сухарики к пиву") == ()


@pytest.mark.parametrize(
    ("text", "leaf"),
    [
        ("alcohol.spirit", "alcohol.spirit"),
        (" Alcohol.Spirit ", "alcohol.spirit"),
        ("ВОДКА", "alcohol.spirit"),
        ("白酒", "alcohol.spirit"),
        ("Мед", "food.honey"),
        ("мёд", "food.honey"),
        ("чай,  кофе", "food.other"),
        ("Fruit & vegetables", "food.fresh"),
        ("All / Saleable / Wine", "alcohol.wine"),
        ("Алкоголь\\Вино", "alcohol.wine"),
        ("食品 > 糖果", "food.sweets"),
        ("Вино / пиво", None),
        ("Пиво / закуски", None),
        ("Alcohol", None),
        ("烟草", None),
        ("Продукты", None),
        ("Electronics", None),
        ("!", None),
        ("/", None),
    ],
)
def test_what_a_file_calls_a_category(text: str, leaf: str | None) -> None:
    assert category_called(text) == leaf


@pytest.mark.parametrize(
    "header",
    [
        "Category",
        "CATEGORIES",
        "类别",
        "分类",
        "商品分类",
        "Категория",
        "Категория товара",
        "Санат",
        "Санаты",
        "Тауар санаты",
        "Группа товара",
        "Product group",
        "类别名称",
        "тауар тобы",
    ],
)
def test_a_column_of_categories_is_known_by_its_name(header: str) -> None:
    assert recognised(["Barcode", header], "CNY") == ["code", "category"]


def test_a_group_is_a_category_only_where_no_column_is_called_so() -> None:
    assert recognised(["code", "Группа товара", "Категория"], "CNY") == ["code", "", "category"]


@pytest.mark.parametrize(
    "header", ["Вес брутто", "Вес брутто, кг", "Gross weight", "毛重", "毛重(kg)", "Брутто салмағы"]
)
def test_a_gross_weight_is_in_kilograms_where_its_column_says_no_unit(header: str) -> None:
    assert recognised(["code", header], "CNY") == ["code", "gross_kg"]


def test_a_gross_weight_in_grams_is_not_read_as_kilograms() -> None:
    assert recognised(["code", "Вес брутто, г"], "CNY") == ["code", ""]
