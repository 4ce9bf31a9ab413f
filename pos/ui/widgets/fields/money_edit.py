"""Field for an amount of one currency: digits in, Money out; letters are rejected."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.domain.errors import BadField
from pos.domain.money import Currency, Money
from pos.ui.look.theme import Size, Theme, Type
from pos.ui.widgets.drawing.drawing import LEFT, RIGHT, draw_box, draw_text, text_width
from pos.ui.widgets.fields.digits import DigitOf, typed_digit
from pos.ui.widgets.fields.input_hints import NUMBERS
from pos.ui.widgets.fields.key_positions import ENTERS
from pos.ui.widgets.spoken.read_as import ReadAs

_MARKS = ".,"
_LONGEST = 12
_EDGE = 16
_COMMANDS = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier


def plain(text: str) -> str:
    """The typed text unchanged: the default `display` of MoneyEdit."""
    return text


class MoneyEdit(QWidget):
    """A field for an amount of `currency`.

    Digits come by `digit_of`; "." and "," are both the decimal mark. Anything else is rejected and reported by
    `refused`: "letter", "decimals" (the currency has no more), "long" or "paste". `display` formats the typed text,
    such as "1283.5", for the eye; `symbol` stands before it. Enter emits `submitted` with the amount; `changed`
    every change. `nothing` stands in the empty field: another text than 0 where nothing typed is not an amount of 0.

    A digit beyond the decimals says that the mark may have been meant for thousands: 1,000 is a thousand or one. Then
    there is a `doubt`, the text stays as typed, and no amount can be read until it is corrected.
    """

    read_as = ReadAs.FIELD
    changed = Signal(object)
    submitted = Signal(object)
    refused = Signal(str)

    def __init__(
        self,
        theme: Theme,
        name: str,
        currency: Currency,
        *,
        symbol: str = "",
        hint: str = "",
        nothing: str = "0",
        digit_of: DigitOf = typed_digit,
        display: Callable[[str], str] = plain,
        height: int = Size.PRIMARY,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._currency = currency
        self._symbol = symbol
        self._hint, self._nothing = hint, nothing
        self._digit_of = digit_of
        self._display = display
        self._typed = ""
        self._mark = "."
        self._beyond = ""  # what was typed after the last decimal
        self._fresh = False  # the next digit begins another figure
        self._proposed = False  # no hand has typed it
        self._blink = QTimer(self)
        self._blink.setInterval(max(0, QGuiApplication.styleHints().cursorFlashTime() // 2))
        self._blink.timeout.connect(self._flash)
        self._caret = False
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("focus_ring", "self")
        self.setInputMethodHints(NUMBERS)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # a Chinese input method would eat digits
        self.setCursor(Qt.CursorShape.IBeamCursor)
        self.setFixedHeight(height)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    @property
    def currency(self) -> Currency:
        """The currency of the field."""
        return self._currency

    @property
    def doubt(self) -> BadField | None:
        """Why no amount can be read: the mark may have been meant for thousands. None where one can."""
        shown = self._typed.replace(".", self._mark) + self._beyond
        return BadField("amount", "ambiguous", shown) if self._beyond else None

    def amount(self) -> Money:
        """The typed amount; zero when the field is empty. Raises the `doubt`."""
        if (doubt := self.doubt) is not None:
            raise doubt
        return Money.parse(self._typed.rstrip(".") or "0", self._currency)

    def is_empty(self) -> bool:
        """Whether the field is empty, which differs from a typed 0."""
        return not self._typed

    def present(self, name: str, currency: Currency, *, symbol: str, hint: str = "") -> None:
        """Set another currency or language; another currency empties the field, unless its text is in `doubt`."""
        self.setAccessibleName(name)
        self._symbol, self._hint = symbol, hint
        if currency != self._currency:
            self._currency = currency
            if not self._beyond:  # what cannot be read was no amount of the other currency either
                self._set("")
        self.update()

    def set_amount(self, amount: Money) -> None:
        """Propose `amount`: the next digit replaces it. Its currency becomes the field's."""
        self._currency = amount.currency
        text = str(amount)
        self._set(text.rstrip("0").rstrip(".") if "." in text else text)
        self._fresh = self._proposed = True

    def ask_again(self) -> None:
        """The typed figure is asked about or refused: the next digit begins another one; it can still be corrected."""
        if not self._beyond:
            self._fresh = bool(self._typed)
            self.update()

    def select_all(self) -> None:
        """The next digit begins another figure, and Backspace deletes the whole one."""
        self._fresh = self._proposed = bool(self._typed)
        self.update()

    def clear(self) -> None:
        """Empty the field."""
        self._set("")

    def push(self, digits: str) -> None:
        """Type `digits` from a keypad: one, or "00"."""
        if self._fresh and self._beyond:
            self.clear()
        typed = "" if self._fresh else self._typed
        for digit in digits:
            whole, _, part = typed.partition(".")
            if self._beyond or ("." in typed and len(part) >= self._currency.digits):
                self._go_beyond(typed, digit)
                continue
            if "." not in typed and len(whole) >= _LONGEST:
                self.refused.emit("long")
                return
            typed = digit if typed == "0" else typed + digit
        if not self._beyond:
            self._set(typed)

    def mark(self, char: str = ".") -> None:
        """Type the decimal mark, by this character."""
        if self._fresh and self._beyond:
            self.clear()
        typed = "" if self._fresh else self._typed
        if self._beyond:
            self._go_beyond(typed, char)
        elif not self._currency.digits or "." in typed:
            self.refused.emit("decimals")
        else:
            self._mark = char
            self._set((typed or "0") + ".")

    def pop(self) -> None:
        """Delete the last character; a proposed amount is deleted as a whole."""
        if self._proposed or not self._beyond:
            self._set("" if self._proposed else self._typed[:-1])
            return
        self._beyond = self._beyond[:-1]
        self._typed_changed()

    def sizeHint(self) -> QSize:
        return QSize(240, self.height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        if event.matches(QKeySequence.StandardKey.Paste):
            self._paste(QGuiApplication.clipboard().text())
            return
        if event.matches(QKeySequence.StandardKey.SelectAll):
            self.select_all()
            return
        digit = self._digit_of(event)
        if event.modifiers() & _COMMANDS:
            super().keyPressEvent(event)
        elif digit is not None:
            self.push(digit)
        elif (text and text in _MARKS) or key in (Qt.Key.Key_Period, Qt.Key.Key_Comma):
            self.mark("," if text == "," or key == Qt.Key.Key_Comma else ".")
        elif key == Qt.Key.Key_Backspace:
            self.pop()
        elif key == Qt.Key.Key_Delete:
            self.clear()
        elif key in ENTERS:
            if self._beyond:
                self.refused.emit("decimals")
            else:
                self.submitted.emit(self.amount())
        elif text and text.isprintable() and not text.isspace():
            self.refused.emit("letter")
        else:
            super().keyPressEvent(event)  # Tab, Escape, arrows and the keys of the screen

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._caret = True
        if self._blink.interval():
            self._blink.start()
        self.update()
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._blink.stop()
        self._caret = False
        self.update()
        super().focusOutEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        colour = self._theme.colour
        focused = self.hasFocus()
        big = self.height() >= Size.FIELD
        fill = colour("surface" if self.isEnabled() else "sunken")
        line = colour("over" if self._beyond else "focus" if focused else "line_strong")
        draw_box(painter, self.rect(), fill=fill, line=line, width=self._theme.focus_width if focused else 1)
        symbol_font = self._theme.font(Type.SECTION if big else Type.BODY)
        figure_font = self._theme.font(Type.SECTION if big else Type.BODY, bold=True)
        x = _EDGE if big else 12
        if self._symbol:
            box = QRect(x, 0, self.width() // 3, self.height())
            x += draw_text(painter, box, self._symbol, symbol_font, colour("muted"), LEFT) + _EDGE
        right = self.width() - (_EDGE if big else 12) - 4
        text = self._shown() or self._nothing
        width = min(text_width(figure_font, text), right - x)
        ink = colour("muted" if not self._typed or not self.isEnabled() else "text")
        figure = QRect(right - width, 0, width + 1, self.height())
        if self._fresh and focused:
            wash = QRect(right - width - 4, self.height() // 2 - 16, width + 8, 32)
            draw_box(painter, wash, fill=colour("accent_soft"), radius=Size.KEY_RADIUS)
        draw_text(painter, figure, text, figure_font, ink, RIGHT)
        if self._hint and not self._typed:
            hint = QRect(x, 0, right - width - x - 8, self.height())
            font = self._theme.font(Type.BODY)
            if text_width(font, self._hint) <= hint.width():  # part of a word would say nothing
                draw_text(painter, hint, self._hint, font, colour("muted"), LEFT)
        if self._caret and focused:
            half = 13 if big else 9
            painter.fillRect(QRect(right + 4, self.height() // 2 - half, 2, half * 2), colour("accent"))

    def _paste(self, text: str) -> None:
        clean = "".join(text.split()).replace(",", ".")
        try:
            amount = Money.parse(clean, self._currency)
        except BadField:
            self.refused.emit("paste")
            return
        if amount < Money.zero(self._currency):
            self.refused.emit("paste")
            return
        self.set_amount(amount)
        self._fresh = self._proposed = False

    def _go_beyond(self, typed: str, char: str) -> None:
        if typed != self._typed:
            self._set(typed)
        self._fresh = self._proposed = False
        self._beyond = (self._beyond + char)[:_LONGEST]
        self._typed_changed()
        self.refused.emit("decimals")

    def _shown(self) -> str:
        doubt = self.doubt
        if doubt is not None:
            return doubt.value
        return self._display(self._typed) if self._typed else ""

    def _set(self, typed: str) -> None:
        self._fresh = self._proposed = False
        self.update()
        if typed == self._typed and not self._beyond:
            return
        self._typed, self._beyond = typed, ""
        self._typed_changed()

    def _typed_changed(self) -> None:
        self.update()
        self.setAccessibleDescription(self._shown())
        if not self._beyond:
            self.changed.emit(self.amount())

    def _flash(self) -> None:
        self._caret = not self._caret
        self.update()
