"""When a difference between the shelf and the books is one, while the shop sells."""

from __future__ import annotations

from dataclasses import dataclass, field

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.stock.count_differences import OF_ANY, MovementSinceCount, SheetEntry, counted_of, in_force
from pos.domain.stock.stock_count import CountedPieces, missing_by_lot


def test_sold_after_it_was_counted_is_no_difference() -> None:
    # the books have 10; 10 were counted at movement 4; movement 5 sold one
    [line], _ = counted_of({OF_ANY: 10}, [SheetEntry(OF_ANY, 10, 4, 4)], [MovementSinceCount(5, OF_ANY, -1)])
    assert line.counted.difference == 0


def test_sold_before_it_was_counted_is_no_difference() -> None:
    [line], _ = counted_of({OF_ANY: 10}, [SheetEntry(OF_ANY, 9, 5, 5)], [MovementSinceCount(5, OF_ANY, -1)])
    assert line.counted.difference == 0


def test_what_is_missing_is_missing_whatever_was_sold_before_and_after() -> None:
    moves = [MovementSinceCount(5, OF_ANY, -1), MovementSinceCount(6, OF_ANY, 3), MovementSinceCount(9, OF_ANY, -2)]
    [line], _ = counted_of({OF_ANY: 10}, [SheetEntry(OF_ANY, 8, 6, 6)], moves)
    assert line.counted.difference == -4


def test_sold_while_it_was_counted_the_books_stand_where_they_can_be_right() -> None:
    assert CountedPieces(10, books=10, went=1).difference == 0
    assert CountedPieces(9, books=10, went=1).difference == 0


def test_sold_while_it_was_counted_and_wrong_either_way_it_is_counted_again() -> None:
    pieces = CountedPieces(7, books=10, went=1)
    assert (pieces.difference, pieces.least, pieces.most) == (None, -3, -2)


def test_the_recount_takes_the_place_of_the_first_count() -> None:
    first, again = SheetEntry(OF_ANY, 8, 1, 1), SheetEntry(OF_ANY, 10, 2, 2, round=2)
    assert in_force([first, again]) == [again]
    assert in_force([SheetEntry(3, 4, 1, 1), SheetEntry(5, 6, 1, 1), SheetEntry(5, 7, 2, 2, 2)]) == [
        SheetEntry(5, 7, 2, 2, 2),
        SheetEntry(3, 4, 1, 1),
    ]


def test_lots_are_counted_one_by_one_where_they_are_named() -> None:
    lines, left = counted_of({3: 5, 4: 5, 6: 2}, [SheetEntry(3, 5, 1, 1), SheetEntry(4, 3, 1, 1)], [])
    assert [(line.lot, line.counted.difference) for line in lines] == [(3, 0), (4, -2)]
    assert left == [6]


def test_a_lot_that_the_books_do_not_have_was_expected_nowhere() -> None:
    lines, left = counted_of({3: 5}, [SheetEntry(3, 5, 1, 1), SheetEntry(4, 2, 1, 1)], [])
    assert [(line.lot, line.expected, line.counted.difference) for line in lines] == [(3, 5, 0), (4, 0, 2)]
    assert left == []


def test_one_entry_without_its_lot_makes_it_a_count_of_the_product() -> None:
    [line], left = counted_of({3: 5, 4: 5}, [SheetEntry(3, 5, 1, 1), SheetEntry(OF_ANY, 3, 1, 1)], [])
    assert (line.whole, line.counted.difference, line.seen, left) == (True, -2, {3: 5}, [])


def test_what_expires_first_is_missing_first_but_never_what_was_seen() -> None:
    there: dict[int | None, int] = {7: 5, 8: 5, None: 4}
    assert missing_by_lot(6, there, {}) == {7: 5, 8: 1}
    assert missing_by_lot(6, there, {7: 4}) == {7: 1, 8: 5}
    assert missing_by_lot(12, there, {}) == {7: 5, 8: 5, None: 2}


@dataclass
class Shelf:
    """A shelf with single pieces that a counter walks along while others take from it and put on it.

    What was touched is counted; the person who takes may take a piece already counted or one that is not yet.
    """

    pieces: list[bool]
    books: int
    counted: int = 0
    move: int = 0
    first: int | None = None
    last: int = 0
    moves: list[MovementSinceCount] = field(default_factory=list)

    def does(self, what: str, which: int) -> None:
        if what == "touch":
            open_ = [index for index, touched in enumerate(self.pieces) if not touched]
            if open_:
                self.pieces[open_[which % len(open_)]] = True
                self.counted += 1
                self.first = self.move if self.first is None else self.first
                self.last = self.move
        elif what == "take" and self.pieces:
            self.pieces.pop(which % len(self.pieces))
            self._moved(-1)
        elif what == "put":
            self.pieces.append(False)
            self._moved(1)

    def finish(self) -> None:
        """Touch all that is left, at once."""
        while not all(self.pieces):
            self.does("touch", 0)
        if self.first is None:  # an empty shelf was looked at
            self.first = self.last = self.move

    def _moved(self, pieces: int) -> None:
        self.move += 1
        self.moves.append(MovementSinceCount(self.move, OF_ANY, pieces))


STEPS = st.lists(st.tuples(st.sampled_from(["touch", "touch", "take", "put"]), st.integers(0, 50)), max_size=30)


@given(st.integers(0, 12), st.integers(-3, 3), STEPS, STEPS)
def test_however_sales_and_counting_interleave_the_difference_is_never_wrong(
    on_shelf: int, more_than_books: int, while_counting: list[tuple[str, int]], after: list[tuple[str, int]]
) -> None:
    shelf = Shelf([False] * on_shelf, on_shelf - more_than_books)
    for what, which in while_counting:
        shelf.does(what, which)
    shelf.finish()
    for what, which in after:
        if what != "touch":
            shelf.does(what, which)
    assert shelf.first is not None
    seen = SheetEntry(OF_ANY, shelf.counted, shelf.first, shelf.last)
    [line], _ = counted_of({OF_ANY: shelf.books}, [seen], shelf.moves)

    assert line.counted.least <= more_than_books <= line.counted.most
    if not more_than_books:
        assert line.counted.difference == 0
    if not any(shelf.first < move.number <= shelf.last for move in shelf.moves):
        assert line.counted.difference == more_than_books
    else:
        assert line.counted.difference in (None, 0)
