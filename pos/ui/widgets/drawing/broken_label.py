"""A text whose words are broken where one of them is wider than its room."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from pos.ui.widgets.drawing.text_label import Role, TextLabel

_LEAST = 96
_MAY_BREAK = "\u200b"


class BrokenLabel(TextLabel):
    """Wraps between words, and within one that has no room in a line: a name may be longer than a narrow panel is wide.

    `whole` is the text as it was given.
    """

    def __init__(self, role: Role = Role.BODY, *, parent: QWidget | None = None) -> None:
        self.whole = ""
        super().__init__(role=role, wrap=True, parent=parent)

    def present(self, text: str) -> None:
        """Show a text."""
        self.whole = text
        self.setAccessibleName(text)
        self._break()

    @property
    def longest(self) -> int:
        """The width of its widest word, in pixels."""
        return max(self.fontMetrics().horizontalAdvance(word) for word in self.whole.split(" "))

    def minimumSizeHint(self) -> QSize:
        """No word makes its holder wider."""
        size = super().minimumSizeHint()
        return QSize(min(size.width(), _LEAST), size.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        room, font = max(self.contentsRect().width(), _LEAST), self.fontMetrics()
        words = [
            word if font.horizontalAdvance(word) <= room else _MAY_BREAK.join(word) for word in self.whole.split(" ")
        ]
        if (shown := " ".join(words)) != self.text():
            self.setText(shown)
