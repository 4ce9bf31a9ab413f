"""What a product can be, as a person types it, and what has changed of it."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from pos.domain.catalogue.barcode import with_check_digit
from pos.domain.catalogue.category import UnknownCategory
from pos.domain.catalogue.product import Attributes
from pos.domain.catalogue.product_card import CARTON, SHOP, SUPPLIERS, PackCode, ProductCard, price_text
from pos.domain.catalogue.product_fields import field_text
from pos.domain.errors import BadField
from tests.builders import money

CODE, OTHER, CASE = "4870204321111", "6901234567892", "10036000291459"
TEA = ProductCard((PackCode(CODE),), "Tea", category="food.sweets", price=money("12.50"))


def with_attributes(**attributes: Any) -> ProductCard:
    return replace(TEA, attributes=replace(Attributes(), **attributes))


def with_codes(*codes: PackCode) -> ProductCard:
    return replace(TEA, codes=codes)


def refused(card: ProductCard) -> tuple[str, str]:
    with pytest.raises(BadField) as raised:
        card.check()
    return raised.value.field, raised.value.what


def test_a_product_needs_a_name_and_a_code_and_little_else() -> None:
    ProductCard((PackCode(CODE),), "Tea").check()

    assert TEA.code == CODE
    assert refused(replace(TEA, name="")) == ("name", "missing")
    assert refused(with_codes()) == ("codes", "missing")


def test_a_text_that_is_cleared_is_empty_and_any_other_value_is_gone() -> None:
    full = replace(TEA, shelf="A1", reorder_point=5)

    card = full.having({"shelf": None, "reorder_point": None})

    assert (card.shelf, card.reorder_point) == ("", None)
    assert full.having({"shelf": "B2"}).shelf == "B2"


def test_texts_are_as_long_as_they_may_be_and_can_be_read() -> None:
    longest = replace(TEA, name="x" * 200, names={"zh": "茶" * 200}, shelf="x" * 20)
    longest.check()
    with_attributes(variant="x" * 40).check()

    assert refused(replace(longest, name="x" * 201)) == ("name", "too_long")
    assert refused(replace(longest, names={"zh": "茶" * 201})) == ("name_zh", "too_long")
    assert refused(replace(longest, names={"de": "Tee"})) == ("name_de", "unknown_field")
    assert refused(replace(longest, shelf="x" * 21)) == ("shelf", "too_long")
    assert refused(with_attributes(variant="x" * 41)) == ("variant", "too_long")
    assert refused(replace(TEA, name="Tea\x00")) == ("name", "not_a_text")


def test_a_category_and_a_tax_are_those_that_there_are() -> None:
    replace(TEA, vat=Decimal(50)).check()

    assert refused(replace(TEA, vat=Decimal(51))) == ("vat", "out_of_range")
    with pytest.raises(UnknownCategory):
        replace(TEA, category="food.nothing").check()


@pytest.mark.parametrize(("point", "is_well"), [(0, True), (999_999_999, True), (-1, False), (1_000_000_000, False)])
def test_a_reorder_point_is_not_below_nothing(point: int, is_well: bool) -> None:
    card = replace(TEA, reorder_point=point)
    if is_well:
        card.check()
    else:
        assert refused(card) == ("reorder_point", "out_of_range")


@pytest.mark.parametrize("name", ["ml", "net_g", "gross_kg"])
def test_a_weight_or_a_volume_is_above_nothing_with_nine_decimals_at_most(name: str) -> None:
    for text in ("999999999", "0.000000001", "1.0000000000", "100"):
        with_attributes(**{name: Decimal(text)}).check()

    for text, what in (
        ("0", "not_positive"), ("-1", "not_positive"), ("NaN", "not_positive"), ("Infinity", "not_positive"),
        ("1000000000", "out_of_range"), ("0.0000000001", "too_many_decimals"),
    ):  # fmt: skip
        assert refused(with_attributes(**{name: Decimal(text)})) == (name, what)


def test_a_strength_is_at_most_a_hundred_per_cent_and_may_be_none_at_all() -> None:
    with_attributes(abv=Decimal(0)).check()
    with_attributes(abv=Decimal(100)).check()

    assert refused(with_attributes(abv=Decimal("100.1"))) == ("abv", "out_of_range")
    assert refused(with_attributes(abv=Decimal("-0.1"))) == ("abv", "not_positive")


@pytest.mark.parametrize("name", ["sticks", "pieces"])
def test_cigarettes_and_pieces_inside_are_counted_from_one(name: str) -> None:
    for count in (1, 999_999_999):
        with_attributes(**{name: count}).check()

    for count, what in ((0, "not_positive"), (-1, "not_positive"), (1_000_000_000, "out_of_range")):
        assert refused(with_attributes(**{name: count})) == (name, what)


def test_a_carton_holds_two_to_9999_pieces_and_a_code_on_one_piece_one() -> None:
    for pack in (PackCode(CASE, CARTON, 2), PackCode(CASE, CARTON, 9_999), PackCode(OTHER, SUPPLIERS, 1),
                 PackCode(OTHER, SUPPLIERS, 9_999), PackCode(OTHER, SHOP)):  # fmt: skip
        with_codes(PackCode(CODE), pack).check()

    for pack in (PackCode(CASE, CARTON, 1), PackCode(CASE, CARTON, 10_000), PackCode(OTHER, SUPPLIERS, 0),
                 PackCode(OTHER, SUPPLIERS, 10_000), PackCode(OTHER, SHOP, 2), PackCode(OTHER, SHOP, 0)):  # fmt: skip
        assert refused(with_codes(PackCode(CODE), pack)) == ("codes[1].pieces", "out_of_range")


def test_a_product_is_known_by_a_code_of_one_piece_that_no_other_of_its_codes_repeats() -> None:
    assert refused(with_codes(PackCode(CASE, CARTON, 12), PackCode(CODE))) == ("codes[0].pieces", "out_of_range")
    assert refused(with_codes(PackCode(CODE), PackCode(CODE))) == ("codes[1].code", "given_twice")
    assert refused(with_codes(PackCode(CODE), PackCode(OTHER, "label"))) == ("codes[1].kind", "not_one_of")


def test_a_product_has_at_most_a_hundred_codes() -> None:
    codes = [PackCode(with_check_digit(f"200000000{number:03d}")) for number in range(101)]

    with_codes(*codes[:100]).check()
    assert refused(with_codes(*codes)) == ("codes", "too_large")


def test_only_what_is_said_otherwise_has_changed() -> None:
    after = replace(TEA, name="Green tea", names={"ru": "Чай"}, by_weight=True, reorder_point=0)

    assert list(TEA.changes_to(after)) == [
        ("name", "Tea", "Green tea"),
        ("name_ru", None, "Чай"),
        ("reorder_point", None, "0"),
        ("by_weight", "no", "yes"),
    ]
    assert list(TEA.changes_to(replace(TEA, price=money("13")))) == []


def test_codes_that_came_or_went_are_reported_with_their_pieces_and_their_supplier() -> None:
    before = with_codes(PackCode(CODE), PackCode(CASE, CARTON, 12))
    after = with_codes(PackCode(CODE), PackCode(OTHER, SUPPLIERS, 1, "Anhui"))

    assert list(before.changes_to(after)) == [("carton", f"{CASE}:12", None), ("supplier_code", None, f"{OTHER} Anhui")]


def test_another_first_code_is_a_change_of_its_own() -> None:
    one, other = PackCode(CODE), PackCode(OTHER)

    assert list(with_codes(one, other).changes_to(with_codes(other, one))) == [("first_code", CODE, OTHER)]
    assert list(with_codes(one).changes_to(with_codes(other))) == [("code", CODE, None), ("code", None, OTHER)]
    assert list(with_codes(one).changes_to(with_codes(other, one))) == [("code", None, OTHER)]


def test_a_value_of_a_product_is_text_in_its_history() -> None:
    values = (None, "", "Tea", True, False, 12, Decimal("1E+2"))

    assert [field_text(value) for value in values] == [None, None, "Tea", "yes", "no", "12", "100"]
    assert (price_text(None), price_text(money("12.50"))) == (None, "12.50 CNY")


def test_the_first_code_is_one_of_a_single_piece_and_the_refusal_says_what_it_was() -> None:
    with pytest.raises(BadField) as raised:
        with_codes(PackCode(CASE, CARTON, 12), PackCode(CODE)).check()

    assert (raised.value.field, raised.value.what, raised.value.value) == ("codes[0].pieces", "out_of_range", "12")


def test_codes_of_two_people_stay_and_what_either_took_away_is_gone() -> None:
    case, more = PackCode(CASE, CARTON, 12), PackCode("4870204320145")
    began = with_codes(PackCode(CODE), case)
    theirs = with_codes(PackCode(CODE), case, PackCode(OTHER))

    assert theirs.taking(began, began).codes == theirs.codes
    assert theirs.taking(began, replace(began, codes=(*began.codes, more))).codes == (
        *began.codes, more, PackCode(OTHER),
    )  # fmt: skip
    assert theirs.taking(began, with_codes(PackCode(CODE))).codes == (PackCode(CODE), PackCode(OTHER))
    assert with_codes(PackCode(CODE)).taking(began, with_codes(case, PackCode(CODE))).codes == (PackCode(CODE),)
    of_24, of_36 = replace(case, quantity=24), replace(case, quantity=36)
    assert with_codes(PackCode(CODE), of_24).taking(began, with_codes(PackCode(CODE), of_36)).codes == (
        PackCode(CODE), of_36,
    )  # fmt: skip
    assert with_codes(PackCode(OTHER)).taking(began, with_codes(case)).codes == (PackCode(OTHER),)


def test_each_name_and_measure_is_merged_by_itself_and_the_price_of_now_stays() -> None:
    began = with_attributes(gross_kg=Decimal(1)).having({"name_ru": "Чай"})
    theirs = replace(began.having({"name_ru": "Чай чёрный", "net_g": 900}), price=money("15.00"))
    mine = began.having({"name_en": "Tea", "gross_kg": None})

    assert theirs.taking(began, mine) == replace(
        began.having({"name_ru": "Чай чёрный", "net_g": 900, "name_en": "Tea", "gross_kg": None}), price=money("15.00")
    )
    assert theirs.taking(began, replace(mine, price=money("16.00"))).price == money("16.00")
