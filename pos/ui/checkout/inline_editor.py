"""The small field over a basket row in which a quantity or a discount is typed."""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.ui.checkout.basket_columns import Columns
from pos.ui.checkout.basket_view import BasketView
from pos.ui.theme import Size


class Editing(StrEnum):
    """What is being typed."""

    QUANTITY = "quantity"
    DISCOUNT = "discount"


class InlineEditor(QLineEdit):
    """Lies over its column of one row. Enter tells `entered` with what, the row's id and the text; Esc leaves."""

    entered = Signal(str, int, str)
    closed = Signal()

    def __init__(self, view: BasketView, parent: QWidget | None = None) -> None:
        super().__init__(parent or view.viewport())
        self._view = view
        self._editing = Editing.QUANTITY
        self._line_id = 0
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # digits only: a composer would eat them
        self.setMaxLength(7)
        view.resized.connect(self.place)
        view.verticalScrollBar().valueChanged.connect(self.place)
        self.hide()

    def open(self, editing: Editing, line_id: int, text: str, name: str) -> None:
        """Begin to type over a row, with `text` selected."""
        self._editing, self._line_id = editing, line_id
        self.setAccessibleName(name)
        self.setText(text)
        self.selectAll()
        self.set_wrong(False)
        self.show()
        self.place()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_wrong(self, wrong: bool) -> None:
        """Mark what was typed as not to be used."""
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)  # a style sheet reads properties only when polishing
            self.style().polish(self)

    def place(self) -> None:
        """Lie over the row again after it has moved; a row that is gone closes the field."""
        if self.isHidden():
            return
        box = self._view.row_box(self._line_id)
        if box is None:
            self.leave()
            return
        columns = Columns.of(box.width())
        end, width = (
            (columns.quantity_end + 10, 66) if self._editing is Editing.QUANTITY else (columns.discount_end + 12, 96)
        )
        self.setGeometry(box.x() + end - width, box.y() + 6, width, Size.SMALL_BUTTON)

    def leave(self) -> None:
        """Close without a change."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Override QLineEdit.keyPressEvent."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit(self._editing.value, self._line_id, self.text())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Override QLineEdit.focusOutEvent: what was not confirmed is forgotten."""
        super().focusOutEvent(event)
        if event.reason() not in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason):
            self.leave()
