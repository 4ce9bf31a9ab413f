"""Recipes: which version holds, what a batch needs after the usual loss, and what can be made of what is there."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.workshop.batch import last_day
from pos.domain.workshop.recipe import (
    Recipe,
    RecipeInput,
    RecipeNotYet,
    RecipeWithdrawn,
    check_loss,
    check_quantity,
    check_recipe_name,
    check_shelf_days,
    check_work,
    in_force,
    read_recipe_name,
    shown_of,
    usable,
)
from tests.horgos import CNY

MARCH = date(2026, 3, 2)
BARS, BOX = 11, 12


def a_recipe(
    version: int = 1,
    valid_from: date = MARCH,
    *,
    quantity: int = 10,
    loss: int = 0,
    work: int = 15_00,
    shelf_days: int | None = None,
    inputs: tuple[RecipeInput, ...] = (RecipeInput(BARS, 60), RecipeInput(BOX, 10)),
    withdrawn: bool = False,
) -> Recipe:
    """Ten gift boxes of sixty bars."""
    return Recipe(
        3, version, valid_from, "Gift box", 10, quantity, inputs, loss, Money(work, CNY), shelf_days, withdrawn
    )


def test_a_batch_needs_its_share_of_the_recipe_in_whole_pieces() -> None:
    assert a_recipe().needed(25) == (RecipeInput(BARS, 150), RecipeInput(BOX, 25))
    assert a_recipe(inputs=(RecipeInput(BARS, 1),)).needed(11) == (RecipeInput(BARS, 2),)


def test_the_usual_loss_is_needed_on_top() -> None:
    """Of 1,000 pieces 20 are spoiled: 60 bars ÷ 0.98 are 61.2, so 62 bars."""
    assert a_recipe(loss=20).needed(10) == (RecipeInput(BARS, 62), RecipeInput(BOX, 11))


def test_the_work_counts_by_the_pieces_that_are_planned() -> None:
    assert a_recipe(work=10_01).work_of(5) == Money(5_01, CNY)  # 5.005, half up
    assert a_recipe().work_of(30) == Money(45_00, CNY)


@given(
    planned=st.integers(1, 500),
    quantity=st.integers(1, 50),
    loss=st.integers(0, 400),
    pieces=st.lists(st.integers(1, 99), min_size=1, max_size=4),
)
def test_what_a_batch_needs_is_enough_for_it_and_a_piece_less_is_not(
    planned: int, quantity: int, loss: int, pieces: list[int]
) -> None:
    recipe = a_recipe(quantity=quantity, loss=loss, inputs=tuple(RecipeInput(at, n) for at, n in enumerate(pieces)))
    needed = [one.quantity for one in recipe.needed(planned)]
    assert recipe.made_of(needed) >= planned
    assert recipe.made_of([needed[0] - 1, *needed[1:]]) < planned
    assert recipe.made_of([-1] * len(needed)) == 0


def test_a_version_holds_from_its_day_until_the_next() -> None:
    first, second = a_recipe(), a_recipe(2, date(2026, 4, 1), quantity=12)
    again = a_recipe(3, date(2026, 4, 1), quantity=14)
    assert in_force([second, first], date(2026, 3, 31)) == first
    assert in_force([second, again, first], date(2026, 4, 1)) == again
    assert in_force([first], date(2026, 3, 1)) is None


def test_nothing_is_made_before_the_first_day_or_after_it_was_withdrawn() -> None:
    versions = [a_recipe(), a_recipe(2, date(2026, 5, 1), withdrawn=True)]
    assert usable(versions, date(2026, 4, 30)).version == 1
    with pytest.raises(RecipeNotYet) as early:
        usable(versions, date(2026, 3, 1))
    assert early.value.facts() == {"recipe": "W-000003", "valid_from": MARCH, "day": date(2026, 3, 1)}
    with pytest.raises(RecipeWithdrawn) as late:
        usable(versions, date(2026, 5, 1))
    assert late.value.since == date(2026, 5, 1)


def test_a_withdrawn_recipe_does_not_come_back_by_an_older_version_of_a_later_day() -> None:
    first, later = a_recipe(), a_recipe(2, date(2026, 4, 1))
    gone = a_recipe(3, date(2026, 3, 10), withdrawn=True)
    versions = [first, later, gone]
    assert [in_force(versions, date(2026, month, 9)) for month in (3, 4)] == [first, gone]
    with pytest.raises(RecipeWithdrawn):
        usable(versions, date(2026, 6, 1))
    again = a_recipe(4, date(2026, 5, 1))
    assert in_force([*versions, again], date(2026, 5, 1)) == again
    same_day = a_recipe(5, date(2026, 3, 10))
    assert in_force([*versions, same_day], date(2026, 4, 2)) == same_day


def test_a_recipe_that_is_still_to_come_is_withdrawn_before_it_begins() -> None:
    versions = [a_recipe(1, date(2026, 4, 1)), a_recipe(2, MARCH, withdrawn=True)]
    for day in (MARCH, date(2026, 4, 1), date(2026, 3, 1)):
        with pytest.raises(RecipeWithdrawn):
            usable(versions, day)


def test_before_its_first_day_a_recipe_is_the_version_with_which_it_begins() -> None:
    versions = [a_recipe(1, date(2026, 4, 2)), a_recipe(2, date(2026, 4, 1)), a_recipe(3, date(2026, 4, 1))]
    assert shown_of(versions, MARCH).version == 3
    assert shown_of(versions, date(2026, 4, 2)).version == 1


def test_goods_keep_by_the_recipe_or_as_long_as_their_first_input() -> None:
    ends = [date(2026, 9, 1), None, date(2026, 6, 1)]
    assert last_day(a_recipe(shelf_days=30), MARCH, ends) == MARCH + timedelta(days=30)
    assert last_day(a_recipe(), MARCH, ends) == date(2026, 6, 1)
    assert last_day(a_recipe(), MARCH, [None]) is None


def test_what_no_recipe_can_be_is_refused_with_its_field() -> None:
    assert (read_recipe_name("w-3"), read_recipe_name(" 12 ")) == (3, 12)
    assert check_recipe_name("  Gift box ") == "Gift box"
    assert check_shelf_days(None) is None
    for refused in (
        lambda: read_recipe_name("B-1"),
        lambda: check_recipe_name(" "),
        lambda: check_recipe_name("x" * 61),
        lambda: check_recipe_name("a\nb"),
        lambda: check_quantity(0),
        lambda: check_quantity(1_000_001),
        lambda: check_loss(1_000),
        lambda: check_loss(-1),
        lambda: check_shelf_days(-1),
        lambda: check_work(Money(-1, CNY)),
    ):
        with pytest.raises(BadField):
            refused()
