"""The customs account of processed goods adds up, to the last share of a piece, through any chain of batches."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from pos.domain.stock.stock import Lot
from pos.domain.workshop.ledger import LotFigures, LotUse, Whereabouts, accounts, contained_in, whole_pieces

BARS, BOX = 1, 2


def figures(lot: int, came: int, sold: int = 0, wasted: int = 0, counted: int = 0, used: int = 0) -> LotFigures:
    """A lot of which everything that was not sold, wasted or used lies there."""
    return LotFigures(
        Lot(lot, BARS, f"L{lot}", None, "GJ-1"), came, sold, wasted, counted, came - sold - wasted - used + counted
    )


def test_pieces_are_where_the_goods_are_that_were_made_of_them() -> None:
    """Of 100 bars 62 went into 10 boxes of 6: 2 were lost in processing, and 4 of the boxes are sold."""
    bars, boxes = figures(1, 100, sold=8, wasted=1, used=62), figures(2, 10, sold=4, wasted=1)
    found = accounts([bars, boxes], [LotUse(12, 1, 62, Fraction(60), 2)])
    assert found[1].through == Whereabouts(Fraction(24), Fraction(8), Fraction(0), Fraction(0), Fraction(30))
    assert found[1].whole == Whereabouts(Fraction(32), Fraction(9), Fraction(0), Fraction(0), Fraction(59))
    assert found[1].used == 62
    assert not found[1].difference
    assert not found[2].difference


def test_what_a_started_batch_took_is_in_process() -> None:
    found = accounts([figures(1, 100, used=62)], [LotUse(12, 1, 62, Fraction(0))])
    assert found[1].whole.in_process == 62
    assert found[1].difference == 0


def test_goods_made_of_made_goods_are_followed_to_the_end() -> None:
    """12 bars, 6 in each of 2 boxes; both boxes went into one hamper, which is sold."""
    lots = [figures(1, 12, used=12), figures(2, 2, used=2), figures(3, 1, sold=1)]
    uses = [LotUse(1, 1, 12, Fraction(12), 2), LotUse(2, 2, 2, Fraction(2), 3)]
    assert accounts(lots, uses)[1].whole == Whereabouts(sold=Fraction(12))


def test_what_the_recipe_does_not_have_was_lost_in_processing() -> None:
    assert contained_in(20, 62, Fraction(60)) == Fraction(600, 31)
    assert contained_in(20, 50, Fraction(60)) == 20  # more came out than the recipe says: all of it is in there
    assert contained_in(0, 0, Fraction(60)) == 0


@st.composite
def workshops(draw: st.DrawFn) -> tuple[list[LotFigures], list[LotUse]]:
    """Lots, each of which may go into batches whose output are later lots."""
    came = [draw(st.integers(1, 60)) for _ in range(draw(st.integers(1, 6)))]
    used = [0] * len(came)
    uses: list[LotUse] = []
    for output in range(1, len(came)):
        for lot in range(output):
            most = came[lot] - used[lot]
            pieces = draw(st.integers(0, most)) if draw(st.booleans()) else 0
            if pieces:
                used[lot] += pieces
                inside = Fraction(draw(st.integers(0, pieces * 7)), 7)
                done = draw(st.integers(0, 3)) > 0
                uses.append(LotUse(output, lot, pieces, inside, output if done else None))
    lots = []
    for lot, pieces in enumerate(came):
        sold = draw(st.integers(0, pieces - used[lot]))
        wasted = draw(st.integers(0, pieces - used[lot] - sold))
        lots.append(figures(lot, pieces, sold, wasted, draw(st.integers(-3, 3)), used[lot]))
    return lots, uses


@given(workshops())
def test_in_is_sold_and_wasted_and_in_process_and_on_hand_less_what_was_counted(
    made: tuple[list[LotFigures], list[LotUse]],
) -> None:
    lots, uses = made
    found = accounts(lots, uses)
    for one in found.values():
        assert one.difference == 0
        assert one.own.came + one.used == one.figures.came
        whole = one.whole
        shares = [whole.sold, whole.wasted, whole.in_process, whole.on_hand, -whole.counted]
        assert sum(whole_pieces(shares)) == one.figures.came
        assert all(abs(piece - share) < 1 for piece, share in zip(whole_pieces(shares), shares, strict=True))


def test_shares_are_shown_as_whole_pieces_of_the_same_sum() -> None:
    assert whole_pieces([Fraction(5, 2), Fraction(5, 2), Fraction(1)]) == (3, 2, 1)
    assert whole_pieces([Fraction(-1, 2), Fraction(1, 2)]) == (0, 0)
