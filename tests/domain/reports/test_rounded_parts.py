"""The parts of a whole in per cent: together always all of it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.money import Money
from pos.domain.reports.rounded_parts import parts_of_whole, whole_units
from tests.horgos import CNY


def amounts(*minor: int) -> list[Money]:
    return [Money(one, CNY) for one in minor]


@pytest.mark.parametrize(
    ("minor", "of", "parts"),
    [
        ((1, 1, 1), 100, [34, 33, 33]),
        ((5, 995), 100, [1, 99]),
        ((4, 996), 100, [0, 100]),
        ((335, 335, 330), 100, [34, 33, 33]),
        ((335, 335, 330), 1000, [335, 335, 330]),
        ((-100, 300), 100, [-50, 150]),
        ((0, 0), 100, [0, 0]),
        ((), 100, []),
    ],
)
def test_the_odd_per_cent_goes_to_the_part_that_lost_most(minor: tuple[int, ...], of: int, parts: list[int]) -> None:
    assert parts_of_whole(amounts(*minor), of) == parts


def test_parts_are_per_cent_unless_others_are_asked_for() -> None:
    assert parts_of_whole(amounts(1, 1, 1)) == [34, 33, 33]


@given(st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=12), st.sampled_from([100, 1000]))
def test_parts_add_up_to_all_of_it_and_none_is_off_by_a_whole_one(minor: list[int], of: int) -> None:
    parts = parts_of_whole(amounts(*minor), of)
    whole = sum(minor)

    assert sum(parts) == (of if whole else 0)
    assert all(abs(part * whole - one * of) < abs(whole) for part, one in zip(parts, minor, strict=True) if whole)


@pytest.mark.parametrize(
    ("minor", "units"),
    [
        ((94_050, 53_650), [941, 536]),
        ((150, 250), [2, 2]),
        ((100_000, -99_960), [1000, -1000]),
        ((49,), [0]),
        ((), []),
    ],
)
def test_whole_units_add_up_to_their_sum_in_whole_units(minor: tuple[int, ...], units: list[int]) -> None:
    assert whole_units(amounts(*minor)) == units


@given(st.lists(st.integers(-(10**9), 10**9), max_size=12))
def test_no_amount_is_off_by_a_whole_unit(minor: list[int]) -> None:
    units = whole_units(amounts(*minor))

    assert sum(units) == (sum(minor) + 50) // 100 or sum(minor) < 0
    assert all(abs(100 * unit - one) < 100 for unit, one in zip(units, minor, strict=True))
