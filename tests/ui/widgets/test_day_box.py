"""The calendar of a day and of an instant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QDate, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from pos.ui.look.theme import Theme
from pos.ui.widgets.fields.day_box import DateBox, InstantBox

_SATURDAY = QDate(2026, 11, 28)


@pytest.mark.parametrize(
    ("language", "monday", "wednesday"),
    [("en", "Mon", "Wed"), ("zh", "周一", "周三"), ("ru", "пн", "ср"), ("kk", "дс", "ср")],
)
def test_a_calendar_names_the_days_of_its_week_from_monday_on(
    theme: Theme,  # worn by all of them
    qtbot: QtBot,
    language: str,
    monday: str,
    wednesday: str,
) -> None:
    for box in (DateBox("", _SATURDAY), InstantBox()):
        qtbot.addWidget(box)
        box.setDate(_SATURDAY)
        box.present("Valid from", language)
        box.resize(240, 44)
        box.show()
        QTest.mouseClick(
            box, Qt.MouseButton.LeftButton, pos=QPoint(20, box.height() // 2)
        )  # beside its arrow: no popup here
        calendar = box.calendarWidget()
        view = calendar.findChild(QTableView)
        assert isinstance(view, QTableView)
        header = [str(view.model().index(0, column).data()) for column in range(view.model().columnCount())]
        shown = [one.casefold() for one in header if one and one != "None"]
        assert (shown[0], shown[2]) == (monday.casefold(), wednesday.casefold())
        cell = calendar.minimumWidth() // 7
        assert all(view.fontMetrics().horizontalAdvance(one) + 8 < cell for one in shown)  # none is cut


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a popup's raise and grab, offscreen
@pytest.mark.parametrize("make", [lambda: DateBox("", _SATURDAY), InstantBox])
def test_the_arrow_opens_the_calendar_and_a_day_chosen_in_it_is_taken(
    theme: Theme,  # worn by all of them
    qtbot: QtBot,
    make: Callable[[], DateBox | InstantBox],
) -> None:
    box = make()
    qtbot.addWidget(box)
    box.setDate(_SATURDAY)
    box.present("Действует с", "ru")
    before = box.text()
    box.resize(240, 44)
    box.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 8, box.height() // 2))
    calendar = box.calendarWidget()
    assert calendar.isVisible()
    calendar.clicked.emit(_SATURDAY.addDays(3))
    assert (box.date(), box.text()) == (_SATURDAY.addDays(3), before.replace("28.11", "01.12"))
    assert before.startswith("28.11.2026")


@pytest.mark.parametrize(
    ("language", "typed"),
    [
        ("en", "2027-01-05"),
        ("en", "20270105"),
        ("en", "2027-1-5"),
        ("ru", "05.01.2027"),
        ("kk", "05012027"),
        ("zh", "2027/01/05"),
    ],
)
def test_a_day_is_typed_with_the_signs_between_its_parts_or_without(qtbot: QtBot, language: str, typed: str) -> None:
    day_box = DateBox("", QDate(2026, 12, 1))
    qtbot.addWidget(day_box)
    day_box.present("Valid from", language)
    day_box.show()
    day_box.setFocus(Qt.FocusReason.TabFocusReason)
    day_box.setSelectedSection(day_box.sectionAt(0))
    for sign in typed:
        key: Any = sign
        QTest.keyClick(day_box, key)
    day_box.settle("since")

    assert day_box.date() == QDate(2027, 1, 5)


def test_a_sign_between_leads_to_the_next_part_of_a_day_where_that_is_all_that_changes(qtbot: QtBot) -> None:
    day_box = DateBox("", QDate(2026, 11, 5))
    qtbot.addWidget(day_box)
    day_box.present("Valid from", "ru")
    day_box.show()
    day_box.setSelectedSection(day_box.sectionAt(0))
    for key in (Qt.Key.Key_Period, Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(day_box, key)
    day_box.settle("since")

    assert day_box.date() == QDate(2026, 12, 5)
