"""A warning or a verdict in a card: what it is in bold, and why it matters beneath."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from pos.ui.look.theme import Space, Theme
from pos.ui.widgets.drawing.layouts import Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone
from pos.ui.widgets.spoken.announcements import announce

_ICON = 24


class VerdictLine(Surface):
    """Hidden while there is nothing to say."""

    def __init__(self, theme: Theme, tone: Tone = Tone.NEARLY) -> None:
        super().__init__(tone)
        self._title = TextLabel(role=Role.STRONG, wrap=True)
        self._title.set_tone(tone)
        self._hint = TextLabel(role=Role.SMALL, wrap=True)
        words = vbox(self._title, self._hint, spacing=2)
        self._sign = _Sign(theme, tone)
        hbox(self._sign, Stretched(words), spacing=12, margins=(Space.M, 10, Space.M, 10), parent=self)
        self.hide()

    def present(self, title: str, hint: str, tone: Tone | None = None) -> None:
        """Show the warning, in another tone if one is given; an empty title hides the card."""
        if tone is not None:
            self.set_look(tone)
            self._title.set_tone(tone)
            self._sign.present(tone)
        if title and (self.isHidden() or (title, hint) != (self._title.text(), self._hint.text())):
            announce(self, f"{title} {hint}".strip())
        self._title.setText(title)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self.setAccessibleName(f"{title} {hint}".strip())
        self.setVisible(bool(title))

    @property
    def text(self) -> str:
        """The text on show."""
        return self._title.text()


class _Sign(QWidget):
    def __init__(self, theme: Theme, tone: Tone) -> None:
        super().__init__()
        self._theme, self._tone = theme, tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def present(self, tone: Tone) -> None:
        self._tone = tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(_ICON, _ICON)

    def paintEvent(self, _event: QPaintEvent) -> None:
        icon = "circle-question-mark" if self._tone is Tone.NEARLY else self._tone.icon
        self._theme.icons.paint(QPainter(self), icon, self._tone.ink, 0, 0, _ICON)
