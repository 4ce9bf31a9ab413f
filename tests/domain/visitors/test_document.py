"""Documents that people lay on the counter, as scanners send them and as cashiers type them."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from pos.domain.visitors.country import three_letters, two_letters
from pos.domain.visitors.document import (
    BadDocument,
    Document,
    contradicts_birth_date,
    looks_like_document,
    read_mrz,
    read_scanned,
    read_typed,
)
from pos.domain.visitors.mrz import is_zone_line, lines_expected, mrz_digit
from pos.domain.visitors.national_number import iin_digit, read_iin

TODAY = date(2026, 11, 24)
SPECIMEN = ("P<UTOERIKSSON<<ANNA<MARIA<<<<<<<<<<<<<<<<<<<", "L898902C36UTO7408122F1204159ZE184226B<<<<<10")
CHINESE = ("P<CHNZHANG<<WEI<<<<<<<<<<<<<<<<<<<<<<<<<<<<<", "E000000019CHN8505051F3405042<<<<<<<<<<<<<<04")
KAZAKH_CARD = ("IDKAZ0123456784900115300013<<<", "9001158M3301144KAZ<<<<<<<<<<<7", "TESTOV<<TEST<<<<<<<<<<<<<<<<<<")
IIN = "900115300013"
PRC_ID = "11010519491231002X"


def a_passport(
    number: str = "N12345678", country: str = "KAZ", born: str = "900115", expiry: str = "330114", optional: str = IIN
) -> tuple[str, str]:
    """Two TD3 lines with every check digit right."""
    own = optional.ljust(14, "<")
    line = (
        number.ljust(9, "<") + mrz_digit(number) + country.ljust(3, "<") + born + mrz_digit(born) + "M" + expiry
        + mrz_digit(expiry) + own + mrz_digit(own)
    )  # fmt: skip
    covered = line[:10] + line[13:20] + line[21:43]
    return f"P<{country:<<3}TESTOV<<TEST".ljust(44, "<"), line + mrz_digit(covered)


def _with_composite(first: str, born: str) -> list[str]:
    second = born + mrz_digit(born) + "F" + "320415" + mrz_digit("320415") + "UTO" + "<" * 11
    digit = mrz_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    return [first, second + digit, "ERIKSSON<<ANNA<MARIA".ljust(30, "<")]


def test_the_specimen_passport_is_read() -> None:
    document = read_mrz(SPECIMEN, TODAY)
    assert document == Document(
        kind="passport",
        number="L898902C3",
        country="UTO",
        nationality="UTO",
        surname="ERIKSSON",
        given_names="ANNA MARIA",
        birth_date=date(1974, 8, 12),
        sex="F",
        expiry=date(2012, 4, 15),
    )
    assert document.expired(TODAY)
    assert document.residence is None


def test_a_chinese_passport_suggests_the_chinese_side() -> None:
    document = read_mrz(CHINESE, TODAY)
    assert (document.masked, document.masked_name, document.residence) == ("E••••••01", "ZHANG W••", "CN")
    assert document.identity == ("CHN", "passport", "E00000001")
    assert not document.expired(date(2034, 5, 4))
    assert document.expired(date(2034, 5, 5))
    assert document.country_code == "CN"


def test_a_kazakh_card_and_passport_of_one_person_are_one_identity() -> None:
    card = read_mrz(KAZAKH_CARD, TODAY)
    passport = read_mrz(a_passport(), TODAY)
    typed = read_typed("kz-id", IIN, "KZ", None, TODAY)
    assert card.kind == "kz-id"
    assert card.number == "012345678"
    assert passport.number == "N12345678"
    assert card.identity == passport.identity == typed.identity == ("KAZ", "person", IIN)
    assert typed.birth_date == card.birth_date == date(1990, 1, 15)
    assert typed.sex == "M"


@pytest.mark.parametrize("lines", [SPECIMEN, CHINESE, KAZAKH_CARD])
def test_every_way_of_sending_the_lines_is_understood(lines: tuple[str, ...]) -> None:
    document = read_mrz(lines, TODAY)
    joined = "".join(lines)
    for way in (list(lines), joined, joined.lower(), "\r".join(lines) + "\r", "\r\n".join(lines), "  \n".join(lines)):
        assert read_mrz(way, TODAY) == document
        assert read_scanned(way if isinstance(way, str) else "\n".join(way), TODAY) == document


def test_a_card_of_two_lines_is_read() -> None:
    number, born, expiry = "D23145890", "740812", "320415"
    line = number + mrz_digit(number) + "UTO" + born + mrz_digit(born) + "F" + expiry + mrz_digit(expiry) + "<" * 7
    line += mrz_digit(line[:10] + line[13:20] + line[21:35])
    first = "I<UTOERIKSSON<<ANNA<MARIA".ljust(36, "<")
    document = read_mrz(first + line, TODAY)
    assert (document.kind, document.number, document.expiry) == ("other", "D23145890", date(2032, 4, 15))


def test_a_long_number_goes_on_in_the_optional_field() -> None:
    number = "D23145890734"
    first = ("I<UTO" + number[:9] + "<" + number[9:] + mrz_digit(number)).ljust(30, "<")
    assert read_mrz(_with_composite(first, "740812"), TODAY).number == number
    wrong = first.replace("734", "743")
    with pytest.raises(BadDocument) as refused:
        read_mrz(_with_composite(wrong, "740812"), TODAY)
    assert refused.value.facts() == {"line": 1, "field": "number", "what": "check_digit"}


@pytest.mark.parametrize("width", [44, 36])
def test_a_visa_is_recognised_and_is_no_travel_document(width: int) -> None:
    lines = [
        "V<UTOERIKSSON<<ANNA<MARIA".ljust(width, "<"),
        "L8988901C4XXX4009078F96121096ZE184226B".ljust(width, "<")[:width],
    ]
    with pytest.raises(BadDocument) as refused:
        read_mrz(lines, TODAY)
    assert refused.value.facts() == {"line": 1, "field": "type", "what": "visa"}


@pytest.mark.parametrize(
    ("index", "field"),
    [(0, "number"), (9, "number"), (13, "birth_date"), (21, "expiry"), (28, "optional"), (43, "composite")],
)
def test_a_misread_character_is_reported_by_line_and_field(index: int, field: str) -> None:
    line = SPECIMEN[1]
    wrong = line[:index] + ("9" if line[index] != "9" else "8") + line[index + 1 :]
    with pytest.raises(BadDocument) as refused:
        read_mrz([SPECIMEN[0], wrong], TODAY)
    assert refused.value.facts() == {"line": 2, "field": field, "what": "check_digit"}


@given(st.sampled_from([SPECIMEN, CHINESE, KAZAKH_CARD]), st.data())
def test_one_changed_character_under_a_check_digit_never_makes_another_person(
    lines: tuple[str, ...], data: st.DataObject
) -> None:
    text = "".join(lines)
    covered = [p for p in range(len(text)) if text[p].isdigit()]
    index = data.draw(st.sampled_from(covered))
    char = data.draw(st.sampled_from("0123456789").filter(lambda other: other != text[index]))
    with pytest.raises(BadDocument):
        read_mrz(text[:index] + char + text[index + 1 :], TODAY)


@pytest.mark.parametrize("letter", ["O", "О", "о", "o"])
def test_the_letter_o_is_a_nought_where_digits_alone_are_allowed(letter: str) -> None:
    first, second = CHINESE
    for index in (17, 23, 42):
        assert second[index] == "0"
        wrong = second[:index] + letter + second[index + 1 :]
        assert read_mrz([first, wrong], TODAY) == read_mrz(CHINESE, TODAY)


@pytest.mark.parametrize("letter", ["O", "О", "о", "I", "І", "i", "і"])
def test_a_letter_for_a_digit_in_a_number_asks_for_another_scan(letter: str) -> None:
    lines = a_passport(number="N10345678")
    for index in (1, 2, lines[1].index(IIN) + 2, lines[1].index(IIN) + 4):
        assert lines[1][index] in "01"
        wrong = lines[1][:index] + letter + lines[1][index + 1 :]
        with pytest.raises(BadDocument) as refused:
            read_mrz([lines[0], wrong], TODAY)
        assert refused.value.field == ("number" if index < 9 else "optional")


def test_a_cyrillic_letter_is_taken_where_only_one_latin_one_looks_so() -> None:
    lines = a_passport(number="PO1234567", country="RUS", optional="")
    assert read_mrz(lines, TODAY).number == "PO1234567"
    assert read_mrz([lines[0], lines[1].replace("PO", "РO")], TODAY).number == "PO1234567"
    with pytest.raises(BadDocument) as refused:  # О may be the letter and the nought
        read_mrz([lines[0], lines[1].replace("PO", "PО")], TODAY)
    assert refused.value.facts() == {"line": 2, "field": "number", "what": "character"}


def test_a_number_is_not_made_to_fit_its_check_digit() -> None:
    lines = a_passport(number="012034567", country="RUS", optional="")
    for wrong in ("O12034567", "0I2034567", "01203456Z"):
        with pytest.raises(BadDocument) as refused:
            read_mrz([lines[0], wrong + lines[1][9:]], TODAY)
        assert refused.value.facts() == {"line": 2, "field": "number", "what": "check_digit"}


def test_a_filler_within_a_number_is_refused_for_no_check_digit_tells_it_from_a_nought() -> None:
    lines = a_passport(number="A10345678", country="USA", optional="")
    with pytest.raises(BadDocument) as refused:
        read_mrz([lines[0], lines[1].replace("A10", "A1<")], TODAY)
    assert refused.value.facts() == {"line": 2, "field": "number", "what": "character"}


def test_only_an_empty_optional_field_may_lack_its_check_digit() -> None:
    first, second = a_passport(country="RUS", optional="")
    assert second[42] == "0"
    assert read_mrz([first, second[:42] + "<" + second[43:]], TODAY).number == "N12345678"
    first, second = SPECIMEN
    with pytest.raises(BadDocument) as refused:
        read_mrz([first, second[:42] + "<" + second[43:]], TODAY)
    assert refused.value.facts() == {"line": 2, "field": "optional", "what": "check_digit"}


def test_nothing_is_repaired_where_no_check_digit_proves_it() -> None:
    first, second = CHINESE
    for wrong in (first.replace("ZHANG", "ZHАNG"), first.replace("CHN", "CH0"), first.replace("WEI", "WE1")):
        with pytest.raises(BadDocument) as refused:
            read_mrz([wrong, second], TODAY)
        assert refused.value.what == "character"
    with pytest.raises(BadDocument) as refused:
        read_mrz([first, second.replace("CHN", "СHN")], TODAY)
    assert refused.value.facts() == {"line": 2, "field": "nationality", "what": "character"}


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ([CHINESE[0][:-1], CHINESE[1]], 1),
        ([CHINESE[0], CHINESE[1][:-1]], 2),
        ([CHINESE[0]], 1),
        (KAZAKH_CARD[:2], 2),
        ([], 0),
        ("", 0),
    ],
)
def test_a_lost_character_or_line_is_reported(lines: list[str], line: int) -> None:
    with pytest.raises(BadDocument) as refused:
        read_mrz(lines, TODAY)
    assert refused.value.facts() == {"line": line, "field": "zone", "what": "length"}


@pytest.mark.parametrize(
    ("born", "year"), [("261124", 2026), ("261125", 1926), ("271125", 1927), ("000229", 2000), ("850505", 1985)]
)
def test_no_one_is_born_in_the_future(born: str, year: int) -> None:
    document = read_mrz(a_passport(country="RUS", born=born, optional=""), TODAY)
    assert document.birth_date is not None
    assert document.birth_date.year == year


def test_the_iin_tells_the_century_of_a_very_old_visitor() -> None:
    body = "20011530001"
    digit = iin_digit(body)
    assert digit is not None
    document = read_mrz(a_passport(born="200115", optional=body + digit), TODAY)
    assert document.birth_date == date(1920, 1, 15)
    assert read_mrz(a_passport(born="200115", country="RUS", optional=""), TODAY).birth_date == date(2020, 1, 15)


def test_an_iin_that_tells_another_birth_date_is_no_fault() -> None:
    document = read_mrz(a_passport(born="910116"), TODAY)
    assert document.birth_date == date(1991, 1, 16)
    assert document.national_number == IIN


@pytest.mark.parametrize(
    ("kind", "number", "country", "born", "differs"),
    [
        ("kz-id", IIN, "", "1990-01-15", False),
        ("kz-id", IIN, "", "1990-01", False),
        ("kz-id", IIN, "", "", False),
        ("kz-id", f" {IIN[:6]}-{IIN[6:]}", "KZ", "1980-01-15", True),
        ("kz-id", IIN, "KAZ", "1990-02", True),
        ("other", IIN, "KZ", "2012-01-15", True),
        ("other", IIN, "RUS", "2012-01-15", False),
        ("other", IIN, "", "2012-01-15", False),
        ("kz-id", IIN, "", "1990-13-15", False),
        ("kz-id", "012345678", "", "1980-01-15", False),
        ("passport", "N12345678", "KAZ", "1980-01-15", False),
    ],
)
def test_a_typed_birth_date_is_compared_with_the_one_in_the_iin(
    kind: str, number: str, country: str, born: str, differs: bool
) -> None:
    assert contradicts_birth_date(kind, number, country, born, TODAY) is differs
    if differs:
        assert read_typed(kind, number, country, born, TODAY).national_number == IIN, "but it is no fault"


def test_an_unknown_day_of_birth_and_an_endless_document_are_read() -> None:
    document = read_mrz(a_passport(country="RUS", born="85<<<<", expiry="<<<<<<", optional=""), TODAY)
    assert document.birth_date is None
    assert document.born_from == date(1985, 1, 1)
    assert document.expiry is None
    assert not document.expired(TODAY)


@pytest.mark.parametrize(
    ("field", "born", "expiry"), [("birth_date", "851301", "330114"), ("expiry", "850101", "330230")]
)
def test_a_day_outside_the_calendar_is_refused(field: str, born: str, expiry: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read_mrz(a_passport(country="RUS", born=born, expiry=expiry, optional=""), TODAY)
    assert refused.value.facts() == {"line": 2, "field": field, "what": "date"}


def test_germany_writes_one_letter() -> None:
    document = read_mrz(a_passport(number="C01X00T47", country="D", optional=""), TODAY)
    assert (document.country, document.nationality, document.country_code) == ("DEU", "DEU", "DE")


# ── numbers of persons ───────────────────────────────────────────────────────────────────────────────────────


def test_a_prc_identity_number_gives_birth_date_and_sex() -> None:
    document = read_typed("cn-id", "110105 19491231 002x", None, None, TODAY)
    assert (document.number, document.birth_date, document.sex) == (PRC_ID, date(1949, 12, 31), "F")
    assert document.identity == ("CHN", "person", PRC_ID)
    assert read_scanned(PRC_ID.lower(), TODAY) == document


@pytest.mark.parametrize("body", ["65010219600101123", "65400419900101123", "81000019900101123"])
def test_people_whose_county_is_younger_than_they_are_can_shop(body: str) -> None:
    passed = [body + last for last in "0123456789X" if _is_accepted(body + last)]
    assert len(passed) == 1


def _is_accepted(number: str) -> bool:
    try:
        return read_typed("cn-id", number, "CN", None, TODAY).number == number
    except BadDocument as refused:
        return refused.what != "check_digit"


@pytest.mark.parametrize(
    ("number", "field", "what"),
    [
        ("110105194912310021", "number", "check_digit"),
        ("11010519491231002", "number", "length"),
        ("11010519491231002X0", "number", "length"),
        ("1101051949123100XX", "number", "character"),
        ("110105194913310028", "birth_date", "date"),
        ("110105202712310027", "birth_date", "future"),
        ("", "number", "missing"),
        ("１１０１０５１９４９１２３１００２Ｘ", "number", "character"),
    ],
)
def test_an_impossible_prc_number_is_refused(number: str, field: str, what: str) -> None:
    body = number[:-1]
    if what in ("date", "future"):
        weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
        number = body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]
    with pytest.raises(BadDocument) as refused:
        read_typed("cn-id", number, None, None, TODAY)
    assert refused.value.facts() == {"line": 0, "field": field, "what": what}


def test_the_iin_is_checked_twice_and_some_are_never_issued() -> None:
    assert read_iin("900115300013") == "900115300013"
    assert read_iin("900115300401") == "900115300401"  # the first pass gives ten
    assert iin_digit("90011530120") is None
    with pytest.raises(BadDocument) as refused:
        read_iin("900115301200")
    assert refused.value.what == "never_issued"
    with pytest.raises(BadDocument) as refused:
        read_typed("kz-id", "900115300014", None, None, TODAY)
    assert refused.value.facts() == {"line": 0, "field": "iin", "what": "check_digit"}


# ── typed documents ─────────────────────────────────────────────────────────────────────────────────────────────


def test_a_typed_passport_is_the_scanned_one() -> None:
    typed = read_typed("passport", " e0000 0001", "cn", "1985-05-05", TODAY)
    scanned = read_mrz(CHINESE, TODAY)
    assert typed.identity == scanned.identity
    assert typed.birth_date == scanned.birth_date
    assert typed.residence == "CN"


def test_an_exit_entry_permit_is_typed_without_a_country() -> None:
    document = read_typed("cn-permit", "T12345678", "", date(1990, 1, 1), TODAY)
    assert (document.country, document.residence, document.nationality) == ("CHN", "CN", "CHN")


@pytest.mark.parametrize(
    ("kind", "number", "country", "born", "field", "what"),
    [
        ("visa", "E00000001", "CN", None, "kind", "unknown"),
        ("passport", "E00000001", "", None, "country", "missing"),
        ("passport", "E00000001", "ZZ", None, "country", "unknown"),
        ("passport", "E00000001", "КZ", None, "country", "unknown"),
        ("cn-id", PRC_ID, "KZ", None, "country", "mismatch"),
        ("cn-id", PRC_ID, "CN", "1950-01-01", "birth_date", "mismatch"),
        ("passport", "Е00000001", "CN", None, "number", "character"),
        ("passport", "E0\u202e0001", "CN", None, "number", "character"),
        ("passport", "E1", "CN", None, "number", "length"),
        ("passport", "E" * 21, "CN", None, "number", "length"),
        ("passport", "E00000001", "CN", "1985-02-30", "birth_date", "date"),
        ("passport", "E00000001", "CN", "05.05.1985", "birth_date", "date"),
        ("passport", "E00000001", "CN", "2026-11-25", "birth_date", "future"),
        ("passport", "E00000001", "CN", "1585-05-05", "birth_date", "date"),
    ],
)
def test_a_typed_document_is_refused_by_field(
    kind: str, number: str, country: str, born: str | None, field: str, what: str
) -> None:
    with pytest.raises(BadDocument) as refused:
        read_typed(kind, number, country, born, TODAY)
    assert refused.value.facts() == {"line": 0, "field": field, "what": what}


def test_states_are_known_by_two_and_three_letters() -> None:
    pairs = {"CN": "CHN", "KZ": "KAZ", "KG": "KGZ", "UZ": "UZB", "RU": "RUS", "TJ": "TJK", "MN": "MNG", "TM": "TKM",
             "AZ": "AZE", "GE": "GEO", "KR": "KOR", "TR": "TUR", "US": "USA", "DE": "DEU", "AM": "ARM"}  # fmt: skip
    for two, three in pairs.items():
        assert three_letters(two.lower()) == three_letters(three) == three
        assert two_letters(three) == two
    assert two_letters("UTO") is None


# ── document or product ─────────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    "text",
    [
        *SPECIMEN, *CHINESE, *KAZAKH_CARD, "".join(CHINESE), "".join(KAZAKH_CARD).lower(), "\n".join(CHINESE), PRC_ID,
        PRC_ID.lower(), CHINESE[0][:-1], CHINESE[1][1:], "110105194912310021",
    ],
)  # fmt: skip
def test_a_document_whole_or_damaged_is_never_a_product(text: str) -> None:
    assert looks_like_document(text)


@pytest.mark.parametrize(
    "text",
    [
        "4006381333931", IIN, "036000291452", "HONEY-1KG", "123456789012345678", "00040063813339310001",
        "A" * 30, "1" * 44, "", "\n", "0104006381333931" + "21ABC<<DEFGHIJKLMNOP\x1d93Zm9v",
    ],
)  # fmt: skip
def test_a_product_is_never_a_document(text: str) -> None:
    assert not looks_like_document(text)


def test_a_first_line_tells_how_many_follow() -> None:
    assert [lines_expected(lines[0]) for lines in (SPECIMEN, CHINESE, KAZAKH_CARD)] == [2, 2, 3]
    assert lines_expected(CHINESE[0][:-1]) == 2
    assert lines_expected(CHINESE[1]) == 0
    assert lines_expected("4006381333931") == 0
    assert all(is_zone_line(line) for line in (*SPECIMEN, *KAZAKH_CARD))


@given(st.text(max_size=100) | st.text("PVIAC<CHN0123456789\r\n", max_size=100))
@example("P<" + "<" * 42 + "\n" + "O" * 44)
@example("I<UTO" + "O" * 85)
def test_whatever_is_scanned_is_a_document_or_a_refusal_with_facts(text: str) -> None:
    try:
        shown = repr(read_scanned(text, TODAY))
    except BadDocument as refused:
        shown = str(refused)
    assert shown.isprintable()
    assert len(shown) < 100


@pytest.mark.parametrize("kind", ["passport", "other"])
@pytest.mark.parametrize("country", ["TW", "RU", "KZ", "KG"])
def test_a_chinese_identity_number_of_another_country_is_refused(kind: str, country: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read_typed(kind, PRC_ID, country, None, TODAY)
    assert (refused.value.field, refused.value.what) == ("country", "mismatch")


@pytest.mark.parametrize("kind", ["passport", "other"])
@pytest.mark.parametrize("country", ["UZ", "RU", "CN", "KG"])
def test_an_iin_of_another_country_is_refused(kind: str, country: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read_typed(kind, "850505300011", country, None, TODAY)
    assert (refused.value.field, refused.value.what) == ("country", "mismatch")


@given(st.text(max_size=40), st.sampled_from(("passport", "cn-id", "cn-permit", "kz-id", "other")), st.text(max_size=4))
def test_whatever_is_typed_is_a_document_or_a_refusal_with_facts(number: str, kind: str, country: str) -> None:
    try:
        document = read_typed(kind, number, country, None, TODAY)
    except BadDocument:
        return
    assert document.number.isascii()


# ── what must not be seen ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("lines", [SPECIMEN, CHINESE, KAZAKH_CARD, a_passport()])
def test_no_log_ever_holds_a_number_or_a_name(lines: tuple[str, ...]) -> None:
    document = read_mrz(lines, TODAY)
    for shown in (repr(document), str(document), f"{document}", repr([document]), document.masked):
        assert document.number not in shown
        assert document.surname not in shown
        assert IIN not in shown


@given(st.text("0123456789ABCDEF", min_size=4, max_size=20))
def test_at_most_four_characters_of_a_number_are_shown(number: str) -> None:
    masked = Document("other", number, "KGZ").masked
    assert len(masked) == len(number)
    assert len(masked.replace("•", "")) <= 3
    assert number[-1] == masked[-1]


def test_a_name_of_one_word_is_masked_too() -> None:
    assert Document("other", "12345", "IDN", surname="SUHARTO").masked_name == "SUHARTO"
    assert Document("other", "12345", "IDN", given_names="WEI").masked_name == "W••"
    assert Document("other", "12345", "IDN").masked_name == ""


@pytest.mark.parametrize("letter", "ACIX1<")
def test_a_book_whose_first_letter_is_no_p_is_no_second_person_with_a_second_allowance(letter: str) -> None:
    first, second = CHINESE

    with pytest.raises(BadDocument) as refused:
        read_mrz([letter + first[1:], second], TODAY)

    assert (refused.value.line, refused.value.field) == (1, "type")


# ── one document, however it was entered ────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("scanned", "typed"),
    [
        (a_passport(), ("passport", "N12345678", "KZ")),
        (a_passport(), ("other", "N12345678", "KAZ")),
        (a_passport(), ("kz-id", IIN, "")),
        (a_passport(), ("other", IIN, "KZ")),
        (KAZAKH_CARD, ("kz-id", "012345678", "")),
        (KAZAKH_CARD, ("other", "012345678", "KZ")),
        (CHINESE, ("other", "E00000001", "CN")),
        (CHINESE, ("passport", "E00000001", "HK")),
    ],
)
def test_a_document_scanned_and_typed_has_a_number_in_common(
    scanned: tuple[str, ...], typed: tuple[str, str, str]
) -> None:
    documents = read_mrz(scanned, TODAY), read_typed(*typed, None, TODAY)
    one, other = ({document.identity, document.own_identity, *document.perhaps} - {None} for document in documents)
    assert one & other


def test_a_prc_number_is_one_person_under_any_kind() -> None:
    assert read_typed("other", PRC_ID, "CN", None, TODAY) == read_typed("cn-id", PRC_ID, None, None, TODAY)


def test_a_chinese_card_is_a_permit() -> None:
    first = ("C<CHNC12345678" + mrz_digit("C12345678")).ljust(30, "<")
    second = "850505" + mrz_digit("850505") + "M" + "340504" + mrz_digit("340504") + "CHN" + "<" * 11
    second += mrz_digit(first[5:30] + second[:7] + second[8:15] + second[18:29])
    card = read_mrz([first, second, "ZHANG<<WEI".ljust(30, "<")], TODAY)
    assert card.identity == read_typed("cn-permit", "C12345678", None, None, TODAY).identity


@pytest.mark.parametrize(
    ("kind", "number", "country"),
    [
        ("kz-id", "01234567", ""), ("kz-id", "0123456789", ""), ("kz-id", "N12345678", ""), ("kz-id", "01234567A", ""),
        ("passport", "012345678", "KZ"), ("passport", "N1234567", "KZ"), ("passport", "E1234567", "CN"),
        ("passport", "123456789", "CN"), ("passport", "C1234567X", "CN"), ("cn-permit", "ABC123456", ""),
        ("cn-permit", "C123456", ""), ("passport", "AB1234567", "RU"), ("passport", IIN, "KZ"),
        ("cn-permit", PRC_ID, ""),
    ],
)  # fmt: skip
def test_a_number_that_no_such_document_bears_is_refused(kind: str, number: str, country: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read_typed(kind, number, country, None, TODAY)
    assert refused.value.facts() == {"line": 0, "field": "number", "what": "format"}


@pytest.mark.parametrize(
    ("kind", "number", "country"),
    [
        ("kz-id", "012345678", ""), ("passport", "N12345678", "KZ"), ("passport", "EA1234567", "CN"),
        ("passport", "G12345678", "CN"), ("passport", "MA1234567", "MO"), ("passport", "K12345678", "HK"),
        ("cn-permit", "CA1234567", ""), ("cn-permit", "12345678", ""), ("cn-permit", "H1234567801", ""),
        ("passport", "751234567", "RU"), ("passport", "4512345678", "RU"), ("passport", "C01X00T47", "D"),
        ("other", "A123", "KG"), ("passport", "AN1234567", "KG"),
    ],
)  # fmt: skip
def test_a_number_as_its_issuer_writes_it_is_taken(kind: str, number: str, country: str) -> None:
    assert read_typed(kind, number, country, None, TODAY).number


@pytest.mark.parametrize(
    ("born", "whole", "earliest"),
    [
        ("2015", None, date(2015, 1, 1)),
        ("2015-06", None, date(2015, 6, 1)),
        ("2015-06-30", date(2015, 6, 30), None),
        ("", None, None),
    ],
)
def test_a_birth_date_may_be_typed_in_part(born: str, whole: date | None, earliest: date | None) -> None:
    document = read_typed("passport", "E00000001", "CN", born, TODAY)
    assert (document.birth_date, document.born_from) == (whole, earliest)


@pytest.mark.parametrize(
    ("born", "what"), [("2027", "future"), ("2026-12", "future"), ("1849", "date"), ("201", "date")]
)
def test_a_part_of_a_birth_date_that_cannot_be_is_refused(born: str, what: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read_typed("passport", "E00000001", "CN", born, TODAY)
    assert refused.value.facts() == {"line": 0, "field": "birth_date", "what": what}


def test_a_part_of_a_birth_date_agrees_with_the_number_that_tells_the_whole() -> None:
    assert read_typed("cn-id", PRC_ID, None, "1949-12", TODAY).birth_date == date(1949, 12, 31)
    assert read_typed("kz-id", IIN, None, "1990", TODAY).birth_date == date(1990, 1, 15)
    other = read_typed("kz-id", IIN, None, "1991", TODAY)  # an IIN may hold another day
    assert (other.birth_date, other.born_from) == (None, date(1991, 1, 1))
    with pytest.raises(BadDocument):
        read_typed("cn-id", PRC_ID, None, "1950", TODAY)
