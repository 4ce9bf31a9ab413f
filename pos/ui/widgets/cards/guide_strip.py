"""A strip above every page with the next step; it can be closed and never blocks anything."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from pos.ui.look.theme import Size, Space, Theme
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.folding import Folding
from pos.ui.widgets.drawing.layouts import Aligned, Stretched, hbox, vbox
from pos.ui.widgets.drawing.surface import Line, Surface
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

_HEIGHT = 56
_WORDS = 420
"""The pixels that the words keep beside the button."""


class GuideStrip(QWidget):
    """A heading, a sentence, and up to two buttons: `action_pressed` for the offered action, `closed` for the cross.

    Its buttons take the focus only by Tab, so that a click leaves the focus where it was.
    """

    action_pressed = Signal()
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._heading = TextLabel(role=Role.STRONG)
        self._sentence = TextLabel(wrap=True)
        self.action_button = IconButton(theme, kind=ButtonKind.PRIMARY, height=Size.SMALL_BUTTON, name="guide_act")
        self.cross = IconButton(theme, icon="x", kind=ButtonKind.QUIET, height=Size.SMALL_BUTTON, name="guide_close")
        self.cross.setFixedWidth(Size.SMALL_BUTTON)
        for button in (self.action_button, self.cross):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.action_button.clicked.connect(self.action_pressed)
        self.cross.clicked.connect(self.closed)
        ground = Surface(Tone.INFO)
        scrolled = Folding(
            Stretched(hbox(self._heading, Stretched(self._sentence), spacing=Space.M)), self.action_button, room=_WORDS
        )
        cross = Aligned(self.cross, Qt.AlignmentFlag.AlignTop)
        hbox(Stretched(scrolled), cross, spacing=Space.M, margins=(Space.L, Space.XS, 12, Space.XS), parent=ground)
        vbox(ground, Line(), spacing=0, margins=0, parent=self)
        self.setMinimumHeight(_HEIGHT)
        self.hide()

    def present(self, heading: str, sentence: str, action: str, close: str, icon: str = "arrow-left") -> None:
        """Show a heading and a sentence; without a text for `action` there is only the cross."""
        self._heading.setText(heading)
        self._sentence.setText(sentence)
        self.action_button.setVisible(bool(action))
        self.action_button.present(action, icon=icon)
        self.cross.present("", name=close)
        self.setAccessibleName(f"{heading}. {sentence}")

    @property
    def text(self) -> str:
        """The text on show."""
        return self._sentence.text()
