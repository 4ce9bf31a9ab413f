"""The numbers of persons and documents at their bounds: check digits, dates inside, the shape of a zone's lines."""

from __future__ import annotations

from datetime import date
from random import Random

import pytest

from pos.domain.visitors.country import issuer_of, three_letters
from pos.domain.visitors.document import Document, read_mrz, read_scanned, read_typed
from pos.domain.visitors.document_format import check_format, check_misread, kinds_of, lasting
from pos.domain.visitors.mrz import BadDocument, is_second_line, is_zone_line, lines_expected, may_begin_zone, mrz_digit
from pos.domain.visitors.national_number import (
    birth_in_iin,
    iin_digit,
    is_iin,
    looks_like_prc_id,
    read_iin,
    read_prc_id,
    sex_in_iin,
)
from tests.domain.visitors.zones import Holder, a_zone

TODAY = date(2026, 11, 24)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def prc(born: str, order: str = "002", county: str = "110105") -> str:
    body = county + born + order
    return body + "10X98765432"[sum(int(digit) * weight for digit, weight in zip(body, WEIGHTS)) % 11]


def iin(born: str, seventh: int, order: str = "0001") -> str:
    for number in range(int(order), 10_000):
        body = f"{born}{seventh}{number:04d}"
        digit = iin_digit(body)
        if digit is not None:
            return body + digit
    raise AssertionError("one of them is issued")


def why(number: str) -> tuple[str, str]:
    with pytest.raises(BadDocument) as refused:
        read_prc_id(number, TODAY)
    return refused.value.field, refused.value.what


def test_a_prc_number_tells_birth_and_sex_from_1850_until_today() -> None:
    assert read_prc_id(prc("18500101"), TODAY) == (prc("18500101"), date(1850, 1, 1), "F")
    assert read_prc_id(prc("20261124", "011"), TODAY)[1:] == (date(2026, 11, 24), "M")
    assert why(prc("20261125")) == ("birth_date", "future")
    assert why(prc("18491231")) == ("birth_date", "date")
    assert why(prc("21000101")) == ("birth_date", "date")
    assert why(prc("20991231")) == ("birth_date", "future")
    assert why(prc("19850230")) == ("birth_date", "date")


def test_a_prc_number_is_of_18_characters_with_their_digit() -> None:
    good = prc("19491231")
    wrong = good[:-1] + ("0" if good[-1] != "0" else "1")

    assert good == "11010519491231002X"
    assert why(wrong) == ("number", "check_digit")
    assert why(good[:-1]) == ("number", "length")
    assert why("0" + good[1:]) == ("number", "character")
    assert read_prc_id(f" {good.lower()} ", TODAY)[0] == good


def test_what_is_built_like_a_prc_number_is_distinguished_from_a_product() -> None:
    assert looks_like_prc_id(prc("19491231"))
    assert looks_like_prc_id("110105194912310021")  # a misread digit is still a document
    assert looks_like_prc_id(prc("18500101"))
    assert looks_like_prc_id(prc("20991231"))
    assert not looks_like_prc_id(prc("18491231"))
    assert not looks_like_prc_id(prc("21000101"))
    assert not looks_like_prc_id("110105194913310021")


@pytest.mark.parametrize(
    ("seventh", "born", "sex"),
    [
        (1, date(1890, 1, 15), "M"), (2, date(1890, 1, 15), "F"), (3, date(1990, 1, 15), "M"),
        (4, date(1990, 1, 15), "F"),
    ],
)  # fmt: skip
def test_the_seventh_digit_of_an_iin_tells_century_and_sex(seventh: int, born: date, sex: str) -> None:
    number = iin("900115", seventh)

    assert (birth_in_iin(number, TODAY), sex_in_iin(number)) == (born, sex)
    assert is_iin(number, TODAY)


@pytest.mark.parametrize(("seventh", "born", "sex"), [(5, date(2010, 1, 15), "M"), (6, date(2010, 1, 15), "F")])
def test_of_this_century_it_tells_too(seventh: int, born: date, sex: str) -> None:
    number = iin("100115", seventh)

    assert (birth_in_iin(number, TODAY), sex_in_iin(number)) == (born, sex)


def test_an_iin_of_tomorrow_or_of_no_century_tells_no_birth() -> None:
    assert birth_in_iin(iin("261124", 5), TODAY) == TODAY
    assert birth_in_iin(iin("261125", 5), TODAY) is None
    assert birth_in_iin(iin("900115", 0), TODAY) is None
    assert birth_in_iin(iin("900115", 7), TODAY) is None
    assert sex_in_iin(iin("900115", 0)) is None
    assert sex_in_iin(iin("900115", 7)) is None


def test_where_one_weighing_of_an_iin_leaves_ten_each_digit_weighs_two_more() -> None:
    luck = Random(11)
    for _ in range(1_000):
        body = [luck.randrange(10) for _ in range(11)]
        once = sum((place + 1) * digit for place, digit in enumerate(body)) % 11
        again = sum(((place + 2) % 11 + 1) * digit for place, digit in enumerate(body)) % 11
        rest = again if once == 10 else once
        assert iin_digit("".join(map(str, body))) == (None if rest == 10 else str(rest))


def test_a_card_begins_with_its_letters_and_four_digits_of_its_number() -> None:
    assert may_begin_zone("IDKAZ0123")
    assert may_begin_zone("P<CHNZHANG")
    assert not may_begin_zone("IDKAZX123")
    assert not may_begin_zone("IDKAZ012X")
    assert not may_begin_zone("12345<789")


def test_an_iin_has_twelve_digits_and_their_check_digit() -> None:
    good = iin("900115", 3)
    wrong = good[:-1] + str((int(good[-1]) + 1) % 10)

    assert read_iin(f" {good} ") == good
    for number, line, what in ((wrong, 1, "check_digit"), (good[:-1], 2, "length"), (good[:-1] + "X", 0, "character")):
        with pytest.raises(BadDocument) as refused:
            read_iin(number, line)
        assert refused.value.facts() == {"line": line, "field": "iin", "what": what}


def test_check_digits_weigh_seven_three_one() -> None:
    assert mrz_digit("D23145890734") == "9"
    assert mrz_digit("340712") == "7"
    assert mrz_digit("950712") == "2"
    assert [mrz_digit(char) for char in "<09AZ"] == ["0", "0", "3", "0", "5"]


def test_the_first_line_of_a_zone_tells_how_many_follow_also_where_it_lost_characters() -> None:
    passport, card = a_zone("TD3", Holder("L898902C3"))[0], a_zone("TD1", Holder("D23145890"))[0]

    assert lines_expected(passport) == 2
    assert lines_expected(card) == 3
    assert [lines_expected(passport[:length]) for length in (19, 20, 30, 43)] == [0, 2, 2, 2]
    assert [lines_expected("I<UTO" + "<" * (length - 5)) for length in (19, 20, 32, 33, 46, 47)] == [0, 3, 3, 2, 2, 0]
    assert lines_expected("IDKAZ012345678490011530001300") == 0
    assert lines_expected("IDKAZ0123456784900115300013000") == 3  # a full card without any filler
    assert lines_expected("4870204321111") == 0


def test_a_line_of_a_zone_is_known_by_its_shape() -> None:
    second = a_zone("TD3", Holder("L898902C3", optional="ZE184226B"))[1]

    assert is_second_line(second)
    assert is_second_line(a_zone("TD2", Holder("L898902C3"))[1])
    assert is_second_line(a_zone("TD1", Holder("L898902C3"))[1])
    assert not is_second_line(second[:-1])
    assert is_zone_line("ABCDEFGH<<ABCDEFGHIJ")
    assert not is_zone_line("ABCDEFGH<<ABCDEFGHI")
    assert is_zone_line("A" * 88 + "<<")
    assert not is_zone_line("A" * 89 + "<<")
    assert not is_zone_line("ABCDEFGHIJKLMNOPQRSTUVWX")


@pytest.mark.parametrize("layout", ["TD1", "TD2", "TD3"])
def test_every_character_of_a_zone_stands_where_its_layout_says(layout: str) -> None:
    holder = Holder("D23145890", "CHN", "KGZ", "LI<<WEI<MING", "850505", "M", "340504", optional="AB12")
    kind = {"TD3": "passport"}.get(layout, "cn-permit")

    document = read_mrz(a_zone(layout, holder), TODAY)

    assert (document.kind, document.number, document.country, document.nationality) == (kind, "D23145890", "CHN", "KGZ")
    assert (document.surname, document.given_names, document.sex) == ("LI", "WEI MING", "M")
    assert (document.birth_date, document.expiry) == (date(1985, 5, 5), date(2034, 5, 4))


@pytest.mark.parametrize("layout", ["TD1", "TD2"])
def test_a_number_of_ten_characters_goes_on_in_the_optional_field(layout: str) -> None:
    assert read_mrz(a_zone(layout, Holder("D231458907")), TODAY).number == "D231458907"


@pytest.mark.parametrize(
    ("digits", "ends"),
    [
        ("261124", date(2026, 11, 24)), ("750101", date(2075, 1, 1)), ("770101", date(1977, 1, 1)),
        ("000229", date(2000, 2, 29)), ("<<<<<<", None),
    ],
)  # fmt: skip
def test_a_document_runs_out_in_the_century_nearest_to_today(digits: str, ends: date | None) -> None:
    assert read_mrz(a_zone("TD3", Holder("L898902C3", expiry=digits)), TODAY).expiry == ends


@pytest.mark.parametrize("year", [1999, 2000, 2026, 2049, 2050, 2051, 2099])
def test_two_digits_of_a_year_are_the_one_of_all_centuries_nearest_to_today(year: int) -> None:
    for digits in range(100):
        ends = read_mrz(a_zone("TD3", Holder("L898902C3", expiry=f"{digits:02}0101")), date(year, 7, 1)).expiry

        assert ends is not None
        assert ends.year % 100 == digits
        assert abs(ends.year - year) == min(abs(digits + century - year) for century in (1800, 1900, 2000, 2100))


def test_a_typed_number_has_four_to_twenty_characters() -> None:
    assert read_typed("other", "AB12", "UZB", None, TODAY).number == "AB12"
    assert read_typed("other", "A" * 20, "UZB", None, TODAY).number == "A" * 20
    assert read_typed("other", " ab-12 ", "uz", None, TODAY).number == "AB12"

    for number, what in (("AB1", "length"), ("A" * 21, "length"), ("", "missing"), ("AB/12", "character")):
        with pytest.raises(BadDocument) as refused:
            read_typed("other", number, "UZB", None, TODAY)
        assert refused.value.facts() == {"line": 0, "field": "number", "what": what}


def test_of_a_number_at_most_four_characters_are_shown() -> None:
    def shown(number: str) -> str:
        return Document("other", number, "UZB").masked

    assert [shown(number) for number in ("AB12", "AB123", "AB1234", "E00000001")] == [
        "•••2", "••••3", "A•••34", "E••••••01",
    ]  # fmt: skip


def test_three_letters_of_a_long_name_are_shown_and_of_a_short_one_one() -> None:
    def shown(given: str, surname: str = "LI") -> str:
        return Document("other", "AB12", "UZB", surname=surname, given_names=given).masked_name

    assert [shown(given) for given in ("", "W", "WEIMI", "WEIMIN")] == ["LI", "LI W••", "LI W••", "LI WEI••"]
    assert shown("WEIMIN", "") == "WEI••"


def test_the_forms_of_numbers_that_are_known_for_sure() -> None:
    for issuer, kind, number in (
        ("CHN", "passport", "E00000001"), ("CHN", "passport", "EA0000001"), ("CHN", "cn-permit", "C12345678"),
        ("CHN", "cn-permit", "CA1234567"), ("CHN", "cn-permit", "1234567890"), ("KAZ", "passport", "N12345678"),
        ("KAZ", "kz-id", "012345678"), ("RUS", "passport", "123456789"), ("RUS", "passport", "1234567890"),
        ("UZB", "passport", "X"),
    ):  # fmt: skip
        check_format(issuer, kind, number)

    for issuer, kind, number in (
        ("CHN", "passport", "EI0000001"), ("CHN", "passport", "E0000001"), ("CHN", "cn-permit", "ABC123456"),
        ("KAZ", "passport", "N1234567"), ("KAZ", "kz-id", "01234567"), ("RUS", "passport", "12345678901"),
    ):  # fmt: skip
        with pytest.raises(BadDocument) as refused:
            check_format(issuer, kind, number)
        assert refused.value.facts() == {"line": 0, "field": "number", "what": "format"}


def test_one_letter_for_a_digit_asks_for_another_scan_and_two_are_taken() -> None:
    check_misread("CHN", "passport", "E00000001", 2)
    check_misread("CHN", "passport", "EQQ000001", 2)
    check_misread("UZB", "passport", "U0000001", 2)

    for number in ("E0000000L", "EA00U0001", "E0000S001"):
        with pytest.raises(BadDocument) as refused:
            check_misread("CHN", "passport", number, 2)
        assert refused.value.facts() == {"line": 2, "field": "number", "what": "character"}


def test_a_renewed_permit_keeps_the_number_of_its_holder() -> None:
    assert lasting("CHN", "cn-permit", "H1234567801") == "H12345678"
    assert lasting("CHN", "other", "M1234567802") == "M12345678"
    assert lasting("CHN", "passport", "H1234567801") == "H1234567801"
    assert lasting("KAZ", "other", "H1234567801") == "H1234567801"
    assert lasting("CHN", "cn-permit", "H12345678") == "H12345678"
    assert (kinds_of("CHN"), kinds_of("UZB")) == (("passport", "cn-permit", "other"), ("passport", "other"))


def test_documents_of_one_state_are_numbered_in_one_series() -> None:
    assert [issuer_of(name) for name in ("hk", "MAC", "GBN", "D", "UZ", "??")] == [
        "CHN", "CHN", "GBR", "DEU", "UZB", None,
    ]  # fmt: skip
    assert three_letters(" kz ") == "KAZ"


def test_a_scan_where_a_document_is_asked_for_may_be_a_number_of_a_person() -> None:
    card = read_scanned(f" {iin('900115', 3)} ", TODAY)
    chinese = read_scanned(prc("19850505"), TODAY)

    assert (card.kind, card.country, card.birth_date, card.sex) == ("kz-id", "KAZ", date(1990, 1, 15), "M")
    assert (chinese.kind, chinese.birth_date, chinese.nationality) == ("cn-id", date(1985, 5, 5), "CHN")
    foreigner = read_scanned(prc("19850505", county="910105"), TODAY)
    assert (foreigner.nationality, foreigner.country) == (None, "CHN")
    days = [f"198505{day:02}" for day in range(1, 31)]
    assert {read_scanned(prc(day, county="910105"), TODAY).nationality for day in days} == {None}
    assert {read_scanned(prc(day), TODAY).nationality for day in days} == {"CHN"}
    assert card.identity == ("KAZ", "person", card.number)
    assert card.own_identity == ("KAZ", "kz-id", card.number)
    assert chinese.own_identity is None


def test_a_number_is_an_iin_beyond_doubt_where_digit_and_birth_are_right() -> None:
    good = iin("900115", 3)

    assert is_iin(good, TODAY)
    assert not is_iin(good[:-1] + str((int(good[-1]) + 1) % 10), TODAY)
    assert not is_iin(iin("901315", 3), TODAY)
    assert not is_iin(good + "0", TODAY)
    with pytest.raises(BadDocument) as refused:
        read_typed("passport", good, "UZB", None, TODAY)
    assert refused.value.facts() == {"line": 0, "field": "country", "what": "mismatch"}


def test_a_russian_passport_for_use_at_home_has_a_digit_of_its_series_elsewhere() -> None:
    home = Holder("123456789", "RUS", "RUS", optional="4AB")

    assert read_mrz(a_zone("TD3", home, "PN"), TODAY).number == "1234456789"
    assert read_mrz(a_zone("TD3", home), TODAY).number == "123456789"


@pytest.mark.parametrize(("issuer", "optional"), [("UZB", "12345678901234"), ("KGZ", "12345678901234")])
def test_the_number_of_a_person_stands_in_the_optional_field(issuer: str, optional: str) -> None:
    document = read_mrz(a_zone("TD3", Holder("AA1234567", issuer, issuer, optional=optional)), TODAY)

    assert document.national_number == optional
    assert document.identity == (issuer, "person", optional)
    assert document.own_identity == (issuer, "passport", "AA1234567")
    short = read_mrz(a_zone("TD3", Holder("AA1234567", issuer, issuer, optional=optional[:-1])), TODAY)
    assert short.national_number is None
    assert read_typed("other", optional, issuer, None, TODAY).national_number == optional
    assert read_typed("other", optional[:-1], issuer, None, TODAY).national_number is None


def test_an_iin_that_was_misread_in_an_optional_field_asks_for_another_scan() -> None:
    good = iin("900115", 3)

    def kazakh(optional: str) -> Document:
        return read_mrz(a_zone("TD3", Holder("N12345678", "KAZ", "KAZ", born="900115", optional=optional)), TODAY)

    assert kazakh(good).national_number == good
    assert kazakh("").national_number is None
    assert kazakh("12345").national_number is None
    assert kazakh("ABCDEF12345").national_number is None
    assert kazakh("ABCDEF1234567").national_number is None  # thirteen characters are no IIN, well read or not
    assert kazakh("1234567890123").national_number is None
    card = Holder("N12345678", "KAZ", "KAZ", born="900115", optional=good[:-1])
    with pytest.raises(BadDocument) as refused:
        read_mrz(a_zone("TD1", card), TODAY)
    assert refused.value.facts() == {"line": 1, "field": "optional", "what": "character"}
    for optional in ("123456", good[:-1], good[:5] + "X" + good[6:], "ABCDEF123456"):
        with pytest.raises(BadDocument) as refused:
            kazakh(optional)
        assert refused.value.facts() == {"line": 2, "field": "optional", "what": "character"}


def test_the_century_in_an_iin_is_taken_where_it_agrees_with_the_zone() -> None:
    old = iin("200115", 3)
    document = read_mrz(a_zone("TD3", Holder("N12345678", "KAZ", "KAZ", born="200115", optional=old)), TODAY)
    other = read_mrz(a_zone("TD3", Holder("N12345678", "KAZ", "KAZ", born="200116", optional=old)), TODAY)

    assert (document.birth_date, other.birth_date) == (date(1920, 1, 15), date(2020, 1, 16))


def test_a_document_of_an_unknown_state_is_refused_by_its_line() -> None:
    for holder, field, line in (
        (Holder("AA1234567", "ZZZ", "UZB"), "issuer", 1), (Holder("AA1234567", "UZB", "ZZZ"), "nationality", 2),
    ):  # fmt: skip
        with pytest.raises(BadDocument) as refused:
            read_mrz(a_zone("TD3", holder), TODAY)
        assert refused.value.facts() == {"line": line, "field": field, "what": "unknown"}


def test_a_typed_card_takes_its_birth_from_its_iin_or_what_was_typed() -> None:
    good = iin("900115", 3)

    assert read_typed("kz-id", good, None, None, TODAY).birth_date == date(1990, 1, 15)
    assert read_typed("kz-id", good, None, "1990", TODAY).birth_date == date(1990, 1, 15)
    half = read_typed("kz-id", good, None, "1991", TODAY)
    assert (half.birth_date, half.born_from) == (None, date(1991, 1, 1))
    assert read_typed("kz-id", good, None, "1991-02-03", TODAY).birth_date == date(1991, 2, 3)
    chinese = prc("19850505")
    assert read_typed("cn-id", chinese, None, "1985-05", TODAY).birth_date == date(1985, 5, 5)
    assert read_typed("other", chinese, "CHN", None, TODAY).kind == "cn-id"
    for kind, country, born, field in (
        ("cn-id", None, "1985-06", "birth_date"), ("cn-id", None, "1985-05-06", "birth_date"),
        ("other", "UZB", None, "country"), ("nothing", None, None, "kind"), ("other", None, None, "country"),
        ("cn-id", "KAZ", None, "country"), ("other", "??", None, "country"),
    ):  # fmt: skip
        with pytest.raises(BadDocument) as refused:
            read_typed(kind, chinese, country, born, TODAY)
        assert (refused.value.line, refused.value.field) == (0, field)


@pytest.mark.parametrize(
    ("body", "digit"),
    [("90011530030", "0"), ("90011530050", "9"), ("90011530045", "0"), ("90011530044", "9"), ("90011530120", None)],
)
def test_a_rest_of_ten_is_weighed_a_second_time_and_another_ten_is_never_issued(body: str, digit: str | None) -> None:
    assert iin_digit(body) == digit
