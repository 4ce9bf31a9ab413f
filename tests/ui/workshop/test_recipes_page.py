"""Recipes at the real window: written by scans, changed by a new version, withdrawn; the account and the report."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit

from pos.application.workshop.end_batch import FinishDraft
from pos.application.workshop.goods_lines import GoodsLine
from pos.application.workshop.recipes import RecipeDraft
from pos.domain.money import Money
from pos.domain.stock.stock import Movement
from pos.domain.workshop.recipe import Recipe
from tests.horgos import KZT
from tests.shops import COGNAC
from tests.ui.workshop.conftest import BAR, BOX, WRAP, AtTheWorkshop

Key = Qt.Key


def recipe(clerk: AtTheWorkshop, number: int) -> Recipe:
    """The newest version of a recipe, as the books have it."""
    return clerk.shop.workshop.recipes.history(clerk.person, number)[-1].recipe


def put(field: QLineEdit, text: str) -> None:
    """Type into a field."""
    field.setText(text)


def test_a_recipe_is_written_by_scans_changed_from_a_day_and_withdrawn(clerk: AtTheWorkshop) -> None:
    page, form = clerk.page.recipes, clerk.page.recipes.form
    clerk.press(Key.Key_F8)
    clerk.press(Key.Key_F4)
    clerk.scan(COGNAC)  # what is made
    clerk.type("4")
    clerk.press(Key.Key_Return)
    clerk.scan(BAR)
    clerk.type("12")
    clerk.scan(WRAP)
    clerk.type("4")
    clerk.press(Key.Key_F12)
    assert [view.recipe.quantity for view in page.usable] == [10, 4]
    new = recipe(clerk, 2)
    assert [one.quantity for one in new.inputs] == [12, 4]
    assert (new.version, str(new.work), new.loss, new.shelf_days) == (1, "0.00", 0, None)
    assert clerk.news.startswith("Recipe Cognac")

    clerk.press(Key.Key_F5)
    put(form.loss_field, "2.5")
    put(form.work_field, "8.40")
    put(form.keeps_field, "30")
    clerk.press(Key.Key_F12)
    changed = recipe(clerk, 2)
    assert (changed.version, str(changed.work), changed.loss, changed.shelf_days) == (2, "8.40", 25, 30)
    assert page.panel.history.texts[0].startswith("Version 2, from 24 Nov 2026, in force")
    assert "changed: usual loss, cost of the work, days it keeps" in page.panel.history.texts[0]

    clerk.press(Key.Key_F5)
    yesterday = clerk.till.session.today - timedelta(days=1)
    form.day_field.setDate(QDate(yesterday.year, yesterday.month, yesterday.day))
    clerk.press(Key.Key_F12)
    assert "a change from 23 Nov 2026 would never hold" in form.day.complaint
    assert recipe(clerk, 2).version == 2
    for days, loss in ((9, "3"), (0, "2.5")):
        day = clerk.till.session.today + timedelta(days=days)
        form.day_field.setDate(QDate(day.year, day.month, day.day))
        put(form.loss_field, loss)
        put(form.work_field, "8.40" if days else "9.00")
        clerk.press(Key.Key_F12)
        clerk.press(Key.Key_F5)
    clerk.twice(Key.Key_Escape)
    assert page.panel.facts.texts[-1] == "Comes next. version 3 from 3 Dec 2026."
    assert "changed: cost of the work" in page.panel.history.texts[0], "beside the version that holds today"

    clerk.press(Key.Key_F6)
    assert clerk.news.startswith("Withdraw Cognac")
    clerk.press(Key.Key_F6)
    assert [row.cells[0].second.split(", ")[0] for row in page.rows.rows] == ["W-000001"]
    clerk.press(Key.Key_F3)
    assert page.rows.rows[-1].cells[-1].text == "withdrawn"


def test_a_change_keeps_the_currency_of_the_work_and_a_day_to_come(clerk: AtTheWorkshop) -> None:
    lines, day = (GoodsLine(12, BAR),), clerk.till.session.today + timedelta(days=9)
    draft = RecipeDraft("Cognac box", GoodsLine(1, COGNAC), lines, work=Money(300_00, KZT), valid_from=day)
    clerk.shop.workshop.recipes(clerk.person, draft)
    page, form = clerk.page.recipes, clerk.page.recipes.form
    clerk.press(Key.Key_F8)
    page.read(2)
    clerk.wait()
    clerk.press(Key.Key_F5)
    assert form.work.label.text() == "Cost of the work, ₸"
    put(form.keeps_field, "30")
    clerk.press(Key.Key_F12)
    changed = recipe(clerk, 2)
    assert (changed.version, changed.work, changed.valid_from) == (2, Money(300_00, KZT), day)
    put(form.keeps_field, "31")
    clerk.press(Key.Key_F4)
    assert form.work.label.text() == "Cost of the work, ¥"


def test_what_cannot_be_a_recipe_is_said_where_it_stands(clerk: AtTheWorkshop) -> None:
    form = clerk.page.recipes.form
    clerk.page.show_list("recipes")
    clerk.wait()
    clerk.press(Key.Key_F4)
    clerk.press(Key.Key_F12)
    assert "What is made" in form._wrong.text()
    clerk.press(Key.Key_F2)
    clerk.type("no such goods")
    clerk.press(Key.Key_Return)
    assert clerk.news == "Nothing found"
    clerk.press(Key.Key_Escape)
    assert (form.search.box.text(), clerk.page.recipes.side.currentWidget()) == ("", form)
    clerk.scan(BOX)
    clerk.scan(BAR)
    put(form.inputs.rows[0].pieces, "many")
    clerk.press(Key.Key_F12)
    assert form.inputs.rows[0]._wrong.text()
    put(form.inputs.rows[0].pieces, "6")
    put(form.loss_field, "100")
    clerk.press(Key.Key_F12)
    assert form.loss.complaint
    assert len(clerk.shop.workshop.recipes.all(clerk.person)) == 1
    clerk.till.session.speak("ru")
    clerk.wait()
    assert (form.inputs.content, clerk.page.waiting()) == (
        (f"{form.inputs.goods[0].product.id}:6",),
        "несохранённый рецепт",
    )
    clerk.till.session.speak("en")
    clerk.press(Key.Key_Escape)
    clerk.press(Key.Key_Escape)
    assert clerk.page.waiting() == ""


def test_the_account_and_the_report_are_read_and_saved(
    clerk: AtTheWorkshop, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with clerk.shop.issue_receipt.store.begin() as work:
        at = clerk.shop.now()
        product = work.products.by_code(BAR, at)
        assert product is not None
        lot = work.stock.lot(product.id, "L1", None, "GJ-77", at)
        moves = [Movement(product.id, -100, "waste"), Movement(product.id, 60, "opening", lot=lot.id)]
        work.stock.record(moves, at, "demo")
        work.commit()
    clerk.has_planned(started=True)
    clerk.shop.workshop.finish(clerk.person, FinishDraft(1, 9))
    clerk.page.show_list("account")
    clerk.wait()
    account = clerk.page.account
    assert [[cell.text for cell in row.cells[1:]] for row in account.rows.rows] == [
        ["GJ-77", "60", "0", "60", "0", "0"]
    ]
    assert account.panel.facts.texts[-1].startswith("Used in batches 60. lost 6, on hand 54")

    clerk.press(Key.Key_F2)
    clerk.type("GJ-0")
    clerk.press(Key.Key_Return)
    assert account.empty.accessibleName() == "No goods under this document"
    clerk.press(Key.Key_F2)
    clerk.type("B-000001")
    clerk.press(Key.Key_Return)
    assert [row.cells[1].text for row in account.rows.rows] == ["GJ-77"]
    clerk.press(Key.Key_Escape)
    saved = tmp_path / "account.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(saved), ""))
    clerk.press(Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    clerk.until(saved.exists)
    clerk.wait()
    assert len(openpyxl.load_workbook(saved).sheetnames) >= 2

    clerk.press(Key.Key_F8)
    report = clerk.page.report
    assert report.recipes.texts[0][:6] == ("Gift box", "1", "–", "10", "9", "90\u00a0%")
    clerk.press(Key.Key_F3)  # everything
    assert report.days.period.key == "" or report.days.period.key in {"today", "yesterday", "week", "month"}
