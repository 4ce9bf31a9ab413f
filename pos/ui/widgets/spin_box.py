"""Number and date fields with the margins of our other fields, which Qt's style sheets cannot give them."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QSpinBox, QWidget

_MARGIN = 11
_DAY_FIRST = ("ru", "kk")


class SpinBox(QSpinBox):
    """A whole number from `low` to `high`; the wheel changes it only while it has the focus."""

    def __init__(self, name: str, low: int, high: int, value: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(low, high)
        self.setValue(value)
        self.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def day_format(language: str) -> str:
    """How a day is typed in a language, for Qt."""
    return "dd.MM.yyyy" if language in _DAY_FIRST else "yyyy-MM-dd"


class DateBox(QDateEdit):
    """A day with a calendar, written as in the language; the wheel changes it only while it has the focus."""

    def __init__(self, name: str, day: QDate, parent: QWidget | None = None) -> None:
        super().__init__(day, parent)
        self.setAccessibleName(name)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def present(self, name: str, language: str) -> None:
        """Its name for a screen reader, and the day in the order of a language."""
        self.setAccessibleName(name)
        written = day_format(language)
        if self.displayFormat() != written:  # setting what is there would disturb whoever is typing it
            self.setDisplayFormat(written)
