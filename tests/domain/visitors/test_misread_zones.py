"""Zones with a character misread: read right or refused, and never another person's number."""

from __future__ import annotations

from datetime import date
from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.visitors.document import BadDocument, Document, read_mrz
from tests.domain.visitors.zones import ALPHABET, LOOKS_LIKE, Holder, a_zone, digit_of, some_holder

TODAY = date(2026, 11, 24)
LAYOUTS = ("TD1", "TD2", "TD3")
# 9303-3: characters of one rest by ten are one to every check digit. No reader can distinguish them.
_ALIKE = {char: ALPHABET.index(char) % 36 % 10 for char in ALPHABET}


def read(lines: list[str]) -> Document | None:
    """The document, or None where it was refused."""
    try:
        return read_mrz(lines, TODAY)
    except BadDocument:
        return None


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_zone_that_another_hand_made_is_read(layout: str) -> None:
    chance = Random(19)
    for _ in range(300):
        holder = some_holder(chance)
        document = read(a_zone(layout, holder))
        assert document is not None
        assert document.number == holder.number


def test_the_specimens_of_9303_are_what_the_maker_makes() -> None:
    holder = Holder("L898902C3", expiry="120415", optional="ZE184226B")
    assert a_zone("TD3", holder)[1] == "L898902C36UTO7408122F1204159ZE184226B<<<<<10"
    card = Holder("D23145890", expiry="120415", names="ERIKSSON<<ANNA<MARIA")
    assert a_zone("TD1", card)[:2] == ["I<UTOD231458907<<<<<<<<<<<<<<<", "7408122F1204159UTO<<<<<<<<<<<6"]
    assert a_zone("TD2", card)[1] == "D231458907UTO7408122F1204159<<<<<<<6"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_one_character_misread_for_one_that_looks_like_it_is_read_right_or_refused(layout: str) -> None:
    chance = Random(9303)
    refused = 0
    for _ in range(150):
        holder = some_holder(chance)
        lines = a_zone(layout, holder)
        whole = read(lines)
        for line, text in enumerate(lines[:2]):
            for index, char in enumerate(text):
                if char not in LOOKS_LIKE:
                    continue
                wrong = lines.copy()
                wrong[line] = text[:index] + LOOKS_LIKE[char] + text[index + 1 :]
                document = read(wrong)
                refused += document is None
                assert document is None or (document.number, document.country) == (
                    holder.number,
                    whole and whole.country,
                )
    assert refused > 500


@pytest.mark.parametrize("layout", LAYOUTS)
def test_any_character_misread_for_any_other_is_refused_where_a_check_digit_can_tell_them_apart(layout: str) -> None:
    chance = Random(4)
    first = 5 if layout == "TD1" else 0
    for holder in (some_holder(chance) for _ in range(12)):
        lines = a_zone(layout, holder)
        number_line = 0 if layout == "TD1" else 1
        text = lines[number_line]
        for index, other in product(range(first, first + 9), ALPHABET):
            if _ALIKE[other] == _ALIKE[text[index]]:
                continue
            wrong = lines.copy()
            wrong[number_line] = text[:index] + other + text[index + 1 :]
            assert read(wrong) is None


@given(st.sampled_from(LAYOUTS), st.randoms(use_true_random=False), st.integers(2, 5))
def test_several_characters_misread_are_never_mended_into_another_number(
    layout: str, chance: Random, misread: int
) -> None:
    holder = some_holder(chance)
    lines = a_zone(layout, holder)
    text = "\n".join(lines)
    for _ in range(misread):
        index = chance.randrange(len(text))
        if text[index] in LOOKS_LIKE:
            text = text[:index] + LOOKS_LIKE[text[index]] + text[index + 1 :]
    document = read(text.split("\n"))
    # What was read is what stands there: digits that agree by chance cannot be reported, but nothing was made to agree.
    assert document is None or document.number in text.replace("\n", "")


def test_of_two_numbers_that_one_scan_could_be_neither_is_taken() -> None:
    lines = a_zone("TD3", Holder("A5PI1LVR1", issuer="KGZ", nationality="KGZ"))
    for misread in ("A5PIILVRI", "A5PI1LVRI", "A5P11LVR1", "ASPI1LVR1"):
        assert read([lines[0], lines[1].replace("A5PI1LVR1", misread)]) is None


_KNOWN_FORMS = [
    ("TD3", "CHN", "E28610509", ""), ("TD3", "KAZ", "N28610509", ""), ("TD3", "RUS", "728610509", ""),
    ("TD1", "KAZ", "028610509", "ID"), ("TD1", "CHN", "C28610509", "C<"),
]  # fmt: skip


@pytest.mark.parametrize(("layout", "issuer", "number", "code"), _KNOWN_FORMS)
def test_a_letter_for_a_digit_that_no_check_digit_tells_from_it_is_refused_where_the_form_is_known(
    layout: str, issuer: str, number: str, code: str
) -> None:
    lines = a_zone(layout, Holder(number, issuer=issuer, nationality=issuer), code)
    assert read(lines) is not None
    for digit, letter in (("8", "S"), ("1", "L"), ("6", "G"), ("0", "U")):
        text = "\n".join(lines)
        start, index = text.index(number), number.rindex(digit)
        wrong = text[: start + index] + letter + text[start + index + 1 :]
        with pytest.raises(BadDocument) as refused:
            read_mrz(wrong, TODAY)
        assert refused.value.facts() == {"line": 1 if layout == "TD1" else 2, "field": "number", "what": "character"}


def test_a_number_of_a_form_that_no_one_has_seen_is_read() -> None:
    for number in ("A5PS1LVR1", "EG1SL6U8A", "E7777777"):
        document = read(a_zone("TD3", Holder(number, issuer="CHN", nationality="CHN")))
        assert document is not None
        assert document.number == number


@pytest.mark.parametrize(("layout", "code"), [("TD3", "V<"), ("TD2", "V<")])
def test_a_visa_is_refused_whatever_its_size(layout: str, code: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read_mrz(a_zone(layout, Holder("L8988901C"), code), TODAY)
    assert refused.value.what == "visa"


def test_a_long_number_is_read_whole_and_never_in_part() -> None:
    chance = Random(5)
    for layout in ("TD1", "TD2"):
        for _ in range(100):
            holder = Holder("".join(chance.choices("0123456789BCDEFG", k=12)))
            lines = a_zone(layout, holder)
            assert (document := read(lines)) is not None
            assert document.number == holder.number
            text = "\n".join(lines)
            index = text.index(holder.number[:9])
            wrong = text[:index] + digit_of(text[index]) + text[index + 1 :]
            if _ALIKE[wrong[index]] != _ALIKE[text[index]]:
                assert read(wrong.split("\n")) is None


# ── what no check digit covers ───────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("issuer", ["CHM", "CNN", "XYZ", "ZZZ", "QQQ", "AAA", "C", "CH", "UT"])
def test_an_issuer_or_a_nationality_that_does_not_exist_is_refused(layout: str, issuer: str) -> None:
    for holder, field in (
        (Holder("E55555555", issuer=issuer, nationality="CHN"), "issuer"),
        (Holder("E55555555", issuer="CHN", nationality=issuer), "nationality"),
    ):
        with pytest.raises(BadDocument) as refused:
            read_mrz(a_zone(layout, holder), TODAY)
        what = "unknown" if len(issuer) == 3 else "character"
        assert refused.value.facts() == {"line": 1 if field == "issuer" else 2, "field": field, "what": what}


@pytest.mark.parametrize(
    "code",
    [
        "D",
        "RKS",
        "EUE",
        "UNO",
        "UNA",
        "UNK",
        "XOM",
        "XPO",
        "XCC",
        "XCE",
        "XXA",
        "XXB",
        "XXC",
        "XXX",
        "GBD",
        "GBN",
        "TWN",
        "HKG",
    ],
)
def test_codes_of_9303_that_are_no_states_are_known(code: str) -> None:
    assert read(a_zone("TD3", Holder("E55555555", issuer="USA", nationality=code))) is not None
    assert read(a_zone("TD3", Holder("E55555555", issuer=code, nationality="USA"))) is not None


@pytest.mark.parametrize("issuer", ["HKG", "MAC"])
def test_a_passport_of_hong_kong_is_issued_by_china_whatever_stands_there(issuer: str) -> None:
    real, other = (read(a_zone("TD3", Holder("K55555555", issuer=one, nationality="CHN"))) for one in ("CHN", issuer))
    assert real is not None
    assert other is not None
    assert real.identity == other.identity == ("CHN", "passport", "K55555555")


# ── Kazakh documents bear two numbers ───────────────────────────────────────────────────────────────────────────

IIN = "900115300013"


@pytest.mark.parametrize("layout", ["TD1", "TD3"])
def test_a_kazakh_document_with_a_misread_personal_number_is_refused_and_not_read_without_it(layout: str) -> None:
    number = "N12345678" if layout == "TD3" else "012345678"
    holder = Holder(number, issuer="KAZ", nationality="KAZ", optional=IIN)
    lines = a_zone(layout, holder, "ID" if layout == "TD1" else "")
    document = read(lines)
    assert document is not None
    assert document.national_number == IIN
    line = 0 if layout == "TD1" else 1
    for index, other in product(range(12), ALPHABET):
        start = lines[line].index(IIN)
        if IIN[index] == other:
            continue
        wrong = lines.copy()
        wrong[line] = lines[line][: start + index] + other + lines[line][start + index + 1 :]
        assert read(wrong) is None


@pytest.mark.parametrize("rest", ["<<0505600123", "85U5U53UU121", "<<<<05300011"])
def test_half_an_iin_is_no_document_without_one(rest: str) -> None:
    holder = Holder("N12345678", issuer="KAZ", nationality="KAZ", optional=rest)
    assert read(a_zone("TD3", holder)) is None


# ── half a birth date ────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("born", "earliest"),
    [
        ("15<<<<", date(2015, 1, 1)),
        ("1506<<", date(2015, 6, 1)),
        ("15<<30", date(2015, 1, 1)),
        ("26<<<<", date(2026, 1, 1)),
        ("27<<<<", date(1927, 1, 1)),
        ("2612<<", date(1926, 12, 1)),
        ("<<<<<<", None),
        ("<<0630", None),
    ],
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_of_half_a_birth_date_the_earliest_day_is_kept(layout: str, born: str, earliest: date | None) -> None:
    document = read(a_zone(layout, Holder("E55555555", born=born)))
    assert document is not None
    assert (document.birth_date, document.born_from) == (None, earliest)


@pytest.mark.parametrize("born", ["1<<<<<", "15<6<<", "1513<<", "150<<<"])
def test_a_birth_date_that_is_neither_whole_nor_half_is_refused(born: str) -> None:
    assert read(a_zone("TD3", Holder("E55555555", born=born))) is None
