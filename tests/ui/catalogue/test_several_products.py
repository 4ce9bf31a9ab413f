"""The clerk marks several products and gives them one value: by keys, by finger, and taken back."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit

from pos.application.catalogue.change_several import ChangeSeveral, SeveralRequest
from pos.domain.errors import Collided
from tests.builders import CONSOLE
from tests.ui.at_the_counter import NOT_COMPLETE, VOLUME_UNKNOWN
from tests.ui.catalogue.catalogue_clerk import COGNAC, UNKNOWN, Clerk
from tests.ui.reader import listening
from tests.ui.slow_store import SlowStore


def ids(clerk: Clerk, *codes: str) -> set[int]:
    return {clerk.shop.find.show(code).product.id for code in codes}


def marked(clerk: Clerk) -> set[int]:
    return set(clerk.page.side.marks.ids)


def search(clerk: Clerk, text: str) -> None:
    clerk.page.side.box.set_text(text)
    clerk.page.side.ask()
    clerk.wait()


def tap(clerk: Clerk, index: int, x: int = 20) -> None:
    table = clerk.page.side.table
    box = table.visualRect(table.model().index(index, 0))
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(x, box.center().y()))
    clerk.wait()


def type_in(clerk: Clerk, name: str, text: str) -> None:
    editor = clerk.page.panel.values[name].editor
    edit = editor.lineEdit() if isinstance(editor, QComboBox) else editor
    assert isinstance(edit, QLineEdit)
    edit.setFocus()
    edit.clear()
    QTest.keyClicks(edit, text)
    pause(clerk)


def pause(clerk: Clerk) -> None:
    clerk.typing.time.pass_by(250, clerk.wait)


def open_with(clerk: Clerk, *codes: str) -> None:
    clerk.page.side.marks.add(ids(clerk, *codes))
    clerk.press(Qt.Key.Key_F9)
    clerk.wait()


def test_products_are_marked_by_keys_and_by_finger_and_stay_marked_under_another_search(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_Insert)
    assert marked(clerk) == ids(clerk, NOT_COMPLETE)
    tap(clerk, 1)
    assert marked(clerk) == ids(clerk, NOT_COMPLETE, VOLUME_UNKNOWN)
    assert clerk.page.form.shown is not None
    assert clerk.page.form.shown.card.code == NOT_COMPLETE  # a tap on a mark chooses no product
    assert clerk.page.side.rows.text(1).spoken.startswith("marked, ")
    assert clerk.page.side.count.text() == "2 marked"

    clerk.page.side.table.setFocus()
    clerk.press(Qt.Key.Key_Space)
    assert marked(clerk) == ids(clerk, VOLUME_UNKNOWN)
    search(clerk, "cognac")
    assert marked(clerk) == ids(clerk, VOLUME_UNKNOWN)
    tap(clerk, 0, x=120)  # beside the mark: the product
    assert marked(clerk) == ids(clerk, VOLUME_UNKNOWN)


def test_all_that_is_found_is_marked_and_with_the_same_key_no_longer(clerk: Clerk) -> None:
    search(clerk, "cognac")
    found = ids(clerk, *clerk.rows())
    clerk.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    clerk.wait()
    assert marked(clerk) == found > set()
    assert clerk.page.side.mark_button.text() == "Unmark all"

    search(clerk, "")
    clerk.press(Qt.Key.Key_Insert)
    assert len(marked(clerk)) == len(found) + 1
    search(clerk, "cognac")
    clerk.press(Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier)
    clerk.wait()
    assert not marked(clerk) & found


def test_several_products_are_looked_at_changed_with_f12_and_taken_back_with_undo(clerk: Clerk) -> None:
    before = {code: clerk.card(code) for code in (COGNAC, VOLUME_UNKNOWN)}
    clerk.type("brandy")  # a field keeps its own undo while there is something in it
    clerk.wait()
    open_with(clerk, COGNAC, VOLUME_UNKNOWN)
    panel = clerk.page.panel
    assert panel.isVisible()
    assert panel.title.text() == "Change several: 2 products"
    assert not panel.button.isEnabled()

    type_in(clerk, "shelf", "V-1")
    assert panel.values["shelf"].is_on
    assert panel.values["shelf"].effect.text().startswith("2 products change. ")
    assert panel.values["shelf"].effect.text().endswith("→ V-1")
    clerk.save()

    assert {clerk.card(code).shelf for code in before} == {"V-1"}
    assert clerk.card(COGNAC) == replace(before[COGNAC], shelf="V-1")
    assert not panel.isVisible()
    assert not marked(clerk)
    assert clerk.news == "2 products changed."

    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.wait()
    assert {code: clerk.card(code) for code in before} == before
    assert marked(clerk) == ids(clerk, *before)
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    clerk.wait()
    assert {code: clerk.card(code) for code in before} == before


def test_a_change_that_has_moved_is_not_taken_back(clerk: Clerk) -> None:
    open_with(clerk, COGNAC)
    type_in(clerk, "shelf", "V-1")
    clerk.save()
    product_id, card = clerk.shop.edit_product.card(COGNAC, CONSOLE)
    clerk.shop.edit_product(product_id, card, replace(card, shelf="W-9"), CONSOLE)

    clerk.page.several.undo()
    clerk.wait()

    assert clerk.card(COGNAC).shelf == "W-9"
    assert clerk.news.startswith("Another person has changed this")


def test_goods_that_come_to_missing_data_are_named_before(clerk: Clerk) -> None:
    open_with(clerk, COGNAC)
    value = clerk.page.panel.values["ml"]
    value.box.click()
    pause(clerk)

    said = clerk.page.panel.warning.text()
    assert said.startswith("1 product comes to Missing data: ")
    assert "volume" in said


def test_goods_with_a_price_stay_sold_by_the_piece_and_are_named(clerk: Clerk) -> None:
    open_with(clerk, COGNAC)
    clerk.page.panel.values["by_weight"].box.click()
    pause(clerk)

    assert "stays as it is" in clerk.page.panel.warning.text()
    assert not clerk.page.panel.button.isEnabled()
    clerk.save()
    assert not clerk.card(COGNAC).by_weight


def test_what_another_person_has_changed_meanwhile_is_shown_before_it_changes_again(clerk: Clerk) -> None:
    open_with(clerk, COGNAC, VOLUME_UNKNOWN)
    type_in(clerk, "shelf", "V-1")
    several = ChangeSeveral(clerk.shop.change_several.context, clerk.shop.missing_data)
    several(CONSOLE, SeveralRequest(tuple(ids(clerk, COGNAC)), {"shelf": "V-1"}))

    clerk.save()

    assert clerk.card(VOLUME_UNKNOWN).shelf != "V-1"
    assert clerk.news.startswith("Another person has changed this")
    pause(clerk)
    assert clerk.page.panel.button.isEnabled()
    clerk.save()
    assert clerk.card(VOLUME_UNKNOWN).shelf == "V-1"


def test_a_wrong_figure_is_named_at_its_field_and_nothing_is_recorded(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_with(clerk, COGNAC)
    before = clerk.card(COGNAC)
    with listening(monkeypatch, clerk.wait) as reader:
        type_in(clerk, "gross_kg", "-1")
        refusal = clerk.page.panel.values["gross_kg"].editor.accessibleDescription()
        assert refusal
        assert refusal in reader.heard()
    clerk.save()
    assert clerk.card(COGNAC) == before


def test_marks_and_panel_go_with_another_person_and_stay_with_the_same(clerk: Clerk) -> None:
    open_with(clerk, COGNAC)
    clerk.till.session.take_person(clerk.person("manager"))
    clerk.wait()
    assert marked(clerk) == ids(clerk, COGNAC)
    clerk.look("clerk")
    assert not marked(clerk)
    assert not clerk.page.panel.isVisible()


def test_a_scan_marks_its_product_while_several_are_changed(clerk: Clerk) -> None:
    open_with(clerk, VOLUME_UNKNOWN)
    clerk.scanned(COGNAC)
    assert marked(clerk) == ids(clerk, VOLUME_UNKNOWN, COGNAC)
    assert clerk.page.panel.title.text() == "Change several: 2 products"
    clerk.scanned(UNKNOWN)
    assert clerk.page.panel.isVisible()

    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()
    assert not clerk.page.panel.isVisible()
    assert marked(clerk) == ids(clerk, VOLUME_UNKNOWN, COGNAC)


def test_keys_of_the_form_do_nothing_to_the_product_behind_the_panel(clerk: Clerk) -> None:
    open_with(clerk, COGNAC)
    for key in (Qt.Key.Key_F5, Qt.Key.Key_F6, Qt.Key.Key_F8):
        clerk.press(key)
        clerk.wait()
    assert not clerk.page.form.is_changed
    assert clerk.page.panel.isVisible()


def test_without_marks_it_is_said_how_to_mark_and_with_unsaved_work_that_comes_first(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_F9)
    clerk.wait()
    assert not clerk.page.panel.isVisible()
    assert clerk.news.startswith("Mark products first")
    clerk.till.session.speak("ru")
    assert not clerk.news.startswith("Mark products first")
    clerk.till.session.speak("en")

    clerk.scanned(COGNAC)
    clerk.fill(shelf="Z-1")
    open_with(clerk, COGNAC)
    assert not clerk.page.panel.isVisible()
    assert clerk.page.form.is_changed


def test_a_store_that_is_busy_leaves_the_panel_as_it_is(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_asked: object) -> None:
        raise Collided("10.0.0.5")

    open_with(clerk, COGNAC)
    type_in(clerk, "shelf", "V-1")
    with monkeypatch.context() as patch:
        patch.setattr(ChangeSeveral, "__call__", busy)
        clerk.save()
    assert clerk.page.panel.isVisible()
    assert clerk.card(COGNAC).shelf != "V-1"
    clerk.save()
    assert clerk.card(COGNAC).shelf == "V-1"


def test_a_cashier_who_comes_to_an_open_panel_reads_of_no_right_that_they_lack(clerk: Clerk) -> None:
    open_with(clerk, COGNAC)
    page = clerk.page
    clerk.till.session.take_person(clerk.person("amina"))
    clerk.wait()
    assert (page.several.is_open, len(page.side.marks), clerk.news) == (False, 0, "")


def test_what_was_recorded_for_one_person_is_not_taken_back_by_the_next(clerk: Clerk) -> None:
    open_with(clerk, COGNAC)
    type_in(clerk, "shelf", "V-1")
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_F12)
        clerk.till.session.take_person(clerk.person("clerk"))
        clerk.page.side.marks.add(ids(clerk, VOLUME_UNKNOWN))
    clerk.wait()
    assert clerk.card(COGNAC).shelf == "V-1"
    assert marked(clerk) == ids(clerk, VOLUME_UNKNOWN)
    clerk.page.several.undo()
    clerk.wait()
    assert clerk.card(COGNAC).shelf == "V-1"


def test_the_product_that_was_chosen_beside_the_panel_is_shown_when_it_goes(clerk: Clerk) -> None:
    open_with(clerk, COGNAC)
    tap(clerk, 1, x=120)
    assert clerk.page.panel.isVisible()
    clerk.press(Qt.Key.Key_Escape)
    clerk.wait()
    assert clerk.page.form.isVisible()
    assert clerk.page.form.shown is not None
    assert clerk.page.form.shown.card.code == VOLUME_UNKNOWN


def test_the_button_of_the_notice_takes_it_back_by_finger(clerk: Clerk) -> None:
    before = clerk.card(COGNAC)
    clerk.page.side.marks.add(ids(clerk, COGNAC))
    clerk.page.side.several_button.click()
    clerk.wait()
    type_in(clerk, "shelf", "V-1")
    clerk.page.panel.button.click()
    clerk.wait()
    assert clerk.card(COGNAC).shelf == "V-1"

    clerk.till.window.work.notices.action_pressed.emit()
    clerk.wait()

    assert clerk.card(COGNAC) == before
    assert clerk.news == "1 product is as before."
