"""Keeping the most under several limits: never above them, never less than the best, always the same."""

from __future__ import annotations

from itertools import product

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.quota.knapsack import Item, pack

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


def test_a_budget_ends_the_search_with_an_honest_answer() -> None:
    prices = [1_009 + 977 * i * i % 9_973 for i in range(40)]
    items = [Item(price, 1, (price,)) for price in prices]
    room = sum(prices) // 2
    packing = pack(items, [room], budget=100)
    kept = sum(price * n for price, n in zip(prices, packing.counts))
    assert kept == packing.profit <= packing.bound <= room
    assert kept > room * 99 // 100
    assert pack(items, [room], budget=100) == packing


def test_a_million_equal_units_are_one_step() -> None:
    assert pack([Item(3, 1_000_000, (7,)), Item(2, 1_000_000, (5,))], [6_999_999]).profit == 2_999_999
