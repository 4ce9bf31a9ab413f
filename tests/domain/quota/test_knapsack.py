"""Keeping the most under several limits: never above them, never less than the best, always the same."""

from __future__ import annotations

from itertools import product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.quota.knapsack import pack, pack_one_of
from pos.domain.quota.meet_in_the_middle import Item

_items = st.lists(
    st.builds(Item, st.integers(0, 30), st.integers(0, 3), st.tuples(*[st.sampled_from([0, 1, 5, 7, 19])] * 3)),
    max_size=5,
)
_rooms = st.tuples(*[st.integers(0, 60)] * 3)


def _taken(items: list[Item], counts: tuple[int, ...], room: int) -> int:
    return sum(item.weights[room] * n for item, n in zip(items, counts))


@given(_items, _rooms)
def test_nothing_better_exists(items: list[Item], rooms: tuple[int, ...]) -> None:
    packing = pack(items, rooms)
    best = max(
        sum(item.profit * n for item, n in zip(items, counts))
        for counts in product(*(range(item.number + 1) for item in items))
        if all(_taken(items, counts, j) <= room for j, room in enumerate(rooms))
    )
    assert packing.proved
    assert packing.profit == best == sum(item.profit * n for item, n in zip(items, packing.counts))
    assert all(_taken(items, packing.counts, j) <= room for j, room in enumerate(rooms))


@given(_items, _rooms, st.integers(0, 60))
def test_a_spent_budget_never_claims_a_proof_that_does_not_hold(
    items: list[Item], rooms: tuple[int, ...], budget: int
) -> None:
    hasty, best = pack(items, rooms, budget), pack(items, rooms)
    assert hasty.profit <= best.profit <= hasty.bound
    assert all(_taken(items, hasty.counts, j) <= room for j, room in enumerate(rooms))
    assert not hasty.proved or hasty.profit == best.profit


def test_a_budget_ends_the_search_with_an_honest_answer() -> None:
    prices = [1_009 + 977 * i * i % 9_973 for i in range(40)]
    items = [Item(price, 1, (price,)) for price in prices]
    room = sum(prices) // 2
    packing = pack(items, [room], budget=100)
    kept = sum(price * n for price, n in zip(prices, packing.counts))
    assert kept == packing.profit <= packing.bound <= room
    assert kept > room * 99 // 100
    assert pack(items, [room], budget=100) == packing


def test_of_goods_that_earn_least_one_is_kept_where_there_is_room_for_one() -> None:
    packing = pack([Item(1, 2, (3,))], [5])

    assert (packing.counts, packing.profit) == ((1,), 1)


def test_a_million_equal_units_are_one_step() -> None:
    assert pack([Item(3, 1_000_000, (7,)), Item(2, 1_000_000, (5,))], [6_999_999]).profit == 2_999_999


def test_where_not_every_number_of_thousands_was_tried_nothing_is_proved() -> None:
    packing = pack([Item(415, 1_982, (5,)), Item(984, 8_058, (12,))], [56_214])
    best = max(415 * n + 984 * ((56_214 - 5 * n) // 12) for n in range(1_983))

    assert packing.profit < best <= packing.bound
    assert not packing.proved


@given(_items, _rooms, _rooms)
def test_of_two_ways_the_better_one_is_taken(items: list[Item], one: tuple[int, ...], other: tuple[int, ...]) -> None:
    apart = [pack(items, rooms) for rooms in (one, other)]
    together = pack_one_of([(items, one), (items, other)])
    assert together is not None
    assert together.proved
    assert together.profit == max(packing.profit for packing in apart)


def test_the_most_promising_way_is_searched_first_and_rules_the_others_out() -> None:
    items = [Item(10 + i * i % 7, 2, (3 + i % 4, 2 + i * 3 % 5)) for i in range(9)]
    poor, rich = [24, 9], [17, 40]
    alone = pack(items, rich)

    for ways in ([(items, poor), (items, rich)], [(items, rich), (items, poor)]):
        best = pack_one_of(ways)
        assert best is not None
        assert (best.profit, best.states) == (alone.profit, alone.states)


def test_a_way_that_holds_no_more_than_another_takes_nothing_of_the_budget() -> None:
    prices = [1_009 + 977 * i * i % 9_973 for i in range(40)]
    items, room = [Item(price, 1, (price,)) for price in prices], sum(prices) // 2

    assert pack_one_of([(items, [room]), (items, [room - 1])], budget=700) == pack(items, [room], budget=700)


def test_without_a_way_there_is_no_packing() -> None:
    assert pack_one_of([]) is None


def test_small_goods_are_exchanged_until_the_last_fen_of_an_allowance_is_used() -> None:
    prices = [1_009 + 977 * i * i % 9_973 for i in range(40)]
    room = sum(prices) // 2
    packing = pack([Item(price, 1, (price,)) for price in prices], [room])
    assert packing.proved
    assert packing.profit == room


@pytest.mark.parametrize("seed", range(12))
def test_small_goods_are_exchanged_within_every_limit_that_they_take_room_of(seed: int) -> None:
    luck = Random(seed)
    prices = [luck.randint(1_000, 9_999) for _ in range(20)]
    items = [Item(price, 1, (luck.choice((0, 0, 1, 4, 9)), price)) for price in prices]
    rooms = [luck.randint(5, 30), sum(prices) // 2]

    packing = pack(items, rooms, budget=700)

    assert all(_taken(items, packing.counts, j) <= room for j, room in enumerate(rooms))
    assert packing.profit == _taken(items, packing.counts, 1) <= packing.bound


def _greatest_sum(items: list[Item], room: int) -> int:
    sums = {0}
    for item in items:
        lots = [item.weights[0] * n for n in range(item.number + 1)]
        sums = {sum_ + lot for sum_ in sums for lot in lots if sum_ + lot <= room}
    return max(sums)


@pytest.mark.parametrize("seed", range(40))
def test_an_allowance_is_filled_as_far_as_the_prices_allow_though_the_search_is_cut_off(seed: int) -> None:
    luck = Random(seed)
    prices = [luck.randint(300, 9_000) for _ in range(luck.randint(6, 12))]
    items = [Item(price, luck.randint(1, 6), (price,)) for price in prices]
    room = _taken(items, tuple([item.number for item in items]), 0) * luck.randint(30, 80) // 100

    packing = pack(items, [room], budget=2_000)

    assert packing.profit == _taken(items, packing.counts, 0) == _greatest_sum(items, room) <= packing.bound
