"""Text in one of the few type roles; names of goods and people are never read as markup."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from pos.ui.widgets.drawing.into_view import come_into_view
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce

Words = Callable[[], str]
"""Makes a sentence in the language on show, so that it can be repeated in another one."""


class Role(StrEnum):
    """Size, weight and colour of a piece of text (border.qss)."""

    BODY = "body"
    STRONG = "strong"
    LABEL = "label"
    SMALL = "small"
    SMALL_STRONG = "small_strong"
    TITLE = "title"
    LEAD = "lead"
    SECTION = "section"


class TextLabel(QLabel):
    """Plain text in a role. `wrap` lets it grow downwards instead of being cut."""

    def __init__(
        self,
        text: str = "",
        role: Role = Role.BODY,
        *,
        wrap: bool = False,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role.value)
        self.setAlignment(align)
        self.setWordWrap(wrap)
        if wrap:
            self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.setText(text)

    def set_role(self, role: Role) -> None:
        """Show the text in another role."""
        self._dress("role", role.value)

    def set_tone(self, tone: Tone | None) -> None:
        """Colour the text by tone; None restores the colour of the role."""
        self._dress("tint", tone.ink if tone is not None else "")

    def _dress(self, name: str, value: str) -> None:
        if self.property(name) == value:
            return
        self.setProperty(name, value)
        if not self.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            return  # it will be
        self.style().unpolish(self)  # a style sheet reads properties only when polishing
        self.style().polish(self)


class Complaint(TextLabel):
    """Why what was typed is refused, below its field. When it comes, a screen reader says it, and a form that scrolls
    shows it.

    It is hidden while nothing is refused, unless it `keeps_room`.
    """

    def __init__(self, role: Role = Role.BODY, *, keeps_room: bool = False) -> None:
        super().__init__(role=role, wrap=True)
        self._words: Words | None = None
        self._keeps_room = keeps_room
        self.set_tone(Tone.OVER)
        if not keeps_room:
            self.hide()

    def say(self, words: Words | None) -> None:
        """Show why; None: nothing is refused any more."""
        self._words = words
        self.reword()
        if words is not None:
            come_into_view(self)

    def reword(self) -> None:
        """Say it in the language on show by now."""
        text = "" if self._words is None else self._words()
        if text != self.text():
            announce(self, text)
        self.setText(text)
        if not self._keeps_room:
            self.setVisible(bool(text))
