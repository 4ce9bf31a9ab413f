"""Number and date fields with the margins of our other fields, which Qt's style sheets cannot give them."""

from __future__ import annotations

from PySide6.QtCore import QDate, Qt
from PySide6.QtWidgets import QDateEdit, QSpinBox, QWidget

_MARGIN = 11


class SpinBox(QSpinBox):
    """A whole number from `low` to `high`; the wheel changes it only while it has the focus."""

    def __init__(self, name: str, low: int, high: int, value: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(low, high)
        self.setValue(value)
        self.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


class DateBox(QDateEdit):
    """A day as YYYY-MM-DD with a calendar; the wheel changes it only while it has the focus."""

    def __init__(self, name: str, day: QDate, parent: QWidget | None = None) -> None:
        super().__init__(day, parent)
        self.setAccessibleName(name)
        self.setDisplayFormat("yyyy-MM-dd")
        self.setCalendarPopup(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
