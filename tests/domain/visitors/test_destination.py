"""To which side visitors leave, and when the till asks."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from pos.domain.border import use_border
from pos.domain.visitors.destination import NOT_PRESSED, WayOut
from pos.domain.visitors.visitor import Visitor, free_label
from tests.horgos import HORGOS

CHINESE = Visitor("A", "aa", "passport", "CHN", "CHN", "E…19", "Zhang W.", date(1985, 5, 5), "CN")
KAZAKH = Visitor("B", "bb", "kz-id", "KAZ", "KAZ", "0…78", "Testov T.", date(1990, 1, 15), "KZ")
RUSSIAN = Visitor("C", "cc", "passport", "RUS", "RUS", "7…12", "Ivanov I.", date(1980, 3, 3), None)


def test_a_side_that_was_pressed_holds_and_else_that_of_the_first_visitor_from_either() -> None:
    assert NOT_PRESSED.of([]) is None
    assert NOT_PRESSED.of([RUSSIAN]) is None
    assert NOT_PRESSED.of([RUSSIAN, KAZAKH, CHINESE]) == "KZ"
    assert NOT_PRESSED.pressing("CN", [KAZAKH]).of([KAZAKH]) == "CN"


def test_where_there_is_one_side_everybody_leaves_by_it_and_nobody_is_asked() -> None:
    use_border(replace(HORGOS, destinations=HORGOS.destinations[:1]))
    try:
        assert NOT_PRESSED.of([KAZAKH]) == NOT_PRESSED.of([RUSSIAN]) == "CN"
        assert NOT_PRESSED.doubted([KAZAKH, RUSSIAN]) == ()
        assert NOT_PRESSED.of([]) is None
    finally:
        use_border(HORGOS)


def test_a_saved_sale_keeps_only_a_side_that_its_documents_do_not_tell() -> None:
    assert WayOut.kept("KZ", [KAZAKH], None) == NOT_PRESSED
    assert WayOut.kept("CN", [KAZAKH], None) == WayOut("CN", frozenset({"bb"}))
    assert WayOut.kept("CN", [KAZAKH], ["aa"]) == WayOut("CN", frozenset({"aa"}))
    assert WayOut.kept(None, [KAZAKH], []) == NOT_PRESSED


def test_a_visitor_of_the_other_side_is_asked_about_and_once_pressed_for_them_no_more() -> None:
    assert NOT_PRESSED.doubted([KAZAKH, CHINESE]) == ("A",)
    assert NOT_PRESSED.pressing("KZ", [KAZAKH, CHINESE]).doubted([KAZAKH, CHINESE]) == ()
    assert NOT_PRESSED.pressing("KZ", [KAZAKH]).doubted([KAZAKH, CHINESE]) == ("A",)


def test_a_document_of_neither_side_leaves_with_the_others_of_the_sale() -> None:
    assert NOT_PRESSED.doubted([KAZAKH, RUSSIAN]) == ()
    assert NOT_PRESSED.doubted([RUSSIAN]) == ()  # no side is known: both are asked for anyway
    assert NOT_PRESSED.pressing("KZ", [KAZAKH]).doubted([KAZAKH, RUSSIAN]) == ()


def test_a_side_pressed_for_visitors_who_have_gone_does_not_hold_for_the_next() -> None:
    pressed = NOT_PRESSED.pressing("KZ", [KAZAKH])

    assert pressed.doubted([RUSSIAN]) == ("C",)
    assert WayOut("KZ").doubted([RUSSIAN]) == ()


def test_a_stranger_does_not_lead_the_others_and_is_not_led() -> None:
    assert NOT_PRESSED.doubted([KAZAKH, RUSSIAN], strangers=["B"]) == ("C",)
    assert NOT_PRESSED.doubted([KAZAKH, RUSSIAN], strangers=["C"]) == ()


def test_visitors_are_named_by_letters_and_the_27th_by_two() -> None:
    letters = [chr(ord("A") + index) for index in range(26)]

    assert free_label([]) == "A"
    assert free_label(["A", "C"]) == "B"
    assert free_label(letters) == "AA"
    assert free_label([*letters, *("A" + letter for letter in letters)]) == "BA"


def test_a_person_is_known_by_every_number_of_their_documents() -> None:
    renewed = replace(KAZAKH, key="iin", document_key="bb", perhaps=("old",))

    assert (KAZAKH.own_keys, renewed.own_keys) == (("bb",), ("iin", "bb"))
    assert renewed.keys == ("iin", "bb", "old")
    assert renewed.is_one_with(KAZAKH)
    assert not CHINESE.is_one_with(KAZAKH)
    assert replace(CHINESE, perhaps=("bb",)).is_one_with(KAZAKH)


def test_only_two_whole_birth_dates_can_differ() -> None:
    other = replace(KAZAKH, birth_date=date(1990, 1, 16))
    unknown = replace(KAZAKH, birth_date=None)

    assert KAZAKH.is_born_otherwise(other)
    assert not KAZAKH.is_born_otherwise(KAZAKH)
    assert not KAZAKH.is_born_otherwise(unknown)
    assert not unknown.is_born_otherwise(KAZAKH)


def test_a_visitor_of_a_kept_basket_is_born_otherwise_only_where_the_age_is_another() -> None:
    kept = replace(KAZAKH, birth_date=date(1990, 3, 1), is_born_about=True)  # 36 years old on 2 March 2026

    def born(day: date) -> bool:
        return kept.is_born_otherwise(replace(KAZAKH, birth_date=day))

    assert not any(map(born, (date(1990, 3, 2), date(1990, 3, 1), date(1990, 1, 15), date(1989, 3, 3))))
    assert born(date(1991, 3, 2))
    assert born(date(1988, 3, 1))
    unborn = replace(KAZAKH, birth_date=None, name="Testov T.")
    named = replace(kept, name="").with_document(unborn)
    assert named is not None
    assert not named.is_born_otherwise(KAZAKH)


def test_a_document_shown_later_tells_what_was_not_known() -> None:
    nameless = replace(KAZAKH, name="", birth_date=None, expiry=date(2030, 1, 1), entries=(date(2026, 3, 1),))
    shown = replace(KAZAKH, label="Z", residence=None, expiry=None)

    known = nameless.with_document(shown)

    assert known is not None
    assert (known.label, known.residence, known.name) == ("B", "KZ", "Testov T.")
    assert (known.birth_date, known.born_from) == (date(1990, 1, 15), None)
    assert (known.expiry, known.entries) == (date(2030, 1, 1), (date(2026, 3, 1),))


def test_a_document_that_tells_nothing_more_or_is_of_another_person_changes_nothing() -> None:
    assert KAZAKH.with_document(replace(KAZAKH, expiry=date(2031, 1, 1))) is None
    assert replace(KAZAKH, name="").with_document(CHINESE) is None
    assert replace(KAZAKH, birth_date=None).with_document(replace(KAZAKH, birth_date=None)) is None


def test_a_part_of_a_birth_date_is_taken_where_nothing_was_known() -> None:
    unborn = replace(KAZAKH, birth_date=None)
    half = replace(unborn, born_from=date(1990, 1, 1))

    visitor = unborn.with_document(half)
    assert visitor is not None
    assert visitor.born_from == date(1990, 1, 1)
    assert half.with_document(half) is None
    whole = half.with_document(KAZAKH)
    assert whole is not None
    assert (whole.birth_date, whole.born_from) == (date(1990, 1, 15), None)
    assert KAZAKH.with_document(half) is None
    named = replace(half, name="").with_document(replace(unborn, name="Testov T."))
    assert named is not None
    assert (named.name, named.born_from) == ("Testov T.", date(1990, 1, 1))
    older = replace(KAZAKH, name="").with_document(replace(half, name="Testov T."))
    assert older is not None
    assert (older.birth_date, older.born_from) == (date(1990, 1, 15), None)


@pytest.mark.parametrize(("day", "age"), [(date(2026, 1, 14), 35), (date(2026, 1, 15), 36)])
def test_an_age_is_of_full_years_and_of_half_a_birth_date_the_highest(day: date, age: int) -> None:
    half = replace(KAZAKH, birth_date=None, born_from=KAZAKH.birth_date)

    assert (KAZAKH.age_on(day), KAZAKH.oldest_on(day)) == (age, None)
    assert (half.age_on(day), half.oldest_on(day)) == (None, age)
    assert replace(half, born_from=None).oldest_on(day) is None
    assert replace(KAZAKH, born_from=date(1990, 1, 1)).oldest_on(day) is None


def test_a_document_is_good_on_its_last_day() -> None:
    document = replace(KAZAKH, expiry=date(2026, 3, 2))

    assert not document.expired_on(date(2026, 3, 2))
    assert document.expired_on(date(2026, 3, 3))
    assert not KAZAKH.expired_on(date(2026, 3, 3))


def test_an_answer_about_one_visitor_that_turns_the_sale_asks_about_the_others() -> None:
    taken = NOT_PRESSED.answered("CN", KAZAKH, [CHINESE, KAZAKH])
    turned = NOT_PRESSED.answered("KZ", KAZAKH, [CHINESE, KAZAKH])
    agreed = turned.answered("KZ", CHINESE, [CHINESE, KAZAKH])

    assert (taken.of([CHINESE, KAZAKH]), taken.doubted([CHINESE, KAZAKH])) == ("CN", ())
    assert (turned.of([CHINESE, KAZAKH]), turned.doubted([CHINESE, KAZAKH])) == ("KZ", ("A",))
    assert (agreed.of([CHINESE, KAZAKH]), agreed.doubted([CHINESE, KAZAKH])) == ("KZ", ())
