"""What is sold below the books, expired or near its last day, and the figures of stock documents."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from pos.domain.errors import BadField
from pos.domain.stock.count_differences import MovementSinceCount, SheetEntry, counted_of, in_force
from pos.domain.stock.stock import Lot, LotBalance, check_entry
from pos.domain.stock.stock_count import (
    COUNTING,
    POSTED,
    RECOUNT,
    CountedPieces,
    StockCount,
    check_note,
    check_pieces,
    check_reason,
    check_scope,
    missing_by_lot,
)
from pos.domain.stock.stock_policy import StockPolicy
from tests.builders import MONDAY

TODAY = date(2026, 3, 2)


def refused(check: object, *given: object) -> tuple[str, str]:
    assert callable(check)
    with pytest.raises(BadField) as raised:
        check(*given)
    return raised.value.field, raised.value.what


def test_goods_are_sold_below_the_books_in_the_categories_that_allow_it() -> None:
    assert not StockPolicy(TODAY).sells_below("food.sweets")
    assert StockPolicy(TODAY, below=("food",)).sells_below("food.sweets")
    assert not StockPolicy(TODAY, below=("food",)).sells_below("drink")
    assert not StockPolicy(TODAY, below=("*",)).sells_below(None)


def test_no_expired_lot_is_sold_unless_the_shop_says_so() -> None:
    assert not StockPolicy(TODAY).sells_expired("food.sweets")
    assert not StockPolicy(TODAY).sells_expired(None)
    assert StockPolicy(TODAY, blocks=("food",)).sells_expired("drink")
    assert not StockPolicy(TODAY, blocks=("food",)).sells_expired("food.honey")
    assert not StockPolicy(TODAY, blocks=("other",)).sells_expired(None)


def test_marked_goods_are_sold_by_their_own_code() -> None:
    assert not StockPolicy(TODAY).asks_mark("tobacco.cigarette")
    assert StockPolicy(TODAY, marked=("tobacco",)).asks_mark("tobacco.cigarette")
    assert not StockPolicy(TODAY, marked=("tobacco",)).asks_mark("drink")
    assert StockPolicy(TODAY, marked=("other",)).asks_mark(None)


def test_a_last_day_is_over_on_the_day_after_and_near_from_so_many_days_before() -> None:
    policy = StockPolicy(TODAY, soon=3)
    days = [TODAY + timedelta(days=away) for away in (-1, 0, 3, 4)]

    assert [policy.is_over(day) for day in days] == [True, False, False, False]
    assert [policy.is_near(day) for day in days] == [False, True, True, False]
    assert (policy.is_over(None), policy.is_near(None)) == (False, False)
    assert [StockPolicy(TODAY).is_near(day) for day in days] == [False, True, False, False]


def entry(lot: int, pieces: int, first: int = 0, last: int = 0, *, round: int = 1) -> SheetEntry:  # noqa: A002
    return SheetEntry(lot, pieces, first, last, round)


def test_a_recount_replaces_the_lots_that_it_counts_and_all_where_one_has_no_lot() -> None:
    first, other, again = entry(1, 5), entry(2, 7), entry(1, 6, round=2)

    assert in_force([first, other]) == [first, other]
    assert in_force([first, other, again]) == [again, other]
    assert in_force([first, other, entry(0, 6, round=2)]) == [entry(0, 6, round=2)]
    assert in_force([entry(0, 1), other, again]) == [again]


def test_lots_that_were_not_counted_beside_others_are_named() -> None:
    lines, left = counted_of({1: 5, 2: 3, 3: 0}, [entry(1, 4)], [])

    assert [(line.lot, line.whole, line.expected) for line in lines] == [(1, False, 5)]
    assert left == [2]


def test_a_count_without_a_lot_is_of_the_whole_product() -> None:
    lines, left = counted_of({1: 5, 2: 3}, [entry(0, 4), entry(2, 3)], [])

    assert [(line.lot, line.whole, line.expected, line.seen) for line in lines] == [(0, True, 8, {2: 3})]
    assert left == []
    assert lines[0].counted == CountedPieces(7, 8)


def test_goods_that_have_no_lots_are_counted_as_such() -> None:
    lines, left = counted_of({0: 5}, [entry(0, 4)], [])

    assert [(line.lot, line.whole, line.expected, dict(line.seen)) for line in lines] == [(0, False, 5, {})]
    assert left == []
    came, _ = counted_of({0: 5}, [entry(0, 4, 2, 4)], [MovementSinceCount(1, 7, 3)])
    assert [line.whole for line in came] == [True]


def test_what_moved_before_during_and_after_the_count_is_kept_apart() -> None:
    moves = [MovementSinceCount(number, 1, pieces) for number, pieces in ((3, 10), (4, 2), (5, -3), (6, 50))]

    lines, _ = counted_of({1: 20}, [entry(1, 12, 3, 4), entry(1, 13, 4, 5)], moves)

    assert lines[0].counted == CountedPieces(25, 30, came=2, went=3)


def test_only_moves_of_its_own_lot_concern_a_line() -> None:
    lines, _ = counted_of({1: 20, 2: 4}, [entry(1, 20, 3, 4), entry(2, 4, 3, 4)], [MovementSinceCount(2, 1, -5)])

    assert [line.counted.books for line in lines] == [15, 4]


def test_where_the_books_may_be_right_they_stand() -> None:
    assert CountedPieces(8, 10, came=0, went=2).difference == 0
    assert CountedPieces(12, 10, came=2, went=0).difference == 0
    assert CountedPieces(7, 10, came=0, went=2).difference is None
    assert CountedPieces(13, 10, came=2, went=0).difference is None
    assert CountedPieces(7, 10).difference == -3


def test_missing_pieces_are_of_what_expires_first_and_else_of_no_lot() -> None:
    assert missing_by_lot(4, {1: 3, 2: 5, None: 2}, {}) == {1: 3, 2: 1}
    assert missing_by_lot(4, {1: 3, 2: 5}, {1: 2}) == {1: 1, 2: 3}
    assert missing_by_lot(8, {1: 3, 2: 5}, {1: 2}) == {1: 3, 2: 5}
    assert missing_by_lot(9, {1: 3, 2: 5}, {}) == {1: 3, 2: 5, None: 1}
    assert missing_by_lot(4, {1: -2, None: 1}, {}) == {None: 4}
    assert missing_by_lot(2, {None: 3}, {0: 2}) == {None: 2}
    assert missing_by_lot(0, {1: 3}, {}) == {}


def test_a_stock_take_is_counted_on_until_it_is_posted() -> None:
    take = StockCount(1, 3, COUNTING, "floor", "all", "", blind=True, at=MONDAY, person="clerk", last_move=9)

    assert take.name == "C-000003"
    assert [replace(take, state=state).is_open for state in (COUNTING, RECOUNT, POSTED)] == [True, True, False]
    assert [replace(take, state=state).round for state in (COUNTING, RECOUNT, POSTED)] == [1, 2, 1]


def test_a_scope_names_what_it_is_of() -> None:
    check_scope("all", "", ())
    check_scope("category", "drink", ())
    check_scope("shelf", "A3", ())
    check_scope("products", "", ("4870204321111",))

    assert refused(check_scope, "cellar", "", ()) == ("scope", "unknown")
    assert refused(check_scope, "category", " ", ()) == ("category", "missing")
    assert refused(check_scope, "shelf", "", ()) == ("shelf", "missing")
    assert refused(check_scope, "products", "x", ()) == ("products", "missing")


def test_a_sheet_takes_up_to_a_million_of_a_product() -> None:
    assert [check_pieces(pieces) for pieces in (0, 1_000_000)] == [0, 1_000_000]
    assert refused(check_pieces, -1) == ("quantity", "negative")
    assert refused(check_pieces, 1_000_001) == ("quantity", "too_large")


def test_a_note_and_a_reason_are_what_they_may_be() -> None:
    assert check_note(" x" + "y" * 119) == "x" + "y" * 119
    assert refused(check_note, "y" * 121) == ("note", "too_long")
    assert refused(check_note, "a\nb") == ("note", "not_a_text")
    assert check_reason("theft", ("theft",)) == "theft"
    assert refused(check_reason, "", ("theft",)) == ("reason", "missing")
    assert refused(check_reason, "rain", ("theft",)) == ("reason", "unknown")


def test_a_customs_document_has_a_number_of_at_most_40_characters() -> None:
    assert check_entry(" " + "x" * 40) == "x" * 40
    assert refused(check_entry, "x" * 41) == ("entry", "too_long")


def test_a_lot_is_named_in_the_language_of_who_looks_or_as_it_came() -> None:
    balance = LotBalance(Lot(1, 2, "L1"), "4870204321111", "Tea", 0, 0, 0, 0, 0, 0, {}, {"ru": "Чай", "kk": ""})

    assert [balance.name_in(language) for language in ("ru", "kk", "zh")] == ["Чай", "Tea", "Tea"]
