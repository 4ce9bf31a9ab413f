"""A batch before it is planned: what it would take, and for how many pieces the inputs would do."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import event

from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.goods_lines import GoodsLine
from pos.domain.errors import BadField
from pos.domain.workshop.recipe import NoSuchRecipe
from tests.shops import CHOCOLATE, COGNAC
from tests.stocks import EARLY
from tests.workshops import BAR, BOX, WRAP, AtTheWorkshop


def test_it_says_what_is_missing_and_for_how_many_pieces_the_inputs_would_do(clerk: AtTheWorkshop) -> None:
    clerk.recipe()
    enough = clerk.workshop.check(clerk.by, 1, 10)
    short = clerk.workshop.check(clerk.by, 1, 20)

    assert (enough.suffices, enough.most, str(enough.work)) == (True, 16, "15.00")
    assert [(one.product.code, one.needed, one.there, one.missing) for one in short.inputs] == [
        (BAR, 120, 100, 20),
        (WRAP, 20, 30, 0),
    ]
    assert not short.suffices
    assert clerk.workshop.batches(clerk.by) == []


def test_of_goods_that_end_before_the_day_of_the_batch_none_are_counted(clerk: AtTheWorkshop) -> None:
    clerk.recipe()
    for day, there, most in ((EARLY, 100, 16), (EARLY + timedelta(days=1), 80, 13)):
        found = clerk.workshop.check(clerk.by, 1, 10, day)
        assert (found.inputs[0].there, found.most) == (there, most)


def test_a_batch_that_could_not_be_planned_is_refused_in_the_same_words(clerk: AtTheWorkshop) -> None:
    with pytest.raises(NoSuchRecipe):
        clerk.workshop.check(clerk.by, 1, 10)
    clerk.recipe()
    with pytest.raises(BadField):
        clerk.workshop.check(clerk.by, 1, 0)


def test_all_inputs_are_read_in_the_same_few_questions(clerk: AtTheWorkshop) -> None:
    clerk.recipe(inputs=[GoodsLine(6, BAR)])
    clerk.recipe(inputs=[GoodsLine(6, BAR), GoodsLine(1, WRAP), GoodsLine(1, COGNAC)])
    for number in (1, 2):
        clerk.workshop.plan(clerk.by, BatchDraft(number, 1))
    asked: list[str] = []
    event.listen(clerk.shop.store._engines.reading, "before_cursor_execute", lambda *args: asked.append(args[2]))

    def questions(number: int) -> int:
        asked.clear()
        assert len(clerk.workshop.batches.show(clerk.by, number).inputs) == (1 if number == 1 else 3)
        return len(asked)

    assert questions(2) == questions(1) > 0
    asked.clear()
    assert len(clerk.workshop.batches(clerk.by)) == 2
    assert len(asked) == questions(1), "nor are there more for several recipes"


def test_batches_are_found_by_what_they_make_or_take(clerk: AtTheWorkshop) -> None:
    clerk.recipe()
    clerk.planned()
    clerk.started()
    read, by = clerk.workshop.batches, clerk.by

    assert [one.batch.number for one in read(by, goods=[clerk.id_of(BOX)])] == [2, 1]
    assert [one.batch.number for one in read(by, ["started"], goods=[clerk.id_of(CHOCOLATE)])] == [2]
    assert read(by, goods=[]) == []
    assert read.started(by, 100) == 1
