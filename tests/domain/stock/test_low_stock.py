"""For how long goods last, from what really sold on the days on which there were any."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.stock.low_stock import BELOW_POINT, NONE_LEFT, SOON, Cover, Flow, days_on_hand


@pytest.mark.parametrize(
    ("owned", "flows", "expected"),
    [
        (5, (), 28),
        (0, (), 0),
        (0, (Flow(3, -4, 4),), 25),  # sold out three days ago: the three days since do not count
        (10, (Flow(2, 10, 0, came=True),), 3),  # came two days ago
        (0, (Flow(0, 0, 4, came=True),), 1),  # came and was sold today
        (6, (Flow(1, -2, 2), Flow(10, 8, 0, came=True)), 11),
    ],
)
def test_days_without_stock_do_not_make_goods_look_slow(owned: int, flows: tuple[Flow, ...], expected: int) -> None:
    assert days_on_hand(owned, 28, flows) == expected


flows_of_a_month = st.dictionaries(
    st.integers(0, 27), st.tuples(st.integers(-3, 3), st.integers(-1, 2), st.booleans()), max_size=8
).map(lambda by_day: [Flow(back, *moved) for back, moved in sorted(by_day.items())])


@given(st.integers(-2, 4), flows_of_a_month)
def test_a_day_counts_on_which_there_was_some_or_some_came_or_was_sold(owned: int, flows: list[Flow]) -> None:
    by_day = {flow.back: flow for flow in flows}
    evening, counted = owned, 0
    for back in range(28):
        flow = by_day.get(back, Flow(back, 0, 0))
        morning = evening - flow.net
        counted += morning > 0 or evening > 0 or flow.came or flow.sold > 0
        evening = morning

    assert days_on_hand(owned, 28, flows) == counted


def test_the_pace_is_exact_and_the_days_follow_from_it() -> None:
    cover = Cover(available=10, coming=0, sold=7, days=3, cover=14)

    assert cover.per_day == Fraction(7, 3)
    assert cover.days_left == Fraction(30, 7)
    assert (cover.is_low, cover.proposal, cover.urgency) == (True, 23, SOON)


@pytest.mark.parametrize(
    ("cover", "proposal"),
    [
        (Cover(0, 0, 0, 28, 14, reorder_point=5), 6),
        (Cover(5, 0, 0, 28, 14, reorder_point=5), 1),
        (Cover(6, 0, 0, 28, 14, reorder_point=5), 0),
        (Cover(3, 2, 0, 28, 14, reorder_point=5, carton=8), 8),
        (Cover(3, 3, 0, 28, 14, reorder_point=5), 0),
        (Cover(0, 0, 28, 28, 14, reorder_point=2, carton=6), 18),
        (Cover(14, 0, 28, 28, 14), 0),
        (Cover(13, 0, 28, 28, 14), 1),
        (Cover(0, 14, 28, 28, 14), 0),
        (Cover(-2, 0, 28, 28, 14), 16),
    ],
)
def test_an_order_fills_up_to_the_days_and_the_point_in_whole_cartons(cover: Cover, proposal: int) -> None:
    assert cover.proposal == proposal
    assert cover.is_low == (proposal > 0)


def test_what_is_gone_comes_before_what_is_short_and_what_only_reached_its_point() -> None:
    gone, short, reached = Cover(0, 0, 28, 28, 14), Cover(3, 0, 28, 28, 14), Cover(4, 0, 0, 28, 14, reorder_point=5)

    assert [one.urgency for one in (gone, short, reached)] == [NONE_LEFT, SOON, BELOW_POINT]
    assert sorted((reached, short, gone), key=lambda one: one.order) == [gone, short, reached]


@given(
    st.integers(-5, 500), st.integers(0, 200), st.integers(0, 900), st.integers(1, 28), st.integers(1, 60),
    st.one_of(st.none(), st.integers(0, 300)), st.integers(1, 48),
)  # fmt: skip
def test_after_the_order_has_come_nothing_is_low_and_no_carton_was_too_many(
    available: int, coming: int, sold: int, days: int, cover: int, point: int | None, carton: int
) -> None:
    before = Cover(available, coming, sold, days, cover, point, carton)
    after = Cover(available, coming + before.proposal, sold, days, cover, point, carton)

    assert not after.is_low
    assert replace(before, coming=0, making=coming).proposal == before.proposal
    assert before.proposal % carton == 0
    if before.is_low:
        wanted = before.per_day * cover + (point or 0) + 1
        assert available + coming + before.proposal - carton < wanted or before.proposal == carton
