"""The line above the count: that it is blind, or what must be counted once more."""

from __future__ import annotations

from PySide6.QtGui import QPainter, QPaintEvent

from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.drawing.layouts import hbox
from pos.ui.widgets.drawing.surface import Surface
from pos.ui.widgets.drawing.text_label import TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce

_ICON = 20


class BlindNote(Surface):
    """One sentence in a tone, with the icon of a crossed-out eye."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(Tone.INFO)
        self._theme = theme
        self._tone = Tone.INFO
        self._text = TextLabel(wrap=True)
        self.setMinimumHeight(Size.SMALL_BUTTON)
        hbox(self._text, margins=(2 * Space.M + _ICON - Space.XS, Space.XS, Space.M, Space.XS), parent=self)

    @property
    def text(self) -> str:
        """The text."""
        return self._text.text()

    def present(self, text: str, tone: Tone) -> None:
        """Show another text."""
        if text != self._text.text():
            announce(self, text)
        self._tone = tone
        self._text.setText(text)
        self.setAccessibleName(text)
        self.set_look(tone)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        icon = "eye-off" if self._tone is Tone.INFO else "rotate-ccw"
        self._theme.icons.paint(painter, icon, self._tone.ink, Space.M, (self.height() - _ICON) // 2, _ICON)
