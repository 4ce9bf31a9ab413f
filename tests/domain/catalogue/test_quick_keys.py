"""Quick keys as values: keys are moved, put into folders and taken out, and two editors lose no work."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pos.domain.catalogue.quick_keys import MOST_KEYS, MOST_PAGES, QuickKey, QuickKeys, QuickPage, merged
from pos.domain.errors import BadField, MovedMeanwhile
from pos.domain.staff.rights import ROLES

FOLDER = QuickKey(None, "Bags", "blue", (QuickKey(5), QuickKey(6)))
PAGE = QuickPage(1, "Front", (), (QuickKey(1), QuickKey(2), FOLDER, QuickKey(3)))
OTHER = QuickPage(2, "Sweets", ("cashier",), (QuickKey(7),))
KEYS = QuickKeys((PAGE, OTHER))


def products(page: QuickPage, folder: int | None = None) -> list[int | None]:
    return [key.product for key in page.inside(folder)]


@pytest.mark.parametrize(
    ("place", "to", "expected"),
    [((0,), 1, [2, 1, None, 3]), ((3,), 0, [3, 1, 2, None]), ((2,), 99, [1, 2, 3, None]), ((1,), -4, [2, 1, None, 3])],
)
def test_a_key_moves_to_another_place_of_its_page(place: tuple[int, ...], to: int, expected: list[int | None]) -> None:
    assert products(PAGE.moving(place, to)) == expected


def test_a_key_moves_inside_its_folder() -> None:
    assert products(PAGE.moving((2, 1), 0), 2) == [6, 5]


def test_a_key_is_put_into_a_folder_behind_it_and_taken_out_again() -> None:
    inside, place = PAGE.putting((0,), 2)

    assert (products(inside), products(inside, 1), place) == ([2, None, 3], [5, 6, 1], (1, 2))
    out, back = inside.putting(place, None)
    assert (products(out), products(out, 1), back) == ([2, None, 3, 1], [5, 6], (3,))


def test_a_key_behind_its_folder_is_put_into_it() -> None:
    inside, place = PAGE.putting((3,), 2)

    assert (products(inside), products(inside, 2), place) == ([1, 2, None], [5, 6, 3], (2, 2))


def test_a_folder_goes_with_its_keys() -> None:
    assert list(PAGE.without((2,)).products()) == [1, 2, 3]
    assert list(PAGE.without((2, 0)).products()) == [1, 2, 6, 3]


def test_a_key_is_found_where_it_is_and_nothing_where_there_is_none() -> None:
    assert PAGE.key((2, 1)) == QuickKey(6)
    assert PAGE.key((2, 2)) is None
    assert PAGE.key((9,)) is None
    assert (PAGE.place_of(3), PAGE.place_of(6, 2), PAGE.place_of(6)) == ((3,), (2, 1), None)


def test_a_page_is_for_its_roles_and_without_any_for_everybody() -> None:
    assert PAGE.is_for("manager")
    assert OTHER.is_for("cashier")
    assert not OTHER.is_for("manager")


@pytest.mark.parametrize(
    ("page", "field", "what"),
    [
        (replace(PAGE, title="  "), "pages[0].title", "missing"),
        (replace(PAGE, title="x" * 41), "pages[0].title", "too_long"),
        (replace(PAGE, title="a\nb"), "pages[0].title", "not_a_text"),
        (replace(PAGE, roles=("owner",)), "pages[0].roles", "unknown"),
        (PAGE.adding(QuickKey(9, colour="pink")), "pages[0].keys[4].colour", "unknown"),
        (PAGE.adding(QuickKey(None, "")), "pages[0].keys[4].folder", "missing"),
        (PAGE.adding(FOLDER, 2), "pages[0].keys[2].keys", "too_deep"),
        (PAGE.adding(QuickKey(9, "x" * 41), 2), "pages[0].keys[2].keys[2].title", "too_long"),
        (replace(PAGE, keys=tuple(QuickKey(n) for n in range(MOST_KEYS + 1))), "pages[0].keys", "too_large"),
    ],
)
def test_what_no_page_can_hold_is_refused_by_page_and_key(page: QuickPage, field: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        QuickKeys((page,)).check(ROLES)

    assert (refused.value.field, refused.value.what) == (field, what)


def test_there_are_only_so_many_pages() -> None:
    KEYS.check(ROLES)
    with pytest.raises(BadField, match="too_large"):
        QuickKeys(tuple(replace(PAGE, id=n) for n in range(MOST_PAGES + 1))).check(ROLES)


def test_two_editors_of_two_pages_both_keep_their_work() -> None:
    theirs = KEYS.changing(1, lambda page: page.adding(QuickKey(8)))
    mine = KEYS.changing(2, lambda page: page.without((0,)))

    both = merged(theirs, KEYS, mine)

    assert [list(page.products()) for page in both.pages] == [[1, 2, 5, 6, 3, 8], []]


def test_a_page_added_beside_a_change_of_another_is_kept() -> None:
    theirs = QuickKeys((*KEYS.pages, QuickPage(3, "New")))
    mine = KEYS.changing(1, lambda page: page.without((0,)))

    assert [page.title for page in merged(theirs, KEYS, mine).pages] == ["Front", "Sweets", "New"]
    assert merged(theirs, KEYS, mine).pages[0] == PAGE.without((0,))


def test_the_same_change_twice_is_one() -> None:
    mine = KEYS.changing(1, lambda page: page.without((0,)))
    assert merged(mine, KEYS, mine) == mine


@pytest.mark.parametrize(
    ("theirs", "mine"),
    [
        (KEYS.changing(1, lambda page: page.without((0,))), KEYS.changing(1, lambda page: page.without((1,)))),
        (KEYS.without(1), KEYS.changing(1, lambda page: page.without((1,)))),
        (KEYS.changing(1, lambda page: page.without((0,))), KEYS.without(1)),
        (KEYS.moving(1, 1), KEYS.without(1)),
    ],
)
def test_a_page_that_two_people_changed_is_refused(theirs: QuickKeys, mine: QuickKeys) -> None:
    with pytest.raises(MovedMeanwhile):
        merged(theirs, KEYS, mine)


def test_a_new_page_has_a_number_of_its_own() -> None:
    one = KEYS.new_id()
    assert one < 0
    assert QuickKeys((*KEYS.pages, QuickPage(one, "New"))).new_id() < one
