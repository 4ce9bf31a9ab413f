"""A day, or a day with a time, and its calendar: named in the language on show, the week from Monday on."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QTimeZone
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCharFormat, QWheelEvent
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit, QWidget

from pos.domain.errors import BadField

_DAY_FIRST = ("ru", "kk")
_LOCALES = {"en": "en_GB", "zh": "zh_CN", "ru": "ru_RU", "kk": "kk_KZ"}
_BETWEEN = frozenset("-./: ")
_CALENDAR = QSize(360, 300)
_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


def day_format(language: str) -> str:
    """How a day is typed in a language, for Qt."""
    return "dd.MM.yyyy" if language in _DAY_FIRST else "yyyy-MM-dd"


class _DressedBox(QDateTimeEdit):
    """What a day and an instant share: the order of a language, and a calendar that is made when it is first wanted."""

    _time = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)  # a wheel that passes takes no focus

    def present(self, name: str, language: str) -> None:
        """Its name for a screen reader, and the day in the order of a language."""
        self.setAccessibleName(name)
        self._language = language
        written = day_format(language) + self._time
        if self.displayFormat() != written:  # setting what is there would disturb the typing
            self.interpretText()
            self.setDisplayFormat(written)

    def settle(self, field: str) -> None:
        """Take what is typed and not entered yet, which Qt does not do until the focus leaves: a 3 is the third.

        Raises BadField naming `field` for what is no day; the field then shows the day it had.
        """
        typed = self.text()
        if typed == self.textFromDateTime(self.dateTime()):
            return
        self.interpretText()
        if _figures(self.text()) != _figures(typed):
            raise BadField(field, "not_a_date", typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A part that is whole leads to the next one by itself: the sign typed after it must not lead one further."""
        if event.text() in _BETWEEN and self.lineEdit().hasSelectedText():
            event.accept()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The arrow opens the calendar, and no key does."""
        dress(self.calendarWidget(), self._language)
        super().mousePressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """The page below scrolls."""
        event.ignore()


class DateBox(_DressedBox):
    """A day with a calendar, written as in the language."""

    def __init__(self, name: str, day: QDate, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setDate(day)
        self.setAccessibleName(name)
        self.setDisplayFormat("yyyy-MM-dd")


class InstantBox(_DressedBox):
    """A day and a time of day with a calendar; every hour exists, for it is of no zone."""

    _time = " HH:mm"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTimeZone(QTimeZone.utc())  # of all zones the one in which every hour exists


def _figures(text: str) -> list[int]:
    return [int(figure) for figure in re.findall(r"[0-9]+", text)]


def dress(calendar: QCalendarWidget, language: str) -> None:
    """Name its days and months in a language; the weeks of all four begin on Monday here."""
    calendar.setLocale(QLocale(_LOCALES[language]))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setMinimumSize(_CALENDAR)
    for day in _WEEKEND:  # Qt's red is of no theme, and means what is wrong here
        calendar.setWeekdayTextFormat(day, QTextCharFormat())
