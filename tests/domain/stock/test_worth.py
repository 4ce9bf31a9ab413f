"""What pieces on hand cost at the bounds: holes, unknown costs, last pieces; and how urgent an order is."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest

from pos.domain.stock.low_stock import BELOW_POINT, ENOUGH, NONE_LEFT, SOON, Cover, Flow, days_on_hand
from pos.domain.stock.stock import Lot, LotPart, Received, Worth, shared_out


def test_what_goes_out_takes_its_share_rounded_half_up() -> None:
    assert Worth(4, 10).issuing(1) == (Worth(3, 7), 3)  # 2.5
    assert Worth(4, 10).issuing(4) == (Worth(0, 0), 10)
    assert Worth(4, 10).issuing(5) == (Worth(-1, 0), 10)
    assert Worth(0, 7).issuing(1) == (Worth(-1, 7), None)
    assert Worth(-1, 7).issuing(1) == (Worth(-2, 7), None)
    assert Worth(1, 7).issuing(1) == (Worth(0, 0), 7)
    assert Worth(4, None).issuing(1) == (Worth(3, None), None)


@pytest.mark.parametrize(
    ("before", "pieces", "cost", "after"),
    [
        (Worth(4, 10), 2, 8, Received(Worth(6, 18), 8, 0)),
        (Worth(0, 3), 2, 8, Received(Worth(2, 11), 8, 0)),
        (Worth(0, 0), 2, 8, Received(Worth(2, 8), 8, 0)),
        (Worth(4, None), 2, 8, Received(Worth(6, 24), 8, 16)),
        (Worth(0, None), 2, 8, Received(Worth(2, 8), 8, 0)),
        (Worth(-1, None), 2, 8, Received(Worth(1, 4), 8, -4)),
        (Worth(-3, None), 2, 8, Received(Worth(-1, 0), 8, -8)),
        (Worth(-1, 0), 2, 8, Received(Worth(1, 4), 8, -4)),
        (Worth(-1, 5), 2, 8, Received(Worth(1, 4), 8, -9)),
        (Worth(-3, 0), 2, 8, Received(Worth(-1, 0), 8, -8)),
        (Worth(4, 10), 1, None, Received(Worth(5, 13), 3, 0)),
        (Worth(1, 10), 1, None, Received(Worth(2, 20), 10, 0)),
        (Worth(4, None), 1, None, Received(Worth(5, None), None, 0)),
        (Worth(0, 0), 1, None, Received(Worth(1, None), None, 0)),
        (Worth(0, 5), 1, None, Received(Worth(1, None), None, -5)),
        (Worth(-1, 0), 1, None, Received(Worth(0, 0), None, 0)),
        (Worth(-3, 2), 1, None, Received(Worth(-2, 2), None, 0)),
        (Worth(-1, 2), 2, None, Received(Worth(1, None), None, -2)),
    ],
)
def test_what_comes_in_has_its_cost_and_changes_the_value_of_the_others_as_little_as_can_be(
    before: Worth, pieces: int, cost: int | None, after: Received
) -> None:
    assert before.receiving(pieces, cost) == after


def test_a_cost_learnt_later_is_added_where_the_cost_is_known() -> None:
    assert Worth(4, 10).revalued(5) == Worth(4, 15)
    assert Worth(4, None).revalued(5) == Worth(4, None)


def test_lines_get_their_lots_and_their_costs() -> None:
    parts = [LotPart(1, 3, 10), LotPart(None, 2, None)]

    assert shared_out(parts, [(5, ())]) == [parts]
    assert shared_out([*parts, LotPart(2, 0, 0)], [(5, ())]) == [parts]
    assert shared_out(parts, [(1, ()), (4, ())]) == [
        [LotPart(1, 1, 3)],
        [LotPart(1, 2, 7), LotPart(None, 2, None)],
    ]
    assert shared_out(parts, [(2, ()), (2, (1,)), (1, (9,))]) == [
        [LotPart(1, 1, 3), LotPart(None, 1, None)],
        [LotPart(1, 2, 7)],
        [LotPart(None, 1, None)],
    ]
    assert shared_out(parts, [(3, (1,)), (2, ())]) == [[LotPart(1, 3, 10)], [LotPart(None, 2, None)]]
    assert shared_out(parts, [(5, (1,))]) == [parts]


def test_a_lot_without_a_last_day_never_expires() -> None:
    today = date(2026, 3, 2)

    assert not Lot(1, 2, "L1").is_expired(today)
    assert not Lot(1, 2, "L1", today).is_expired(today)
    assert Lot(1, 2, "L1", date(2026, 3, 1)).is_expired(today)


def test_only_days_on_which_something_was_there_count_for_the_pace() -> None:
    assert days_on_hand(5, 30, []) == 30
    assert days_on_hand(0, 30, []) == 0
    assert days_on_hand(5, 30, [Flow(0, 5, 0, came=True)]) == 1
    assert days_on_hand(5, 30, [Flow(9, 5, 0, came=True)]) == 10
    assert days_on_hand(0, 30, [Flow(9, -5, 5)]) == 21
    assert days_on_hand(0, 30, [Flow(9, -5, 5), Flow(19, 5, 0, came=True)]) == 11
    assert days_on_hand(0, 30, [Flow(3, 0, 2, came=True)]) == 1
    assert days_on_hand(0, 30, [Flow(3, 0, 2)]) == 1
    assert days_on_hand(0, 30, [Flow(3, 0, 0)]) == 0
    assert days_on_hand(2, 30, [Flow(0, -1, 1), Flow(29, -1, 1)]) == 30


def cover(available: int, coming: int = 0, *, sold: int = 30, point: int | None = None, carton: int = 1) -> Cover:
    return Cover(available, coming, sold, 30, 9, point, carton)


def test_what_sells_one_a_day_is_low_below_the_days_to_cover_or_at_its_point() -> None:
    assert [cover(there).is_low for there in (8, 9)] == [True, False]
    assert [cover(8, coming).is_low for coming in (0, 1)] == [True, False]
    assert [cover(there, point=20).is_low for there in (20, 21)] == [True, False]
    assert [cover(there, sold=0).is_low for there in (0, 1)] == [False, False]
    assert [cover(there, sold=0, point=0).is_low for there in (0, 1)] == [True, False]


def test_an_order_fills_up_the_days_and_the_point() -> None:
    assert cover(9).proposal == 0
    assert cover(8).proposal == 1
    assert cover(2, 3).proposal == 4
    assert cover(2, 3, carton=6).proposal == 6
    assert cover(0, carton=6).proposal == 12
    assert cover(4, point=5).proposal == 10
    assert cover(5, sold=0, point=5).proposal == 1
    assert cover(0, sold=0, point=0).proposal == 1


def test_the_urgency_says_what_is_gone_what_goes_soon_and_what_is_only_low() -> None:
    assert [cover(there).urgency for there in (-1, 0, 1, 2, 3, 8, 9)] == [
        NONE_LEFT, NONE_LEFT, SOON, SOON, BELOW_POINT, BELOW_POINT, ENOUGH,
    ]  # fmt: skip
    assert cover(1, sold=0).urgency == ENOUGH
    assert cover(1, sold=0, point=1).urgency == BELOW_POINT


def test_the_most_urgent_stand_first() -> None:
    none = Fraction(0)

    assert cover(0).order == (0, none, Fraction(-1))
    assert cover(1).order == (1, Fraction(1), Fraction(-1))
    assert cover(3, sold=60).order == (1, Fraction(3, 2), Fraction(-2))
    assert cover(3, sold=0, point=4).order == (2, Fraction(3, 4), none)
    assert cover(3, sold=0, point=0).order == (2, Fraction(3), none)
    assert cover(3, sold=0).order == (2, Fraction(3), none)


def test_without_sales_or_days_there_is_no_pace() -> None:
    assert (cover(3, sold=0).per_day, cover(3, sold=0).days_left) == (Fraction(0), None)
    assert cover(3, sold=-2).per_day == 0
    assert Cover(3, 0, 4, 0, 9).per_day == 0
    assert Cover(3, 0, 1, 1, 9).per_day == 1
    assert cover(-3).days_left == 0
