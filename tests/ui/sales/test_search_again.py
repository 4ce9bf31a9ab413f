"""The search page, left for another and entered again: what it shows is true by then, and the same row is chosen."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from pos.ui.input.actions import CHECKOUT, SEARCH
from pos.ui.sales.search.screen import SearchScreen
from tests.builders import money
from tests.ui.at_the_counter import Hand, close_till, open_till

NBSP = "\u00a0"


@pytest.fixture
def boss(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path, "manager")
    yield opened
    close_till(opened)


@pytest.fixture
def page(boss: Hand) -> SearchScreen:
    screen = SearchScreen(boss.till.session)
    boss.till.window.plug(screen)
    look(boss)
    return screen


def look(boss: Hand, screen_id: str = SEARCH) -> None:
    boss.till.window.show_screen(screen_id)
    boss.wait()


def test_a_price_that_was_changed_on_another_page_is_the_one_shown(boss: Hand, page: SearchScreen) -> None:
    honey, person = boss.goods("food.honey"), boss.till.session.person
    assert person is not None
    boss.scan(honey.code)
    before = page.rows.text(0).price
    look(boss, CHECKOUT)
    boss.shop.set_price(honey.id, money("470.00"), person)
    look(boss)

    assert before != f"¥{NBSP}470.00"
    assert page.rows.text(0).price == f"¥{NBSP}470.00"


def test_the_chosen_row_stays_chosen_when_the_goods_are_shown_again(boss: Hand, page: SearchScreen) -> None:
    boss.type("1")
    boss.press(Qt.Key.Key_Return)
    boss.press(Qt.Key.Key_Down)
    chosen = page.chosen
    look(boss, CHECKOUT)
    look(boss)
    again = page.chosen
    boss.till.session.speak("zh")

    assert chosen is not None
    assert chosen != page.rows.text(0).id
    assert (again, page.chosen) == (chosen, chosen)
    boss.type("0")
    boss.press(Qt.Key.Key_Return)
    assert page.chosen == page.rows.text(0).id
