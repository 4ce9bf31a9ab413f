"""Codes that papers for the border have: countries, customs codes, units of measure; and which paper wants what."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pos.domain.catalogue.country import THREE_LETTERS, country_coded
from pos.domain.catalogue.customs_code import LENGTHS, customs_code
from pos.domain.catalogue.paper_needs import WANTED, WANTED_FIELDS, Paper, lacking_for
from pos.domain.catalogue.product import LANGUAGES, Attributes, Product
from pos.domain.catalogue.product_fields import BY_NAME, ON_PAPERS, paper_details
from pos.domain.catalogue.unit_of_measure import UNITS, unit_called, unit_word
from pos.domain.errors import BadField

TEA = Product(1, "4870001000127", ("4870001000127",), "Tea")


def test_a_country_is_known_by_both_its_codes_in_any_case() -> None:
    assert len(THREE_LETTERS) == len(set(THREE_LETTERS.values())) == 249
    assert [country_coded(text) for text in ("kz", " KAZ ", "CHN", "XX", "KZA", "")] == [
        "KZ",
        "KZ",
        "CN",
        None,
        None,
        None,
    ]


@settings(max_examples=40)
@given(st.sampled_from(LENGTHS), st.data())
def test_a_customs_code_loses_its_dots_and_blanks_and_no_digit(length: int, data: st.DataObject) -> None:
    digits = data.draw(st.text("0123456789", min_size=length, max_size=length))
    marks = data.draw(st.lists(st.sampled_from(["", ".", " ", "\u00a0"]), min_size=length, max_size=length))

    assert customs_code("".join(map("".join, zip(digits, marks, strict=True)))) == digits


@pytest.mark.parametrize("text", ["22087", "2208.70.400", "22087040001", "2208-70", "abcd", "２２０８", ""])
def test_what_is_no_customs_code_is_refused_by_its_field(text: str) -> None:
    assert customs_code(text) is None
    if text:
        with pytest.raises(BadField) as refused:
            BY_NAME["hs_code"].coded(text)
        assert (refused.value.field, refused.value.what) == ("hs_code", "not_a_customs_code")


def test_a_word_for_a_unit_means_one_unit_in_every_language() -> None:
    said = Counter(word.casefold() for unit in UNITS.values() for word in {unit.id, *unit.words.values(), *unit.also})
    assert [word for word, units in said.items() if units > 1] == []
    assert all(set(unit.words) == set(LANGUAGES) and all(unit.words.values()) for unit in UNITS.values())
    assert len({unit.id for unit in UNITS.values()}) == len(UNITS)


def test_a_unit_is_read_as_code_as_word_and_as_a_spreadsheet_left_it() -> None:
    texts = ("007", "7", "шт", "PCS", "个", "дана", "кг", "公斤", "95", "бут.", "024", "ящериц", "")
    codes = ("007", "007", "007", "007", "007", "007", "035", "035", "095", "142", None, None, None)

    assert tuple(map(unit_called, texts)) == codes
    assert [unit_word("035", language) for language in LANGUAGES] == ["kg", "千克", "кг", "кг"]
    with pytest.raises(BadField):
        BY_NAME["unit"].check("999")


def test_a_paper_wants_one_of_brand_and_model_and_says_what_else_it_lacks() -> None:
    assert lacking_for(Paper.CHINA_DATA_SHEET, TEA) == (("brand", "model"), ("unit",), ("origin",))
    goods = Product(
        1, TEA.code, TEA.codes, "Tea", {"zh": "茶"}, attributes=Attributes(net_g=Decimal(100)), model="A 1", unit="007"
    )
    assert [lacking_for(paper, goods) for paper in Paper] == [(), (("origin",),), ()]


def test_what_a_paper_wants_is_declared_and_the_line_of_a_sale_keeps_what_is_on_file() -> None:
    assert set(WANTED) == set(Paper)
    assert set(WANTED_FIELDS) <= set(BY_NAME)
    assert ON_PAPERS == ("brand", "model", "origin", "hs_code", "unit")
    assert paper_details(TEA) == {}
