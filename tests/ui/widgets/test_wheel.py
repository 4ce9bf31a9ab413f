"""A mouse with a wheel over a form: it scrolls, and changes nothing in the fields it passes."""

from __future__ import annotations

import ast

import pytest
from PySide6.QtCore import QDate, QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from pos.ui.widgets.fields.combo_box import ComboBox
from pos.ui.widgets.fields.day_box import DateBox, InstantBox
from pos.ui.widgets.fields.spin_box import SpinBox
from tests.architecture.source import modules, place, tree

_OWN = ("combo_box.py", "day_box.py", "spin_box.py")
_FIELDS_OF_QT = {"QComboBox", "QSpinBox", "QDoubleSpinBox", "QDateEdit", "QTimeEdit", "QDateTimeEdit", "QSlider"}


def _list() -> ComboBox:
    box = ComboBox()
    box.addItems(["Sweets", "Dairy", "Meat"])
    return box


def _turn(field: QWidget) -> None:
    """One notch towards the user over the middle of a field."""
    window = field.window()
    QTest.wheelEvent(window.windowHandle(), QPointF(field.mapTo(window, field.rect().center())), QPoint(0, -120))


@pytest.mark.parametrize("begun", [False, True], ids=["passed by", "with the cursor"])
def test_the_wheel_over_a_field_scrolls_its_form_and_changes_no_value(qtbot: QtBot, begun: bool) -> None:
    area, form = QScrollArea(), QWidget()
    qtbot.addWidget(area)
    chosen, number, day, instant = _list(), SpinBox("Copies", 1, 99, 5), DateBox("", QDate(2026, 11, 28)), InstantBox()
    column = QVBoxLayout(form)
    for field in (chosen, number, day, instant):
        column.addWidget(field)
    column.addStretch()
    form.setMinimumHeight(1000)
    area.setWidget(form)
    area.resize(300, 300)
    area.show()
    before = chosen.currentText(), number.value(), day.date(), instant.dateTime()
    scrolled = []
    for field in (chosen, number, day, instant):
        area.verticalScrollBar().setValue(0)
        if begun:
            field.setFocus()
        _turn(field)
        scrolled.append(area.verticalScrollBar().value() > 0)

    assert (chosen.currentText(), number.value(), day.date(), instant.dateTime()) == before
    assert scrolled == [True] * 4


def test_the_wheel_does_not_take_the_cursor_into_a_field_it_passes(qtbot: QtBot) -> None:
    takes = [
        field.focusPolicy() for field in (_list(), SpinBox("", 0, 9), DateBox("", QDate(2026, 1, 1)), InstantBox())
    ]
    assert takes == [Qt.FocusPolicy.StrongFocus] * 4


def test_no_page_has_a_field_that_the_wheel_changes() -> None:
    bare = [
        place(path, node.lineno)
        for path in modules("pos/ui")
        if path.name not in _OWN
        for node in ast.walk(tree(path))
        if (isinstance(node, ast.Call) and ast.unparse(node.func) in _FIELDS_OF_QT)
        or (isinstance(node, ast.ClassDef) and _FIELDS_OF_QT & {ast.unparse(one) for one in node.bases})
    ]

    assert bare == []
