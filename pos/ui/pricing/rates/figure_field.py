"""A field for a rate, with the rate in force as its hint."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QLineEdit, QStyle, QStyleOptionFrame

from pos.ui.look.theme import Type
from pos.ui.widgets.drawing.drawing import text_width
from pos.ui.widgets.fields.input_hints import NUMBERS

_LONGEST = 18
_NARROWEST = 70
_SMALLEST = Type.KEY - 1
_CURSOR_MARGIN = 2
"""What QLineEdit keeps free at each end of its text."""


class FigureField(QLineEdit):
    """Its hint is slanted, because it is not typed, and as small as it must be to be seen whole: a part of a figure
    would be another figure.
    """

    def __init__(self) -> None:
        super().__init__()
        self._size = int(Type.BODY)
        self.setInputMethodHints(NUMBERS)
        self.setMaxLength(_LONGEST)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setMinimumWidth(_NARROWEST)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, False)  # a Chinese input method would eat digits
        self.textChanged.connect(lambda _text: self._choose_font())
        self._choose_font()

    def propose(self, hint: str) -> None:
        """Show the rate that an empty field keeps."""
        self.setPlaceholderText(hint)
        self._choose_font()

    @property
    def room(self) -> int:
        """The width for its text."""
        option = QStyleOptionFrame()
        self.initStyleOption(option)
        inside = self.style().subElementRect(QStyle.SubElement.SE_LineEditContents, option, self)
        return inside.width() - 2 * _CURSOR_MARGIN

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._choose_font()

    def _choose_font(self) -> None:
        font, hint = self.font(), "" if self.text() else self.placeholderText()
        if font.italic() == bool(self.text()):
            font.setItalic(not self.text())
            self.setFont(font)
        size = int(Type.BODY)
        font.setPixelSize(size)
        while size > _SMALLEST and text_width(font, hint) > self.room:
            size -= 1
            font.setPixelSize(size)
        if size != self._size:
            self._size = size  # the style sheet of the page sets a size, which only another one overrules
            self.setStyleSheet(f"font-size: {size}px" if size != Type.BODY else "")
