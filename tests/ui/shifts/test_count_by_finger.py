"""A drawer is counted by finger: cells of its size, figures that stay where they are, a board that goes along."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.shifts.close_screen import CloseShiftScreen
from pos.ui.shifts.count_board import CountBoard
from pos.ui.shifts.screen import ShiftScreen
from pos.ui.widgets.fields.scrolled_fields import ScrolledFields
from tests.ui.at_the_counter import Hand, close_till, open_bare_till

Key = Qt.Key


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    """Amina, whose shift is open."""
    opened = open_bare_till(qapp, qtbot, tmp_path)
    opened.till.window.plug(ShiftScreen(opened.till.session), CloseShiftScreen(opened.till.session))
    yield opened
    close_till(opened)


def begin_close(hand: Hand) -> CountBoard:
    hand.till.window.show_screen("close_shift")
    hand.wait()
    page = hand.till.window.page
    assert isinstance(page, CloseShiftScreen)
    return page.board


def test_a_finger_finds_cells_of_its_size_and_keys_that_stay_where_they_are(hand: Hand) -> None:
    hand.till.window.resize(1024, 600)
    board = begin_close(hand)
    tenge = board.columns["KZT"]
    assert all(cell.height() < 44 for cell in tenge.shown), "by keys all of a count is seen, as far as it can be"

    hand.typing.finger(tenge.shown[1])
    hand.wait(10)
    assert tenge.shown[1].hasFocus(), "what was under the finger has the cursor, and not what has moved there"
    assert all(min(cell.width(), cell.height()) >= 44 for one in board.columns.values() for cell in one.shown)
    keys = hand.till._attendants.touch.panel
    place = keys.geometry()
    for cell in tenge.shown[1:]:
        assert cell.hasFocus()
        assert cell.visibleRegion().boundingRect() == cell.rect(), "the board is scrolled to the cell that is counted"
        rest = tenge.rest
        assert rest.visibleRegion().boundingRect() == rest.rect(), "and the button for the rest stays in sight"
        assert not rest.geometry().intersects(cell.geometry())
        hand.typing.finger(keys.pad.key("2"))
        hand.typing.finger(keys.pad.key("enter"))
        hand.wait(10)
        assert keys.geometry() == place or not tenge.is_here
    assert set(tenge.notes.values()) == {2}

    hand.till.window.show_screen("shift")
    hand.press(Key.Key_F1)
    hand.press(Key.Key_F1)
    assert all(cell.height() < 44 for cell in begin_close(hand).columns["KZT"].shown)


def test_the_currencies_of_a_narrow_window_go_sideways_along_with_a_finger(hand: Hand) -> None:
    hand.till.window.resize(600, 1024)
    board = begin_close(hand)
    first, second = list(board.columns.values())[:2]
    [area] = board.findChildren(ScrolledFields)
    cell = second.shown[0]
    start = cell.mapTo(area.viewport(), cell.rect().center())
    finger, bar = hand.typing, area.horizontalScrollBar()
    finger.touch_at(area.viewport(), start)
    finger.move_to(area.viewport(), start - QPoint(60, 8))
    finger.move_to(area.viewport(), start - QPoint(120, 8))
    hand.until(lambda: bar.value() == 120)
    finger.lift_at(area.viewport(), start - QPoint(120, 8))
    hand.wait(10)
    assert first.is_here, "no cell over which it went has the cursor"
    assert not hand.till._attendants.touch.is_shown


def test_an_amount_that_has_no_room_beside_its_cell_is_not_shown_in_part(hand: Hand) -> None:
    """¥ 7,100 stood there as 7,…"""
    hand.till.window.resize(1024, 600)
    column = begin_close(hand).columns["CNY"]
    cell = column.shown[0]
    beside = QRect(cell.geometry().right() + 3, cell.y(), column.width() - cell.geometry().right() - 6, cell.height())
    empty = column.grab(beside).toImage()
    hand.typing.finger(cell)
    hand.type("71")
    hand.press(Key.Key_Return)
    beside = QRect(cell.geometry().right() + 3, cell.y(), column.width() - cell.geometry().right() - 6, cell.height())

    inks = {column.grab(beside).toImage().pixel(x, y) for x in range(beside.width()) for y in range(beside.height())}
    assert beside.width() < 40
    assert len(inks) == 1
    assert len({empty.pixel(x, y) for x in range(empty.width()) for y in range(empty.height())}) > 1, "a dash had room"
