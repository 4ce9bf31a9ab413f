"""What gives way where a page has little room: panels go below, columns and caps are left out, rows wrap."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Size, Theme
from pos.ui.widgets.buttons.icon_button import IconButton
from pos.ui.widgets.buttons.keypad import KeyOrder, Keypad
from pos.ui.widgets.buttons.rail import Rail, RailItem
from pos.ui.widgets.cards.empty_state import EmptyState
from pos.ui.widgets.drawing.flow import Flow
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, vbox
from pos.ui.widgets.drawing.main_and_side import STACKED_BELOW, MainAndSide, side_width
from pos.ui.widgets.tables.columns import RowColumn, RowColumns


def placed(both: MainAndSide, width: int, height: int = 600) -> None:
    both.resize(width, height)
    both.show()


def test_a_panel_stands_beside_its_page_and_gets_narrower_before_the_page_does(qtbot: QtBot) -> None:
    main, side = QWidget(), QWidget()
    both = MainAndSide(main, side)
    qtbot.addWidget(both)
    placed(both, 1278)
    assert side.geometry() == QRect(1278 - Size.VISITOR_PANEL, 0, Size.VISITOR_PANEL, 600)
    placed(both, 936)
    assert side.width() == side_width(936) < Size.VISITOR_PANEL
    assert main.width() + 1 + side.width() == 936


def test_in_a_narrow_window_the_panel_goes_below(qtbot: QtBot) -> None:
    main, side = QWidget(), QWidget()
    both = MainAndSide(main, side, share=40)
    qtbot.addWidget(both)
    placed(both, STACKED_BELOW - 1, 1000)
    assert both.is_stacked
    assert main.width() == side.width() == STACKED_BELOW - 1
    assert side.geometry().top() == main.geometry().bottom() + 2
    assert side.height() == 400


def test_a_panel_on_the_left_goes_above(qtbot: QtBot) -> None:
    """Tab goes through the panel first."""
    main, side = QWidget(), QWidget()
    both = MainAndSide(main, side, share=40, side_first=True)
    qtbot.addWidget(both)
    placed(both, STACKED_BELOW - 1, 1000)
    assert side.geometry() == QRect(0, 0, STACKED_BELOW - 1, 400)
    assert main.geometry().top() == side.geometry().bottom() + 2
    assert main.geometry().bottom() == 999


def test_the_words_of_an_empty_list_come_before_its_picture(qtbot: QtBot, theme: Theme) -> None:
    empty = EmptyState(theme)
    qtbot.addWidget(empty)
    empty.present("scan-barcode", "No products selected", "Scan a product.", "Search")
    empty.resize(500, 220)
    empty.show()
    button = next(one for one in empty.findChildren(IconButton) if one.isVisible())
    assert empty.rect().contains(button.geometry())
    assert len([one for one in empty.children() if isinstance(one, QWidget) and one.isVisible()]) == 3

    empty.resize(500, 300)
    assert len([one for one in empty.children() if isinstance(one, QWidget) and one.isVisible()]) == 4


def test_the_keys_of_a_pad_stay_within_the_reach_of_a_thumb_on_a_high_screen(qtbot: QtBot, theme: Theme) -> None:
    page = QWidget()
    pad = Keypad(theme, KeyOrder.NUMBER)
    vbox(Stretched(pad, 100), Stretch(), margins=0, parent=page)
    qtbot.addWidget(page)
    page.resize(440, 1400)
    page.show()
    assert pad.key("7").height() == 112

    page.resize(440, 300)
    assert page.rect().contains(pad.geometry())


def test_a_hidden_panel_leaves_the_whole_page_to_the_work(qtbot: QtBot) -> None:
    main, side = QWidget(), QWidget()
    both = MainAndSide(main, side)
    qtbot.addWidget(both)
    placed(both, 1278)
    side.hide()
    assert main.geometry() == both.rect()
    side.show()
    assert main.width() == 1278 - 1 - Size.VISITOR_PANEL


@pytest.mark.parametrize(("width", "lines"), [(330, 1), (220, 2), (110, 3)])
def test_a_row_of_buttons_goes_on_in_a_further_line(qtbot: QtBot, width: int, lines: int) -> None:
    buttons = [QPushButton(text) for text in ("one", "two", "three")]
    for button in buttons:
        button.setFixedSize(100, 44)
    flow = Flow(*buttons)
    qtbot.addWidget(flow)
    flow.resize(width, flow.heightForWidth(width))
    flow.show()
    assert len({button.y() for button in buttons}) == lines
    assert all(flow.rect().contains(button.geometry()) for button in buttons)
    assert flow.heightForWidth(width) == lines * 44 + (lines - 1) * 8


def test_a_button_that_is_hidden_leaves_no_gap_in_its_row(qtbot: QtBot) -> None:
    buttons = [QPushButton(text) for text in ("one", "two")]
    for button in buttons:
        button.setFixedSize(100, 44)
    flow = Flow(*buttons)
    qtbot.addWidget(flow)
    flow.resize(300, 44)
    flow.show()
    buttons[0].hide()
    assert buttons[1].x() == 0


def test_columns_are_left_out_in_their_order_until_the_name_can_be_read() -> None:
    columns = RowColumns((RowColumn(share=1), RowColumn(100, drops=2), RowColumn(100, drops=1), RowColumn(80)))

    def shown(width: int) -> list[bool]:
        return [wide > 0 for _, wide in columns.spans(width)]

    assert shown(600) == [True, True, True, True]
    assert shown(450) == [True, True, False, True]
    assert shown(350) == [True, False, False, True]
    assert shown(120)[3], "what may not be left out stays"


def test_a_name_that_needs_more_room_has_columns_left_out_earlier() -> None:
    usual, long = (RowColumns((RowColumn(share=1, least=least), RowColumn(100, drops=1))) for least in (168, 300))

    assert [wide > 0 for _, wide in usual.spans(400)] == [True, True]
    assert [wide > 0 for _, wide in long.spans(400)] == [True, False]


def test_the_rail_lies_at_the_foot_with_every_item_wide_enough_for_a_finger(qtbot: QtBot, theme: Theme) -> None:
    rail = Rail(theme, "Places")
    qtbot.addWidget(rail)
    items = [
        RailItem(key, "shopping-cart", key.title()) for key in ("checkout", "returns", "parked", "search", "shift")
    ]
    rail.present(items, [RailItem("help", "lock", "Help"), RailItem("lock", "lock", "Lock")], "checkout")
    rail.lie(True)
    rail.resize(600, rail.height())
    rail.show()
    buttons = [rail.item(key) for key in ("checkout", "returns", "parked", "search", "shift", "help", "lock")]
    assert all(button is not None and button.width() >= Size.SMALL_BUTTON for button in buttons)
    assert all(button is not None and button.height() >= Size.SMALL_BUTTON for button in buttons)
    assert len({button.y() for button in buttons if button is not None}) == 1
