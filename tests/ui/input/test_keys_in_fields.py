"""Every key of the table works while the cursor is in a field, also one that its desktop lets the field claim."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.input.actions import EVERYWHERE, TABLE, Action, Actions, sequence
from pos.ui.input.finishing_keys import FinishingKeys
from pos.ui.input.key_bindings import KeyBindings

Key = Qt.Key
NONE, CONTROL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier


class Greedy(QLineEdit):
    """A field as strict as may be: it claims every key, as X11's does with Ctrl+E, Ctrl+K and Ctrl+U."""

    def event(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)


class Page:
    """A window with a field that has the focus, and the keys of one page."""

    def __init__(self, qtbot: QtBot) -> None:
        self.window = QWidget()
        self.field = Greedy()
        QVBoxLayout(self.window).addWidget(self.field)
        qtbot.addWidget(self.window)
        actions = Actions()
        self.keys = KeyBindings(self.window, actions, FinishingKeys(actions))
        app = QApplication.instance()
        assert app is not None
        app.installEventFilter(self.keys)
        self.window.show()
        self.window.activateWindow()
        self.field.setFocus()
        qtbot.waitUntil(self.field.hasFocus)
        self.done: list[str] = []

    def bind(self, screen_id: str) -> None:
        self.keys.bind(screen_id, {one.id: partial(self.done.append, one.id) for one in TABLE})

    def press(self, key: str) -> None:
        QTest.keySequence(self.window.windowHandle(), sequence(key))


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[Page]:
    opened = Page(qtbot)
    yield opened
    app = QApplication.instance()
    assert app is not None
    app.removeEventFilter(opened.keys)


def keys_of(screen_id: str) -> list[tuple[Action, str]]:
    return [(one, key) for one in Actions().at(screen_id) if not one.handled_by_field for key in (one.key, *one.also)]


def test_every_key_of_the_table_works_from_a_field_on_each_of_its_pages(page: Page) -> None:
    dead = []
    for screen_id in sorted(EVERYWHERE):
        page.bind(screen_id)
        for action, key in keys_of(screen_id):
            page.done.clear()
            page.press(key)
            if page.done != [action.id]:
                dead.append(f"{screen_id} {action.id}: {key}")

    assert dead == []


@pytest.mark.parametrize(
    ("screen_id", "key", "done"),
    [
        ("payment", "Alt+Ә", "pay_2"), ("checkout", "Ctrl+\"", "rail_1"), ("checkout", "Ctrl+Ә", "rail_2"),
        ("stock", "Ctrl+,", "rail_6"), ("stock", "Ctrl+.", "rail_7"), ("help", "Ctrl+Ұ", "rail_9"),
    ],
)  # fmt: skip
@pytest.mark.qt_log_ignore("keyToAscii Unhandled key code", extend=True)
def test_a_figure_of_a_key_is_found_in_the_kazakh_layout_which_has_letters_there(
    page: Page, screen_id: str, key: str, done: str
) -> None:
    page.bind(screen_id)
    page.press(key)
    assert page.done == [done]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        *((key, NONE) for key in (Key.Key_Left, Key.Key_Right, Key.Key_Home, Key.Key_End, Key.Key_Up, Key.Key_Down)),
        *((key, CONTROL) for key in (Key.Key_C, Key.Key_V, Key.Key_X, Key.Key_A)),
    ],
)
def test_what_moves_in_a_text_and_the_clipboard_stay_the_fields_own(
    page: Page, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    page.bind("checkout")
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, modifier)
    asked.ignore()

    assert page.keys.eventFilter(page.window.windowHandle(), asked) is False
    wanted = QKeySequence(asked.keyCombination())
    assert all(sequence(one.key) != wanted for one in TABLE if not one.handled_by_field)


def test_del_and_undo_are_the_fields_own_while_there_is_something_in_it(page: Page) -> None:
    page.bind("stock")
    QTest.keyClicks(page.field, "ab")
    page.press("Home")
    page.press("Del")
    page.press("Ctrl+Z")
    kept = (page.field.text(), list(page.done))
    page.field.clear()
    page.press("Del")
    page.press("Ctrl+Z")

    assert kept == ("ab", [])
    assert page.done == ["stock_remove", "undo"]


def test_a_command_that_the_page_does_not_have_types_no_character(page: Page) -> None:
    page.bind("checkout")
    for key in (Key.Key_Q, Key.Key_2):
        QTest.keyClick(page.window.windowHandle(), key, Qt.KeyboardModifier.AltModifier)
    alone = page.field.text()
    QTest.keyClick(page.window.windowHandle(), Key.Key_Q, Qt.KeyboardModifier.GroupSwitchModifier)

    assert (alone, page.field.text(), page.done) == ("", "q", [])


def test_characters_are_typed_and_start_nothing(page: Page) -> None:
    page.bind("checkout")
    QTest.keyClick(page.window.windowHandle(), Qt.Key.Key_E, Qt.KeyboardModifier.ShiftModifier)

    assert (page.field.text(), page.done) == ("e", [])
