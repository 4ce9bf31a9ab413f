"""The calendar of a day and of an instant."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QDate, QDateTime, QEvent, QPoint, Qt, QTime
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTableView, QToolButton
from pytestqt.qtbot import QtBot

from pos.domain.errors import BadField
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
def test_a_day_is_typed_with_the_characters_between_its_parts_or_without(
    qtbot: QtBot, language: str, typed: str
) -> None:
    day_box = DateBox("", QDate(2026, 12, 1))
    qtbot.addWidget(day_box)
    day_box.present("Valid from", language)
    day_box.show()
    day_box.setFocus(Qt.FocusReason.TabFocusReason)
    day_box.setSelectedSection(day_box.sectionAt(0))
    for char in typed:
        key: Any = char
        QTest.keyClick(day_box, key)
    day_box.settle("since")

    assert day_box.date() == QDate(2027, 1, 5)


def test_a_character_between_leads_to_the_next_part_of_a_day_where_that_is_all_that_changes(qtbot: QtBot) -> None:
    day_box = DateBox("", QDate(2026, 11, 5))
    qtbot.addWidget(day_box)
    day_box.present("Valid from", "ru")
    day_box.show()
    day_box.setSelectedSection(day_box.sectionAt(0))
    for key in (Qt.Key.Key_Period, Qt.Key.Key_1, Qt.Key.Key_2):
        QTest.keyClick(day_box, key)
    day_box.settle("since")

    assert day_box.date() == QDate(2026, 12, 5)


def a_day_typed(qtbot: QtBot, language: str, typed: str) -> DateBox:
    """The 29th of November, with these keys from its first part on; < is the backspace."""
    day_box = DateBox("", QDate(2026, 11, 29))
    qtbot.addWidget(day_box)
    day_box.present("Last day", language)
    day_box.show()
    day_box.setFocus(Qt.FocusReason.TabFocusReason)
    day_box.setSelectedSection(day_box.sectionAt(0))
    for char in typed:
        key: Any = Qt.Key.Key_Backspace if char == "<" else char
        QTest.keyClick(day_box, key)
    return day_box


@pytest.mark.parametrize(
    ("language", "typed", "day"),
    [
        ("kk", "31.12.2026", QDate(2026, 12, 31)),
        ("ru", "31122026", QDate(2026, 12, 31)),
        ("kk", "31.1.2027", QDate(2027, 1, 31)),
        ("kk", "29.02.2028", QDate(2028, 2, 29)),
        ("en", "2026-12-31", QDate(2026, 12, 31)),
        ("kk", "3<12", QDate(2026, 11, 12)),
    ],
)
def test_the_last_day_of_a_month_is_typed_while_a_shorter_month_is_on_show(
    qtbot: QtBot, language: str, typed: str, day: QDate
) -> None:
    day_box = a_day_typed(qtbot, language, typed)
    shown = day_box.date()
    day_box.settle("to")

    assert (shown, day_box.date()) == (day, day)


@pytest.mark.parametrize(
    ("language", "typed", "said"),
    [
        ("kk", "31.02.2027", "31.02.2027"),
        ("ru", "29.02.2027", "29.02.2027"),
        ("kk", "12.13.2026", "12.13.2026"),
        ("kk", "32", "32.11.2026"),
        ("en", "2027-02-30", "2027-02-30"),
        ("zh", "2026-11-310", "2026-11-310"),
    ],
)
def test_a_day_that_no_month_has_is_refused_as_it_was_typed_also_after_the_focus_has_left(
    qtbot: QtBot, language: str, typed: str, said: str
) -> None:
    day_box = a_day_typed(qtbot, language, typed)
    day_box.clearFocus()
    for _ in range(2):
        with pytest.raises(BadField) as refused:
            day_box.settle("to")
        assert refused.value.value == said
    day_box.setDate(QDate(2027, 2, 28))
    day_box.settle("to")

    assert day_box.date() == QDate(2027, 2, 28)


@pytest.mark.parametrize("language", ["en", "kk"])
@pytest.mark.parametrize("copied", ["05.01.2027", "5.1.2027", "2027-01-05", " 2027/1/5\n"])
def test_a_day_is_pasted_in_the_order_of_any_language(qtbot: QtBot, language: str, copied: str) -> None:
    QGuiApplication.clipboard().setText(copied)
    day_box = a_day_typed(qtbot, language, "")
    QTest.keyClick(day_box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert day_box.date() == QDate(2027, 1, 5)


@pytest.mark.parametrize("copied", ["hello", "31.02.2027", "4870204321111", "5.1"])
def test_what_is_no_day_is_not_pasted(qtbot: QtBot, copied: str) -> None:
    QGuiApplication.clipboard().setText(copied)
    day_box = a_day_typed(qtbot, "kk", "")
    QTest.keyClick(day_box, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    day_box.settle("to")

    assert (day_box.date(), day_box.text()) == (QDate(2026, 11, 29), "29.11.2026")


def test_an_instant_is_pasted_with_its_time_of_day(qtbot: QtBot) -> None:
    QGuiApplication.clipboard().setText("2027-01-05 14:30")
    instant = InstantBox()
    qtbot.addWidget(instant)
    instant.present("Valid from", "ru")
    instant.show()
    QTest.keyClick(instant, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)

    assert instant.text() == "05.01.2027 14:30"


def test_a_shortcut_with_a_figure_types_nothing_into_a_day(qtbot: QtBot) -> None:
    box = DateBox("", _SATURDAY)
    qtbot.addWidget(box)
    press = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_1, Qt.KeyboardModifier.ControlModifier, "1")
    box.keyPressEvent(press)
    box.settle("until")

    assert (box.date(), box.is_typed) == (_SATURDAY, False)


def test_all_of_a_day_that_is_selected_is_typed_over(qtbot: QtBot) -> None:
    day_box = a_day_typed(qtbot, "kk", "")
    day_box.lineEdit().selectAll()
    QTest.keyClicks(day_box, "31.12.2026")

    assert day_box.date() == QDate(2026, 12, 31)


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a popup's raise and grab, offscreen
@pytest.mark.parametrize("make", [lambda: DateBox("", _SATURDAY), InstantBox])
def test_a_tap_beside_the_arrow_is_no_other_day(
    theme: Theme,  # worn by all of them
    qtbot: QtBot,
    make: Callable[[], DateBox | InstantBox],
) -> None:
    box = make()
    qtbot.addWidget(box)
    box.setDate(_SATURDAY)
    box.present("Last day", "kk")
    box.resize(170, 44)
    box.show()
    for x in range(2, box.width(), 4):
        for y in (8, 36):
            if box.childAt(x, y) is None:
                QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(x, y))
                box.calendarWidget().window().close()

    assert box.date() == _SATURDAY


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a popup's raise and grab, offscreen
@pytest.mark.parametrize("language", ["en", "zh", "ru", "kk"])
def test_each_day_and_each_arrow_of_the_calendar_has_room_for_a_finger(
    theme: Theme, qtbot: QtBot, language: str
) -> None:
    box = DateBox("", _SATURDAY)
    qtbot.addWidget(box)
    box.present("Last day", language)
    box.resize(240, 44)
    box.show()
    QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 8, box.height() // 2))
    calendar = box.calendarWidget()
    view = calendar.findChild(QTableView)
    assert isinstance(view, QTableView)
    days = view.model()
    assert min(view.rowHeight(row) for row in range(1, days.rowCount())) >= 44
    assert min(view.columnWidth(column) for column in range(7)) >= 44
    arrows = [one for one in calendar.findChildren(QToolButton) if one.isVisible()]
    assert len(arrows) == 4
    assert min(min(one.width(), one.height()) for one in arrows) >= 44
    assert calendar.window().height() <= 400, "it fits above or below a field of the lowest screen"
    calendar.window().close()


@pytest.mark.qt_log_ignore("This plugin does not support", extend=True)  # a popup's raise and grab, offscreen
def test_esc_in_the_calendar_leaves_the_day_that_was_there(theme: Theme, qtbot: QtBot) -> None:
    box = DateBox("", _SATURDAY)
    qtbot.addWidget(box)
    box.present("Last day", "kk")
    box.resize(240, 44)
    box.show()
    shown = []
    for leave in (Qt.Key.Key_Escape, Qt.Key.Key_Return):
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=QPoint(box.width() - 8, box.height() // 2))
        view = box.calendarWidget().findChild(QTableView)
        assert isinstance(view, QTableView)
        for key in (Qt.Key.Key_Right, leave):
            QTest.keyClick(view, key)
        shown.append((box.date(), box.calendarWidget().isVisible()))

    assert shown == [(_SATURDAY, False), (_SATURDAY.addDays(1), False)]


@pytest.mark.parametrize(("position", "typed", "day"), [(1, "05", QDate(2026, 11, 5)), (4, "12", QDate(2026, 12, 28))])
def test_a_click_chooses_the_part_of_a_day_that_is_typed_next(
    theme: Theme, qtbot: QtBot, position: int, typed: str, day: QDate
) -> None:
    box = DateBox("", _SATURDAY)
    qtbot.addWidget(box)
    box.present("Last day", "kk")
    box.resize(240, 44)
    box.show()
    edit = box.lineEdit()
    places = (QPoint(x, edit.height() // 2) for x in range(edit.width()))
    place = next(place for place in places if edit.cursorPositionAt(place) == position)
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=place)
    QTest.keyClicks(box, typed)

    assert box.date() == day


@pytest.mark.parametrize("typed", ["05.12.2026 09:00", "051220260900", "5.12.2026 9:00"])
def test_behind_the_key_home_the_figures_take_the_place_of_those_that_stand_there(qtbot: QtBot, typed: str) -> None:
    box = an_instant(qtbot)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    QTest.keyClick(box, Qt.Key.Key_Home)
    shown = []
    for char in typed:
        QTest.keyClicks(box, char)
        shown.append(box.text())
    box.settle("since")

    assert box.text() == "05.12.2026 09:00"
    assert max(map(len, shown)) == len("05.12.2026 09:00")


def test_a_click_behind_the_text_lets_all_of_it_be_typed_over(qtbot: QtBot) -> None:
    box = an_instant(qtbot)
    edit = box.lineEdit()
    QTest.mouseClick(edit, Qt.MouseButton.LeftButton, pos=QPoint(edit.width() - 4, edit.height() // 2))
    QTest.keyClicks(box, "05.12.2026 09:00")
    box.settle("since")

    assert box.text() == "05.12.2026 09:00"


def an_instant(qtbot: QtBot) -> InstantBox:
    """The 11th of November, 13:30, in a field that is wider than that."""
    box = InstantBox()
    qtbot.addWidget(box)
    box.present("Valid from", "ru")
    box.setDateTime(QDateTime(QDate(2026, 11, 11), QTime(13, 30), box.timeZone()))
    box.resize(420, 44)
    with qtbot.waitActive(box):
        box.show()
    return box
