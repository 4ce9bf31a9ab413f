"""The number of pieces of one denomination in the drawer: digits typed straight in, empty until counted."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Theme, Type
from pos.ui.widgets.drawing.drawing import RIGHT, draw_box, draw_text
from pos.ui.widgets.fields.input_hints import DIGITS
from pos.ui.widgets.fields.key_positions import ENTERS, digit_of
from pos.ui.widgets.spoken.read_as import ReadAs

_LONGEST = 5
_MARKS = (",", ".")
"""What an amount of money may have; a number of pieces ends there."""
_EDGE = 10
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_STEPS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class CountCell(QWidget):
    """A count of up to five digits. An empty cell differs from a typed 0.

    `changed` is emitted for every change, `focused` when the focus comes or goes, `stepped` for an arrow key as columns
    and rows, `entered` for Enter. The first digit after the focus has come replaces the old count. A decimal mark and
    the digits behind it are no part of a count: each is `refused`.
    """

    read_as = ReadAs.FIELD
    changed = Signal()
    focused = Signal()
    stepped = Signal(int, int)
    entered = Signal()
    refused = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._typed = ""
        self._fresh = True
        self._is_marked = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "self")
        self.setInputMethodHints(DIGITS)
        self.setAttribute(
            Qt.WidgetAttribute.WA_InputMethodEnabled, False
        )  # a Chinese input method would swallow digits
        self.setCursor(Qt.CursorShape.IBeamCursor)

    @property
    def value(self) -> int | None:
        """The count; None if not counted."""
        return int(self._typed) if self._typed else None

    def set_value(self, value: int | None) -> None:
        """Set the count from code."""
        self._set("" if value is None else str(value))
        self._fresh = True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        digit = digit_of(event)
        if event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
        elif event.text() in _MARKS or (digit is not None and self._is_marked):
            self._is_marked = True
            self.refused.emit()
        elif digit is not None:
            typed = "" if self._fresh or self._typed == "0" else self._typed
            if len(typed) < _LONGEST:
                self._fresh = False
                self._set(typed + digit)
        elif key == Qt.Key.Key_Backspace:
            self._is_marked = False
            self._set("" if self._fresh else self._typed[:-1])
        elif key == Qt.Key.Key_Delete:
            self._is_marked = False
            self._set("")
        elif key in ENTERS:
            self.entered.emit()
        elif key in _STEPS:
            self.stepped.emit(*_STEPS[key])
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._fresh, self._is_marked = True, False
        self.focused.emit()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.focused.emit()
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour, here = self._theme.colour, self.hasFocus()
        plain = not here and (not self._typed or not self.isEnabled())
        fill = colour("ground" if plain else "surface")
        line = colour("focus" if here else "line" if plain else "line_strong")
        draw_box(painter, self.rect(), fill=fill, line=line, width=self._theme.focus_width if here else 1)
        font = self._theme.font(Type.BODY, bold=here)
        room = QRect(0, 0, self.width() - _EDGE - 4, self.height())
        ink = colour("text" if self.isEnabled() else "muted")
        width = draw_text(painter, room, self._typed, font, ink, RIGHT) if self._typed else 0
        if here and self._fresh and self._typed:
            wash = QRect(room.right() - width - 3, self.height() // 2 - 11, width + 7, 22)
            draw_box(painter, wash, fill=colour("accent_soft"), radius=3)
            draw_text(painter, room, self._typed, font, ink, RIGHT)
        if here:
            painter.fillRect(QRect(room.right() + 4, self.height() // 2 - 9, 2, 18), colour("accent"))

    def _set(self, typed: str) -> None:
        if typed != self._typed:
            self._typed = typed
            self.update()
            self.changed.emit()
