"""Batches at the real window: planned, started, finished and cancelled by keys, each step once and none unasked."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtCore import QDate, Qt

from pos.application.tables.listing import ListReader
from pos.application.workshop.batch_steps import BatchDraft
from pos.application.workshop.batch_view import BatchView
from pos.application.workshop.end_batch import GiveUpDraft
from pos.domain.errors import OutcomeUnknown
from pos.domain.staff.staff import Person
from pos.domain.stock.stock import Movement
from pos.ui.look.sounds import Sound
from pos.ui.session.rail_figures import STARTED_BATCHES
from pos.ui.workshop import batches_page
from pos.ui.workshop.batch_words import cost_facts
from pos.ui.workshop.batches_page import BatchesPage
from pos.ui.workshop.recipes_page import RecipesPage
from tests.ui.fakes_shop import with_fakes
from tests.ui.slow_store import SlowStore
from tests.ui.workshop.conftest import BAR, BOX, WRAP, AtTheWorkshop

Key = Qt.Key


def test_a_batch_is_planned_started_and_finished_by_keys_alone(clerk: AtTheWorkshop) -> None:
    page = clerk.page
    before = clerk.shop.find.show(BOX).on_hand
    clerk.press(Key.Key_F4)
    clerk.scan(BOX)  # the recipe by which it is made
    plan = page.batches.plan
    assert plan.recipe.field.currentText() == "Gift box (W-000001)"  # type: ignore[attr-defined] # a list
    assert page.waiting() == "", "the recipe proposes its pieces, and nothing is typed"
    clerk.type("20")
    plan.check()
    clerk.wait()
    assert plan.verdict.text == "Inputs are missing"
    assert plan.inputs.texts[0].endswith("120 needed, 100 free, 20 missing.")
    plan.pieces.field.setText("10")  # type: ignore[attr-defined] # a line
    plan.check()
    clerk.wait()
    assert plan.verdict.text == "The inputs suffice"
    plan.day.field.setFocus()
    clerk.press(Key.Key_Home)
    for figure in f"{clerk.shop.now():%Y%m%d}":  # slowly: it is asked meanwhile whether the inputs suffice
        clerk.type(figure)
        plan.check()
        clerk.wait()
    clerk.press(Key.Key_F12)
    assert clerk.rows() == ["B-000001 planned"]
    assert clerk.news == "B-000001 planned."

    clerk.press(Key.Key_F12)
    assert clerk.news.startswith("Start B-000001? It takes 60 × ")
    assert "cannot be undone" in clerk.news
    clerk.sees((BAR, 100), (WRAP, 30))
    clerk.press(Key.Key_F12)
    assert clerk.rows() == ["B-000001 started"]
    clerk.sees((BAR, 40), (WRAP, 20))
    assert page.session.figures.of("started_batches") == 1

    clerk.press(Key.Key_F12)  # the form: nothing stands in it
    clerk.press(Key.Key_F12)
    assert page.batches.end.made.complaint
    clerk.type("9")
    end, yesterday = page.batches.end, clerk.till.session.today - timedelta(days=1)
    end.by_recipe.setChecked(False)
    end.day_field.setDate(QDate(yesterday.year, yesterday.month, yesterday.day))
    clerk.press(Key.Key_F12)  # is not asked about first
    assert "in the past" in end.day.complaint
    end.by_recipe.setChecked(True)
    clerk.loses(2, "spoiled")
    clerk.loses(1, "back")
    clerk.press(Key.Key_F12)
    assert clerk.news.startswith("Finish B-000001 with 9 of 10? Not in the output:")
    assert "It has no last day." in clerk.news
    assert clerk.rows() == ["B-000001 started"]
    clerk.press(Key.Key_F12)
    assert clerk.rows() == ["B-000001 finished"]
    assert Sound.COMPLETE in clerk.heard.sounds
    done = clerk.batch(1).batch
    assert (done.made, [(loss.quantity, loss.reason) for loss in done.losses]) == (9, [(2, "spoiled")])
    clerk.sees((BAR, 41), (BOX, before + 9))
    assert page.session.figures.of("started_batches") == 0
    assert page.batches.panel.output.texts[0].startswith("Output. 9 pieces, yield 90\u00a0%")

    clerk.press(Key.Key_F12)  # nothing comes after the end
    assert clerk.last_sound is Sound.NOTE


def test_a_key_held_down_or_pressed_twice_starts_nothing_unasked(clerk: AtTheWorkshop) -> None:
    clerk.has_planned()
    clerk.typing.look()
    clerk.typing.hold(Key.Key_F12)
    clerk.wait()
    assert clerk.batch(1).batch.state == "planned"
    clerk.press(Key.Key_Escape)  # no
    clerk.press(Key.Key_F12)
    clerk.typing.press_again(Key.Key_F12)
    clerk.wait()
    assert clerk.batch(1).batch.state == "planned"
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_F12)
    assert clerk.news.startswith("Start B-000001?")
    assert clerk.batch(1).batch.state == "planned"

    clerk.press(Key.Key_Escape)
    clerk.has_planned(20)
    clerk.press(Key.Key_F12)  # what is missing is not asked about first
    assert clerk.news.startswith("Batch B-000002: 4870204320145 needs 120, only 100 are free")

    clerk.shop.workshop.recipes.withdraw(clerk.person, 1)
    clerk.page.batches.read(2)
    clerk.wait()
    assert clerk.page.batches.panel.verdict.text == "Its recipe is withdrawn"
    assert clerk.page.batches.rows.rows[0].cells[1].second == "recipe withdrawn"
    clerk.press(Key.Key_F12)
    assert "is withdrawn from" in clerk.news


def test_a_batch_is_cancelled_only_by_saying_what_becomes_of_its_inputs(clerk: AtTheWorkshop) -> None:
    clerk.has_planned()
    clerk.has_planned(5, started=True)
    end = clerk.page.batches.end
    clerk.press(Key.Key_F6)
    clerk.press(Key.Key_F12)
    assert end.rest.complaint
    assert clerk.batch(2).batch.state == "started"
    clerk.loses(4, "damaged")
    end.rest_field.setCurrentIndex(end.rest_field.findData("back"))
    end.rest_field.activated.emit(0)
    clerk.twice(Key.Key_F12)
    given_up = clerk.batch(2).batch
    assert (given_up.state, [(loss.quantity, loss.reason) for loss in given_up.losses]) == (
        "given_up", [(4, "damaged")]
    )  # fmt: skip
    clerk.sees((BAR, 96), (WRAP, 30))
    ended_before = replace(clerk.batch(2), batch=replace(clerk.batch(2).batch, made=5))
    assert cost_facts(ended_before, clerk.till.session.settings, clerk.till.session.translator) == []

    clerk.page.batches.table.choose(1)  # one that took nothing asks no form
    clerk.twice(Key.Key_F6)
    assert clerk.rows() == ["B-000002 cancelled", "B-000001 cancelled"]


def test_what_is_lost_is_named_by_its_lot_and_the_last_day_follows(clerk: AtTheWorkshop) -> None:
    today = clerk.page.session.today
    with clerk.shop.issue_receipt.store.begin() as work:
        at = clerk.shop.now()
        product = work.products.by_code(BAR, at)
        assert product is not None
        moves = [Movement(product.id, -60, "waste")]
        for entry, days in (("GJ-1", 3), ("GJ-2", 9)):
            lot = work.stock.lot(product.id, "L1", today + timedelta(days=days), entry, at)
            moves.append(Movement(product.id, 20, "opening", lot=lot.id))
        work.stock.record(moves, at, "demo")
        work.commit()
    clerk.has_planned(started=True)
    clerk.press(Key.Key_F12)
    end = clerk.page.batches.end
    lines = end.lines
    name = clerk.batch(1).inputs[0].product.name_in("en")
    assert [lines.source.itemText(n) for n in range(1, 4)] == [
        f"20 × L1 (GJ-1, 27 Nov 2026) · {name}", f"20 × L1 (GJ-2, 3 Dec 2026) · {name}", f"20 × no lot · {name}"
    ]  # fmt: skip
    assert end.by_recipe.text() == "By the recipe: 27 Nov 2026"
    clerk.loses(20, "back")
    assert end.by_recipe.text() == "By the recipe: 3 Dec 2026"
    lines.source.setCurrentIndex(3)
    lines.fate.setCurrentIndex(lines.fate.findData("theft"))
    lines.pieces.setText("2")
    lines.take()
    end.made_field.setText("6")
    clerk.twice(Key.Key_F12)
    done = clerk.batch(1)
    assert [(loss.lot, loss.quantity) for loss in done.batch.losses] == [(None, 2)]
    assert done.lot is not None
    assert done.lot.expiry == today + timedelta(days=9)


def test_two_clerks_at_one_batch_read_who_was_first(clerk: AtTheWorkshop) -> None:
    view = clerk.has_planned()
    clerk.press(Key.Key_F12)
    clerk.shop.workshop.start(clerk.person, view.batch.number)
    clerk.press(Key.Key_F12)
    assert clerk.news.startswith("Batch B-000001 was started by Ruslan B.")
    assert clerk.rows() == ["B-000001 started"]
    clerk.sees((BAR, 40))

    clerk.press(Key.Key_F12)
    clerk.type("10")
    clerk.shop.workshop.give_up(clerk.person, GiveUpDraft(view.batch.number))
    clerk.twice(Key.Key_F12)
    assert clerk.news.startswith("Batch B-000001 was cancelled by")
    assert clerk.page.batches.side.currentWidget() is clerk.page.batches.panel
    assert clerk.page.waiting() == ""


def test_what_another_row_was_asked_is_not_answered_for_this_one(clerk: AtTheWorkshop) -> None:
    clerk.has_planned()
    clerk.has_planned(5)
    clerk.press(Key.Key_F12)
    clerk.page.batches.table.choose(1)
    clerk.press(Key.Key_F12)
    assert clerk.news.startswith("Start B-000001?")
    with SlowStore(clerk) as slow:
        slow.press(Key.Key_F12)
        slow.press(Key.Key_F12)
    assert [clerk.batch(number).batch.state for number in (1, 2)] == ["started", "planned"]


def test_batches_are_found_by_state_number_and_goods(clerk: AtTheWorkshop) -> None:
    clerk.has_planned()
    clerk.has_planned(5, started=True)
    page = clerk.page.batches
    clerk.press(Key.Key_F3)
    assert clerk.rows() == ["B-000001 planned"]
    clerk.press(Key.Key_Escape)
    clerk.scan(WRAP)
    assert len(clerk.rows()) == 2
    clerk.scan("4870204321111")  # cognac
    assert (clerk.rows(), page.empty.accessibleName()) == ([], "No such batches")
    clerk.press(Key.Key_F2)
    clerk.type("b-2")
    clerk.press(Key.Key_Return)
    assert clerk.rows() == ["B-000002 started"]


def test_a_new_batch_is_on_show_though_the_list_was_narrowed_to_others(clerk: AtTheWorkshop) -> None:
    """The next key would have been for the one that was selected before."""
    clerk.has_planned(5, started=True)
    clerk.press(Key.Key_F3)
    clerk.press(Key.Key_F3)
    assert clerk.rows() == ["B-000001 started"]
    clerk.press(Key.Key_F4)
    clerk.scan(BOX)
    clerk.type("3")
    clerk.press(Key.Key_F12)
    clerk.wait()

    assert clerk.rows() == ["B-000002 planned", "B-000001 started"]
    assert clerk.page.batches.table.current_row == 0


def test_the_saved_file_is_the_list_on_show(clerk: AtTheWorkshop) -> None:
    clerk.has_planned()
    clerk.has_planned(5)
    batches, recipes = clerk.page.batches, clerk.page.recipes
    reader = ListReader(clerk.person, clerk.page.translator, clerk.shop.settings(), clerk.shop.now())

    def saved(page: BatchesPage | RecipesPage) -> tuple[list[object], str]:
        [table] = page.listing().make(reader)
        return [row[0] for row in table.rows], dict(table.properties).get("Search", "")

    clerk.press(Key.Key_F2)
    clerk.type("b-2")
    clerk.press(Key.Key_Return)
    assert saved(batches) == (["B-000002"], "b-2")
    clerk.press(Key.Key_F3)  # planned ones
    assert saved(batches)[0] == ["B-000002"]
    clerk.press(Key.Key_F3)  # started ones
    assert saved(batches)[0] == []
    clerk.page.show_list("recipes")
    clerk.wait()
    assert saved(recipes) == (["W-000001"], "")
    clerk.scan(BAR)
    name = clerk.batch(1).inputs[0].product.name_in("en")
    assert (recipes.summary.text(), saved(recipes)) == (f"Found by: {name}", (["W-000001"], name))
    clerk.press(Key.Key_F2)
    clerk.type("hamper")
    assert saved(recipes) == ([], f"hamper · {name}")
    clerk.press(Key.Key_Escape)
    assert saved(recipes) == (["W-000001"], "")


def test_what_is_typed_is_asked_about_before_it_goes(clerk: AtTheWorkshop) -> None:
    clerk.has_planned(started=True)
    end = clerk.page.batches.end
    clerk.press(Key.Key_Return)
    clerk.type("8")
    clerk.page.session.speak("kk")
    clerk.wait()
    assert (end.made_field.text(), clerk.page.waiting()) == ("8", "жазылмаған өндіріс аяқталуы")
    clerk.page.session.speak("en")
    clerk.press(Key.Key_Escape)
    assert clerk.news.startswith("Discard unsaved changes?")
    clerk.press(Key.Key_F12)  # goes on instead
    assert clerk.news.startswith("Finish B-000001 with 8 of 10?")
    manager = next(one for one in clerk.shop.sign_in.people() if one.name == "manager")
    clerk.till.window.lock()
    clerk.wait()
    clerk.till.session.take_person(manager)
    clerk.till.window.show_screen("workshop")
    clerk.wait()
    assert clerk.news.startswith("Ruslan B. typed this and did not save it.")
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_Escape)
    assert clerk.page.waiting() == ""
    assert clerk.batch(1).batch.state == "started"

    # the page is not for a cashier
    clerk.till.session.take_person(next(one for one in clerk.shop.sign_in.people() if one.name == "amina"))
    clerk.wait()
    assert clerk.screen_id != "workshop"
    clerk.till.window.show_screen("workshop")
    clerk.wait()
    assert clerk.screen_id != "workshop"


def test_a_plan_that_was_changed_after_a_lost_answer_is_not_a_second_batch_unasked(clerk: AtTheWorkshop) -> None:
    plan, workshop = clerk.page.batches.plan, clerk.shop.workshop

    def lost(person: Person, draft: BatchDraft) -> BatchView:
        workshop.plan(person, draft)
        raise OutcomeUnknown("10.0.0.5")

    clerk.press(Key.Key_F4)
    clerk.scan(BOX)
    clerk.type("5")
    here = clerk.till.session.shop
    clerk.till.session.shop = with_fakes(clerk.shop, workshop=replace(workshop, plan=lost))  # type: ignore[arg-type]
    clerk.press(Key.Key_F12)
    clerk.till.session.shop = here
    clerk.till.session.look_for_store()
    clerk.till.session.store_answers()
    plan.pieces.field.setText("6")  # type: ignore[attr-defined] # a line
    clerk.press(Key.Key_F12)
    assert clerk.news.startswith("What was sent before the connection was lost is recorded: see the list.")
    assert clerk.rows() == ["B-000001 planned"]
    clerk.press(Key.Key_F12)
    assert clerk.rows() == ["B-000002 planned", "B-000001 planned"]
    assert [clerk.batch(number).batch.planned for number in (1, 2)] == [5, 6]


def test_a_batch_that_another_page_asks_for_covers_nothing_that_is_typed(clerk: AtTheWorkshop) -> None:
    clerk.has_planned(started=True)
    page = clerk.page
    end, plan = page.batches.end, page.batches.plan
    clerk.press(Key.Key_Return)
    clerk.type("8")
    for asked in (20, 30):
        page.plan(1, asked)  # as the page of orders does
        clerk.wait()
        assert clerk.news.startswith("Discard unsaved changes? Press Esc")
        assert (end.is_begun, plan.is_begun, page.batches.side.currentWidget()) == (True, False, end)
    clerk.press(Key.Key_Escape)
    assert (end.is_begun, page.batches.side.currentWidget()) == (False, plan)
    assert plan.pieces.field.text() == "30"  # type: ignore[attr-defined] # a line

    page.show_list("recipes")
    clerk.press(Key.Key_F4)
    clerk.scan(BAR)
    clerk.page.plan(1, 7)
    clerk.press(Key.Key_Escape)
    clerk.wait()
    assert plan.pieces.field.text() == "7"  # type: ignore[attr-defined] # a line
    assert page.waiting() == "an unsaved batch, an unsaved recipe"  # the question was not about the recipe


def test_the_badge_counts_also_where_the_list_is_longer_than_a_page(
    clerk: AtTheWorkshop, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.has_planned(2)
    clerk.has_planned(3)
    monkeypatch.setattr(batches_page, "PAGE", 2)
    clerk.page.batches.read()
    clerk.wait()
    assert clerk.page.figures == frozenset(), "the till reads it beside the work"
    monkeypatch.setattr(batches_page, "PAGE", 3)
    clerk.page.batches.read()
    clerk.wait()
    assert clerk.page.figures == {STARTED_BATCHES}
    clerk.shop.workshop.start(clerk.person, 1)
    assert [clerk.shop.workshop.batches.started(clerk.person, most) for most in (1, 100)] == [1, 1]
