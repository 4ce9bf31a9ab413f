"""The small field over a basket row in which a quantity, a discount, a price or a note is typed."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.ui.look.theme import Size, Theme, Type
from pos.ui.sales.basket.basket_columns import BasketColumns
from pos.ui.widgets.drawing.drawing import CENTRE, draw_text
from pos.ui.widgets.fields.input_hints import DIGITS, NUMBERS
from pos.ui.widgets.fields.key_positions import ENTERS

_LONGEST = 12
_LONGEST_NOTE = 100
_UNIT = 22
"""The width of each unit symbol at the end of the field: per cent, or the currency."""


class Editing(StrEnum):
    """What is being typed."""

    QUANTITY = "quantity"
    DISCOUNT = "discount"
    PRICE = "price"
    NOTE = "note"


_HINTS = {
    Editing.QUANTITY: DIGITS,
    Editing.DISCOUNT: NUMBERS,
    Editing.PRICE: NUMBERS,
    Editing.NOTE: Qt.InputMethodHint.ImhNone,
}


class InlineEditor(QLineEdit):
    """Lies over its column of one row. Enter emits `entered` with what is edited, the row's id and the text; Esc
    closes.

    `box` returns the box of the row with an id in `over`, or None if the row is gone. A discount is per cent or money:
    both symbols are at the end of the field, and `turn` or the mouse switches between them.
    """

    entered = Signal(str, int, str)
    closed = Signal()

    def __init__(self, theme: Theme, over: QWidget, box: Callable[[int], QRect | None]) -> None:
        super().__init__(over)
        self._theme = theme
        self._box = box
        self._editing = Editing.QUANTITY
        self._line_id = 0
        self._units: tuple[str, ...] = ()
        self._unit = 0
        self._before = ("", 0)
        self.hide()

    def open(
        self, editing: Editing, line_id: int, text: str, name: str, units: tuple[str, ...] = (), unit: int = 0
    ) -> None:
        """Begin to type over a row, with `text` selected; `unit` is the index of the chosen unit in `units`."""
        self._editing, self._line_id = editing, line_id
        self._units, self._unit = units, unit
        is_note = editing is Editing.NOTE
        side = Qt.AlignmentFlag.AlignLeft if is_note else Qt.AlignmentFlag.AlignRight
        self.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)
        # Digits need no input method, and an input method would swallow them; a note is written in any script.
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, is_note)
        self.setInputMethodHints(_HINTS[editing])
        self.setMaxLength(_LONGEST_NOTE if is_note else _LONGEST)
        self.setTextMargins(0, 0, _UNIT * len(units), 0)
        self.name(name)
        self.setText(text)
        self._before = (text, unit)
        self.selectAll()
        self.set_wrong(False)
        self.show()
        self.reposition()
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def insist(self, text: str) -> None:
        """What was refused stands here again, to be corrected or dropped."""
        self.setText(text)
        self.selectAll()
        self.set_wrong(True)

    def name(self, name: str) -> None:
        """Name what is typed here; for a note the name is shown in the field too."""
        self.setAccessibleName(name)
        self.setPlaceholderText(name if self._editing is Editing.NOTE else "")

    def is_open(self, editing: Editing, line_id: int) -> bool:
        """Whether the field is open for `what`."""
        return not self.isHidden() and (self._editing, self._line_id) == (editing, line_id)

    def is_changed(self) -> bool:
        """Whether text waits here that neither Enter nor Esc has settled."""
        return not self.isHidden() and (self.text(), self._unit) != self._before

    @property
    def unit(self) -> int:
        """The index of the chosen unit."""
        return self._unit

    def turn(self) -> None:
        """Choose the other unit."""
        if self._units:
            self._unit = (self._unit + 1) % len(self._units)
            self.set_wrong(False)
            self.update()

    def set_wrong(self, wrong: bool) -> None:
        """Mark the typed text as invalid."""
        if self.property("wrong") != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)  # a style sheet reads properties only when polishing
            self.style().polish(self)

    def reposition(self) -> None:
        """Follow the row after it has moved; the field closes when the row is gone."""
        if self.isHidden():
            return
        box = self._box(self._line_id)
        if box is None:
            self.leave()
            return
        start, end = self._span(BasketColumns.of(box.width()))
        height = min(Size.SMALL_BUTTON, box.height())
        self.setGeometry(box.x() + start, box.y() + (box.height() - height) // 2, end - start, height)

    def _span(self, columns: BasketColumns) -> tuple[int, int]:
        match self._editing:
            case Editing.QUANTITY:
                return columns.quantity_end - 56, columns.quantity_end + 10
            case Editing.DISCOUNT:
                return columns.discount_end - 92, columns.discount_end + 26
            case Editing.PRICE:
                return columns.price_end - 100, columns.price_end + 12
            case Editing.NOTE:
                return columns.name - 12, columns.price_end - 60

    def leave(self) -> None:
        """Close without a change."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in ENTERS:
            self.entered.emit(self._editing.value, self._line_id, self.text())
            return
        if event.key() == Qt.Key.Key_Escape:
            self.leave()
            return
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The mouse chooses a unit at the end of the field."""
        if self._units and event.position().x() >= self.width() - _UNIT * len(self._units) - 6:
            self.turn()
            return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        left = self.width() - _UNIT * len(self._units) - 6
        for index, symbol in enumerate(self._units):
            meant = index == self._unit
            colour = self._theme.colour("accent" if meant else "muted")
            font = self._theme.font(Type.TITLE if meant else Type.BODY, bold=meant)
            box = QRect(left + index * _UNIT, 0, _UNIT, self.height())
            draw_text(painter, box, symbol, font, colour, CENTRE)
            if meant:
                painter.fillRect(QRect(box.x() + 4, box.bottom() - 8, _UNIT - 8, 2), colour)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Closes untouched; typed text stays in sight until Enter or Esc settles it."""
        super().focusOutEvent(event)
        away = event.reason() in (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)
        if not away and not self.is_changed():
            self.leave()
