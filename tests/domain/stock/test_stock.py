"""What the pieces on hand cost, to the last unit of it; and which lots went with which line."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.stock.stock import Lot, LotPart, Worth, check_entry, check_location, check_lot, shared_out

steps = st.lists(
    st.one_of(
        st.tuples(st.just("in"), st.integers(1, 60), st.one_of(st.none(), st.integers(0, 90_000))),
        st.tuples(st.just("out"), st.integers(1, 60), st.none()),
    ),
    max_size=25,
)


def test_ten_at_five_and_ten_at_six_cost_five_and_a_half_each() -> None:
    worth = Worth(0, 0).receiving(10, 5_000).worth.receiving(10, 6_000).worth

    after, cost = worth.issuing(1)

    assert cost == 550
    assert after == Worth(19, 10_450)


@given(st.integers(0, 90_000), st.integers(1, 60), st.integers(1, 60))
def test_pieces_go_out_at_their_average_to_half_of_the_last_unit(value: int, here: int, pieces: int) -> None:
    after, cost = Worth(here, value).issuing(pieces)

    assert cost is not None
    assert abs(cost - Fraction(value * min(pieces, here), here)) <= Fraction(1, 2)
    assert after == Worth(here - pieces, value - cost)


def test_the_last_piece_takes_the_rest_and_nothing_is_left_over() -> None:
    worth = Worth(3, 1_000)
    costs = []
    for _ in range(3):
        worth, cost = worth.issuing(1)
        costs.append(cost)

    assert costs == [333, 334, 333]
    assert worth == Worth(0, 0)


def test_goods_of_unknown_cost_are_taken_to_have_cost_what_the_first_known_ones_did() -> None:
    received = Worth(48, None).receiving(100, 50_000)

    assert received.worth == Worth(148, 74_000)
    assert (received.cost, received.revaluation) == (50_000, 24_000)


def test_goods_that_come_without_a_cost_to_an_empty_shelf_make_it_unknown() -> None:
    received = Worth(0, 0).receiving(5, None)

    assert received.worth == Worth(5, None)
    assert received.worth.issuing(2) == (Worth(3, None), None)


def test_goods_sold_before_they_came_take_their_cost_with_them() -> None:
    sold, cost = Worth(0, 0).issuing(3)
    received = sold.receiving(10, 10_000)

    assert cost is None
    assert received.worth == Worth(7, 7_000)
    assert received.revaluation == -3_000


@given(steps)
def test_the_value_is_always_the_sum_of_what_movements_cost_and_of_what_was_learnt(
    moves: list[tuple[str, int, int | None]],
) -> None:
    worth, booked = Worth(0, 0), 0
    for kind, pieces, cost in moves:
        if kind == "in":
            received = worth.receiving(pieces, cost)
            worth, booked = received.worth, booked + (received.cost or 0) + received.revaluation
        else:
            worth, out = worth.issuing(pieces)
            booked -= out or 0
        assert booked == (worth.value or 0)
        assert worth.value is None or worth.value >= 0
        assert worth.value == 0 or worth.value is None or worth.pieces > 0


@given(
    st.dictionaries(st.one_of(st.none(), st.integers(1, 4)), st.integers(1, 30), min_size=1, max_size=4),
    st.one_of(st.none(), st.integers(0, 9_999)),
    st.data(),
)
def test_the_lines_of_a_sale_get_all_that_went_out_and_all_that_it_cost(
    lots: dict[int | None, int], cost: int | None, data: st.DataObject
) -> None:
    parts = [LotPart(lot, pieces, None if cost is None else cost + (lot or 0)) for lot, pieces in lots.items()]
    left, wanted = sum(lots.values()), []
    while left:
        pieces = data.draw(st.integers(1, left))
        wanted.append((pieces, data.draw(st.lists(st.sampled_from([0, *(lot for lot in lots if lot)]), max_size=2))))
        left -= pieces

    given_ = shared_out(parts, wanted)

    assert [sum(part.quantity for part in line) for line in given_] == [pieces for pieces, _ in wanted]
    for part in parts:
        mine = [one for line in given_ for one in line if one.lot == part.lot]
        assert sum(one.quantity for one in mine) == part.quantity
        assert sum(one.cost or 0 for one in mine) == (part.cost or 0)


def test_a_line_that_names_a_lot_is_served_from_it_before_the_others() -> None:
    parts = [LotPart(1, 2, 200), LotPart(2, 1, 100)]

    first, second = shared_out(parts, [(2, ()), (1, (2,))])

    assert second == [LotPart(2, 1, 100)]
    assert first == [LotPart(1, 2, 200)]


def test_no_line_is_booked_with_more_than_went_out() -> None:
    with pytest.raises(AssertionError, match="more was sold"):
        shared_out([LotPart(1, 2, 200)], [(2, ()), (1, ())])


def test_a_lot_may_be_sold_on_its_last_day() -> None:
    lot = Lot(1, 1, "A1126", date(2026, 11, 24))

    assert not lot.is_expired(date(2026, 11, 24))
    assert lot.is_expired(date(2026, 11, 25))


@pytest.mark.parametrize(
    ("text", "what"), [("L" * 21, "too_long"), ("A\x1bB", "not_a_text"), ("\u202eABC", "not_a_text")]
)
def test_what_cannot_be_a_lot_is_refused(text: str, what: str) -> None:
    with pytest.raises(BadField) as refused:
        check_lot(text)

    assert (refused.value.field, refused.value.what) == ("lot", what)
    assert check_lot(" A1126 ") == "A1126"
    assert check_lot("L" * 20) == "L" * 20


def test_the_number_of_a_customs_document_has_at_most_forty_characters() -> None:
    assert check_entry(" " + "5" * 40) == "5" * 40
    with pytest.raises(BadField) as refused:
        check_entry("5" * 41)
    assert (refused.value.field, refused.value.what) == ("entry", "too_long")


def test_goods_lie_on_the_floor_in_the_store_room_or_apart() -> None:
    assert check_location("store") == "store"
    with pytest.raises(BadField):
        check_location("moon")


def test_what_is_undone_takes_out_what_it_brought_in_as_far_as_that_is_left() -> None:
    assert Worth(4, 900).issuing(3, 800) == (Worth(1, 100), 800)
    assert Worth(4, 900).issuing(3, 1_000) == (Worth(1, 0), 900)
    assert Worth(3, 900).issuing(3, 800) == (Worth(0, 0), 900), "the last pieces take all of it"
    assert Worth(3, None).issuing(2, 800) == (Worth(1, None), None)
