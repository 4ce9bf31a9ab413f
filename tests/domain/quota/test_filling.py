"""Allowances filled from one heap of goods: what is held always fits, nothing is lost, and nothing earns more."""

from __future__ import annotations

from itertools import product
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.quota.filling import Allowance, AllowanceHoldings, Filling, FillingWay, to_the_brim
from pos.domain.quota.refilling import Refilling

Problem = tuple[list[Allowance], list[int], list[int]]


@st.composite
def problems(draw: st.DrawFn, most: int) -> Problem:
    """Up to three allowances of two sums, and up to `most` units of goods that take room of one sum or of both."""
    kinds = draw(st.integers(1, 4))
    numbers = [draw(st.integers(0, 3)) for _ in range(kinds)]
    while sum(numbers) > most:
        numbers[numbers.index(max(numbers))] -= 1
    profits = [draw(st.integers(1, 40)) for _ in range(kinds)]
    weights = {
        kind: draw(st.sampled_from([(9, 0), (13, 0), (4, 0), (7, 5), (0, 6), (0, 2), (11, 1)])) for kind in range(kinds)
    }
    allowances = []
    for _ in range(draw(st.integers(2, 3))):
        barred = draw(st.sets(st.integers(0, kinds - 1), max_size=1))
        takes = {kind: each for kind, each in weights.items() if kind not in barred}
        rooms = (draw(st.integers(0, 30)), draw(st.integers(0, 12)))
        plain = tuple(frozenset(k for k, w in takes.items() if w[j] and not w[1 - j]) for j in range(2))
        allowances.append(Allowance((FillingWay(takes, rooms),), 2, plain))
    return allowances, numbers, profits


def _most(problem: Problem) -> int:
    """The most that any sharing earns: every one of them is tried."""
    allowances, numbers, profits = problem
    units = [kind for kind, n in enumerate(numbers) for _ in range(n)]
    best = 0
    for indexes in product(range(-1, len(allowances)), repeat=len(units)):
        earned = sum(profits[kind] for kind, index in zip(units, indexes) if index >= 0)
        if earned > best and all(_fits(one, i, units, indexes) for i, one in enumerate(allowances)):
            best = earned
    return best


def _fits(allowance: Allowance, index: int, units: list[int], indexes: tuple[int, ...]) -> bool:
    way = allowance.ways[0]
    mine = [kind for kind, where in zip(units, indexes) if where == index]
    if any(kind not in way.takes for kind in mine):
        return False
    return all(sum(way.takes[kind][j] for kind in mine) <= room for j, room in enumerate(way.rooms))


@given(problems(6))
def test_no_sharing_of_few_goods_earns_more(problem: Problem) -> None:
    allowances, numbers, profits = problem
    search = Refilling(allowances, numbers, profits)
    most = _most(problem)
    for _ in search.steps(40_000, most):
        pass
    assert search.best.profit == most


@given(problems(12), st.integers(0, 9))
def test_what_is_held_fits_and_no_unit_is_lost(problem: Problem, seed: int) -> None:
    allowances, numbers, profits = problem
    filling, luck = Filling(allowances, numbers, profits), Random(seed)
    for _ in range(12):
        one, two = luck.sample(range(len(allowances)), 2)
        filling.pour(one, two, luck.randrange(2), luck)
        filling.refill(luck.choice((one, two)))
        filling.repack(luck.sample(range(len(allowances)), luck.randint(2, len(allowances))), luck)
        for kind, number in enumerate(numbers):
            assert filling.rest[kind] + sum(share.get(kind, 0) for share in filling.shares) == number
        assert all(filling.room(index, j) >= 0 for index in range(len(allowances)) for j in range(2))
        assert all(kind in filling.way(index).takes for index, share in enumerate(filling.shares) for kind in share)


def test_room_that_is_left_in_two_comes_together_in_one() -> None:
    weights = {0: (30,), 1: (40,), 2: (25,), 3: (50,), 4: (20,)}
    allowance = Allowance((FillingWay(weights, (90,)),), 1, (frozenset(weights),))
    filling = Filling([allowance, allowance], [1, 1, 1, 1, 0], [30, 40, 25, 50, 20])
    filling.pour(0, 1, 0, Random(1))
    assert sorted(filling.room(index, 0) for index in range(2)) == [0, 35]


def test_a_unit_that_stayed_out_comes_in_where_two_share_out_again_what_they_hold() -> None:
    """Neither has room for it, and filling one of them from the rest, or one from the other, makes none."""
    weights = {0: (60,), 1: (30,), 2: (70,), 3: (20,), 4: (20,)}
    allowance = Allowance((FillingWay(weights, (100,)),), 1, (frozenset(weights),))
    filling = Filling([allowance, allowance], [1] * 5, [60, 30, 70, 20, 40])
    filling.restore(AllowanceHoldings(({0: 1, 1: 1}, {2: 1, 3: 1}), (0, 0), 180))
    filling.repack([0, 1], Random(1))
    assert filling.profit == 220
    assert not any(filling.rest)


def test_bottles_change_hands_where_goods_of_two_sums_are_shared_out_again() -> None:
    weights = {0: (5, 700), 1: (5, 700), 2: (5, 1_000), 3: (5, 500)}
    allowance = Allowance((FillingWay(weights, (100, 1_500)),), 2, (frozenset(), frozenset()))
    filling = Filling([allowance, allowance], [1] * 4, [9, 9, 9, 9])
    filling.restore(AllowanceHoldings(({0: 1, 3: 1}, {1: 1}), (0, 0), 27))
    filling.repack([0, 1], Random(1))
    assert filling.profit == 36


@given(st.lists(st.integers(1, 30), max_size=7), st.integers(0, 60))
def test_no_choice_of_lots_fills_a_room_better(weights: list[int], room: int) -> None:
    chosen, _ = to_the_brim(weights, room)
    sums = [sum(w for w, taken in zip(weights, choice) if taken) for choice in product((0, 1), repeat=len(weights))]
    assert sum(weights[lot] for lot in chosen) == max(total for total in sums if total <= room)


def test_a_search_that_is_stuck_gives_up_what_it_has_for_something_better() -> None:
    luck = Random(7)
    weights = {kind: (luck.randint(150, 500),) for kind in range(40)}
    profits = [w[0] * (20 if kind % 3 else 13) for kind, w in weights.items()]
    allowance = Allowance((FillingWay(weights, (1_000,)),), 1, (frozenset(weights),))
    search = Refilling([allowance] * 8, [1] * 40, profits)
    earned = [search.best.profit]
    for better in search.steps(60_000, sum(profits)):
        assert better == (search.best.profit > earned[-1])
        earned.append(search.best.profit)
    assert earned[-1] > earned[0]
    assert earned == sorted(earned)
