"""A number field with the margins of the other fields, which Qt's style sheets cannot set."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSpinBox, QWidget

_MARGIN = 11


class SpinBox(QSpinBox):
    """An integer from `low` to `high`; the wheel changes it only while it has the focus."""

    def __init__(self, name: str, low: int, high: int, value: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setRange(low, high)
        self.setValue(value)
        self.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
