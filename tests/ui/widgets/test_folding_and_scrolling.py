"""Where there is little room, parts fold, wrap into rows or are scrolled; nothing is cut."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QMargins
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Size, Theme
from pos.ui.widgets.buttons.language_choice import SHORT_NAMES, LanguageChoice
from pos.ui.widgets.buttons.rail import Rail, RailItem
from pos.ui.widgets.buttons.segmented import Segment
from pos.ui.widgets.buttons.tab_strip import TabStrip
from pos.ui.widgets.drawing.cells import Cells
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Stretch, Stretched, hbox, vbox
from pos.ui.widgets.drawing.see_through import AsHigh, Packed, SeeThrough, Sideways
from pos.ui.widgets.drawing.text_label import TextLabel
from pos.ui.widgets.fields.scrolled_fields import scroll_over
from pos.ui.widgets.fields.search_box import SearchBox


def shown(qtbot: QtBot, widget: QWidget, wide: int, high: int) -> QWidget:
    window = QWidget()
    vbox(widget, margins=0, parent=window)
    qtbot.addWidget(window)
    window.resize(wide, high)
    window.show()
    qtbot.waitExposed(window)
    return window


def a_part(high: int, wide: int = 80) -> QWidget:
    part = QPushButton("·")
    part.setFixedSize(wide, high)
    return part


def test_parts_fold_where_the_stretched_one_would_lose_its_room(qtbot: QtBot) -> None:
    words, button = TextLabel("words"), a_part(40, 200)
    row = Folding(Stretched(words), button, room=150, spacing=0)
    window = shown(qtbot, row, 350, 200)
    folds = [row.is_folded]
    window.resize(349, 200)
    folds.append(row.is_folded)
    row.keep(100)
    folds.append(row.is_folded)
    button.hide()
    window.resize(120, 200)
    folds.append(row.is_folded)

    assert folds == [False, True, False, False]


@pytest.mark.parametrize(("wide", "columns"), [(460, 4), (459, 3), (340, 3), (339, 2), (220, 2), (219, 1), (90, 1)])
def test_cells_stand_in_as_many_columns_as_have_room(qtbot: QtBot, wide: int, columns: int) -> None:
    cells = Cells(*(a_part(40) for _ in range(4)), least=100, gap=20)
    qtbot.addWidget(cells)
    rows = -(-4 // columns)
    assert cells.heightForWidth(wide) == rows * 40 + (rows - 1) * 8


def test_a_cell_that_goes_leaves_its_place_to_the_next(qtbot: QtBot) -> None:
    one, two = TextLabel("one"), TextLabel("two")
    window = shown(qtbot, Cells(one, two, least=100), 400, 200)
    assert two.x() > 0
    one.hide()
    assert window.isVisible()
    assert two.x() == 0


def test_parts_are_pressed_together_before_they_are_scrolled(qtbot: QtBot) -> None:
    soft = QWidget()
    soft.setMinimumHeight(20)
    area = SeeThrough(Packed(vbox(soft, a_part(100), spacing=0, margins=0)))
    window = shown(qtbot, area, 300, 120)
    assert area.verticalScrollBar().maximum() == 0
    window.resize(300, 110)
    assert area.verticalScrollBar().maximum() == 10


def test_the_bar_stands_in_the_edge_and_takes_no_room_of_the_words(qtbot: QtBot) -> None:
    part = QWidget()
    part.setMinimumHeight(100)
    area = SeeThrough(Packed(vbox(part, margins=0)), edge=24)
    window = shown(qtbot, area, 300, 200)
    assert part.width() == 276
    window.resize(300, 80)
    assert area.verticalScrollBar().maximum() == 20
    assert part.width() == 276


def test_a_page_of_figures_is_as_high_as_they_are_while_there_is_room(qtbot: QtBot) -> None:
    inside, holder, later = QWidget(), QWidget(), a_part(60)
    vbox(a_part(100), later, spacing=0, margins=0, parent=inside)
    later.hide()
    area = AsHigh(inside)
    vbox(Stretch(), area, Stretch(), margins=0, parent=holder)
    window = shown(qtbot, holder, 300, 300)
    assert area.height() == 100
    later.show()
    qtbot.waitUntil(lambda: area.height() == 160)
    window.resize(300, 150)
    assert area.verticalScrollBar().maximum() == 10


def test_words_that_wrap_are_not_scrolled_for_the_height_of_a_narrower_page(qtbot: QtBot) -> None:
    words = TextLabel("one two three four five six seven eight nine ten " * 20, wrap=True)
    area = AsHigh(Packed(vbox(words, margins=0)))
    holder = QWidget()
    vbox(Stretch(), area, Stretch(), margins=0, parent=holder)
    window = shown(qtbot, holder, 600, 900)
    assert window.isVisible()
    qtbot.waitUntil(lambda: area.height() == words.heightForWidth(words.width()))
    assert area.verticalScrollBar().maximum() == 0


def test_the_button_at_the_foot_stays_while_the_rest_is_scrolled(qtbot: QtBot) -> None:
    panel, button = QWidget(), a_part(50)
    scroll_over(vbox(a_part(300), margins=0), button, QMargins(8, 8, 8, 8), panel, 8)
    window = shown(qtbot, panel, 200, 200)
    assert window.isVisible()
    assert panel.rect().contains(button.geometry())


def test_a_table_wider_than_its_page_is_scrolled_sideways(qtbot: QtBot) -> None:
    table = QWidget()
    hbox(*(a_part(30, 200) for _ in range(3)), margins=0, spacing=0, parent=table)
    area = Sideways()
    area.hold(table)
    window = shown(qtbot, area, 700, 200)
    assert area.horizontalScrollBar().maximum() == 0
    window.resize(400, 200)
    assert area.horizontalScrollBar().maximum() == 200
    assert area.viewport().height() == 30


def test_tabs_stand_in_two_rows_where_one_would_cut_their_words(qtbot: QtBot, theme: Theme) -> None:
    tabs = TabStrip(theme, "Pages")
    tabs.present([Segment(str(n), f"A page of goods {n}") for n in range(8)], "0")
    window = shown(qtbot, tabs, 1600, 300)
    assert tabs.height() == Size.SMALL_BUTTON
    window.resize(700, 300)
    assert tabs.height() == 2 * Size.SMALL_BUTTON
    assert all(button.width() >= button.sizeHint().width() for button in tabs.findChildren(QPushButton))


def test_many_items_of_a_lying_rail_stand_in_two_rows_and_a_low_rail_leaves_out_its_emblem(
    qtbot: QtBot, theme: Theme
) -> None:
    rail = Rail(theme, "Places")
    qtbot.addWidget(rail)
    keys = [f"item {n}" for n in range(13)]
    items = [RailItem(key, "search", key) for key in keys]
    rail.present(items[:11], items[11:], "item 0")
    rail.resize(88, 590)
    rail.show()
    buttons = [rail.item(key) for key in keys]
    ends = [button.geometry() for button in buttons if button is not None]
    assert all(one.bottom() < two.top() for one, two in pairwise(ends))
    assert ends[-1].bottom() < 590
    rail.lie(True)
    rail.resize(600, 200)
    assert rail.height() == 120
    assert all(button.width() >= 66 for button in buttons if button is not None)
    rail.resize(1200, 200)
    assert rail.height() == 60


def test_languages_are_one_character_each_where_their_names_have_no_room(qtbot: QtBot, theme: Theme) -> None:
    choice = LanguageChoice(theme, short=False)
    window = shown(qtbot, choice, 600, 60)
    assert choice.button("ru").text() == "Русский"
    window.resize(200, 60)
    assert [choice.button(code).text() for code in SHORT_NAMES] == list(SHORT_NAMES.values())
    window.resize(600, 60)
    assert choice.button("kk").text() == "Қазақша"


def test_a_field_too_narrow_for_its_hint_shows_its_name(qtbot: QtBot, theme: Theme) -> None:
    box = SearchBox(theme, "Search", "Scan, search, or type a quantity and scan")
    window = shown(qtbot, box, 600, 60)
    assert box.field.placeholderText() == "Scan, search, or type a quantity and scan"
    window.resize(200, 60)
    assert box.field.placeholderText() == "Search"
