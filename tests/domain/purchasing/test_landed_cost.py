"""Freight and duty are shared to the last minor unit, and a bill that comes late falls on what is still owned."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.purchasing.landed_cost import (
    AdjustmentShare,
    Arrived,
    adjustment_share,
    key_of,
    share_charges,
    shared_by,
)

LINES = st.lists(
    st.builds(
        Arrived,
        st.integers(1, 10_000),
        st.one_of(st.none(), st.integers(0, 10**9)),
        st.one_of(st.none(), st.decimals(Decimal("0.001"), Decimal(100), places=3)),
    ),
    min_size=1,
    max_size=12,
)


def test_freight_is_shared_by_value_and_the_odd_fen_goes_to_the_largest_remainder() -> None:
    lines = [Arrived(24, 72_000), Arrived(6, 150_000), Arrived(1, 1_000)]

    assert share_charges(10_000, lines) == [3229, 6726, 45]
    assert shared_by(100, [1, 1, 1]) == [34, 33, 33]


def test_where_a_cost_is_not_known_weight_decides_and_without_weights_pieces() -> None:
    heavy = [Arrived(1, None, Decimal("3.0")), Arrived(1, 500, Decimal("1.0"))]

    assert (key_of(heavy), share_charges(400, heavy)) == ("weight", [300, 100])
    assert share_charges(400, [Arrived(3, None), Arrived(1, 500)]) == [300, 100]
    assert key_of([Arrived(3, 0), Arrived(1, 0)]) == "pieces"


@given(st.integers(0, 10**9), LINES)
def test_shares_add_up_to_the_charge_and_none_is_further_than_a_fen_from_its_due(
    charge: int, lines: list[Arrived]
) -> None:
    shares = share_charges(charge, lines)

    assert sum(shares) == charge
    assert all(share >= 0 for share in shares)
    if key_of(lines) == "value":
        of = sum(line.cost or 0 for line in lines)
        assert all(abs(share * of - charge * (line.cost or 0)) < of for share, line in zip(shares, lines, strict=True))


@given(st.integers(0, 10**9), st.integers(1, 10_000), st.integers(-50, 20_000))
def test_a_late_charge_is_parted_between_what_is_owned_and_what_was_sold(charge: int, came: int, owned: int) -> None:
    part = adjustment_share(charge, came, owned)

    assert part.owned + part.sold == charge
    assert part.owned >= 0 <= part.sold
    assert owned < came or part.sold == 0
    assert owned > 0 or part.owned == 0


def test_of_equal_remainders_the_earlier_line_gets_the_odd_fen() -> None:
    assert shared_by(2, [1, 1, 1, 1]) == [1, 1, 0, 0]
    assert shared_by(5, [0, 1, 1]) == [0, 3, 2]
    assert shared_by(0, [1, 2]) == [0, 0]
    assert share_charges(100, []) == []
    assert share_charges(90, [Arrived(1, 0), Arrived(1, 30)]) == [0, 90]
    assert share_charges(90, [Arrived(1, None, Decimal(1)), Arrived(2, None, Decimal(1))]) == [30, 60]
    assert share_charges(90, [Arrived(1, None, Decimal(1)), Arrived(2, None, Decimal(0))]) == [30, 60]


def test_halves_of_a_late_charge_go_to_what_is_owned() -> None:
    assert adjustment_share(1, 2, 1) == AdjustmentShare(1, 0)
    assert adjustment_share(100, 3, 1) == AdjustmentShare(33, 67)
    assert adjustment_share(100, 3, -1) == AdjustmentShare(0, 100)
    assert adjustment_share(100, 3, 4) == AdjustmentShare(100, 0)
