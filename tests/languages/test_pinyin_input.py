"""Chinese words for the letters of their syllables."""

from __future__ import annotations

import pytest

from pos.languages.pinyin_input import PinyinInput

NAMES = ("骆驼牛奶 400克", "酸牛奶", "巧克力牛奶", "茅台酒 500毫升", "葡萄酒", "绿茶", "红茶", "Cognac")


@pytest.fixture(scope="module")
def suggest() -> PinyinInput:
    return PinyinInput(NAMES)


def words(suggest: PinyinInput, letters: str) -> list[str]:
    return [word for word, _ in suggest(letters)]


def test_a_word_of_the_goods_comes_first_by_its_syllables_and_by_its_initials(suggest: PinyinInput) -> None:
    assert suggest("niunai")[0] == ("牛奶", "")
    assert suggest("nn")[0] == ("牛奶", "")


def test_a_character_of_the_goods_comes_before_a_common_one(suggest: PinyinInput) -> None:
    assert words(suggest, "cha")[0] == "茶"
    assert words(suggest, "jiu")[0] == "酒"


def test_characters_that_no_goods_have_are_offered_too_common_ones_first(suggest: PinyinInput) -> None:
    offered = words(suggest, "wang")
    assert {"王", "网"} <= set(offered)
    assert words(suggest, "lv")[0] == "绿", "ü is typed as v"


def test_what_a_character_leaves_over_goes_on_as_the_next_syllable(suggest: PinyinInput) -> None:
    assert dict(suggest("zhangwei"))["张"] == "wei"


def test_a_syllable_that_is_not_typed_to_its_end_offers_what_it_may_become(suggest: PinyinInput) -> None:
    assert "茶" in words(suggest, "ch")


def test_letters_that_are_no_syllable_offer_nothing_that_takes_all_of_them(suggest: PinyinInput) -> None:
    assert not [word for word, rest in suggest("qxv") if not rest]


def test_no_names_at_all_still_offer_the_common_characters() -> None:
    assert "中" in words(PinyinInput(()), "zhong")
