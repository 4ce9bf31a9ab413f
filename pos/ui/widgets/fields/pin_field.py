"""A PIN as dots: digits only, never readable on the screen, in the clipboard or by a screen reader."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Size, Theme
from pos.ui.widgets.drawing.drawing import draw_box, draw_circle
from pos.ui.widgets.fields.digits import DigitOf, typed_digit
from pos.ui.widgets.fields.input_hints import DIGITS
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.spoken.read_as import ReadAs

_PITCH = 44
_RADIUS = 7


class PinField(QWidget):
    """Takes digits by `digit_of` and ignores every other character, so that it works under any keyboard layout.

    Ctrl+A: the next digit begins another PIN, and Backspace deletes all. It shows at least `length` positions and takes
    up to `longest` digits. Backspace deletes one, Delete all; Enter emits `submitted` with the PIN. `changed` carries
    the number of digits.
    """

    read_as = ReadAs.SECRET
    changed = Signal(int)
    submitted = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        length: int = 6,
        longest: int = 12,
        digit_of: DigitOf = typed_digit,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._length = length
        self._longest = longest
        self._digit_of = digit_of
        self._pin = ""
        self._wrong = self._is_selected = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "self")
        self.setInputMethodHints(DIGITS)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # a Chinese input method would eat digits
        self.setFixedHeight(Size.FIELD)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def pin(self) -> str:
        """The typed PIN."""
        return self._pin

    def push(self, digits: str) -> None:
        """Type `digits` from a keypad; digits beyond the maximum are ignored."""
        self._set((("" if self._is_selected else self._pin) + digits)[: self._longest])

    def pop(self) -> None:
        """Delete the last digit."""
        self._set("" if self._is_selected else self._pin[:-1])

    def clear(self) -> None:
        """Delete all digits."""
        self._set("")

    def reject(self) -> None:
        """Empty the field and mark its border as wrong until the next digit."""
        self._set("")
        self._wrong = True
        self.update()

    def present(self, name: str) -> None:
        """Name the field for another person or in another language."""
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        return QSize(328, Size.FIELD)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self._is_selected = bool(self._pin)
            self.update()
            return
        digit = self._digit_of(event)
        if digit is not None and not event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
        ):
            self.push(digit)
        elif key == Qt.Key.Key_Backspace:
            self.pop()
        elif key == Qt.Key.Key_Delete:
            self.clear()
        elif key in ENTERS:
            self.submitted.emit(self._pin)
        elif not event.text().isprintable() or not event.text():
            super().keyPressEvent(event)  # arrows, Escape and shortcuts are the screen's

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        focused = self.hasFocus()
        line = "over" if self._wrong else "focus" if focused else "line_strong"
        fill = colour("surface" if self.isEnabled() else "sunken")
        width = self._theme.focus_width if focused or self._wrong else 1
        draw_box(painter, self.rect(), fill=fill, line=colour(line), width=width)
        dots = max(self._length, len(self._pin))
        pitch = min(_PITCH, (self.width() - 32) // dots)
        x = self.width() / 2 - pitch * (dots - 1) / 2
        for index in range(dots):
            centre = QPointF(x + index * pitch, self.height() / 2)
            if index < len(self._pin):
                ink = "accent" if self._is_selected else "text" if self.isEnabled() else "muted"
                draw_circle(painter, centre, _RADIUS, colour(ink), None)
            else:
                side = _RADIUS * 2
                ring = self.rect()
                ring.setRect(round(centre.x()) - _RADIUS, round(centre.y()) - _RADIUS, side, side)
                draw_box(painter, ring, line=colour("line_strong"), width=2, radius=_RADIUS)

    def _set(self, pin: str) -> None:
        self._wrong = self._is_selected = False
        self.update()
        if pin != self._pin:
            self._pin = pin
            self.changed.emit(len(pin))
