"""The rail by keys and with its badges: what is seen there is what opens, and what its page says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from pos.ui.input.actions import INSIDE, RAIL_KEYS
from pos.ui.look.sounds import Sound
from pos.ui.shell.pages_at_work import pages_at_work
from tests.ui.at_the_counter import Hand, a_demo_shop, close_till, open_till, whole_window

Key, CONTROL = Qt.Key, Qt.KeyboardModifier.ControlModifier
FIGURES = (Key.Key_1, Key.Key_2, Key.Key_3, Key.Key_4, Key.Key_5, Key.Key_6, Key.Key_7, Key.Key_8, Key.Key_9)


@pytest.fixture
def hand(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    opened = open_till(qapp, qtbot, tmp_path, screens=pages_at_work)
    yield opened
    close_till(opened)


@pytest.fixture
def office(qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Hand]:
    with whole_window(qapp, qtbot, tmp_path, a_demo_shop(tmp_path / "shop"), Hand) as opened:
        opened.sign_in("manager")
        yield opened


# ── keys ─────────────────────────────────────────────────────────────────────────────────────────────────────────


def test_the_keys_follow_the_rail_that_the_cashier_sees(hand: Hand) -> None:
    places = hand.till.window.work.rail.places
    assert places[:3] == ["checkout", "returns", "parked"]
    for key, place in zip(FIGURES, places):
        hand.press(key, CONTROL)
        assert hand.screen_id == place


def test_a_manager_opens_a_group_of_pages_by_its_place(office: Hand) -> None:
    places = office.till.window.work.rail.places
    assert "goods" in places
    office.press(FIGURES[places.index("goods")], CONTROL)
    assert office.screen_id == "products"


def test_a_key_beyond_the_last_item_opens_nothing_and_is_heard(hand: Hand) -> None:
    assert len(hand.till.window.work.rail.places) < 9
    hand.press(Key.Key_9, CONTROL)
    assert hand.screen_id == "checkout"
    assert hand.heard.sounds[-1] is Sound.NOTE


def test_an_item_tells_its_key_to_a_pointer(hand: Hand) -> None:
    rail = hand.till.window.work.rail
    tips = {key: item.toolTip() for key in (*rail.places, "help") if (item := rail.item(key)) is not None}
    assert tips["parked"] == "Parked (Ctrl+3)"
    assert tips["help"] == "Help (F1)"


def test_help_shows_them_in_one_line(hand: Hand) -> None:
    hand.press(Key.Key_F1)
    page = hand.till.window.page
    assert page is not None
    said = [label.text() for label in page.findChildren(QLabel) if not label.isHidden()]
    assert said.count("Pages of the rail, in their order") == 1


def test_a_question_at_the_checkout_is_answered_by_no_key_of_the_rail(hand: Hand) -> None:
    actions = hand.till.session.actions
    answers = {actions.key_text(f"answer_{n}") for n in (1, 2, 3)}
    assert answers == {"Shift+F1", "Shift+F2", "Shift+F3"}
    taken = {key for screen_id in INSIDE for one in actions.at(screen_id) for key in (one.key, *one.also)
             if one.id not in RAIL_KEYS}  # fmt: skip
    assert not taken & {actions.key_text(key) for key in RAIL_KEYS}
