"""Which line and which field of a damaged zone is named, in every layout."""

from __future__ import annotations

import pytest

from pos.domain.visitors.mrz import BadDocument, read_zone
from tests.domain.visitors.zones import Holder, a_zone

HOLDER = Holder("L898902C3", optional="ZE18422")


def why(lines: list[str]) -> tuple[int, str, str]:
    with pytest.raises(BadDocument) as refused:
        read_zone(lines)
    return refused.value.line, refused.value.field, refused.value.what


def with_char(lines: list[str], line: int, index: int, char: str) -> list[str]:
    changed = list(lines)
    changed[line] = changed[line][:index] + char + changed[line][index + 1 :]
    return changed


@pytest.mark.parametrize(
    ("layout", "line", "index", "char", "expected"),
    [
        ("TD3", 1, 0, "*", (2, "number", "character")), ("TD3", 1, 8, "*", (2, "number", "character")),
        ("TD3", 1, 9, "X", (2, "number", "character")), ("TD3", 1, 9, "<", (2, "number", "character")),
        ("TD3", 1, 13, "X", (2, "birth_date", "character")), ("TD3", 1, 18, "X", (2, "birth_date", "character")),
        ("TD3", 1, 19, "X", (2, "birth_date", "character")), ("TD3", 1, 19, "<", (2, "birth_date", "character")),
        ("TD3", 1, 20, "A", (2, "sex", "character")),
        ("TD3", 1, 21, "X", (2, "expiry", "character")), ("TD3", 1, 26, "X", (2, "expiry", "character")),
        ("TD3", 1, 27, "X", (2, "expiry", "character")), ("TD3", 1, 28, "*", (2, "optional", "character")),
        ("TD3", 1, 41, "*", (2, "optional", "character")), ("TD3", 1, 42, "X", (2, "optional", "character")),
        ("TD3", 1, 42, "<", (2, "optional", "check_digit")), ("TD3", 1, 43, "X", (2, "composite", "character")),
        ("TD3", 1, 43, "<", (2, "composite", "character")), ("TD3", 0, 2, "1", (1, "issuer", "character")),
        ("TD3", 0, 5, "1", (1, "names", "character")), ("TD3", 0, 43, "1", (1, "names", "character")),
        ("TD3", 1, 10, "1", (2, "nationality", "character")), ("TD3", 0, 0, "A", (1, "type", "unknown")),
        ("TD3", 0, 0, "V", (1, "type", "visa")),
        ("TD2", 1, 9, "X", (2, "number", "character")), ("TD2", 1, 19, "X", (2, "birth_date", "character")),
        ("TD2", 1, 27, "X", (2, "expiry", "character")), ("TD2", 1, 28, "*", (2, "optional", "character")),
        ("TD2", 1, 34, "*", (2, "optional", "character")), ("TD2", 1, 35, "X", (2, "composite", "character")),
        ("TD2", 0, 5, "1", (1, "names", "character")), ("TD2", 0, 0, "V", (1, "type", "visa")),
        ("TD1", 0, 14, "X", (1, "number", "character")), ("TD1", 0, 5, "*", (1, "number", "character")),
        ("TD1", 0, 15, "*", (1, "optional", "character")), ("TD1", 0, 29, "*", (1, "optional", "character")),
        ("TD1", 1, 6, "X", (2, "birth_date", "character")), ("TD1", 1, 14, "X", (2, "expiry", "character")),
        ("TD1", 1, 7, "A", (2, "sex", "character")), ("TD1", 1, 15, "1", (2, "nationality", "character")),
        ("TD1", 1, 18, "*", (2, "optional", "character")), ("TD1", 1, 28, "*", (2, "optional", "character")),
        ("TD1", 1, 29, "X", (2, "composite", "character")), ("TD1", 2, 0, "1", (3, "names", "character")),
        ("TD1", 2, 29, "1", (3, "names", "character")), ("TD1", 0, 2, "1", (1, "issuer", "character")),
    ],
)  # fmt: skip
def test_a_damaged_character_is_named_by_its_line_and_field(
    layout: str, line: int, index: int, char: str, expected: tuple[int, str, str]
) -> None:
    assert why(with_char(a_zone(layout, HOLDER), line, index, char)) == expected


@pytest.mark.parametrize(
    ("layout", "line", "index", "expected"),
    [
        ("TD3", 1, 9, (2, "number", "check_digit")), ("TD3", 1, 19, (2, "birth_date", "check_digit")),
        ("TD3", 1, 27, (2, "expiry", "check_digit")), ("TD3", 1, 42, (2, "optional", "check_digit")),
        ("TD3", 1, 43, (2, "composite", "check_digit")), ("TD2", 1, 9, (2, "number", "check_digit")),
        ("TD2", 1, 35, (2, "composite", "check_digit")), ("TD1", 0, 14, (1, "number", "check_digit")),
        ("TD1", 1, 6, (2, "birth_date", "check_digit")), ("TD1", 1, 14, (2, "expiry", "check_digit")),
        ("TD1", 1, 29, (2, "composite", "check_digit")),
    ],
)  # fmt: skip
def test_a_wrong_check_digit_is_named_by_what_it_covers(
    layout: str, line: int, index: int, expected: tuple[int, str, str]
) -> None:
    zone = a_zone(layout, HOLDER)

    assert why(with_char(zone, line, index, str((int(zone[line][index]) + 1) % 10))) == expected


@pytest.mark.parametrize(
    ("layout", "line", "index"),
    [("TD2", 1, 28), ("TD2", 1, 34), ("TD1", 0, 15), ("TD1", 0, 29), ("TD1", 1, 18), ("TD1", 1, 28)],
)
def test_the_composite_digit_covers_what_has_no_digit_of_its_own(layout: str, line: int, index: int) -> None:
    zone = a_zone(layout, HOLDER)
    char = "1" if zone[line][index] != "1" else "2"

    assert why(with_char(zone, line, index, char))[1:] == ("composite", "check_digit")


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        (["A" * 43, "A" * 44], 1), (["A" * 44, "A" * 43], 2), (["A" * 45, "A" * 44], 1), (["A" * 30, "A" * 30], 2),
        (["A" * 30, "A" * 29, "A" * 30], 2), (["A" * 36], 1), (["A" * 36, "A" * 44], 2), (["A" * 7], 1),
        (["A" * 44] * 3, 3),
    ],
)  # fmt: skip
def test_a_line_of_another_length_is_named(lines: list[str], line: int) -> None:
    assert why(lines) == (line, "zone", "length")


def test_lines_that_are_joined_or_cut_elsewhere_are_read_where_the_lengths_agree() -> None:
    first, second = a_zone("TD3", HOLDER)

    assert read_zone(first + second) == read_zone([first, second])
    assert read_zone(f" {first.lower()}\r\n{second} \n") == read_zone([first, second])
    assert why([first[:40], first[40:] + second]) == (1, "zone", "length")


def test_characters_that_look_alike_are_read_where_only_one_can_stand() -> None:
    zone = a_zone("TD3", Holder("L898902C3", born="100101", expiry="300101"))
    typed = with_char(with_char(zone, 1, 13, "I"), 1, 14, "O")

    assert read_zone(typed) == read_zone(zone)
    assert read_zone(zone).birth == "100101"


def test_a_long_number_ends_with_its_check_digit() -> None:
    zone = a_zone("TD1", Holder("D231458907", optional="AB"))

    fields = read_zone(zone)
    assert (fields.number, fields.optional, fields.layout) == ("D231458907", "AB", "TD1")
    wrong = with_char(zone, 0, 16, str((int(zone[0][16]) + 1) % 10))
    assert why(wrong) in {(1, "number", "check_digit"), (2, "composite", "check_digit")}
    empty = a_zone("TD3", Holder("<<<<<<<<<"))
    assert why(empty) == (2, "number", "missing")
    assert why(a_zone("TD3", Holder("AB<123456"))) == (2, "number", "character")
