"""A finger that is dragged scrolls lists and pages and does nothing else; a tap is still a tap."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QApplication,
    QCheckBox,
    QScrollArea,
    QScroller,
    QTableView,
    QWidget,
)
from pytestqt.qtbot import QtBot

from pos.application.settings.settings import Settings
from pos.ui.catalogue.products.screen import ProductsScreen
from pos.ui.receipts.screen import HistoryScreen
from pos.ui.settings.screen import SettingsScreen
from pos.ui.shell.pages_at_work import pages_at_work
from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import DateBox
from tests.ui.at_the_counter import Hand, a_past, close_till, open_till

WAY = QPoint(0, -150)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path)
    opened.till.window.resize(1024, 600)
    yield opened
    close_till(opened)


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """The manager of a shop that has traded for some days, at all pages."""
    opened = open_till(qapp, qtbot, tmp_path, "manager", a_past, pages_at_work)
    opened.till.window.resize(1024, 600)
    yield opened
    close_till(opened)


def fill_the_basket(hand: Hand) -> None:
    for index in range(8):
        hand.scan(hand.goods("toy", index).code)
    hand.wait(450)


def go_to(hand: Hand, screen_id: str) -> QWidget:
    hand.till.window.show_screen(screen_id)
    hand.wait(450)
    page = hand.till.window.page
    assert page is not None
    assert page.screen_id == screen_id
    return page


def place_of(view: QAbstractItemView, row: int) -> QPoint:
    return view.visualRect(view.model().index(row, 0)).center()


def drag(hand: Hand, area: QAbstractScrollArea, start: QPoint, way: QPoint = WAY, part: QWidget | None = None) -> int:
    """A finger goes over a list, or over a `part` in it, and is lifted; returns by how much the list has moved."""
    bar, finger, touched = area.verticalScrollBar(), hand.typing, area.viewport() if part is None else part
    before = bar.value()
    window, first = touched.window(), touched.mapTo(touched.window(), start)
    finger.look()
    finger.touch_at(window, first)
    finger.move_to(window, first + way / 2)
    finger.move_to(window, first + way)
    hand.until(lambda: bar.value() != before)
    finger.lift_at(window, first + way)
    hand.wait(450)
    return bar.value() - before


def drag_by_mouse(hand: Hand, area: QAbstractScrollArea, start: QPoint) -> None:
    window, left = hand.till.window.windowHandle(), Qt.MouseButton.LeftButton
    first = area.viewport().mapTo(hand.till.window, start)
    QTest.mousePress(window, left, pos=first)
    QTest.mouseMove(window, first + QPoint(0, 30))
    QTest.mouseMove(window, first + QPoint(0, 60))


def test_the_basket_goes_along_with_a_finger_and_no_row_is_chosen(hand: Hand) -> None:
    fill_the_basket(hand)
    rows = hand.checkout.page.rows
    chosen = rows.currentIndex().row()
    pressed: list[int] = []
    rows.carrier_pressed.connect(pressed.append)
    carriers = QPoint(rows.viewport().width() - 20, 30)
    moved = drag(hand, rows, carriers, QPoint(0, 100))

    assert moved == -100
    assert (rows.currentIndex().row(), pressed) == (chosen, [])
    there = rows.indexAt(QPoint(200, 40))
    assert there.row() != chosen
    hand.typing.finger(rows.viewport(), QPoint(200, 40))
    assert rows.currentIndex().row() == there.row(), "a tap after it is for the row under the finger"


def test_a_finger_moves_over_products_and_chooses_and_marks_none(boss: Hand) -> None:
    page = go_to(boss, "products")
    assert isinstance(page, ProductsScreen)
    table, form = page.side.table, page.form
    assert form.shown is not None
    shown, chosen = form.shown.card.code, table.current_row
    marked: list[int] = []
    table.toggled.connect(marked.append)

    assert drag(boss, table, place_of(table, 3)) == 150
    assert drag(boss, table, QPoint(20, 200), QPoint(0, -60)) == 60, "over the marks"
    assert (form.shown.card.code, table.current_row, marked) == (shown, chosen, [])

    row = table.indexAt(QPoint(200, 100)).row()
    boss.typing.finger(table.viewport(), QPoint(200, 100))
    boss.wait(100)
    assert table.current_row == row
    boss.typing.finger(table.viewport(), QPoint(20, 100))
    assert marked == [row]


def test_receipts_and_a_page_of_settings_go_along_with_a_finger(boss: Hand) -> None:
    page = go_to(boss, "history")
    assert isinstance(page, HistoryScreen)
    table = page.finder.table
    opened: list[object] = []
    table.opened.connect(lambda: opened.append(table))
    chosen = table.current_row
    assert drag(boss, table, place_of(table, 3)) == 150
    assert (table.current_row, opened) == (chosen, [])

    settings = go_to(boss, "settings")
    assert isinstance(settings, SettingsScreen)
    key = settings.list.key
    assert drag(boss, settings.list, QPoint(100, 250)) == 150
    assert settings.list.key == key
    under = settings.list.indexAt(QPoint(100, 100)).row()
    boss.typing.finger(settings.list.viewport(), QPoint(100, 100))
    boss.wait(10)
    assert settings.list.currentIndex().row() == under


def test_a_form_is_scrolled_over_its_fields_and_buttons_and_none_is_pressed(boss: Hand) -> None:
    page = go_to(boss, "products")
    assert isinstance(page, ProductsScreen)
    page.form.choose("supply")
    boss.wait(10)
    [area] = [one for one in page.form.findChildren(QScrollArea) if one.isVisible()]
    [supplier] = [one for one in area.findChildren(ComboBox) if one.isVisible()]
    bar, focus, text = area.verticalScrollBar(), QApplication.focusWidget(), supplier.currentText()
    assert drag(boss, area, QPoint(40, 20), QPoint(0, -40), supplier.lineEdit()) == 40
    assert drag(boss, area, supplier.rect().center() + QPoint(supplier.width() // 2 - 15, 0), QPoint(0, 40), supplier)
    assert QApplication.activePopupWidget() is None
    assert (QApplication.focusWidget(), supplier.currentText()) == (focus, text)

    bar.setValue(bar.maximum())
    box = next(one for one in area.findChildren(QCheckBox) if one.isVisible() and one.isEnabled())
    was = box.isChecked()
    assert drag(boss, area, QPoint(10, 10), QPoint(0, 30), box) == -30
    assert (box.isChecked(), box.isDown()) == (was, False)
    area.ensureWidgetVisible(box)
    boss.typing.finger(box, QPoint(10, 10))
    assert box.isChecked() != was, "a tap after it is a tap"
    boss.typing.finger(box, QPoint(10, 10))

    bar.setValue(0)
    line = supplier.lineEdit()
    assert line is not None
    boss.typing.finger(line)
    boss.wait(10)
    assert line.hasFocus()
    keys = boss.till._attendants.touch
    assert keys.is_shown
    assert drag(boss, area, QPoint(2, 2), QPoint(0, -40)) == 40
    assert not keys.is_shown, "the field would go below its keys"


def test_a_list_that_is_open_goes_along_with_a_finger_and_a_tap_takes_an_entry(boss: Hand) -> None:
    page = go_to(boss, "products")
    assert isinstance(page, ProductsScreen)
    box = page.side.category
    before = box.currentIndex()
    boss.typing.finger(box)
    boss.wait(10)
    view = box.view()
    assert view.verticalScrollBar().maximum() > 0
    drag(boss, view, QPoint(80, 150), QPoint(0, -88))
    assert view.isVisible()
    assert box.currentIndex() == before
    assert view.indexAt(QPoint(80, 20)).row() == 2

    boss.wait(450)
    boss.typing.finger(view.viewport(), QPoint(80, 20))
    assert not view.isVisible()
    assert box.currentIndex() == 2


def test_what_glides_is_stopped_by_a_finger_that_presses_nothing(boss: Hand, qtbot: QtBot) -> None:
    page = go_to(boss, "products")
    assert isinstance(page, ProductsScreen)
    table = page.side.table
    chosen = table.current_row
    finger, start = boss.typing, QPoint(200, table.viewport().height() - 20)
    finger.flick(table.viewport(), start, start + WAY)
    scroller = QScroller.scroller(table.viewport())
    assert scroller.state() is QScroller.State.Scrolling
    qtbot.waitUntil(lambda: table.verticalScrollBar().value() > 200, timeout=10_000)

    finger.finger(table.viewport(), QPoint(200, 100))
    assert scroller.state() is QScroller.State.Inactive
    assert table.current_row == chosen
    finger.finger(table.viewport(), QPoint(200, 100))
    assert table.current_row == table.indexAt(QPoint(200, 100)).row()


def test_a_mouse_drags_nothing_unless_the_till_takes_it_for_a_finger(hand: Hand) -> None:
    fill_the_basket(hand)
    rows = hand.checkout.page.rows
    bar, end = rows.verticalScrollBar(), rows.verticalScrollBar().value()
    drag_by_mouse(hand, rows, QPoint(200, 30))
    assert not QScroller.hasScroller(rows.viewport())
    QTest.mouseRelease(hand.till.window.windowHandle(), Qt.MouseButton.LeftButton)

    hand.till.session.take_settings(Settings(till_touch_keys=("T1=tap",)))
    drag_by_mouse(hand, rows, QPoint(200, 30))
    hand.until(lambda: bar.value() == end - 60)


def test_a_row_that_has_moved_away_under_a_resting_finger_is_not_pressed_nor_the_one_in_its_place(hand: Hand) -> None:
    fill_the_basket(hand)
    rows = hand.checkout.page.rows
    window, there = hand.till.window, rows.viewport().mapTo(hand.till.window, QPoint(200, 40))
    finger = hand.typing
    finger.look()
    chosen = rows.currentIndex().row()
    finger.touch_at(rows.viewport(), QPoint(200, 40))
    rows.verticalScrollBar().setValue(0)
    finger.lift_at(rows.viewport(), QPoint(200, 40))
    assert rows.currentIndex().row() == chosen
    assert window.rect().contains(there)


def test_a_day_is_tapped_in_a_calendar(boss: Hand) -> None:
    go_to(boss, "regimes")
    page = boss.till.window.page
    assert page is not None
    box = next(one for one in page.findChildren(DateBox) if one.isVisible())
    before = box.date()
    boss.typing.finger(box, QPoint(box.width() - 12, box.height() // 2))
    boss.wait(450)
    calendar = box.calendarWidget()
    view, popup = calendar.findChild(QTableView), calendar.window()
    assert isinstance(view, QTableView)
    assert view.isVisible()
    row = view.currentIndex().row()
    there = view.visualRect(view.model().index(row, 3 if view.currentIndex().column() != 3 else 2)).center()
    boss.typing.finger(view.viewport(), there)
    boss.wait(450)
    assert not popup.isVisible()
    assert box.date() != before
