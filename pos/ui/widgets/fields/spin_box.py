"""A number field with arrows that takes whatever is typed, with the margins of the other fields."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QValidator, QWheelEvent
from PySide6.QtWidgets import QSpinBox, QWidget

from pos.ui.widgets.fields.input_hints import DIGITS
from pos.ui.widgets.fields.key_positions import ENTERS

_MARGIN = 11
"""Qt's style sheets cannot set it."""
WIDEST_NUMBER, _LONGEST_NUMBER = 999_999_999, 12


class SpinBox(QSpinBox):
    """Takes whatever is typed, which the step checks: a character that is left out would make 15 of 1,5.

    An arrow clamps the number to `lowest` and `highest`; the wheel scrolls the page past it. `changed` is of whatever
    is typed and of every number, also by an arrow, which Qt reports in two signals.
    """

    changed = Signal()

    def __init__(self, name: str, low: int, high: int, value: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lowest, self.highest = low, high
        self.setAccessibleName(name)
        self.setInputMethodHints(DIGITS)
        self.setRange(0, WIDEST_NUMBER)
        self.setValue(value)
        self.setGroupSeparatorShown(False)
        self.setCorrectionMode(QSpinBox.CorrectionMode.CorrectToNearestValue)
        self.lineEdit().setTextMargins(_MARGIN, 0, 0, 0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.textChanged.connect(self.changed)
        self.lineEdit().textChanged.connect(self.changed)

    def typed(self) -> str:
        """The text without the unit, as it was typed."""
        return self.text().removesuffix(self.suffix()).strip()

    def put(self, text: str) -> None:
        """Show a number, or what was typed in the place of one."""
        if _is_number(text):
            self.setValue(int(text))
        else:
            self.lineEdit().setText(f"{text}{self.suffix()}")

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        figure = text.removesuffix(self.suffix()).strip()
        state = QValidator.State.Acceptable if _is_number(figure) else QValidator.State.Intermediate
        return (state if len(figure) <= _LONGEST_NUMBER else QValidator.State.Invalid), text, position

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Qt would put the last number in the place of what is none."""
        typed = self.text()
        super().focusOutEvent(event)
        if self.text() != typed:
            self.lineEdit().setText(typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS:
            event.ignore()  # the form goes on; Qt would put the last number here first
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def stepBy(self, steps: int) -> None:
        self.setValue(max(self.lowest, min(self.highest, self.value() + steps)))
        self.selectAll()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and int(text) <= WIDEST_NUMBER
