"""The center of a new shop, for those that take part in one: a pass that may be left out, and a test of the line."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from pos.application.text.translator import N_, Translator
from pos.ui.look.theme import Size, Space, Theme
from pos.ui.page.form_page import FormRow
from pos.ui.widgets.buttons.icon_button import ButtonKind, IconButton
from pos.ui.widgets.drawing.layouts import Stretch, hbox
from pos.ui.widgets.drawing.text_label import Role, TextLabel
from pos.ui.widgets.drawing.tone import Tone

LONGEST_PASS = 3_000
NO_PASS = N_("This is not the pass of a till.")


class CenterRow(FormRow):
    """Closed until somebody opens it: most shops take part in no center. `tested` asks for the line to be tried."""

    tested = Signal(str)

    def __init__(self, theme: Theme) -> None:
        self.pass_field = QLineEdit()
        self.pass_field.setEchoMode(QLineEdit.EchoMode.Password)  # who reads it acts as this till
        self.pass_field.setMaxLength(LONGEST_PASS)
        super().__init__(self.pass_field)
        self.open = IconButton(theme, icon="globe", height=Size.SMALL_BUTTON, kind=ButtonKind.QUIET, name="center_open")
        self.test = IconButton(theme, icon="globe", height=Size.SMALL_BUTTON, name="center_test")
        self.hint = TextLabel(role=Role.SMALL, wrap=True)
        self.answer = TextLabel(role=Role.SMALL, wrap=True)
        self._said: Callable[[Translator], str] | None = None
        self._translator = Translator.english()
        beside = QWidget()
        hbox(self.test, self.answer, Stretch(), spacing=Space.S, margins=0, parent=beside)
        self.column.insertWidget(0, self.open, 0, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.hint)
        self.column.addWidget(beside)
        self._inside = (self.label, self.pass_field, self.hint, beside)
        self.open.clicked.connect(self.unfold)
        self.test.clicked.connect(lambda: self.tested.emit(self.pass_field.text()))
        self.pass_field.textEdited.connect(lambda _text: self.say(None))
        self._fold(is_open=False)

    @property
    def text(self) -> str:
        """The pass; empty where the shop takes part in no center, or later."""
        return self.pass_field.text().strip()

    def unfold(self) -> None:
        """Show the field of the pass."""
        self._fold(is_open=True)
        self.pass_field.setFocus(Qt.FocusReason.OtherFocusReason)

    def fill(self, text: str) -> None:
        """Put a pass in that was given in another window."""
        self.pass_field.setText(text)
        self._fold(is_open=bool(text))

    def retranslate(self, tr: Translator) -> None:
        self._translator = tr
        self.open.present(tr("This shop takes part in a center"))
        self.present(tr("Pass of this till"))
        self.hint.setText(tr("Paste the text that the center's people gave for this till. It can also be done later."))
        self.test.present(tr("Test the line"))
        self.answer.setText("" if self._said is None else self._said(tr))

    def say(self, words: Callable[[Translator], str] | None, tone: Tone = Tone.NEUTRAL) -> None:
        """Say what came of the test, beside its button."""
        self._said = words
        self.answer.set_tone(tone)
        self.answer.setText("" if words is None else words(self._translator))

    def _fold(self, *, is_open: bool) -> None:
        self.open.setVisible(not is_open)
        for part in self._inside:
            part.setVisible(is_open)
