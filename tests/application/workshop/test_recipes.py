"""Recipes are kept with their history, and a repeated request writes nothing twice."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.goods_lines import GoodsLine
from pos.domain.errors import BadField
from pos.domain.money import Money
from pos.domain.request_key import KeyReused
from pos.domain.sales.goods_for_sale import UnknownCode
from pos.domain.staff.staff import NotAllowed
from pos.domain.workshop.recipe import MadeOfItself, NeverInForce, NoSuchRecipe, RecipeNotYet, RecipeWithdrawn
from tests.horgos import CNY
from tests.shops import COGNAC
from tests.workshops import BAR, BOX, WRAP, AtTheWorkshop

APRIL = date(2026, 4, 1)


def test_a_recipe_has_its_goods_and_a_number(clerk: AtTheWorkshop) -> None:
    made = clerk.recipe(loss=20, shelf_days=90)
    assert (made.recipe.document, made.recipe.version, made.product.code, made.is_current) == ("W-000001", 1, BOX, True)
    assert [(product.code, pieces) for product, pieces in made.inputs] == [(BAR, 60), (WRAP, 10)]
    assert (made.recipe.loss, made.recipe.work, made.recipe.shelf_days) == (20, Money(15_00, CNY), 90)
    assert clerk.facts_of("set_recipe") == [
        (
            "clerk",
            {
                "recipe": "W-000001", "version": 1, "name": "Gift box", "valid_from": "2026-03-02", "code": BOX,
                "quantity": 10, "loss": 20, "work": "15.00", "currency": "CNY", "shelf_days": 90,
                "lines": [{"code": BAR, "quantity": 60}, {"code": WRAP, "quantity": 10}],
            },
        )
    ]  # fmt: skip
    assert clerk.mismatches() == []


def test_a_change_is_a_new_version_from_its_day_on_and_the_history_stays(clerk: AtTheWorkshop) -> None:
    clerk.recipe()
    clerk.recipe(number=1, valid_from=APRIL, inputs=[GoodsLine(50, BAR)], name="Small box")
    assert [one.recipe.name for one in clerk.workshop.recipes.all(clerk.by)] == ["Gift box"]
    history = clerk.workshop.recipes.history(clerk.by, 1)
    assert [(one.recipe.version, one.recipe.name, one.is_current) for one in history] == [
        (1, "Gift box", True), (2, "Small box", False)
    ]  # fmt: skip
    assert clerk.planned(5, date(2026, 3, 30)).recipe.version == 1
    clerk.shop.now.move(days=40)
    assert [one.recipe.name for one in clerk.workshop.recipes.all(clerk.by)] == ["Small box"]
    assert clerk.planned(5).recipe.version == 2


def test_a_change_that_would_never_hold_is_refused(clerk: AtTheWorkshop) -> None:
    today = clerk.shop.now().date()
    yesterday, tomorrow = today - timedelta(days=1), today + timedelta(days=1)
    clerk.recipe()
    with pytest.raises(NeverInForce) as never:
        clerk.recipe(number=1, valid_from=yesterday)
    facts = {"field": "valid_from", "recipe": "W-000001", "valid_from": yesterday, "since": today}
    assert never.value.facts() == facts
    clerk.recipe(number=1, valid_from=tomorrow)
    clerk.recipe(number=1, valid_from=today)  # until tomorrow
    assert [one.recipe.version for one in clerk.workshop.recipes.all(clerk.by)] == [3]


def test_a_carton_counts_as_its_pieces(clerk: AtTheWorkshop) -> None:
    clerk.packs(BAR, "24870204320149", 20)
    assert clerk.recipe(inputs=[GoodsLine(3, "24870204320149")]).inputs[0][1] == 60


def test_a_repeated_request_is_one_version_and_another_content_is_refused(clerk: AtTheWorkshop) -> None:
    first = clerk.recipe(key="r-1")
    assert clerk.recipe(key="r-1") == first
    assert len(clerk.workshop.recipes.history(clerk.by, 1)) == 1
    with pytest.raises(KeyReused):
        clerk.recipe(key="r-1", work=Money(16_00, CNY))
    assert clerk.mismatches() == []


def test_a_recipe_that_is_withdrawn_makes_nothing_any_more(clerk: AtTheWorkshop) -> None:
    clerk.recipe()
    gone = clerk.workshop.recipes.withdraw(clerk.by, 1, APRIL, "w-1")
    assert clerk.workshop.recipes.withdraw(clerk.by, 1, APRIL, "w-1") == gone
    assert (gone.recipe.version, gone.recipe.is_withdrawn, gone.is_current) == (2, True, False)
    clerk.planned(1, date(2026, 3, 31))
    with pytest.raises(RecipeWithdrawn):
        clerk.planned(1, APRIL)
    clerk.shop.now.move(days=40)
    with pytest.raises(RecipeWithdrawn):  # planned before, and too late now
        clerk.workshop.start(clerk.by, 1)
    assert clerk.workshop.recipes.all(clerk.by) == []
    assert len(clerk.workshop.recipes.all(clerk.by, withdrawn=True)) == 1
    again = clerk.recipe(number=1)
    assert (again.recipe.version, again.is_current) == (3, True)
    assert clerk.mismatches() == []


def test_a_withdrawal_also_ends_what_was_to_come(clerk: AtTheWorkshop) -> None:
    clerk.recipe()
    clerk.recipe(number=1, valid_from=APRIL, name="Small box")
    clerk.recipe(valid_from=APRIL)
    for number in (1, 2):
        clerk.workshop.recipes.withdraw(clerk.by, number)
    assert clerk.workshop.recipes.all(clerk.by) == []
    for number in (1, 2):
        with pytest.raises(RecipeWithdrawn):
            clerk.workshop.plan(clerk.by, BatchDraft(number, 1, APRIL))
    clerk.shop.now.move(days=40)
    assert clerk.workshop.recipes.all(clerk.by) == []


def test_of_a_recipe_that_is_to_come_the_version_with_which_it_begins_is_listed(clerk: AtTheWorkshop) -> None:
    clerk.recipe(valid_from=APRIL)
    clerk.recipe(number=1, valid_from=APRIL, name="Better box")
    [shown] = clerk.workshop.recipes.all(clerk.by)
    assert (shown.recipe.name, shown.current) == ("Better box", None)


def test_what_no_recipe_can_be_is_refused(clerk: AtTheWorkshop) -> None:
    for refusal, changed in (
        (MadeOfItself, {"inputs": [GoodsLine(1, BOX)]}),
        (UnknownCode, {"inputs": [GoodsLine(1, "NOSUCH")]}),
        (UnknownCode, {"output": GoodsLine(1, product=10**9)}),
        (BadField, {"inputs": []}),
        (BadField, {"inputs": [GoodsLine(1, BAR), GoodsLine(1, BAR)]}),
        (BadField, {"inputs": [GoodsLine(0, BAR)]}),
        (BadField, {"inputs": [GoodsLine(1, BAR)] * 51}),
        (BadField, {"name": " "}),
        (BadField, {"loss": 1_000}),
        (BadField, {"work": Money(-1, CNY)}),
        (BadField, {"valid_from": date(2036, 1, 1)}),
        (NoSuchRecipe, {"number": 7}),
    ):
        with pytest.raises(refusal):
            clerk.recipe(**changed)
    clerk.recipe()
    with pytest.raises(BadField):
        clerk.recipe(number=1, output=GoodsLine(1, COGNAC))
    for step in (clerk.workshop.recipes.history, clerk.workshop.recipes.withdraw):
        with pytest.raises(NoSuchRecipe):
            step(clerk.by, 7)
    assert [one for (one,) in clerk.shop.rows("SELECT version FROM recipe_version")] == [1]


def test_a_batch_is_planned_no_earlier_than_its_recipe(clerk: AtTheWorkshop) -> None:
    clerk.recipe(valid_from=APRIL)
    with pytest.raises(RecipeNotYet) as early:
        clerk.planned(10, date(2026, 3, 31))
    assert early.value.facts() == {"recipe": "W-000001", "valid_from": APRIL, "day": date(2026, 3, 31)}
    assert clerk.planned(10, APRIL).batch.day == APRIL


def test_a_cashier_keeps_no_recipes(clerk: AtTheWorkshop) -> None:
    amina = clerk.shop.person("amina")
    with pytest.raises(NotAllowed):
        clerk.workshop.recipes.all(amina)
