"""Date fields with a calendar: named in the current language, weeks from Monday on."""

from __future__ import annotations

from PySide6.QtCore import QDate, QLocale, QSize, Qt, QTimeZone
from PySide6.QtGui import QKeyEvent, QMouseEvent, QTextCharFormat
from PySide6.QtWidgets import QCalendarWidget, QDateEdit, QDateTimeEdit, QWidget

_DAY_FIRST = ("ru", "kk")
_LOCALES = {"en": "en_GB", "zh": "zh_CN", "ru": "ru_RU", "kk": "kk_KZ"}
_CALENDAR = QSize(360, 300)
_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


def day_format(language: str) -> str:
    """Qt date format of a language."""
    return "dd.MM.yyyy" if language in _DAY_FIRST else "yyyy-MM-dd"


class DateBox(QDateEdit):
    """A date with a calendar, in the format of the language; the wheel changes it only while it has the focus."""

    def __init__(self, name: str, day: QDate, parent: QWidget | None = None) -> None:
        super().__init__(day, parent)
        self._language = "en"
        self.setAccessibleName(name)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def present(self, name: str, language: str) -> None:
        """Set the accessible name, and the date format of a language."""
        self.setAccessibleName(name)
        self._language = language
        written = day_format(language)
        if self.displayFormat() != written:  # setting an unchanged value would disturb typing
            self.setDisplayFormat(written)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The calendar is built on first use."""
        dress(self.calendarWidget(), self._language)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens(event):
            dress(self.calendarWidget(), self._language)
        super().keyPressEvent(event)


class InstantBox(QDateTimeEdit):
    """Date and time with a calendar, as DateBox; it has no time zone, so that every hour exists."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self.setCalendarPopup(True)
        self.setTimeZone(QTimeZone.utc())  # UTC: the one zone in which every hour exists

    def present(self, name: str, language: str) -> None:
        """Set the accessible name, and the date format of a language."""
        self.setAccessibleName(name)
        self._language = language
        written = f"{day_format(language)} HH:mm"
        if self.displayFormat() != written:
            self.setDisplayFormat(written)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        dress(self.calendarWidget(), self._language)
        super().mousePressEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if _opens(event):
            dress(self.calendarWidget(), self._language)
        super().keyPressEvent(event)


def dress(calendar: QCalendarWidget, language: str) -> None:
    """Name the days and months of the calendar in a language; weeks start on Monday in all four."""
    calendar.setLocale(QLocale(_LOCALES[language]))
    calendar.setFirstDayOfWeek(Qt.DayOfWeek.Monday)
    calendar.setHorizontalHeaderFormat(QCalendarWidget.HorizontalHeaderFormat.ShortDayNames)
    calendar.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
    calendar.setMinimumSize(_CALENDAR)
    for day in _WEEKEND:  # Qt's red is not of the theme, and red marks errors here
        calendar.setWeekdayTextFormat(day, QTextCharFormat())


def _opens(event: QKeyEvent) -> bool:
    """Whether the key opens the calendar."""
    is_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
    return event.key() == Qt.Key.Key_F4 or (is_alt and event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up))
