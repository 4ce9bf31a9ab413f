"""Which notes make an amount: the nearest from below, and exactly it wherever the notes allow."""

from __future__ import annotations

from itertools import islice, product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import CURRENCIES
from pos.domain.payment.banknotes import added, best_notes, other_ways, worth

AMOUNTS = st.integers(0, 40) | st.integers(0, 1500)
DRAWERS = st.dictionaries(st.sampled_from([0, 1, 2, 5, 10, 20, 50, 70, 100, 200]), st.integers(-2, 4), max_size=5)


@given(AMOUNTS, DRAWERS)
def test_nothing_nearer_can_be_made(amount: int, at_hand: dict[int, int]) -> None:
    notes = best_notes(amount, at_hand)

    assert all(0 < count <= at_hand[value] for value, count in notes.items())
    values = [value for value, count in at_hand.items() if count > 0]
    assert list(notes) == sorted(notes, reverse=True)
    every = product(*(range(at_hand[value] + 1) for value in values))
    nearest = max(s for s in (sum(v * n for v, n in zip(values, counts)) for counts in every) if s <= amount)
    assert worth(notes) == nearest


def test_the_largest_come_first_and_a_lacking_one_is_made_of_smaller_ones() -> None:
    assert best_notes(315_000, {200_000: 1, 100_000: 3, 10_000: 9, 5_000: 9}) == {
        200_000: 1,
        100_000: 1,
        10_000: 1,
        5_000: 1,
    }
    assert best_notes(6_000, {5_000: 1, 2_000: 3}) == {2_000: 3}  # the fifty would leave ten over
    assert best_notes(1_235, {1_000: 5, 100: 5, 10: 5}) == {1_000: 1, 100: 2, 10: 3}
    assert best_notes(6, {5: 1, 2: 3}) == {2: 3}
    assert best_notes(1, {1: 1}) == {1: 1}
    assert best_notes(1_150, {1_000: 1, 500: 2, 200: 1}) == {1_000: 1}  # two five hundreds come no nearer
    assert best_notes(99, {}) == {}


@pytest.mark.parametrize("code", CURRENCIES)
def test_a_full_drawer_answers_at_once_even_where_the_rest_cannot_be_made(code: str) -> None:
    drawer = dict.fromkeys(CURRENCIES[code].denominations, 97)

    for amount in (1, 999_999, 123_456_789, 48_737_373):
        assert worth(best_notes(amount, drawer)) <= amount


def test_a_barcode_typed_as_an_amount_does_not_keep_the_till_searching() -> None:
    tendered = {10_000: 10**10, 2_000: 1}  # 999,999,999,900.00 yuan in hundreds, and a twenty

    assert worth(best_notes(99_999_999_988_770, tendered)) == 99_999_999_982_000
    without_end = tendered | {5_000: 10**10}  # no number of hundreds ends the search: fifties make up for each
    assert worth(best_notes(99_999_999_988_770, without_end)) == 99_999_999_987_000


def test_nothing_is_proposed_of_a_note_that_is_used_up_or_of_no_worth() -> None:
    assert best_notes(3, {0: 4, 1: 2, 2: 0, 3: -1}) == {1: 2}
    assert list(other_ways({2: 1, 1: 0}, {2: 1, 1: 2})) == [{1: 2}]


def test_piles_are_put_together() -> None:
    assert added({100: 2, 50: 1}, {100: 1}, {}) == {100: 3, 50: 1}


def test_who_lacks_a_coin_is_offered_the_same_amount_without_it() -> None:
    at_hand = {5_000: 1, 2_000: 5, 1_000: 9, 500: 4}

    ways = list(other_ways({5_000: 1, 1_000: 1}, at_hand))

    assert ways[0] == {5_000: 1, 500: 2}
    assert {2_000: 3} in ways
    assert list(other_ways({100: 1}, {100: 1})) == []


@given(AMOUNTS, DRAWERS)
def test_every_other_way_comes_to_the_same_and_is_reported_once(amount: int, at_hand: dict[int, int]) -> None:
    first = best_notes(amount, at_hand)

    ways = list(islice(other_ways(first, at_hand), 20))

    assert all(worth(way) == worth(first) for way in ways)
    assert all(0 < count <= at_hand[value] for way in ways for value, count in way.items())
    assert all(way not in ([first, *ways[:index]]) for index, way in enumerate(ways))
