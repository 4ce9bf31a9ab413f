"""What a label says, and when it is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.catalogue.barcode import (
    GS,
    BadCheckDigit,
    BadCode,
    Code,
    CodeKind,
    ScaleLayout,
    check_digit,
    is_element_string,
    read_code,
    shown,
    with_check_digit,
)
from pos.domain.catalogue.product import Attributes, Product
from pos.domain.catalogue.scanned_code import ScannedCode

DIGITS = st.sampled_from("0123456789")


def digits(count: int) -> st.SearchStrategy[str]:
    return st.text(DIGITS, min_size=count, max_size=count)


@pytest.mark.parametrize(
    ("scanned", "canonical"),
    [
        ("4870204321111", "4870204321111"),  # Kazakh
        ("6901234567892", "6901234567892"),  # Chinese
        ("036000291452", "0036000291452"),  # UPC-A, twelve digits
        ("0036000291452", "0036000291452"),  # the same article, as other scanners send it
        ("00036000291452", "0036000291452"),
        ("96385074", "96385074"),
        ("10036000291459", "10036000291459"),  # a carton of it is another unit
    ],
)
def test_one_article_has_one_canonical_code(scanned: str, canonical: str) -> None:
    assert read_code(scanned).canonical == canonical


def test_published_examples_pass() -> None:
    for code in ("4006381333931", "036000291452", "73513537", "96385074", "10614141543219"):
        assert code[-1] == check_digit(code[:-1])


def test_a_carton_is_distinguished_from_its_content() -> None:
    carton = read_code(with_check_digit("1003600029145"))
    assert carton.is_carton
    assert not read_code("036000291452").is_carton


def test_a_wrong_check_digit_says_which_was_expected() -> None:
    with pytest.raises(BadCheckDigit) as refused:
        read_code("4006381333932", field="lines[0].code")
    assert refused.value.facts() == {"code": "4006381333932", "expected": "1", "field": "lines[0].code"}
    assert refused.value.fact == "bad_check_digit"


@given(st.sampled_from((7, 11, 12, 13)).flatmap(digits), st.data())
def test_one_misread_digit_is_always_noticed(body: str, data: st.DataObject) -> None:
    code = with_check_digit(body)
    index = data.draw(st.integers(0, len(code) - 1))
    other = data.draw(DIGITS.filter(lambda digit: digit != code[index]))
    with pytest.raises(BadCheckDigit):
        read_code(code[:index] + other + code[index + 1 :])


@given(st.sampled_from((7, 11, 12, 13)).flatmap(digits))
def test_reading_a_canonical_code_again_changes_nothing(body: str) -> None:
    code = read_code(with_check_digit(body))
    assert read_code(code.canonical) == code


@pytest.mark.parametrize("text", ["123", "4870", "12345678901", "1234567890123456", "HONEY-1KG", "A/12_3.4"])
def test_other_lengths_and_letters_are_the_shops_own_codes(text: str) -> None:
    assert read_code(text) == Code(text, CodeKind.OWN)


def test_caps_lock_does_not_make_another_article() -> None:
    assert read_code("honey-1KG") == read_code("HONEY-1kg")


def test_a_scales_label_is_a_code_of_this_shop_only() -> None:
    assert read_code(with_check_digit("221234501250")).kind is CodeKind.IN_STORE
    assert read_code("4006381333931").kind is CodeKind.GTIN


def test_a_scales_label_gives_article_and_weight() -> None:
    layout = ScaleLayout("22IIIIIVVVVVC")
    code = read_code(with_check_digit("221234501250"))
    assert layout.matches(code)
    assert layout.value(code) == 1250
    assert layout.article(code).canonical == with_check_digit("221234500000")
    assert not layout.matches(read_code(with_check_digit("231234501250")))


@pytest.mark.parametrize("pattern", ["", "22IIIIIVVVVV", "99IIIIIVVVVVC", "22VVVVVIIIIIC", "22IIIIIVVVVVVC"])
def test_a_layout_that_no_scale_prints_is_refused(pattern: str) -> None:
    with pytest.raises(BadCode):
        ScaleLayout(pattern)


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("", "empty"),
        ("   ", "empty"),
        ("12", "too_short"),
        ("1" * 49, "too_long"),
        ("48702\x0043211", "character"),
        ("48702\u202e43211", "character"),
        ("48702\u200b43211", "character"),
        ("４８７０２０４３２", "character"),
        ("٤٨٧٠٢٠٤٣٢", "character"),
        ("48 70 20", "character"),
        ("=1+1", "character"),
        ("йцукен", "character"),
    ],
)
def test_what_no_label_can_bear_is_refused(text: str, what: str) -> None:
    with pytest.raises(BadCode) as refused:
        read_code(text)
    assert refused.value.what == what
    assert refused.value.code.isprintable()


def test_a_passports_line_never_stands_in_the_refusal() -> None:
    with pytest.raises(BadCode) as refused:
        read_code("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<")
    assert "ZHANG" not in str(refused.value)


def test_white_space_and_symbology_around_a_code_do_not_matter() -> None:
    assert read_code(" ]E04006381333931\r\n").canonical == "4006381333931"


def test_a_marking_code_gives_the_article() -> None:
    gtin = with_check_digit("0400638133393")
    for text in (f"01{gtin}21aB<5&x{GS}93Zm9v", f"]d201{gtin}21aB<5&x", f"{GS}01{gtin}21aB<5&x{GS}91EE06{GS}92c2ln"):
        assert read_code(text) == Code("4006381333931", CodeKind.GTIN)


def test_a_cartons_gs1_label_gives_its_article() -> None:
    gtin = with_check_digit("1400638133393")
    assert read_code(f"]C101{gtin}10LOT7{GS}17270101").canonical == gtin
    with pytest.raises(BadCheckDigit):
        read_code("]C10114006381333930")


def test_sixteen_bare_digits_stay_the_shops_own_number() -> None:
    assert read_code("0100000000000000").kind is CodeKind.OWN


@given(st.text(max_size=80))
def test_whatever_is_scanned_is_read_or_refused_with_facts(text: str) -> None:
    try:
        code = read_code(text)
    except (BadCode, BadCheckDigit) as refused:
        shown = str(refused)
    else:
        shown = code.canonical
    assert shown.isprintable()


@given(st.text(max_size=20))
def test_a_check_digit_is_given_to_digits_only(body: str) -> None:
    try:
        code = with_check_digit(body)
    except BadCode:
        return
    assert len(code) in (8, 12, 13, 14)
    assert read_code(code).canonical.endswith(code[-8:])


def test_codes_have_three_to_48_characters_and_digits_of_gtin_length_their_check_digit() -> None:
    assert [read_code(text).kind for text in ("123", "x" * 48, "1" * 47)] == [CodeKind.OWN] * 3
    for text, what in (("12", "too_short"), ("x" * 49, "too_long")):
        with pytest.raises(BadCode) as refused:
            read_code(text)
        assert refused.value.what == what


@pytest.mark.parametrize("length", [8, 12, 13, 14])
def test_every_gtin_length_has_its_check_digit(length: int) -> None:
    code = with_check_digit("1234567890123"[: length - 1])

    assert len(code) == length
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    with pytest.raises(BadCheckDigit):
        read_code(wrong)


@pytest.mark.parametrize(
    ("body", "what"), [("12345678901234", "too_long"), ("123456", "too_short"), ("1", "too_short")]
)
def test_a_check_digit_belongs_to_a_gtin(body: str, what: str) -> None:
    with pytest.raises(BadCode) as refused:
        with_check_digit(body)
    assert refused.value.what == what


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("200000000001", CodeKind.IN_STORE), ("290000000001", CodeKind.IN_STORE), ("020000000001", CodeKind.IN_STORE),
        ("040000000001", CodeKind.IN_STORE), ("030000000001", CodeKind.GTIN), ("300000000001", CodeKind.GTIN),
        ("2000000", CodeKind.GTIN), ("2000000000001", CodeKind.GTIN),
    ],
)  # fmt: skip
def test_twenties_and_two_other_prefixes_are_left_to_shops(body: str, kind: CodeKind) -> None:
    assert read_code(with_check_digit(body)).kind is kind


def test_a_gtin_of_14_that_begins_with_nought_is_the_article_and_any_other_a_carton() -> None:
    assert read_code(with_check_digit("0400638133393")).canonical == "4006381333931"
    carton = read_code(with_check_digit("1400638133393"))
    assert (carton.is_carton, len(carton.canonical)) == (True, 14)
    assert not read_code("1" * 11 + "x" * 3).is_carton


def test_what_is_shown_of_a_code_is_short_and_only_what_cannot_be_printed_is_escaped() -> None:
    assert shown("x" * 25) == "x" * 24
    assert shown("АРТ15 茶") == "АРТ15 茶"
    assert shown("a\x00ж\u202e") == "a\\x00ж\\u202e"
    assert shown("a<b") == "<...>"


def test_a_code_without_a_prefix_is_an_element_string_only_where_what_follows_is_one() -> None:
    gtin = with_check_digit("0400638133393")

    assert is_element_string(f"01{gtin}10LOT7")
    assert is_element_string(f"01{gtin}17270101")
    assert is_element_string("]d2x")
    assert is_element_string(f"x{GS}y")
    assert not is_element_string(f"01{gtin}")
    assert not is_element_string(f"01{gtin[:-1]}{(int(gtin[-1]) + 1) % 10}10LOT7")
    assert not is_element_string(f"02{gtin}10LOT7")
    assert not is_element_string(f"01{gtin}99x")


def test_a_scale_writes_a_code_of_thirteen_characters() -> None:
    for pattern in ("22IIIIVVVVVC", "22IIIIIIVVVVVC", "12IIIIIVVVVVC", "22IIIIIVVVVVV"):
        with pytest.raises(BadCode):
            ScaleLayout(pattern)
    assert not ScaleLayout("22IIIIIVVVVVC").matches(Code("2212345012505", CodeKind.OWN))


def test_a_scanned_code_is_plain_where_it_names_the_article_alone() -> None:
    code = read_code("4006381333931")

    assert ScannedCode(code).is_plain
    for scanned in (ScannedCode(code, serial="1"), ScannedCode(code, lot="1"), ScannedCode(code, grams=1),
                 ScannedCode(code, count=2), ScannedCode(code, expiry=date(2026, 3, 2))):  # fmt: skip
        assert not scanned.is_plain


def test_a_product_names_what_it_lacks_for_its_sale_and_its_limits() -> None:
    wine = Product(
        1, "c", ("c",), "Wine", {"ru": "Вино", "kk": ""}, "alcohol.wine", attributes=Attributes(ml=Decimal(750))
    )

    assert wine.missing == ("price",)
    assert wine.missing_fields == ("price", "abv", "gross_kg")
    assert Product(1, "c", ("c",), "Wine").missing_fields == ("category", "price")
    assert [wine.name_in(language) for language in ("ru", "kk", "zh")] == ["Вино", "Wine", "Wine"]
