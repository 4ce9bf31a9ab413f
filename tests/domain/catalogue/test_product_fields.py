"""What a field of a product may hold, where it is asked for and who reads it."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from pos.domain.catalogue.product import Attributes, Product
from pos.domain.catalogue.product_fields import (
    BY_NAME,
    CUSTOMS_ATTRIBUTES,
    FIELDS,
    LABEL_DETAILS,
    NAMES,
    ON_LABEL,
    ON_PAPERS,
    OWN,
    SEARCHED,
    FormSection,
    Kind,
    check_text,
    field_text,
    longest,
    value_of,
)
from pos.domain.errors import BadField

LARGEST = "999999999"


def refused(name: str, value: Any) -> tuple[str, str]:
    with pytest.raises(BadField) as raised:
        BY_NAME[name].check(value)
    assert raised.value.field == name
    return raised.value.what, raised.value.value


def test_goods_are_found_by_names_brand_and_model_and_a_label_may_show_these_and_the_origin() -> None:
    assert NAMES == ("name", "name_en", "name_zh", "name_ru", "name_kk")
    assert (*NAMES, "brand", "model") == SEARCHED
    assert LABEL_DETAILS == ("brand", "model", "origin")
    assert (*NAMES, *LABEL_DETAILS) == ON_LABEL


def test_customs_asks_for_the_contents_and_the_kind_of_a_unit() -> None:
    assert CUSTOMS_ATTRIBUTES == ("ml", "abv", "net_g", "gross_kg", "sticks", "pieces", "variant")
    assert ("vat", "supplier", "reorder_point", "shelf", "by_weight", "asks_lot", *ON_PAPERS) == OWN


def test_the_form_asks_for_each_field_in_its_section() -> None:
    sections = dict.fromkeys(CUSTOMS_ATTRIBUTES, FormSection.CUSTOMS) | dict.fromkeys(NAMES, FormSection.NAMES)
    sections |= dict.fromkeys(OWN, FormSection.SUPPLY)
    sections |= dict.fromkeys(ON_PAPERS, FormSection.PAPERS)
    sections |= {"category": FormSection.NAMES, "price": FormSection.PRICE, "vat": FormSection.CUSTOMS}

    assert {field.name: field.section for field in FIELDS} == sections
    assert Counter(field.is_figure for field in FIELDS) == {True: 9, False: 16}
    assert {field.name for field in FIELDS if not field.is_figure} == {
        *NAMES, "category", "variant", "supplier", "shelf", "by_weight", "asks_lot", *ON_PAPERS,
    }  # fmt: skip


def test_so_much_may_be_typed_into_a_field() -> None:
    assert [longest(name) for name in NAMES] == [200] * 5
    assert {longest(name) for name in ("price", "ml", "abv", "net_g", "gross_kg", "sticks", "pieces")} == {18}
    assert longest("variant") == longest("category") == 40
    assert longest("shelf") == 20
    assert longest("supplier") == 80
    assert longest("reorder_point") == len(LARGEST)
    assert longest("vat") == len("12.34567")
    assert {longest(field.name) for field in FIELDS if field.kind is Kind.YES_NO} == {len("yes")}


def test_a_nought_is_a_value_only_where_there_can_be_nothing_of_it() -> None:
    assert {field.name for field in FIELDS if field.has_zero} == {"abv", "vat", "reorder_point"}
    for name in ("abv", "vat"):
        BY_NAME[name].check(Decimal(0))
    BY_NAME["reorder_point"].check(0)
    for name in ("ml", "net_g", "gross_kg"):
        assert refused(name, Decimal(0)) == ("not_positive", "0")
    for name in ("sticks", "pieces"):
        assert refused(name, 0) == ("not_positive", "0")


@pytest.mark.parametrize("name", ["sticks", "pieces"])
def test_what_is_counted_lies_between_one_and_the_largest(name: str) -> None:
    for count in (1, int(LARGEST), None):
        BY_NAME[name].check(count)

    assert refused(name, int(LARGEST) + 1) == ("out_of_range", "1000000000")
    assert refused(name, -1) == ("not_positive", "-1")


def test_what_is_measured_lies_between_nothing_and_the_largest_with_nine_decimals() -> None:
    for text in ("0.000000001", LARGEST, "1.0000000000", "1E+3"):
        BY_NAME["ml"].check(Decimal(text))
    BY_NAME["abv"].check(Decimal(100))

    assert refused("abv", Decimal("100.1")) == ("out_of_range", "100.1")
    assert refused("abv", Decimal(-1)) == ("not_positive", "-1")
    assert refused("ml", Decimal("999999999.1")) == ("out_of_range", "999999999.1")
    assert refused("ml", Decimal("1.0000000001")) == ("too_many_decimals", "1.0000000001")
    for text in ("NaN", "Infinity"):
        assert refused("abv", Decimal(text)) == ("not_positive", text)


def test_a_tax_is_at_most_fifty_per_cent() -> None:
    BY_NAME["vat"].check(Decimal(50))

    assert BY_NAME["vat"].most == 50
    assert refused("vat", Decimal("50.1")) == ("out_of_range", "50.1")


def test_a_text_is_as_long_as_it_may_be_and_can_be_printed() -> None:
    check_text("note", "x" * 100, 100)

    for text, what in (("x" * 101, "too_long"), ("a\nb", "not_a_text")):
        with pytest.raises(BadField) as raised:
            check_text("note", text, 100)
        assert (raised.value.field, raised.value.what) == ("note", what)
    assert refused("shelf", "полка\x07茶") == ("not_a_text", "полка\\x07茶")


def test_the_value_of_a_field_is_read_from_where_a_product_keeps_it() -> None:
    goods = Product(
        1, "4870204321111", ("4870204321111",), "Tea", names={"zh": "茶"}, attributes=Attributes(net_g=Decimal(100))
    )

    assert [value_of(goods, name) for name in ("name", "name_zh", "name_ru", "net_g", "ml", "code")] == [
        "Tea", "茶", None, Decimal(100), None, "4870204321111",
    ]  # fmt: skip


def test_history_and_files_have_the_same_text_of_a_value() -> None:
    texts = {None: None, "": None, True: "yes", False: "no", "A 3": "A 3", 7: "7", Decimal("1E+3"): "1000"}

    assert {value: field_text(value) for value in texts} == texts
    assert field_text(0) == "0"
    assert field_text(Decimal("0.500")) == "0.500"
