"""A batch from plan to output: who may do what next, what comes back, what is lost, and its cost to the fen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.workshop.batch import (
    FINISHED,
    GIVEN_UP,
    PLANNED,
    STARTED,
    Batch,
    BatchFinished,
    BatchGivenUp,
    BatchNotStarted,
    BatchNotYet,
    BatchStarted,
    GivenBack,
    LostInput,
    MoreThanTaken,
    TakenPart,
    entry_of,
    loss_reason,
    pieces_by_cost,
    read_batch_name,
    sort_out,
)
from pos.domain.workshop.recipe import RecipeWithdrawn
from tests.builders import MONDAY
from tests.domain.workshop.test_recipe import BARS, BOX, MARCH, a_recipe
from tests.horgos import CNY

EARLY, LATE = 21, 22
CODES = {BARS: "4870204320145", BOX: "6901204300016"}
PARTS = (
    TakenPart(BARS, "store", EARLY, 20, 100_01),
    TakenPart(BARS, "floor", LATE, 42, 230_00),
    TakenPart(BOX, "floor", None, 11, 11_00),
)


def a_batch(parts: tuple[TakenPart, ...] = ()) -> Batch:
    """Ten gift boxes, planned for the second of March."""
    needs = a_recipe(loss=20).needed(10)
    planned = Batch(7, 12, 3, 1, 10, 10, MARCH, needs, Money(15_00, CNY), PLANNED, MONDAY, "clerk")
    return planned.started(MONDAY, "clerk", parts) if parts else planned


def test_a_batch_goes_from_plan_to_output_and_knows_who_did_what() -> None:
    started = a_batch(PARTS)
    done = started.finished(MONDAY, "li", 9, 31, "store", 15_00, sort_out(started, [], [], CODES))
    assert (started.state, started.started_by, started.taken) == (STARTED, "clerk", 73)
    assert (done.document, done.state, done.finished_by, done.achieved) == (
        "B-000012", FINISHED, "li", Fraction(9, 10)
    )  # fmt: skip
    assert (done.input_cost, done.cost) == (341_01, 356_01)


def test_each_step_is_refused_out_of_its_order() -> None:
    planned, started = a_batch(), a_batch(PARTS)
    done = started.finished(MONDAY, "li", 9, 31, "store", 0, sort_out(started, [], [], CODES))
    gone = started.given_up(MONDAY, "li", sort_out(started, [], [], CODES, rest_back=True))
    recipe = a_recipe()
    planned.check_startable([recipe], MARCH)
    started.check_started()
    with pytest.raises(BatchNotYet):
        planned.check_startable([recipe], date(2026, 3, 1))
    with pytest.raises(RecipeWithdrawn):
        planned.check_startable([recipe, replace(recipe, version=recipe.version + 1, is_withdrawn=True)], MARCH)
    with pytest.raises(BatchNotStarted):
        planned.check_started()
    with pytest.raises(BatchStarted) as twice:
        started.check_startable([recipe], MARCH)
    assert twice.value.facts() == {"batch": "B-000012", "person": "clerk", "at": MONDAY}
    with pytest.raises(BatchFinished):
        done.check_startable([recipe], MARCH)
    with pytest.raises(BatchFinished):
        done.check_started()
    done.check_not_given_up()
    assert gone.state == GIVEN_UP
    with pytest.raises(BatchGivenUp):
        gone.check_startable([recipe], MARCH)
    for step in (gone.check_started, gone.check_not_given_up):
        with pytest.raises(BatchGivenUp):
            step()


def test_what_is_lost_ends_first_and_what_comes_back_ends_last() -> None:
    started = a_batch(PARTS)
    out = sort_out(started, [GivenBack(BARS, 2)], [LostInput(BARS, 21, "spoiled"), LostInput(BOX, 1, "damaged")], CODES)
    assert [(part.back, part.lost, part.used) for part in out.parts] == [(0, 20, 0), (2, 1, 39), (0, 1, 10)]
    assert [(loss.part, loss.lot, loss.quantity, loss.reason) for loss in out.losses] == [
        (0, EARLY, 20, "spoiled"), (1, LATE, 1, "spoiled"), (2, None, 1, "damaged")
    ]  # fmt: skip
    assert [part.returned_cost for part in out.parts] == [100_01, 16_43, 1_00]  # 3 of 42 bars: 16.4286


def test_a_named_lot_is_served_first() -> None:
    out = sort_out(a_batch(PARTS), [], [LostInput(BARS, 20, "unknown"), LostInput(BARS, 42, "theft", LATE)], CODES)
    assert [(loss.lot, loss.reason) for loss in out.losses] == [(LATE, "theft"), (EARLY, "unknown")]


def test_no_more_leaves_a_batch_than_it_took() -> None:
    with pytest.raises(MoreThanTaken) as refused:
        sort_out(a_batch(PARTS), [GivenBack(BARS, 3)], [LostInput(BARS, 60, "spoiled")], CODES)
    assert refused.value.facts() == {"batch": "B-000012", "code": CODES[BARS], "taken": 2, "wanted": 3}
    with pytest.raises(MoreThanTaken):
        sort_out(a_batch(PARTS), [GivenBack(99, 1)], [], CODES)


def test_what_comes_back_of_a_batch_that_is_given_up_is_all_that_was_not_lost() -> None:
    out = sort_out(a_batch(PARTS), [], [LostInput(BARS, 5, "spoiled")], CODES, rest_back=True)
    assert [(part.back, part.lost) for part in out.parts] == [(15, 5), (42, 0), (11, 0)]
    assert [part.used_cost for part in out.parts] == [0, 0, 0]


def test_an_unknown_cost_leaves_that_of_the_output_unknown() -> None:
    started = a_batch((TakenPart(BOX, "floor", None, 11, None),))
    done = started.finished(MONDAY, "li", 9, 31, "floor", 15_00, sort_out(started, [], [], CODES))
    assert (done.input_cost, done.cost) == (None, None)
    back = sort_out(started, [GivenBack(BOX, 1)], [], CODES)
    assert back.parts[0].used_cost is None


@given(st.data())
def test_costs_are_shared_to_the_fen_and_nothing_is_lost(data: st.DataObject) -> None:
    pieces = data.draw(st.lists(st.tuples(st.integers(1, 60), st.integers(0, 10_000)), min_size=1, max_size=5))
    parts = tuple(TakenPart(BARS, "floor", at, count, cost) for at, (count, cost) in enumerate(pieces))
    started = a_batch(parts)
    lost = data.draw(st.integers(0, started.taken))
    back = data.draw(st.integers(0, started.taken - lost))
    losses = [LostInput(BARS, lost, "spoiled")] if lost else []
    out = sort_out(started, [GivenBack(BARS, back)] if back else [], losses, CODES)
    assert sum(part.back for part in out.parts) == back
    assert sum(part.lost for part in out.parts) == lost == sum(loss.quantity for loss in out.losses)
    for part in out.parts:
        assert part.returned_cost is not None
        assert part.used_cost is not None
        assert part.used_cost + part.returned_cost == part.cost
        assert part.used or not part.used_cost  # no cost without a piece
    done = started.finished(MONDAY, "li", 9, 31, "floor", 7_77, out)
    assert done.cost is not None
    assert done.cost == sum(cost for _, cost in pieces) + 7_77 - sum(part.returned_cost or 0 for part in out.parts)
    by_cost = pieces_by_cost(done.cost, 9)
    assert sum(count for count, _ in by_cost) == 9
    assert sum(count * value for count, value in by_cost) == done.cost
    assert max(value for _, value in by_cost) - min(value for _, value in by_cost) <= 1


def test_the_odd_fen_falls_on_the_first_pieces() -> None:
    assert pieces_by_cost(10_00, 3) == ((1, 3_34), (2, 3_33))
    assert pieces_by_cost(9_00, 3) == ((3, 3_00),)


def test_the_output_is_under_the_document_of_its_inputs_if_that_is_one() -> None:
    assert entry_of("B-000012", ["", "GJ-1", "GJ-1"]) == "GJ-1"
    assert entry_of("B-000012", ["GJ-1", "GJ-2", ""]) == "B-000012"
    assert entry_of("B-000012", ["", ""]) == ""


def test_numbers_and_reasons_are_read_or_refused() -> None:
    assert (read_batch_name("b-12"), loss_reason("theft")) == (12, "theft")
    for refused in (lambda: read_batch_name("M-1"), lambda: loss_reason(""), lambda: loss_reason("thirst")):
        with pytest.raises(BadField):
            refused()
