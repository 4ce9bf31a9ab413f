"""A number field with the margins of our other fields, which Qt's style sheets cannot give it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QWidget

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
