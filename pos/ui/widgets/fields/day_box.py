"""A day, or a day with a time, and its calendar: named in the language on show, the week from Monday on."""

from __future__ import annotations

import re

from PySide6.QtCore import QDate, QDateTime, QEvent, QLocale, QObject, QSize, Qt, QTime, QTimeZone
from PySide6.QtGui import (
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QTextCharFormat,
    QWheelEvent,
)
from PySide6.QtWidgets import QCalendarWidget, QDateTimeEdit, QWidget

from pos.domain.errors import BadField
from pos.ui.widgets.fields.key_positions import is_modifier

_DAY_FIRST = ("ru", "kk")
_LOCALES = {"en": "en_GB", "zh": "zh_CN", "ru": "ru_RU", "kk": "kk_KZ"}
_BETWEEN = frozenset("-./: ")
_PARTS = 3
"""Of a day: year, month, day."""
_MARK = "0"
"""As wide as what stands between the frame and the text."""
_PART, _YEAR = 2, 4
"""The figures of a part, and of the year."""
_CALENDAR = QSize(360, 360)
"""Arrows, the names of the days and six weeks, each with 44 pixels for a finger."""
_WEEKEND = (Qt.DayOfWeek.Saturday, Qt.DayOfWeek.Sunday)


def day_format(language: str) -> str:
    """How a day is typed in a language, for Qt."""
    return "dd.MM.yyyy" if language in _DAY_FIRST else "yyyy-MM-dd"


class _DressedBox(QDateTimeEdit):
    """What a day and an instant share: the order of a language, and a calendar that is made when it is first wanted.

    The wheel scrolls the page past it. Qt makes a 30 of the 31 that is typed while the month has 30 days, and leaves
    out what is no month: the figures are remembered as they are typed. The day is put right as soon as the month has
    it, and `settle` refuses what was typed and does not stand there.
    """

    _time = ""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._language = "en"
        self._has_led = False
        """Whether the figure typed last was the end of a part, and has led to the next one."""
        self._typed: dict[QDateTimeEdit.Section, str] = {}
        self.latest: QDate | None = None
        """The last day that the calendar and the arrows reach; a later one may be on the way to what is typed."""
        self._before = self.dateTime()
        """What stood here when the calendar was opened."""
        self.setCalendarPopup(True)
        self.setButtonSymbols(self.ButtonSymbols.NoButtons)  # hidden ones beside the arrow change the day by one
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.lineEdit().installEventFilter(self)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)  # it would paste past `keyPressEvent`

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
        typed, known = self.text(), self._as_typed()
        if typed != self.textFromDateTime(self.dateTime()):
            self.interpretText()
            if _figures(self.text()) != _figures(typed):
                raise BadField(field, "not_a_date", typed)
        if self._typed and _figures(self._as_typed()) != _figures(self.text()):
            raise BadField(field, "not_a_date", known)

    @property
    def is_typed(self) -> bool:
        """Whether figures were typed since it was set, stepped or chosen in the calendar."""
        return bool(self._typed)

    def forget_typed(self) -> None:
        """What stands here was not typed, or was taken back."""
        self._typed.clear()

    def setDate(self, day: QDate) -> None:
        self.forget_typed()
        super().setDate(day)

    def setDateTime(self, at: QDateTime) -> None:
        self.forget_typed()
        super().setDateTime(at)

    def stepBy(self, steps: int) -> None:
        self.forget_typed()
        super().stepBy(steps)
        if self.latest is not None and self.date() > self.latest:
            super().setDate(self.latest)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A part that is whole leads to the next one by itself: the character typed after it must
        not lead one further.
        """
        if is_modifier(event):
            super().keyPressEvent(event)
            return
        edit = self.lineEdit()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
            event.accept()
            return
        has_led, self._has_led = self._has_led, False
        if has_led and event.text() in _BETWEEN:
            event.accept()
            return
        is_shortcut = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)  # the text of Ctrl+1 is 1
        is_figure = event.text().isascii() and event.text().isdigit() and not is_shortcut
        if is_figure and edit.selectedText() == self.text():
            self.setSelectedSection(self.sectionAt(0))
        elif is_figure and self._is_before_whole_part():
            self.setSelectedSection(self.currentSection())
        section, before = self.currentSection(), self._before_cursor()
        if is_figure:
            self._typed.setdefault(section, "")  # `super` reports the new day: it is one that is being typed
        super().keyPressEvent(event)
        if is_figure:
            self._typed[section] = before + event.text()
            self._has_led = self.currentSection() != section
            self._put_day_right()
        elif event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self._typed.pop(section, None)

    def _is_before_whole_part(self) -> bool:
        """Whether a figure would push those of a part that has all of its own, as behind the key Home."""
        edit, part = self.lineEdit(), self.sectionText(self.currentSection())
        is_before = edit.text()[edit.cursorPosition() : edit.cursorPosition() + 1].isdigit()
        return is_before and not edit.hasSelectedText() and len(part) == self._width(self.currentSection())

    def _width(self, part: QDateTimeEdit.Section) -> int:
        return _YEAR if part == self.Section.YearSection else _PART

    def _before_cursor(self) -> str:
        """The figures of the part with the cursor that the next one is added to."""
        edit = self.lineEdit()
        if edit.hasSelectedText():
            return ""
        standing = re.search(r"[0-9]*$", edit.text()[: edit.cursorPosition()])
        assert standing is not None, "it may be empty"
        return self._typed.get(self.currentSection(), standing.group())

    def _put_day_right(self) -> None:
        """Show the day that was typed, where Qt took the last one of a shorter month."""
        day, figures = self.date(), self._typed.get(self.Section.DaySection, "")
        if not 0 < len(figures) <= _PART:
            return
        typed = int(figures)
        meant = QDate(day.year(), day.month(), typed)
        if typed == day.day() or not meant.isValid() or self.text() != self.textFromDateTime(self.dateTime()):
            return
        section, selects = self.currentSection(), self.lineEdit().hasSelectedText()
        super().setDate(meant)
        if selects:
            self.setSelectedSection(section)

    def _paste(self, text: str) -> None:
        """Take a day in either order, with or without a time of day; anything else changes nothing."""
        figures, is_day_first = _figures(text), bool(re.match(r"\s*[0-9]{1,2}[-./]", text))
        if len(figures) < _PARTS:
            return
        year, month, day = reversed(figures[:3]) if is_day_first else figures[:3]
        pasted = QDate(year, month, day)
        at = QTime(figures[3], figures[4]) if self._time and len(figures) > _PARTS + 1 else self.time()
        if pasted.isValid() and at.isValid():
            self.setDateTime(QDateTime(pasted, at, self.timeZone()))

    def _as_typed(self) -> str:
        """The text as it would be if every figure stood there as it was typed."""
        parts = [self.sectionAt(index) for index in range(self.sectionCount())]
        marks = iter([*re.findall(r"[^0-9]+", self.text()), ""])
        return "".join((self._typed.get(part) or self.sectionText(part)) + next(marks) for part in parts)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._has_led = False

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The arrow opens the calendar, and no key does."""
        self._has_led = False
        self.forget_typed()
        calendar, self._before = self.calendarWidget(), self.dateTime()
        dress(calendar, self._language)
        super().mousePressEvent(event)
        if calendar.isVisible():
            calendar.window().installEventFilter(self)
            if self.latest is not None:
                calendar.setMaximumDate(self.latest)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click chooses the part it is on, which the next figure replaces: Qt takes none behind a whole part. A click
        behind the text chooses all of it.

        Esc in the calendar leaves the day that was there: Qt keeps what the arrows have passed.
        """
        if watched is self.lineEdit():
            if event.type() == QEvent.Type.MouseButtonRelease and isinstance(event, QMouseEvent):
                edit = self.lineEdit()
                behind = edit.fontMetrics().horizontalAdvance(edit.text() + _MARK)
                if event.position().x() > behind:
                    edit.selectAll()
                elif not edit.hasSelectedText():
                    self.setSelectedSection(self.currentSection())
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Escape:
            self.setDateTime(self._before)
        return super().eventFilter(watched, event)


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
