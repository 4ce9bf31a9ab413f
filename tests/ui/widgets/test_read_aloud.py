"""What a screen reader is told of the widgets that draw themselves: role, name, state, value."""

from __future__ import annotations

import gc

import pytest
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QStackedWidget, QWidget
from pytestqt.qtbot import QtBot

from pos.domain.money import CNY
from pos.ui.look.theme import Theme
from pos.ui.widgets.fields.money_edit import MoneyEdit
from pos.ui.widgets.fields.pin_field import PinField
from pos.ui.widgets.spoken.interfaces import serve_screen_readers

Role, Text = QAccessible.Role, QAccessible.Text


@pytest.fixture(autouse=True)
def readers_are_served() -> None:
    serve_screen_readers()


def asked(widget: QWidget) -> QAccessibleInterface:
    told = QAccessible.queryAccessibleInterface(widget)
    assert told is not None
    return told


def test_the_keys_of_a_pin_are_not_read_aloud(theme: Theme, qtbot: QtBot) -> None:
    field = PinField(theme, "PIN of Amina")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "246810")
    told = asked(field)
    assert (told.role(), told.text(Text.Name)) == (Role.EditableText, "PIN of Amina")
    assert told.state().passwordEdit, "a reader echoes the keys of every other field"
    assert "2" not in told.text(Text.Value) + told.text(Text.Description)


def test_an_amount_is_a_field_with_what_stands_in_it(theme: Theme, qtbot: QtBot) -> None:
    field = MoneyEdit(theme, "Amount", CNY, symbol="¥")
    qtbot.addWidget(field)
    QTest.keyClicks(field, "12.5")
    told = asked(field)
    assert (told.role(), told.text(Text.Name), told.text(Text.Value)) == (Role.EditableText, "Amount", "12.5")
    assert not told.state().passwordEdit


def test_the_pages_behind_each_other_are_nothing_that_is_named(qtbot: QtBot) -> None:
    pages = QStackedWidget()
    qtbot.addWidget(pages)
    page = QWidget()
    pages.addWidget(page)
    told = asked(pages)
    assert told.role() is Role.Client, "else every change of page is read as “layered pane, 0 items”"
    assert told.childCount() == 1


def test_asking_a_thousand_fields_keeps_none(theme: Theme, qtbot: QtBot) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    for _ in range(1_000):
        field = PinField(theme, "PIN", parent=holder)
        assert asked(field).state().passwordEdit
        field.deleteLater()
    gc.collect()
    qtbot.waitUntil(lambda: not holder.findChildren(PinField))
