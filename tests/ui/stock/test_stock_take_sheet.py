"""The clerk counts a shelf with the scanner, sees what differs, and posts it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QWidget

from pos.application.stock.count_stock import CountDraft, CountStock
from pos.domain.errors import Collided
from pos.ui.input.finishing_keys import STOOD
from pos.ui.look.sounds import Sound
from pos.ui.stock.counting.screen import StockTakeScreen
from pos.ui.widgets.buttons.key_hint import KeyHint
from pos.ui.widgets.drawing.text_label import TextLabel
from tests.shops import CHOCOLATE, COGNAC, SWEETS
from tests.ui.at_the_stock import StockHand
from tests.ui.input.test_finishing_keys import double_tap
from tests.ui.keyboard import NO_MODIFIER
from tests.ui.slow_store import SlowStore

SHIFT = Qt.KeyboardModifier.ShiftModifier


def page(clerk: StockHand) -> StockTakeScreen:
    page = clerk.till.window.page
    assert isinstance(page, StockTakeScreen)
    return page


def begin(clerk: StockHand, *codes: str) -> None:
    """A blind count of some products, begun with the scanner and F12."""
    for code in codes:
        clerk.scan(code)
    clerk.press(Qt.Key.Key_F12)


def hint(part: QWidget, text: str) -> KeyHint:
    return next(one for one in part.findChildren(KeyHint) if one.isVisible() and one.text() == text)


def on_hand(clerk: StockHand, code: str) -> int:
    return clerk.shop.find.show(code).on_hand


def test_an_empty_list_says_what_to_do(clerk: StockHand) -> None:
    assert page(clerk).empty.isVisible()
    assert page(clerk).empty.accessibleName() == "No counts yet"


def test_a_shelf_is_counted_with_the_scanner_alone_and_posted_with_keys(clerk: StockHand) -> None:
    chocolate, sweets = on_hand(clerk, CHOCOLATE), on_hand(clerk, SWEETS)
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.scan(CHOCOLATE)
    assert page(clerk).sheet.last.figure.text == "2"
    assert page(clerk).sheet.last.figure.beside == ""
    clerk.type(str(chocolate - 2))
    clerk.press(Qt.Key.Key_Return)
    clerk.type(f"{sweets} *")
    clerk.scan(SWEETS)
    assert page(clerk).sheet.last.figure.added == f"+{sweets}"
    assert set(clerk.heard.sounds) == {Sound.ACCEPT}
    clerk.press(Qt.Key.Key_F12)

    review = page(clerk).review
    assert [row.split(" | ")[1:4] for row in review.rows.texts()] == [[str(chocolate), str(chocolate - 2), "2 missing"]]
    clerk.press(Qt.Key.Key_4)
    assert review.rows.texts()[0].endswith("Theft")
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news == "C-000001 posted. Recorded stock now matches the count."
    assert (on_hand(clerk, CHOCOLATE), on_hand(clerk, SWEETS)) == (chocolate - 2, sweets)
    assert clerk.shop.verify_books() == []
    clerk.press(Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert clerk.news == "Printed: C-000001.pdf"
    clerk.press(Qt.Key.Key_Escape)
    assert page(clerk).rows.texts()[0].endswith("posted")


def test_a_blind_sheet_never_shows_the_books(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    assert str(on_hand(clerk, CHOCOLATE)) not in page(clerk).sheet.last.figure.accessibleName()
    clerk.press(Qt.Key.Key_F8)
    assert clerk.news == "Finish the blind count sheet first."
    assert page(clerk).pages.currentWidget() is page(clerk).sheet


def test_a_sheet_is_saved_as_it_stands(clerk: StockHand, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "sheet.csv"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(file), ""))
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    header, row = file.read_text(encoding="utf-8-sig").splitlines()
    assert header == "When,Product,Code,Lot,Counted"
    assert row.endswith(f"{CHOCOLATE},,1")


def test_what_does_not_belong_has_its_own_sound_and_colour(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(COGNAC)
    assert clerk.last_sound is Sound.OVER
    row = page(clerk).sheet.rows.row(0)
    assert row is not None
    assert row.warns
    assert row.spoken.endswith("not in this stock-take")


def test_a_number_without_its_enter_is_not_lost_at_the_next_scan(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.type("12")
    said = ("Press Enter to accept this entry, or Esc to drop it.", Sound.UNREAD)
    clerk.scan(SWEETS)
    assert (clerk.news, clerk.last_sound) == said
    clerk.heard.sounds.clear()
    clerk.press(Qt.Key.Key_F12)
    assert (clerk.news, clerk.last_sound) == said
    assert page(clerk).pages.currentWidget() is page(clerk).sheet
    clerk.press(Qt.Key.Key_Return)
    assert page(clerk).sheet.last.figure.text == "12"
    clerk.scan(SWEETS)
    assert page(clerk).sheet.rows.rowCount() == 2


@pytest.mark.parametrize("begun", [False, True])
def test_goods_that_were_renamed_have_their_name_of_now(clerk: StockHand, begun: bool) -> None:
    here = page(clerk)
    clerk.scan(CHOCOLATE)
    if begun:
        clerk.press(Qt.Key.Key_F12)
        clerk.scan(CHOCOLATE)
    edit = clerk.shop.edit_product
    key, card = edit.card(CHOCOLATE, clerk.person)
    edit(key, card, replace(card, names={**card.names, "en": "Bitter chocolate"}), clerk.person)
    here.entered()
    clerk.wait()
    texts = [label.text() for label in (here.sheet if begun else here.form).findChildren(TextLabel)]

    assert "Bitter chocolate" in texts


def test_an_unknown_code_is_reported_and_nothing_is_lost(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.scan("6901028075763")
    assert (clerk.news, clerk.last_sound) == ("No product has the code 6901028075763.", Sound.UNKNOWN)
    assert page(clerk).sheet.last.figure.text == "1"
    clerk.scan(CHOCOLATE)
    assert clerk.news == ""


def test_the_last_scan_is_taken_back_and_a_product_recounted(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert page(clerk).sheet.last.figure.text == "1"
    clerk.press(Qt.Key.Key_F6)
    assert page(clerk).sheet.rows.rowCount() == 0
    assert clerk.news.endswith("removed from the sheet. Count it again.")


def test_what_is_sold_while_it_is_counted_is_reported_at_once(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    with clerk.shop.count_stock.store.begin() as work:
        product = clerk.shop.find.show(CHOCOLATE).product
        work.stock.move(product.id, -1, "sale", clerk.shop.now(), "amina")
        work.commit()
    clerk.scan(CHOCOLATE)
    assert clerk.last_sound is Sound.REVIEW
    assert page(clerk).sheet.last.note.text() == "It was sold or moved during the count. Count it again."


def test_enter_in_the_list_goes_on_with_the_stock_take_that_was_left(clerk: StockHand) -> None:
    begin(clerk, SWEETS)
    clerk.press(Qt.Key.Key_Escape)
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.press(Qt.Key.Key_F7)
    clerk.press(Qt.Key.Key_Return)
    opened = page(clerk).counting.on_show
    assert opened is not None
    assert opened.count.name == "C-000002"


def test_an_open_count_shows_the_books_beside_it_and_speaks_every_language(clerk: StockHand) -> None:
    clerk.shop.count_stock.begin(clerk.person, CountDraft(scope="category", value="food", blind=False))
    page(clerk).entered()
    clerk.wait()
    clerk.press(Qt.Key.Key_Return)
    clerk.scan(CHOCOLATE)
    assert page(clerk).sheet.last.figure.beside == f"of {on_hand(clerk, CHOCOLATE)}"
    clerk.till.session.speak("ru")
    assert page(clerk).sheet.last.figure.beside == f"из {on_hand(clerk, CHOCOLATE)}"


def test_a_stock_take_is_given_up_when_it_is_said_twice(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.press(Qt.Key.Key_Escape)
    clerk.press(Qt.Key.Key_F3, SHIFT)
    assert page(clerk).rows.texts()[0].endswith("counting")
    clerk.press(Qt.Key.Key_F3, SHIFT)
    assert page(clerk).rows.texts()[0].endswith("discarded")


def test_a_number_typed_right_behind_a_scan_is_about_that_product(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    page(clerk).counting.scanned(SWEETS)
    page(clerk).counting.typed("7")
    clerk.wait()
    shown = page(clerk).sheet.shown
    assert shown is not None
    assert {row.code: row.counted for row in shown.sheet.rows} == {CHOCOLATE: 1, SWEETS: 7}


def test_that_no_product_is_chosen_is_said_until_one_is(clerk: StockHand) -> None:
    page(clerk).form._choose_scope("products")
    clerk.press(Qt.Key.Key_F12)
    assert "missing" in clerk.news
    clerk.scan(CHOCOLATE)
    assert clerk.news == ""


def test_a_second_press_while_the_first_is_under_way_is_the_same_act(clerk: StockHand) -> None:
    clerk.scan(CHOCOLATE)
    clerk.typing.press(Qt.Key.Key_F12)
    clerk.typing.press_again(Qt.Key.Key_F12)
    clerk.wait()
    begun, news = page(clerk).sheet.isVisible(), clerk.news
    clerk.scan(CHOCOLATE)
    clerk.typing.press(Qt.Key.Key_F12)
    clerk.typing.press_again(Qt.Key.Key_F12)
    clerk.wait()

    assert (begun, news) == (True, "")
    assert page(clerk).review.isVisible()
    assert clerk.news == ""


def test_a_key_counts_again_when_what_it_asked_for_was_refused(clerk: StockHand) -> None:
    clerk.press(Qt.Key.Key_F8)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F12)
    assert page(clerk).review.isVisible()
    clerk.press(Qt.Key.Key_F12)
    refused = clerk.news
    clerk.press(Qt.Key.Key_4)
    clerk.press(Qt.Key.Key_F12)

    assert refused
    assert clerk.news.startswith("C-000001 posted")


def test_a_figure_that_is_typed_and_not_entered_keeps_the_sheet_open(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.type("50")
    clerk.press(Qt.Key.Key_F12)
    assert clerk.news == "Press Enter to accept this entry, or Esc to drop it."
    assert page(clerk).pages.currentWidget() is page(clerk).sheet

    clerk.press(Qt.Key.Key_Escape)
    assert page(clerk).pages.currentWidget() is page(clerk).sheet
    clerk.press(Qt.Key.Key_F12)
    assert page(clerk).pages.currentWidget() is page(clerk).review


def test_chosen_products_that_are_none_are_missed_by_the_name_of_the_field(clerk: StockHand) -> None:
    scopes = page(clerk).form.scopes
    index = scopes.findData("products")
    scopes.setCurrentIndex(index)
    scopes.activated.emit(index)
    clerk.press(Qt.Key.Key_F12)

    assert clerk.till.window.work.notices.accessibleName().startswith("Product is missing.")


def test_two_quick_taps_undo_one_scan(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    for _ in range(3):
        clerk.scan(CHOCOLATE)
    double_tap(clerk, hint(page(clerk).sheet, "Undo"))

    assert page(clerk).sheet.last.figure.text == "2"


def test_f4_names_no_goods_but_those_that_the_figure_is_of(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F4)
    asked = clerk.news
    clerk.scan(SWEETS)
    after_a_scan = clerk.news
    clerk.press(Qt.Key.Key_F4)
    clerk.type("12")
    clerk.press(Qt.Key.Key_Return)

    assert asked.endswith("Dark chocolate 100 g: enter the quantity, then press Enter.")
    assert (after_a_scan, clerk.news) == ("", "")


def test_an_incomplete_scan_is_not_asked_for_again_once_it_was_counted(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    page(clerk).unreadable("46")
    before = clerk.news
    clerk.scan(CHOCOLATE)

    assert before == "The scan was incomplete. Scan again."
    assert clerk.news == ""


def test_a_stock_take_whose_discard_was_declined_with_esc_is_asked_about_again(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_Escape)
    for key, modifier in ((Qt.Key.Key_F3, SHIFT), (Qt.Key.Key_Escape, NO_MODIFIER), (Qt.Key.Key_F3, SHIFT)):
        clerk.press(key, modifier)
        clerk.typing.wait(STOOD)

    (count,) = clerk.shop.count_stock.all(clerk.person, 9)
    assert count.is_open


def test_a_stock_take_begun_by_one_key_pressed_twice_is_one(clerk: StockHand) -> None:
    form = page(clerk).form
    clerk.scan(CHOCOLATE)
    form.scopes.setCurrentIndex(form.scopes.findData("shelf"))
    form.scopes.activated.emit(form.scopes.currentIndex())
    form.shelf.setText("A1")
    form.shelf.setFocus()
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Return)
        slow.press(Qt.Key.Key_Return)

    assert len(clerk.shop.count_stock.all(clerk.person, 10)) == 1
    assert page(clerk).pages.currentWidget() is page(clerk).sheet


def test_a_figure_typed_behind_a_scan_is_on_the_sheet_that_is_finished_before_the_store_answers(
    clerk: StockHand,
) -> None:
    begin(clerk, CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.type("7")
        slow.press(Qt.Key.Key_Return)
        slow.press(Qt.Key.Key_F12)
    review = page(clerk).review

    assert page(clerk).pages.currentWidget() is review
    assert [row.split(" | ")[2] for row in review.rows.texts()] == ["7"]


def test_the_list_does_not_say_that_nothing_is_counted_while_it_is_still_read(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.press(Qt.Key.Key_Escape)
        assert not page(clerk).empty.isVisible()

    assert page(clerk).rows.rowCount() == 1


def test_the_keys_of_a_sheet_concern_the_goods_of_the_last_entry_and_that_row_is_marked(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.scan(SWEETS)
    table = page(clerk).sheet.table
    marked = table.current_row
    where = table.visualRect(table.model().index(1 - marked, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, NO_MODIFIER, where)
    clerk.wait()
    assert table.current_row == marked
    clerk.type("7")
    clerk.press(Qt.Key.Key_Return)
    shown = page(clerk).sheet.shown
    assert shown is not None
    assert {row.code: row.counted for row in shown.sheet.rows} == {CHOCOLATE: 1, SWEETS: 7}


@pytest.mark.parametrize("typed", ["-3 *", "0 *"])
def test_a_quantity_that_none_can_be_is_not_lost_at_the_next_scan_of_a_sheet(clerk: StockHand, typed: str) -> None:
    begin(clerk, CHOCOLATE)
    clerk.type(typed)
    clerk.scan(CHOCOLATE)
    sheet = page(clerk).sheet
    assert (sheet.rows.rowCount(), sheet.box.text()) == (0, typed)
    assert clerk.news == "Press Enter to accept this entry, or Esc to drop it."


def test_a_figure_typed_before_the_first_scan_of_a_sheet_waits_for_its_enter(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.type("12")
    clerk.scan(CHOCOLATE)
    assert page(clerk).sheet.box.text() == "12"
    clerk.press(Qt.Key.Key_Return)
    assert page(clerk).sheet.last.figure.text == "12"


def test_another_person_does_not_count_on_the_sheet_of_the_one_before(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.till.session.take_person(next(person for person in clerk.shop.sign_in.people() if person.name == "manager"))
    clerk.till.window.show_screen("count")
    clerk.wait()
    assert not page(clerk).sheet.isVisible()
    clerk.press(Qt.Key.Key_Return)
    clerk.scan(CHOCOLATE)
    shown = page(clerk).sheet.shown
    assert shown is not None
    assert (shown.sheet.sheet.person, [row.counted for row in shown.sheet.rows]) == ("manager", [1])


def test_an_enter_too_many_behind_a_scan_does_not_keep_the_figure_for_the_next_product(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        slow.press(Qt.Key.Key_Return)
        slow.type("7")
        slow.press(Qt.Key.Key_Return)
    clerk.scan(SWEETS)
    shown = page(clerk).sheet.shown
    assert shown is not None
    assert {row.code: row.counted for row in shown.sheet.rows} == {CHOCOLATE: 7, SWEETS: 1}


def test_what_was_typed_on_a_sheet_is_never_counted_on_the_next_one(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.press(Qt.Key.Key_Escape)
    begin(clerk, COGNAC)
    with SlowStore(clerk) as slow:
        slow.scan(COGNAC)
        for text in ("7", SWEETS, "5"):
            slow.type(text)
            slow.press(Qt.Key.Key_Return)
        slow.press(Qt.Key.Key_F12)
        slow.press(Qt.Key.Key_Escape)
        page(clerk).table.choose(1)
        slow.press(Qt.Key.Key_Return)
    screen = page(clerk)
    assert screen.pages.currentWidget() is screen.sheet
    assert screen.counting.on_show is not None
    assert (screen.counting.on_show.count.number, screen.sheet.rows.rowCount()) == (1, 0)


def test_an_undo_that_is_refused_is_still_to_be_done_and_undoes_no_earlier_scan(
    clerk: StockHand, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.scan(SWEETS)

    def busy(*_entry: object) -> None:
        raise Collided("10.0.0.5")

    with monkeypatch.context() as patch:
        patch.setattr(CountStock, "take_back", busy)
        clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert clerk.news.endswith("The database is busy with another till. Try again.")
    clerk.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)

    counted = {row.split(" | ")[0]: row.split(" | ")[2] for row in page(clerk).sheet.rows.texts()}
    assert counted == {"Dark chocolate 100 g": "1"}


def test_the_keys_of_a_sheet_behind_a_scan_concern_what_was_scanned(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS, COGNAC)
    clerk.scan(CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press("+")
        slow.scan(COGNAC)
        slow.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_F6)
    shown = page(clerk).sheet.shown
    assert shown is not None

    assert {row.code: row.counted for row in shown.sheet.rows if row.counted} == {CHOCOLATE: 1}


def test_a_sheet_is_not_finished_without_the_code_scanned_last_that_no_one_knows(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    with SlowStore(clerk) as slow:
        slow.scan("4006381333931")
        slow.press(Qt.Key.Key_F12)
    assert page(clerk).pages.currentWidget() is page(clerk).sheet

    with SlowStore(clerk) as slow:
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_F12)
    assert page(clerk).pages.currentWidget() is page(clerk).review


def test_a_piece_more_is_of_the_goods_before_it_also_where_others_are_scanned_at_once(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    with SlowStore(clerk) as slow:
        slow.scan(CHOCOLATE)
        page(clerk).sheet.changed.emit(1)
        slow.scan(SWEETS)
        slow.press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
        slow.scan(CHOCOLATE)
    shown = page(clerk).sheet.shown
    assert shown is not None

    assert {row.code: row.counted for row in shown.sheet.rows if row.counted} == {CHOCOLATE: 3}


def test_a_stock_take_that_another_person_has_begun_meanwhile_is_on_the_list_beside_the_refusal(
    clerk: StockHand,
) -> None:
    clerk.shop.count_stock.begin(clerk.person, CountDraft(scope="products", codes=(CHOCOLATE,)))
    assert page(clerk).empty.isVisible()
    begin(clerk, CHOCOLATE)

    assert clerk.news.endswith("is already in stock-take C-000001. Finish that one first.")
    assert len(page(clerk).rows.texts()) == 1
    clerk.press(Qt.Key.Key_Escape)
    clerk.shop.count_stock.drop(clerk.person, 1)
    clerk.press(Qt.Key.Key_Return)
    assert clerk.news == "Stock-take C-000001 was discarded. Nothing counted for it is posted."
    assert "counting" not in page(clerk).rows.texts()[0]


def test_a_stock_take_begun_by_mistake_is_discarded_on_its_sheet_by_the_same_key_twice(clerk: StockHand) -> None:
    chocolate = on_hand(clerk, CHOCOLATE)
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F3, SHIFT)
    assert clerk.news == (
        "Discard C-000001 · Shop floor · Chosen products? All that was counted is dropped, and nothing is posted. "
        "Press Shift+F3 again to confirm."
    )
    assert page(clerk).pages.currentWidget() is page(clerk).sheet
    clerk.press(Qt.Key.Key_F3, SHIFT)
    assert clerk.news == "C-000001 discarded. Nothing was posted."
    assert page(clerk).pages.currentWidget() is page(clerk)._home
    assert page(clerk).rows.texts()[0].endswith("discarded")
    assert on_hand(clerk, CHOCOLATE) == chocolate


def test_the_question_whether_a_stock_take_is_discarded_goes_with_its_row(clerk: StockHand) -> None:
    """*Press Shift+F3 again to confirm* stood over a posted one, where Shift+F3 does nothing."""
    begin(clerk, CHOCOLATE)
    clerk.press(Qt.Key.Key_F3, SHIFT)
    clerk.press(Qt.Key.Key_F3, SHIFT)
    begin(clerk, CHOCOLATE)
    clerk.press(Qt.Key.Key_Escape)
    clerk.press(Qt.Key.Key_F3, SHIFT)
    asked = clerk.news
    clerk.press(Qt.Key.Key_Down)

    assert asked.startswith("Discard C-000002")
    assert clerk.news == ""


@pytest.mark.parametrize("is_sheet", [True, False])
def test_del_discards_no_stock_take(clerk: StockHand, is_sheet: bool) -> None:
    """It takes away one thing: a clerk presses it for a row or a digit, and twice for a second one."""
    begin(clerk, CHOCOLATE)
    clerk.scan(CHOCOLATE)
    if not is_sheet:
        clerk.press(Qt.Key.Key_Escape)
    for _ in range(2):
        clerk.press(Qt.Key.Key_Delete)
        clerk.typing.wait(STOOD)

    (count,) = clerk.shop.count_stock.all(clerk.person, 9)
    assert count.is_open


def test_a_scan_after_the_question_counts_and_discards_nothing(clerk: StockHand) -> None:
    begin(clerk, CHOCOLATE)
    clerk.press(Qt.Key.Key_F3, SHIFT)
    clerk.scan(CHOCOLATE)
    clerk.press(Qt.Key.Key_F3, SHIFT)
    assert clerk.news.startswith("Discard C-000001")
    assert clerk.shop.count_stock.all(clerk.person)[0].is_open


@pytest.mark.parametrize("is_on_sheet", [True, False])
def test_a_stock_take_is_discarded_by_finger_on_its_sheet_and_on_its_differences(
    clerk: StockHand, is_on_sheet: bool
) -> None:
    begin(clerk, CHOCOLATE)
    part: QWidget = page(clerk).sheet
    if not is_on_sheet:
        clerk.press(Qt.Key.Key_F12)
        part = page(clerk).review
    assert page(clerk).pages.currentWidget() is part
    for _ in range(2):
        clerk.wait()
        hint(part, "Discard stock-take").click()
    clerk.wait()
    assert clerk.news == "C-000001 discarded. Nothing was posted."
    assert page(clerk).pages.currentWidget() is page(clerk)._home
    assert not clerk.shop.count_stock.all(clerk.person)[0].is_open


@pytest.mark.parametrize("by", ["scan", "enter", "finish", "recount", "come back"])
def test_a_sheet_whose_stock_take_was_discarded_at_another_till_is_left_with_a_sentence(
    clerk: StockHand, by: str
) -> None:
    begin(clerk, CHOCOLATE, SWEETS)
    clerk.scan(CHOCOLATE)
    clerk.shop.count_stock.drop(clerk.person, 1)
    if by == "scan":
        clerk.scan(CHOCOLATE)
    elif by == "enter":
        clerk.type("7")
        clerk.press(Qt.Key.Key_Return)
    elif by == "finish":
        clerk.press(Qt.Key.Key_F12)
    elif by == "recount":
        clerk.press(Qt.Key.Key_F6)
    else:
        page(clerk).entered()
        clerk.wait()
    assert clerk.news == "Stock-take C-000001 was discarded. Nothing counted for it is posted."
    assert page(clerk).pages.currentWidget() is page(clerk)._home
    assert page(clerk).rows.texts()[0].endswith("discarded")
    assert clerk.shop.verify_books() == []


def test_the_stock_take_of_another_person_is_theirs_to_discard_and_a_managers(clerk: StockHand) -> None:
    manager = next(one for one in clerk.shop.sign_in.people() if one.name == "manager")
    clerk.shop.count_stock.begin(manager, CountDraft(scope="products", codes=(CHOCOLATE,)))
    page(clerk).entered()
    clerk.wait()
    clerk.press(Qt.Key.Key_F3, SHIFT)
    assert clerk.news == f"{manager.title} began stock-take C-000001. They can discard it, or a manager."
    clerk.press(Qt.Key.Key_Return)
    clerk.press(Qt.Key.Key_F3, SHIFT)
    assert clerk.news == f"{manager.title} began stock-take C-000001. They can discard it, or a manager."
    assert clerk.shop.count_stock.all(clerk.person)[0].is_open
